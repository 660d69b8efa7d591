// Searches that outlive a run: an exploration as text, and back only where it is whole and still true.

import { type Core, serialize } from "../core/index.ts";
import type { Exploration, Path } from "../explore/index.ts";
import { interpreter } from "../interpret/index.ts";
import { formulasOf, layoutOf, unpack } from "../machine/index.ts";
import { type ReductionName, reductionNames } from "../reduce/index.ts";
import { isMembers } from "../source/index.ts";
import { replay, type Trace, traceOf } from "../trace/index.ts";
import type { Selection } from "./claim.ts";
import type { Counts } from "./coverage.ts";
import { rulesOf } from "./marks.ts";
import type { Having } from "./values.ts";

/** What is kept between runs, by keys. A store may forget, and may not change what it keeps. */
export interface Memory {
  readonly recall: (key: string) => string | undefined;
  readonly keep: (key: string, text: string) => void;
}

/** A search without what follows from its core. */
export interface Finished {
  readonly exploration: Exploration;
  /** By premise that was watched. */
  readonly isMet: readonly boolean[];
  readonly reductions: readonly ReductionName[];
  /** By rule: 1 once some step took it. */
  readonly fired: Uint8Array;
  /** As in `Coverage`. */
  readonly values?: readonly Having[];
  readonly counts?: Counts;
}

/**
 * What a search is about, as text: the core without its constants, which are in it already wherever
 * they matter, and without properties that are not judged.
 */
export const modelText = (core: Core, isSelected: Selection): string =>
  serialize({
    ...core,
    parameters: [],
    properties: core.properties.filter((it) => isSelected(it.name)),
  });

/** Typed arrays as objects of one field. */
const packed = (_: string, value: unknown): unknown => {
  if (value instanceof Int32Array) return { words: [...value] };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  return value;
};

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((it) => typeof it === "number");

const unpacked = (_: string, value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if ("words" in value && isNumbers(value.words)) return Int32Array.from(value.words);
  if ("bytes" in value && isNumbers(value.bytes)) return Uint8Array.from(value.bytes);
  return value;
};

/** Only what is the same whenever it is searched again: the whole, or the end at a decision. */
export const isLasting = ({ complete, stopped, onlyShortest }: Exploration): boolean =>
  (complete || stopped === "stopped") && onlyShortest === undefined;

export const finishedText = (it: Finished): string => JSON.stringify(it, packed);

const isExploration = (value: unknown, core: Core): value is Exploration => {
  if (!isMembers(value)) return false;
  const { states, transitions, depth, wholeDepth, complete, stopped, stateSet, seconds } = value;
  const { verdicts, errors, dropped, cut, spent, taken } = value;
  return (
    [states, transitions, depth, wholeDepth, seconds].every((it) => typeof it === "number") &&
    typeof complete === "boolean" &&
    (complete ? stopped === undefined : typeof stopped === "string") &&
    typeof stateSet === "string" &&
    Array.isArray(verdicts) &&
    verdicts.length === core.properties.length &&
    Array.isArray(errors) &&
    isNumbers(dropped) &&
    dropped.length === core.networks.length &&
    isNumbers(cut) &&
    cut.length === core.bounds.length &&
    Array.isArray(spent) &&
    spent.length === core.networks.length &&
    taken instanceof Uint8Array &&
    taken.length === core.branches.length
  );
};

const isReduction = (value: unknown): value is ReductionName =>
  reductionNames.some((it) => it === value);

/** Verdicts that were not judged are undefined, which JSON writes as null. */
const withoutNulls = (it: Exploration): Exploration => ({
  ...it,
  verdicts: it.verdicts.map((verdict) => verdict ?? undefined),
});

const isHaving = (value: unknown): value is Having =>
  isMembers(value) &&
  Array.isArray(value["members"]) &&
  isNumbers(value["had"]) &&
  value["had"].length === value["members"].length;

const isValues = (value: unknown): value is readonly Having[] =>
  Array.isArray(value) && value.every(isHaving);

const isCounts = (value: unknown): value is Counts =>
  isMembers(value) &&
  isNumbers(value["branches"]) &&
  isNumbers(value["rules"]) &&
  isNumbers(value["premises"]);

const readFinished = (text: string, core: Core): Finished | undefined => {
  const value: unknown = JSON.parse(text, unpacked);
  if (!isMembers(value)) return undefined;
  const { exploration, isMet, reductions, fired, values, counts } = value;
  if (!isExploration(exploration, core)) return undefined;
  if (!Array.isArray(isMet) || !Array.isArray(reductions)) return undefined;
  if (!(fired instanceof Uint8Array) || fired.length !== rulesOf(core).length) return undefined;
  if (values !== undefined && !isValues(values)) return undefined;
  if (counts !== undefined && !isCounts(counts)) return undefined;
  return {
    exploration: withoutNulls(exploration),
    isMet: isMet.map((it) => it === true),
    reductions: reductions.filter(isReduction),
    fired,
    ...(values === undefined ? {} : { values }),
    ...(counts === undefined ? {} : { counts }),
  };
};

/** Does the interpreter go this way, step by step? */
const told = (core: Core, path: Path): Trace | undefined => {
  const { words } = layoutOf(core);
  if (path.states.some((it) => it.length !== words)) return undefined;
  const trace = traceOf(core, path);
  return replay(core, trace).kind === "agrees" ? trace : undefined;
};

/** Does a verdict stand at the end of its way? Of a recoverable, that it must be recovered from. */
const isShownAt = (core: Core, path: Path, property: number | "deadlock"): boolean => {
  const trace = told(core, path);
  if (trace === undefined) return false;
  const last = trace.steps.at(-1) ?? trace.initial;
  const { formula, steps } = interpreter(core);
  const state = path.states.at(-1);
  const ended = state === undefined ? undefined : unpack(layoutOf(core), state);
  const holds = (kind: ReturnType<typeof formulasOf>[number]["kind"]): readonly boolean[] =>
    formulasOf(core).flatMap((it, k) =>
      ended !== undefined && it.kind === kind && (it.kind === "final" || it.property === property)
        ? [formula(k, ended) === true]
        : [],
    );
  if (property === "deadlock") {
    return ended !== undefined && steps(ended).steps.length === 0 && !holds("final").includes(true);
  }
  const declared = core.properties[property];
  switch (declared?.kind) {
    case "invariant":
      return holds("invariant").includes(false);
    case "never":
      return last.events.some((it) => it.violated && it.property === declared.name);
    case "recoverable":
      return holds("recoverable-from").includes(true);
    case "reachable-state":
    case "reachable-event":
    case undefined:
      return false;
  }
};

/** Every counterexample is gone through again before anybody sees it. */
const isTrue = (core: Core, { verdicts, deadlock, errors }: Exploration): boolean =>
  verdicts.every((it, property) => it?.kind !== "violated" || isShownAt(core, it.path, property)) &&
  (deadlock?.kind !== "violated" || isShownAt(core, deadlock.path, "deadlock")) &&
  [...errors, ...verdicts.flatMap((it) => (it?.kind === "error" ? [it] : []))].every(
    (it) => told(core, it.path) !== undefined,
  );

/** What was kept of a search in this core, if it can be read and its counterexamples replay. */
export const recalled = (text: string, core: Core): Finished | undefined => {
  try {
    const found = readFinished(text, core);
    return found !== undefined && isTrue(core, found.exploration) ? found : undefined;
  } catch {
    // Whatever is wrong with what was kept, a search finds out the truth.
    return undefined;
  }
};
