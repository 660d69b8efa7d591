// Does a mutant that no check tells change anything? What was compared, and what could not be -> outcome.

import type { Planned, PlannedCheck } from "../prove/index.ts";
import { differenceOf } from "./difference.ts";
import type { Difference, MutantOutcome, Unexplored } from "./outcome.ts";
import { modelsFor, planOf, type Trial } from "./subject.ts";
import {
  bareModels,
  type Bench,
  type Graph,
  graphsOf,
  isSameGraph,
  modelDigest,
  modelsOf,
  proveAlone,
  type Yardstick,
} from "./yardstick.ts";

/** A difference is looked for, step by step, in models of up to so many states. */
const shownUpTo = 100_000;

/** Where a model is to be found, and its digests without the mistake and with it. */
interface Pair {
  readonly title: string;
  /** Which point of a sweep; 0 of a check. */
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** A kept check that tells nothing of a mutant: it found the same, though with another model. */
export interface Alike {
  readonly yardstick: Yardstick;
  /** The digests of its models with the mistake in them. */
  readonly models: readonly string[];
}

/** A model that is another, and of which the search of a kept check found the same. */
interface Explored extends Pair {
  readonly graph: Graph;
}

const keyOf = ({ before, after }: Pair): string => `${before} ${after}`;

const isOther = ({ before, after }: Pair): boolean => before !== after;

const coreOf = (it: PlannedCheck | undefined) =>
  it?.model.kind === "core" ? it.model.build().value : undefined;

/** The first step in which two models part, if they have no more than so many states; else "open". */
const differenceAt = (
  trial: Trial,
  { title, at }: Pick<Pair, "title" | "at">,
): Difference | "same" | "open" => {
  const models = [trial.before, trial.after].map((it) => modelsFor(it, trial, title)[at]);
  const [before, after] = models.map(coreOf);
  return before === undefined || after === undefined
    ? "open"
    : differenceOf(models[0]?.title ?? title, before, after, shownUpTo);
};

/** It survived, and this is where it parts, if the model of so many states is small enough to look. */
const survivedAt = (
  trial: Trial,
  place: Pick<Pair, "title" | "at">,
  states: number,
): MutantOutcome => {
  const difference = states <= shownUpTo ? differenceAt(trial, place) : "open";
  return { kind: "survived", ...(typeof difference === "string" ? {} : { difference }) };
};

/** A mutant that no check tells, and that changed what this one explored. */
export const survivor = (
  trial: Trial,
  { title, graphs }: Yardstick,
  found: readonly Graph[],
): MutantOutcome => {
  const at = graphs.findIndex((it, point) => !isSameGraph(it, found[point]));
  return survivedAt(trial, { title, at }, graphs[at]?.states ?? Infinity);
};

/** The models of kept checks that are others, in the order of their checks. */
const exploredBy = (kept: readonly Alike[]): readonly Explored[] =>
  kept.flatMap(({ yardstick: { title, models, graphs }, models: mutated }) =>
    graphs
      .map((graph, at): Explored => ({
        title,
        at,
        before: models[at] ?? "",
        after: mutated[at] ?? "",
        graph,
      }))
      .filter(isOther),
  );

/** All states of a model; undefined where there are more, or something else ended the search. */
const wholeOf = async (
  { after }: Trial,
  it: PlannedCheck,
  maxStates: number,
  bench: Bench,
): Promise<Graph | undefined> => {
  const result = await proveAlone(after.value.entry.file, it, maxStates, bench);
  const [graph] = result === undefined ? [] : graphsOf(result);
  return graph?.isWhole === true && graph.states <= maxStates ? graph : undefined;
};

/** What comes of exploring all of two models of which only the beginnings were: undefined where it is too much. */
const compareWhole = async (
  trial: Trial,
  pair: Pair,
  bench: Bench,
): Promise<{ readonly isSame: boolean; readonly graph: Graph } | undefined> => {
  const { known, maxStates } = trial;
  const modelIn = (loaded: Trial["before"]) => modelsFor(loaded, trial, pair.title)[pair.at];
  const searched = (it: PlannedCheck | undefined, most: number) =>
    it === undefined ? undefined : wholeOf(trial, it, most, bench);
  if (!known.graphs.has(pair.before)) {
    known.graphs.set(pair.before, await searched(modelIn(trial.before), maxStates));
  }
  const graph = known.graphs.get(pair.before);
  if (graph === undefined) return undefined;
  // A model error ends the search, and more states than there should be do.
  const found = await searched(modelIn(trial.after), graph.states);
  return { isSame: isSameGraph(graph, found), graph };
};

interface Compared {
  /** Pairs of models with the same states and transitions, all of them, with how many states. */
  readonly same: ReadonlyMap<string, Explored>;
  /** A pair that was not compared to the end. */
  readonly open?: Unexplored;
  readonly survived?: MutantOutcome;
}

const compareAll = async (
  trial: Trial,
  pairs: readonly Explored[],
  bench: Bench,
): Promise<Compared> => {
  const same = new Map<string, Explored>();
  for (const it of pairs) {
    if (it.graph.isWhole && !same.has(keyOf(it))) same.set(keyOf(it), it);
  }
  let open: Unexplored | undefined;
  for (const it of pairs) {
    if (same.has(keyOf(it))) continue;
    const found = await compareWhole(trial, it, bench);
    if (found === undefined) open ??= { check: it.title, because: "ends early" };
    else if (found.isSame) same.set(keyOf(it), { ...it, graph: found.graph });
    else return { same, survived: survivedAt(trial, it, found.graph.states) };
  }
  return { same, ...(open === undefined ? {} : { open }) };
};

/** To write two models and their code takes as long as to go through so many states. */
const statesPerPair = 10_000;

/**
 * Goes through the smallest models step by step, up to so many states in all: just as many steps can lead in another way
 * to the same states. Answers the difference, or the first model that was not gone through.
 */
const stepByStep = (
  trial: Trial,
  same: ReadonlyMap<string, Explored>,
): { readonly difference?: Difference; readonly open?: Unexplored } => {
  let left = shownUpTo;
  let open: Unexplored | undefined;
  for (const it of [...same.values()].toSorted((a, b) => a.graph.states - b.graph.states)) {
    left -= it.graph.states + statesPerPair;
    const difference = left < 0 ? "open" : differenceAt(trial, it);
    if (difference === "open") open ??= { check: it.title, because: "counted" };
    else if (difference !== "same") return { difference };
  }
  return open === undefined ? {} : { open };
};

/** What a sweep asks beside its models. */
const askedBy = (planned: Planned): string =>
  planned.kind === "sweep"
    ? JSON.stringify(planned.points.map(({ values, expected }) => [values, expected]))
    : "";

/** Is the model of a check that was left out another, and not one that was compared elsewhere? */
const isOpen = (
  trial: Trial,
  title: string,
  same: ReadonlyMap<string, unknown>,
  bench: Bench,
): boolean => {
  const { known, request } = trial;
  const planIn = (loaded: Trial["before"]) => planOf(loaded, request, title).planned;
  if (!known.checks.has(title)) {
    const planned = planIn(trial.before);
    const it = planned && { asked: askedBy(planned), models: modelsOf(planned, bench) };
    known.checks.set(title, it);
  }
  const [before, after] = [known.checks.get(title), planIn(trial.after)];
  if (before === undefined || after === undefined) return true;
  return (
    askedBy(after) !== before.asked ||
    bareModels(after).some((it, at) => {
      const digests = { before: before.models[at] ?? "", after: modelDigest(it, bench) };
      const pair = { title, at, ...digests };
      return isOther(pair) && !same.has(keyOf(pair));
    })
  );
};

/** What becomes of a mutant of which every kept check finds the same, though the models of these are others. */
export const likenessOf = async (
  trial: Trial,
  kept: readonly Alike[],
  bench: Bench,
): Promise<MutantOutcome> => {
  const { same, open, survived } = await compareAll(trial, exploredBy(kept), bench);
  if (survived !== undefined) return survived;
  const walked = stepByStep(trial, same);
  if (walked.difference !== undefined) return { kind: "survived", difference: walked.difference };
  const kind = same.size > 0 ? "alike" : "undecided";
  if (open !== undefined) return { kind, ...open };
  const check = trial.leftOut.find((title) => isOpen(trial, title, same, bench));
  if (check !== undefined) return { kind, check, because: "left out" };
  return walked.open === undefined ? { kind: "equivalent" } : { kind, ...walked.open };
};
