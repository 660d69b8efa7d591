// Paths through normal forms as paths of the model itself: nobody is shown a renamed number.

import type { Core } from "../core/index.ts";
import type { Path } from "../explore/index.ts";
import { type Interpreter, interpreter, type Step } from "../interpret/index.ts";
import { layoutOf, pack, type State, unpack } from "../machine/index.ts";
import { type Normaliser, normaliser, type Reduced } from "../reduce/index.ts";

/** Whether a path of the model ends as the finding says. */
export type Goal =
  | { readonly kind: "anything" }
  /** A state in which this formula of `formulasOf(core)` has this value, or fails. */
  | { readonly kind: "formula"; readonly formula: number; readonly value: boolean }
  | { readonly kind: "failure"; readonly formula: number };

/** A state of the model on the way, and how it was reached. */
interface Visit {
  readonly state: State;
  readonly before: Visit | undefined;
}

/**
 * A path of `core` whose states have the normal forms of the given one, step by step. There is one
 * from every state with the first normal form, because states with the same normal form have the
 * same steps up to it. Of all the visits that are alike but for an interchange of instances one is
 * kept, so that few are followed, but each orientation of the goal is found.
 */
export const concretePath = (core: Core, reduced: Reduced, path: Path, goal: Goal): Path => {
  const reference = interpreter(core);
  const layout = layoutOf(reduced.core);
  const normal = keyed(normaliser(reduced.core, reduced.likeness));
  const upright = keyed(normaliser(reduced.core, { ...reduced.likeness, permutations: [] }));
  const forms = path.states.map((words) => JSON.stringify(unpack(layout, words)));
  let visits = kept(reference.initialSteps().steps, undefined, normal, upright, forms[0]);
  for (const form of forms.slice(1)) {
    visits = distinct(
      visits.flatMap((it) => kept(reference.steps(it.state).steps, it, normal, upright, form)),
      upright,
    );
  }
  const found = visits.find((it) => isReached(reference, it.state, path, goal)) ?? visits[0];
  if (found === undefined) throw new Error("a path of normal forms is no path of the model");
  const lastStep = lastStepAt(reference, found.state, path);
  const own = layoutOf(core);
  const states: Int32Array[] = [];
  for (let at: Visit | undefined = found; at !== undefined; at = at.before) {
    states.unshift(pack(own, at.state));
  }
  return lastStep === undefined ? { states } : { states, lastStep };
};

/** States that are looked at on the way to a round, and rounds that are made until one closes. */
const mostSought = 20_000;
const mostRounds = 1_000;

/**
 * A round through states of `core` whose normal forms are those of the given round (first = last):
 * from a state that can be reached from the end of `path`, as often round as it takes until a state
 * comes back as it was. Numbers may come back turned, and values that nobody reads as others; where
 * that takes too many rounds one round is given, whose ends have the same normal form.
 */
export const concreteCycle = (
  core: Core,
  reduced: Reduced,
  cycle: readonly Int32Array[],
  { path, withoutFaults }: { readonly path: Path; readonly withoutFaults: boolean },
): readonly Int32Array[] => {
  const reference = interpreter(core);
  const layout = layoutOf(reduced.core);
  const own = layoutOf(core);
  const normal = keyed(normaliser(reduced.core, reduced.likeness));
  const [first, ...rest] = cycle.map((words) => JSON.stringify(unpack(layout, words)));
  const [begin, end] = [cycle[0], path.states.at(-1)];
  if (first === undefined || begin === undefined || end === undefined) return [];
  const statesAfter = (state: State): readonly State[] =>
    reference
      .steps(state)
      .steps.flatMap(({ fault, result }) =>
        result.kind === "state" && !(fault && withoutFaults) ? [result.state] : [],
      );
  const states = [nearest(unpack(own, end), first, normal, statesAfter) ?? unpack(layout, begin)];
  const known = new Map<string, number>();
  for (let rounds = 0; rounds < mostRounds; rounds += 1) {
    const key = JSON.stringify(states.at(-1));
    const before = known.get(key);
    if (before !== undefined) return states.slice(before).map((it) => pack(own, it));
    known.set(key, states.length - 1);
    for (const form of rest) {
      const [here] = states.slice(-1);
      const next = here && statesAfter(here).find((it) => normal(it) === form);
      if (next === undefined) throw new Error("a round of normal forms is no round of the model");
      states.push(next);
    }
  }
  return states.slice(0, rest.length + 1).map((it) => pack(own, it));
};

/** The nearest state with a normal form; of each class one is followed, for all have the same steps. */
const nearest = (
  from: State,
  form: string,
  normal: Key,
  statesAfter: (state: State) => readonly State[],
): State | undefined => {
  const known = new Map([[normal(from), from]]);
  for (const [key, state] of known) {
    if (key === form) return state;
    if (known.size > mostSought) return undefined;
    for (const next of statesAfter(state)) {
      const its = normal(next);
      if (!known.has(its)) known.set(its, next);
    }
  }
  return undefined;
};

/** Normal forms as texts. */
const keyed =
  (normal: Normaliser): Key =>
  (state) =>
    JSON.stringify(normal(state));

type Key = (state: State) => string;

const kept = (
  steps: readonly Step[],
  before: Visit | undefined,
  normal: Key,
  upright: Key,
  form: string | undefined,
): readonly Visit[] =>
  distinct(
    steps.flatMap(({ result }): readonly Visit[] =>
      result.kind === "state" && normal(result.state) === form
        ? [{ state: result.state, before }]
        : [],
    ),
    upright,
  );

const distinct = (visits: readonly Visit[], upright: Key): readonly Visit[] => [
  ...new Map(visits.toReversed().map((it) => [upright(it.state), it])).values(),
];

const isReached = (
  reference: Interpreter,
  state: State,
  { lastStep }: Path,
  goal: Goal,
): boolean => {
  if (lastStep !== undefined) {
    return reference
      .steps(state)
      .steps.some((step) =>
        lastStep.kind === "event"
          ? step.events.includes(lastStep.event)
          : step.result.kind === "error" && step.result.site === lastStep.site,
      );
  }
  if (goal.kind === "anything") return true;
  const value = reference.formula(goal.formula, state);
  return goal.kind === "formula" ? value === goal.value : typeof value === "object";
};

/** From one beginning only one of two alike instances may fail: then it is that one. */
const lastStepAt = (reference: Interpreter, state: State, { lastStep }: Path): Path["lastStep"] => {
  if (lastStep?.kind !== "error") return lastStep;
  const { sites } = reference.core;
  const failing = reference
    .steps(state)
    .steps.flatMap(({ result }) => (result.kind === "error" ? [result.site] : []));
  const alike = failing.find((it) => sites[it]?.error === sites[lastStep.site]?.error);
  const site = failing.includes(lastStep.site) ? lastStep.site : (alike ?? lastStep.site);
  return { kind: "error", site };
};
