// Judges stored states: invariants, reachable states, and what finals say.

import { offerError, offerProperty, propertyOf } from "./findings.ts";
import type { Search } from "./search.ts";
import type { Space } from "./space.ts";

export const bitOf = (words: Int32Array, at: number, bit: number): number =>
  ((words[at + (bit >> 5)] ?? 0) >>> (bit & 31)) & 1;

export const judgedBit = (space: Space, formula: number): number => {
  const { words, at } = space.judgement();
  return bitOf(words, at, formula);
};

/** The formulas that fail in a state, with their sites; all are evaluated then. */
export const failuresIn = (space: Space, state: number): ReadonlyMap<number, number> => {
  const sites = new Map<number, number>();
  for (let failed = space.judge(state, 0); failed !== 0; failed = space.judge(state, failed)) {
    sites.set(failed - 1, space.failedAt());
  }
  return sites;
};

/** A new state of which the judgement says something new about a selected property or a final. */
export const judgeState = (search: Search, state: number): void => {
  const { findings, space, options } = search;
  const steps = search.level + 1;
  const failures = failuresIn(space, state);
  space.formulas.forEach((formula, k) => {
    const property = propertyOf(formula);
    const site = failures.get(k);
    if (property === undefined) {
      if (site === undefined || !options.deadlock) return;
      offerError(findings, space, site, { steps, state, site });
      return;
    }
    if (!options.selected(property)) return;
    if (site !== undefined) {
      offerProperty(findings, space, property, { steps, state, site });
    } else if (
      bitOf(findings.openFormulas, 0, k) === 1 &&
      judgedBit(space, k) !== bitOf(findings.expected, 0, k)
    ) {
      offerProperty(findings, space, property, { steps, state });
    }
  });
};

/** Whether finals are judged: a failure to evaluate one is a model error in any state. */
const hasFinals = ({ space, options }: Search): boolean =>
  options.deadlock && space.formulas.some(({ kind }) => kind === "final");

/** Whether anything is still asked of new states. */
export const isJudging = (search: Search): boolean =>
  search.groups.length > 0 ||
  hasFinals(search) ||
  search.findings.openFormulas.some((it) => it !== 0);

/**
 * Whether a state without steps is no deadlock: a final condition holds in it, or fails to be
 * evaluated, which is an error of its own.
 */
export const mayRest = ({ space }: Search, state: number): boolean => {
  if (!space.formulas.some(({ kind }) => kind === "final")) return false;
  const failures = failuresIn(space, state);
  return space.formulas.some(
    ({ kind }, k) => kind === "final" && (judgedBit(space, k) === 1 || failures.has(k)),
  );
};
