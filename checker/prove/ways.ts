// Counterexamples of other kinds than the shortest: what is violated, how many -> ways that differ in the cases they take.

import { compile } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import { type Graph, graphOf, type Limits } from "../explore/index.ts";
import { interpret, interpreter, type Step } from "../interpret/index.ts";
import { layoutOf, type Machine, pack, type State, unpack } from "../machine/index.ts";
import { replay, type Trace, traceAlong, traceOf } from "../trace/index.ts";
import type { Judgement } from "./judge.ts";
import { type Item, itemsOf, type Subject } from "./violated-items.ts";

export interface Way {
  readonly subject: Subject;
  readonly trace: Trace;
}

export interface Ways {
  readonly ways: readonly Way[];
  /** Why there may be more that were not found; absent where there are no more, or enough. */
  readonly ended?: "time" | "memory" | "interrupted";
}

/*
 * The kind of a counterexample is what it violates and the cases that its steps take, in order; steps
 * without a case (ticks, losses, calls of a user) do not count. Of each kind the fewest steps are wanted,
 * and kinds in the order of these. Steps that change nothing are not taken, but to violate something.
 * So the model is read as an automaton whose words are sequences of
 * cases, and the words of length 1, 2, 3, ... that lead to a violation are listed, each once: all
 * states that one word leads to are followed together, and none of them further than its distance from a
 * violation allows.
 */

interface Move {
  /** The cases that the step takes; "" for none. */
  readonly cases: string;
  readonly branches: readonly number[];
  /** -1: a model error. */
  readonly target: number;
  readonly step: Step;
}

/** A model without handlers has actions in their place. */
const isCaseless = ({ branches }: Core): boolean => branches.length === 0;

const casesIn = (core: Core, { branches }: Step): string =>
  branches.map((it) => core.branches[it]?.name ?? "").join();

/** Steps of states by the interpreter, which tells their cases; kept, for many ways lead through a state. */
const movesOf = (core: Core, graph: Graph) => {
  const { steps, initialSteps } = interpreter(core);
  const layout = layoutOf(core);
  const known = new Map<number, readonly Move[]>();
  const caseless = isCaseless(core);
  const move = (step: Step): Move => ({
    cases: caseless ? (core.actions[step.label.action ?? -1]?.name ?? "") : casesIn(core, step),
    branches: caseless ? [step.label.action ?? -1] : step.branches,
    target: step.result.kind === "state" ? graph.numberOf(pack(layout, step.result.state)) : -1,
    step,
  });
  return {
    initial: () => initialSteps().steps.map(move),
    from: (state: number): readonly Move[] => {
      const found = known.get(state);
      if (found !== undefined) return found;
      const at: State = unpack(layout, graph.stateAt(state));
      const moves = steps(at).steps.map(move);
      known.set(state, moves);
      return moves;
    },
    /** After the graph has grown: states that were not known may be. */
    forget: () => known.clear(),
  };
};

type Moves = ReturnType<typeof movesOf>;

interface Word {
  readonly cases: readonly string[];
  /** The fewest steps into each state with these cases. */
  readonly states: Map<number, number>;
  /** The fewest steps of a counterexample of this kind. */
  ends: number;
}

const none = Number.POSITIVE_INFINITY;

const lower = (costs: Map<number, number>, state: number, cost: number): boolean => {
  if (cost >= (costs.get(state) ?? none)) return false;
  costs.set(state, cost);
  return true;
};

interface Listing {
  readonly item: Item;
  readonly moves: Moves;
  readonly distance: Int32Array;
  readonly limit: number;
  /** Whether something was left out that would lead on. */
  isCut: boolean;
}

/** Can the rest be done within the limit? */
const isInReach = (listing: Listing, state: number, cost: number): boolean => {
  const left = listing.distance[state] ?? -1;
  if (left < 0) return false;
  if (cost + left <= listing.limit) return true;
  listing.isCut = true;
  return false;
};

const compareBranches = (one: readonly number[], other: readonly number[]): number => {
  const at = one.findIndex((it, place) => it !== other[place]);
  if (at < 0) return one.length - other.length;
  return (one[at] ?? 0) - (other[at] ?? -1);
};

/** While so many states are looked at, a generator gives a beat, which is undefined, so that others may have their turn. */
const beatEvery = 256;
/** So long others wait for their turn at least, in milliseconds: to ask takes longer than a beat. */
const restEveryMs = 20;

