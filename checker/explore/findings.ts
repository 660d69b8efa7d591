// What a search has found so far, and of equal findings the one that counts (ruling 17).

import type { Core } from "../core/index.ts";
import type { Formula } from "../machine/index.ts";
import { compareWords } from "../machine/index.ts";
import type { Cost } from "./result.ts";
import type { ExploreOptions } from "./options.ts";
import type { Space } from "./space.ts";

/**
 * A finding about a state, or about a step out of it; -1 stands for the step into an initial state.
 */
export interface Candidate {
  /** Depth of the state, or of the step's target. */
  readonly steps: number;
  readonly state: number;
  /** Set when evaluating a property or a `final` failed in the state. */
  readonly site?: number;
  /** Of the way to it, where that was chosen for its few faults. */
  readonly cost?: Cost;
}

export interface Findings {
  /** By position in `Core.properties`. */
  readonly properties: (Candidate | undefined)[];
  deadlock: Candidate | undefined;
  /** By site. */
  readonly errors: Map<number, Candidate>;
  /** Events that are still news, as bits. */
  readonly openEvents: Int32Array;
  /** Formulas that are still news, as bits, and the value that each has where there is no news. */
  readonly openFormulas: Int32Array;
  readonly expected: Int32Array;
}

/** What was found up to a moment. */
export type Found = Pick<Findings, "deadlock"> & {
  readonly properties: readonly (Candidate | undefined)[];
  readonly errors: ReadonlyMap<number, Candidate>;
};

export const foundSoFar = ({ properties, deadlock, errors }: Findings): Found => ({
  properties: [...properties],
  deadlock,
  errors: new Map(errors),
});

/** Forgets what was found since that moment. */
export const restore = (findings: Findings, { properties, deadlock, errors }: Found): void => {
  findings.properties.splice(0, properties.length, ...properties);
  findings.deadlock = deadlock;
  findings.errors.clear();
  for (const [site, it] of errors) findings.errors.set(site, it);
};

const setBit = (words: Int32Array, bit: number): void => {
  words[bit >> 5] = (words[bit >> 5] ?? 0) | (1 << (bit & 31));
};

const clearBit = (words: Int32Array, bit: number): void => {
  words[bit >> 5] = (words[bit >> 5] ?? 0) & ~(1 << (bit & 31));
};

/** The property that a formula decides on the spot, if any. */
export const propertyOf = (formula: Formula): number | undefined =>
  formula.kind === "final" ? undefined : formula.property;

export const noFindings = (
  formulas: readonly Formula[],
  eventWords: number,
  core: Core,
  options: ExploreOptions,
): Findings => {
  const formulaWords = Math.ceil(formulas.length / 32);
  const findings: Findings = {
    properties: core.properties.map(() => undefined),
    deadlock: undefined,
    errors: new Map(),
    openEvents: new Int32Array(eventWords),
    openFormulas: new Int32Array(formulaWords),
    expected: new Int32Array(formulaWords),
  };
  core.properties.forEach((property, id) => {
    if ("event" in property && options.selected(id)) setBit(findings.openEvents, property.event);
  });
  formulas.forEach((formula, k) => {
    const property = propertyOf(formula);
    if (property === undefined || !options.selected(property)) return;
    if (formula.kind === "invariant") setBit(findings.expected, k);
    if (formula.kind === "invariant" || formula.kind === "reachable-state") {
      setBit(findings.openFormulas, k);
    }
  });
  return findings;
};

/** The canonical order of two stored states. */
export const compareStates = (space: Space, left: number, right: number): number => {
  const [one, other] = [space.place(left), space.place(right)];
  return compareWords(one.words, one.at, other.words, other.at, space.words);
};

/** A copy of the packed words of a state. */
export const wordsOf = (space: Space, state: number): Int32Array => {
  const { words, at } = space.place(state);
  return words.slice(at, at + space.words);
};

/** Fewer steps win, then the least state in canonical order; a step into an initial state only where there is no other. */
const better = (
  space: Space,
  old: Candidate | undefined,
  steps: number,
  state: number,
): boolean => {
  if (old === undefined || steps < old.steps) return true;
  if (steps > old.steps || state < 0) return false;
  if (old.state < 0) return true;
  return compareStates(space, state, old.state) < 0;
};

export const offerProperty = (
  findings: Findings,
  space: Space,
  property: number,
  candidate: Candidate,
): void => {
  const { steps, state } = candidate;
  if (better(space, findings.properties[property], steps, state)) {
    findings.properties[property] = candidate;
  }
};

export const offerDeadlock = (
  findings: Findings,
  space: Space,
  steps: number,
  state: number,
): void => {
  if (better(space, findings.deadlock, steps, state)) findings.deadlock = { steps, state };
};

export const offerError = (
  findings: Findings,
  space: Space,
  site: number,
  candidate: Candidate,
): void => {
  const { steps, state } = candidate;
  if (better(space, findings.errors.get(site), steps, state)) {
    findings.errors.set(site, candidate);
  }
};

/** Offers every property whose event is among the bits of word `word`. */
export const offerEvents = (
  findings: Findings,
  space: Space,
  core: Core,
  word: number,
  events: number,
  candidate: Candidate,
): void => {
  core.properties.forEach((property, id) => {
    if (!("event" in property) || property.event >> 5 !== word) return;
    if (((events >>> (property.event & 31)) & 1) === 1) {
      offerProperty(findings, space, id, candidate);
    }
  });
};

/**
 * At the end of a level: what is found at it can no longer be bettered, so nobody need look again.
 */
export const closeDecided = (
  findings: Findings,
  formulas: readonly Formula[],
  core: Core,
): void => {
  core.properties.forEach((property, id) => {
    if ("event" in property && findings.properties[id] !== undefined) {
      clearBit(findings.openEvents, property.event);
    }
  });
  formulas.forEach((formula, k) => {
    const property = propertyOf(formula);
    if (property !== undefined && findings.properties[property] !== undefined) {
      clearBit(findings.openFormulas, k);
    }
  });
};

/**
 * Whether more search can change no verdict: a recoverable, and a deadlock not found, need all of
 * it.
 */
export const allDecided = (findings: Findings, core: Core, options: ExploreOptions): boolean =>
  (!options.deadlock || findings.deadlock !== undefined) &&
  core.properties.every(
    ({ kind }, id) =>
      !options.selected(id) || (kind !== "recoverable" && findings.properties[id] !== undefined),
  );

/** Whether something is found that the caller does not want to look beyond. */
export const isSurprised = (
  { errors, deadlock, properties }: Findings,
  core: Core,
  { stopAt }: ExploreOptions,
): boolean =>
  stopAt !== undefined &&
  (errors.size > 0 ||
    (deadlock !== undefined && stopAt("deadlock")) ||
    core.properties.some(
      ({ kind }, id) =>
        (kind === "invariant" || kind === "never") && properties[id] !== undefined && stopAt(id),
    ));
