// Judges stored states: invariants, reachable states, and what recoverables ask of a state.

import { offerError, offerProperty, propertyOf } from "./findings.ts";
import type { RecoveryGroup } from "./recovery.ts";
import { writeByte } from "./recovery.ts";
import type { Search } from "./search.ts";
import { chunkOf, offsetOf } from "./state-store.ts";

const bitOf = (words: Int32Array, bit: number): number =>
  ((words[bit >> 5] ?? 0) >>> (bit & 31)) & 1;

/**
 * Evaluates the formulas in a state into `search.judgement`; answers the first failure from `from`
 * on.
 */
const judge = (search: Search, state: number, from: number): number =>
  search.machine.judge(
    chunkOf(search.store, state),
    offsetOf(search.store, state),
    search.judgement,
    from,
  );

/** The formulas that fail in a state, with their sites; `first` is what judging it answered. */
const failuresIn = (search: Search, state: number, first: number): ReadonlyMap<number, number> => {
  const sites = new Map<number, number>();
  for (let failed = first; failed !== 0; failed = judge(search, state, failed)) {
    sites.set(failed - 1, search.machine.failure.site);
  }
  return sites;
};

/** A state of which the judgement says something new about a selected property, or about a final. */
const report = (search: Search, state: number, failed: number): void => {
  const { findings, store, machine, judgement, options } = search;
  const steps = search.level + 1;
  const failures = failuresIn(search, state, failed);
  machine.formulas.forEach((formula, k) => {
    const property = propertyOf(formula);
    const site = failures.get(k);
    if (property === undefined) {
      if (site === undefined || !options.deadlock) return;
      offerError(findings, store, site, { steps, state, site });
      return;
    }
    if (!options.selected(property)) return;
    if (site !== undefined) {
      offerProperty(findings, store, property, { steps, state, site });
    } else if (
      bitOf(findings.openFormulas, k) === 1 &&
      bitOf(judgement, k) !== bitOf(findings.expected, k)
    ) {
      offerProperty(findings, store, property, { steps, state });
    }
  });
};

/** What recoverables ask of a state and what they find in it. */
const noteRecovery = (group: RecoveryGroup, state: number, judgement: Int32Array): void => {
  const { members, needy, saved } = group;
  let needs = 0;
  let reaches = 0;
  for (let bit = 0; bit < members.length; bit += 1) {
    const member = members[bit];
    if (member === undefined) continue;
    needs |= bitOf(judgement, member.from) << bit;
    reaches |= bitOf(judgement, member.to) << bit;
  }
  writeByte(needy, state, needs);
  writeByte(saved, state, reaches);
};

/** Whether finals are judged: a failure to evaluate one is a model error in any state. */
const hasFinals = ({ machine, options }: Search): boolean =>
  options.deadlock && machine.formulas.some(({ kind }) => kind === "final");

/** Judges the states stored since the last time. Their level is the one after the current. */
export const judgeNew = (search: Search): void => {
  const { store, judgement, recoveries, findings } = search;
  const { openFormulas, expected } = findings;
  const from = search.judged;
  search.judged = store.count;
  const isIdle = recoveries.length === 0 && openFormulas.every((it) => it === 0);
  if (isIdle && !hasFinals(search)) return;
  for (let state = from; state < store.count; state += 1) {
    const failed = judge(search, state, 0);
    let news = failed;
    for (let word = 0; word < judgement.length; word += 1) {
      news |= ((judgement[word] ?? 0) ^ (expected[word] ?? 0)) & (openFormulas[word] ?? 0);
    }
    if (news !== 0) report(search, state, failed);
    for (const group of recoveries) noteRecovery(group, state, judgement);
  }
};

/**
 * Whether a state without steps is no deadlock: a final condition holds in it, or fails to be
 * evaluated, which is an error of its own.
 */
export const mayRest = (search: Search, state: number): boolean => {
  const { formulas } = search.machine;
  if (!formulas.some(({ kind }) => kind === "final")) return false;
  const failures = failuresIn(search, state, judge(search, state, 0));
  return formulas.some(
    ({ kind }, k) => kind === "final" && (bitOf(search.judgement, k) === 1 || failures.has(k)),
  );
};