/** Follows the states of a word through steps without cases, and gives the words that are one step longer. */
function* extended(listing: Listing, word: Word): Generator<undefined, readonly Word[]> {
  const { item, moves } = listing;
  const next = new Map<string, { readonly branches: readonly number[]; readonly word: Word }>();
  const longer = ({ cases, branches }: Move): Word => {
    const found = next.get(cases) ?? {
      branches,
      word: { cases: [...word.cases, cases], states: new Map<number, number>(), ends: none },
    };
    next.set(cases, found);
    return found.word;
  };
  const waiting: number[][] = [];
  const wait = (state: number, cost: number): void => void (waiting[cost] ??= []).push(state);
  for (const [state, cost] of word.states) wait(state, cost);
  let looks = 0;
  for (let cost = 0; cost < waiting.length; cost += 1) {
    for (const state of waiting[cost] ?? []) {
      if ((looks += 1) % beatEvery === 0) yield;
      if (word.states.get(state) !== cost) continue;
      if (item.isViolated(state)) {
        word.ends = Math.min(word.ends, cost);
        continue;
      }
      for (const move of moves.from(state)) {
        const into = move.cases === "" ? word : longer(move);
        if (item.isEnding(move.step)) {
          if (cost + 1 <= listing.limit) into.ends = Math.min(into.ends, cost + 1);
          else listing.isCut = true;
        } else if (
          move.target !== state &&
          move.target >= 0 &&
          isInReach(listing, move.target, cost + 1)
        ) {
          if (lower(into.states, move.target, cost + 1) && into === word)
            wait(move.target, cost + 1);
        }
      }
    }
  }
  return [...next.values()]
    .toSorted((one, other) => compareBranches(one.branches, other.branches))
    .map((it) => it.word)
    .filter((it) => it.states.size > 0 || it.ends !== none);
}

const beginning = (listing: Listing): Word => {
  const states = new Map<number, number>();
  for (const { target } of listing.moves.initial()) {
    if (target >= 0 && isInReach(listing, target, 0)) states.set(target, 0);
  }
  return { cases: [], states, ends: none };
};

/** Every word that ends within the limit, shorter ones of the same beginning first. */
function* words(listing: Listing): Generator<Word | undefined> {
  const waiting: Word[] = [beginning(listing)];
  for (let word = waiting.pop(); word !== undefined; word = waiting.pop()) {
    const longer = yield* extended(listing, word);
    if (word.ends !== none) yield word;
    waiting.push(...longer.toReversed());
  }
}

interface Visit {
  readonly state: number;
  readonly taken: number;
  readonly before: Visit | undefined;
  readonly choice: number;
}

const choicesTo = (last: Visit | undefined): number[] => {
  const choices: number[] = [];
  for (let at = last; at !== undefined; at = at.before) choices.unshift(at.choice);
  return choices;
};

/** The first way, in label order, with these cases and so many steps. */
function* choicesAlong(
  { item, moves }: Listing,
  { cases, ends }: Word,
): Generator<undefined, readonly number[]> {
  const seen = new Set<string>();
  const fresh = (it: Visit): boolean => {
    const key = `${it.state} ${it.taken}`;
    return !seen.has(key) && seen.add(key).size > 0;
  };
  let ring = moves
    .initial()
    .map(({ target }, choice): Visit => ({ state: target, taken: 0, before: undefined, choice }))
    .filter((it) => it.state >= 0 && fresh(it));
  for (let step = 0; step <= ends; step += 1) {
    const there = ring.find((it) => it.taken === cases.length && item.isViolated(it.state));
    if (there !== undefined) return choicesTo(there);
    const further: Visit[] = [];
    for (const [at, visit] of ring.entries()) {
      if (at % beatEvery === 0) yield;
      if (item.isViolated(visit.state)) continue;
      for (const [choice, move] of moves.from(visit.state).entries()) {
        if (move.cases !== "" && move.cases !== cases[visit.taken]) continue;
        const taken = visit.taken + (move.cases === "" ? 0 : 1);
        if (item.isEnding(move.step)) {
          if (taken === cases.length) return [...choicesTo(visit), choice];
          continue;
        }
        const next: Visit = { state: move.target, taken, before: visit, choice };
        if (next.state !== visit.state && next.state >= 0 && fresh(next)) further.push(next);
      }
    }
    ring = further;
  }
  throw new Error("impossible: a word without a way");
}

const casesOf = (core: Core, { steps }: Trace): string =>
  JSON.stringify(
    steps
      .map((it) => (isCaseless(core) ? it.action : it.branches.join()))
      .filter((it) => it !== ""),
  );

const keyOf = ({ kind, position }: Subject, cases: string): string =>
  `${kind} ${position} ${cases}`;

export interface WaysShell {
  readonly now: () => number;
  readonly limits: () => Limits;
  readonly rest: () => Promise<"go-on" | "stop">;
  /** The interpreter only. */
  readonly isPlain: boolean;
}

const watchedEvents = (core: Core, { eventWords }: Machine): Int32Array => {
  const watched = new Int32Array(eventWords);
  for (const it of core.properties) {
    if (it.kind !== "never") continue;
    watched[it.event >> 5] = (watched[it.event >> 5] ?? 0) | (1 << (it.event & 31));
  }
  return watched;
};

/** What a generator gives next that is no beat, or at its end; "ended" when the work may not go on. */
const throughBeats = async <Found, End>(
  work: Generator<Found | undefined, End>,
  mayGo: () => Promise<boolean>,
): Promise<IteratorYieldResult<Found> | IteratorReturnResult<End> | "ended"> => {
  for (;;) {
    if (!(await mayGo())) return "ended";
    const { done, value } = work.next();
    if (done === true) return { done, value };
    if (value !== undefined) return { done: false, value };
  }
};

/** The ways that the search itself found. */
const knownWays = (core: Core, { properties, errors }: Judgement): readonly Way[] => [
  ...properties.flatMap(({ verdict }, position): readonly Way[] =>
    verdict.kind === "violated"
      ? [{ subject: { kind: "property", position }, trace: traceOf(core, verdict.path) }]
      : [],
  ),
  ...errors.map(({ path }, position): Way => {
    return { subject: { kind: "error", position }, trace: traceOf(core, path) };
  }),
];

/**
 * Up to `wanted` counterexamples in all; those that the search found come first and are left out of the
 * answer. The same whatever made the search, and however many threads it had.
 */
export const otherWays = async (
  core: Core,
  judgement: Judgement,
  wanted: number,
  shell: WaysShell,
): Promise<Ways> => {
  const first = knownWays(core, judgement);
  if (first.length === 0 || first.length >= wanted) return { ways: [] };
  const kinds = new Set(first.map((it) => keyOf(it.subject, casesOf(core, it.trace))));
  const { seconds, memoryBytes = none } = shell.limits();
  const until = seconds === undefined ? none : shell.now() + seconds * 1000;
  let ended: Ways["ended"];
  let rested = -none;
  const mayGo = async (): Promise<boolean> => {
    if (shell.now() - rested < restEveryMs) return true;
    if ((await shell.rest()) === "stop") ended = "interrupted";
    else if (shell.now() > until) ended = "time";
    rested = shell.now();
    return ended === undefined;
  };
  const machine = (shell.isPlain ? undefined : compile(core)) ?? interpret(core);
  const graph = graphOf(machine, memoryBytes, watchedEvents(core, machine));
  const moves = movesOf(core, graph);
  const open = new Set(itemsOf(core, judgement, graph));
  const ways: Way[] = [];
  const grow = async (): Promise<boolean> => {
    const isGrown = await graph.grow(mayGo);
    if (!isGrown) ended ??= "memory";
    return isGrown;
  };
  const sofar = (): Ways => ({ ways, ...(ended === undefined ? {} : { ended }) });
  for (let limit = 0; open.size > 0 && first.length + ways.length < wanted; limit += 1) {
    const needsAll = [...open].some((it) => it.needsAll);
    while (!graph.isWhole() && (needsAll || graph.depth() <= limit)) {
      if (!(await grow())) return sofar();
    }
    moves.forget();
    for (const item of open) {
      const begin = await throughBeats<never, ReadonlyMap<number, number>>(item.begin(), mayGo);
      if (begin === "ended") return sofar();
      const near = graph.distances(begin.value, false);
      const distances = await throughBeats<never, Int32Array>(near, mayGo);
      if (distances === "ended") return sofar();
      const distance = distances.value;
      const listing: Listing = { item, moves, distance, limit, isCut: !graph.isWhole() };
      const found = words(listing);
      for (;;) {
        const word = await throughBeats(found, mayGo);
        if (word === "ended") return sofar();
        if (word.done === true) break;
        const key = keyOf(item.subject, JSON.stringify(word.value.cases));
        if (kinds.has(key)) continue;
        const along = choicesAlong(listing, word.value);
        const choices = await throughBeats<never, readonly number[]>(along, mayGo);
        if (choices === "ended") return sofar();
        kinds.add(key);
        const trace = traceAlong(core, choices.value);
        if (replay(core, trace).kind !== "agrees") throw new Error("impossible: no behaviour");
        ways.push({ subject: item.subject, trace });
        if (first.length + ways.length >= wanted) return { ways };
      }
      if (!listing.isCut) open.delete(item);
    }
  }
  return { ways };
};
