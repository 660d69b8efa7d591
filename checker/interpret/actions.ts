// The meaning of actions: in a state, every action is a list of steps in label order.

import type { Action, Core, Network } from "../core/index.ts";
import type { State } from "../machine/index.ts";
import { showValue } from "../machine/index.ts";
import { evaluate, integers } from "./evaluate.ts";
import type { Flow, Run } from "./execute.ts";
import { execute } from "./execute.ts";
import { everyPath } from "./fork.ts";
import type { Scope } from "./scope.ts";
import { at, scopeOn, stateOf } from "./scope.ts";
import { choosable, deliverable, doubled, without } from "./segments.ts";
import type { Label, LabelValue, Step } from "./step.ts";

type Of<Kind extends Action["kind"]> = Extract<Action, { readonly kind: Kind }>;
type AboutSegment = Extract<Action, { readonly network: number }>;

/**
 * What a path comes to: a step, or a step that a bound cuts off. A disabled path comes to nothing.
 */
export type Outcome =
  { readonly kind: "step"; readonly step: Step } | { readonly kind: "cut"; readonly bound: number };

/** The paths of an action in a state, in label order. */
export const outcomesOf = (core: Core, state: State, id: number): readonly Outcome[] => {
  const action = at(core.actions, id);
  switch (action.kind) {
    case "rule":
    case "expiry":
      return ruleOutcomes(core, state, id, action);
    case "deliver":
      return deliverOutcomes(core, state, id, action);
    case "lose":
      return loseOutcomes(core, state, id, action);
    case "duplicate":
      return duplicateOutcomes(core, state, id, action);
    case "tick":
      return tickOutcomes(core, state, id, action);
  }
};

/** What all paths of one label share before its choices are made. */
interface Beginning {
  readonly state: State;
  readonly localCount: number;
  readonly label: Label;
  readonly fault: boolean;
}

/** Runs `body` along every path of choices; paths that are no step are left out. */
export const outcomes = (
  core: Core,
  { state, localCount, label, fault }: Beginning,
  body: (run: Run) => Flow,
): readonly Outcome[] =>
  everyPath((choose): readonly Outcome[] => {
    const scope = scopeOn(state, localCount);
    const run: Run = {
      core,
      scope,
      choose,
      choices: [],
      branches: [],
      events: new Set(),
      sent: [],
    };
    const flow = body(run);
    if (flow.kind === "disabled") return [];
    if (flow.kind === "exit") throw new Error(`no block has the label ${flow.label}`);
    const result = flow.kind === "failed" ? flow : boundsOn(core, stateOf(scope));
    if (result.kind === "cut") return [result];
    const step = {
      label: { ...label, values: [...label.values, ...run.choices] },
      fault,
      branches: run.branches,
      sent: run.sent,
    };
    if (result.kind === "failed") {
      // What a path emitted does not count when it ends in a model error.
      const error: Step = { ...step, events: [], result: { kind: "error", site: result.site } };
      return [{ kind: "step", step: error }];
    }
    const events = [...run.events].toSorted((left, right) => left - right);
    return [{ kind: "step", step: { ...step, events, result } }];
  }).flat();

/**
 * A state within all bounds, the first bound that it breaks, or a failure. Initial states are held
 * against the bounds as well: a bound says which states belong to the model.
 */
const boundsOn = (
  core: Core,
  state: State,
):
  | { readonly kind: "state"; readonly state: State }
  | { readonly kind: "cut"; readonly bound: number }
  | { readonly kind: "failed"; readonly site: number } => {
  for (const [bound, { condition, localCount }] of core.bounds.entries()) {
    const scope = scopeOn(state, localCount);
    const held = evaluate(condition, scope);
    if (scope.failure !== undefined) return { kind: "failed", site: scope.failure };
    if (held === 0) return { kind: "cut", bound };
  }
  return { kind: "state", state };
};

/** Every combination of parameter values, the first parameter most significant. */
const combinations = (
  parameters: Of<"rule" | "expiry">["parameters"],
): readonly (readonly LabelValue[])[] =>
  parameters.reduce<readonly (readonly LabelValue[])[]>(
    (rows, { name, low, high, display }) =>
      rows.flatMap((row) =>
        [...integers(low, high)].map((value) => [
          ...row,
          { name, value, text: showValue(display, value) },
        ]),
      ),
    [[]],
  );

const ruleOutcomes = (
  core: Core,
  state: State,
  id: number,
  { parameters, guard, body, localCount, fault }: Of<"rule" | "expiry">,
): readonly Outcome[] =>
  combinations(parameters).flatMap((values) => {
    const give = ({ locals }: Scope): void =>
      parameters.forEach(({ local }, position) => {
        locals[local] = at(values, position).value;
      });
    const before = scopeOn(state, localCount);
    give(before);
    const enabled = evaluate(guard, before);
    const { failure } = before;
    if (failure === undefined && enabled === 0) return [];
    const label: Label = { action: id, values };
    return outcomes(core, { state, localCount, fault, label }, (run) => {
      give(run.scope);
      return failure === undefined ? execute(body, run) : { kind: "failed", site: failure };
    });
  });

/** The beginning of a step about the segment at a position of the action's network. */
const about = (
  state: State,
  id: number,
  action: AboutSegment,
  position: number,
): Beginning & { readonly integers: readonly number[] } => {
  const segment = at(at(state.networks, action.network), position);
  const label: Label = {
    action: id,
    values: [],
    segment: { network: action.network, position, integers: segment },
  };
  const { localCount, fault } = action;
  return { state, localCount, fault, label, integers: segment };
};

/**
 * The segment leaves the network before the body runs: what the body sends finds its place free.
 */
const deliverOutcomes = (
  core: Core,
  state: State,
  id: number,
  action: Of<"deliver">,
): readonly Outcome[] => {
  const segments = at(state.networks, action.network);
  return deliverable(at(core.networks, action.network), segments).flatMap((position) => {
    const beginning = about(state, id, action, position);
    return outcomes(core, beginning, (run) => {
      run.scope.networks[action.network] = without(segments, position);
      action.locals.forEach((local, field) => {
        run.scope.locals[local] = at(beginning.integers, field);
      });
      return execute(action.body, run);
    });
  });
};

const loseOutcomes = (
  core: Core,
  state: State,
  id: number,
  action: AboutSegment,
): readonly Outcome[] => {
  const network = at(core.networks, action.network);
  const segments = at(state.networks, action.network);
  if (!hasBudget(network.loss, state)) return [];
  return choosable(network, segments).flatMap((position) =>
    outcomes(core, about(state, id, action, position), ({ scope }) => {
      scope.networks[action.network] = without(segments, position);
      spend(network.loss, scope.variables);
      return { kind: "on" };
    }),
  );
};

/** Whatever `full` says: a full network takes no copy. */
const duplicateOutcomes = (
  core: Core,
  state: State,
  id: number,
  action: AboutSegment,
): readonly Outcome[] => {
  const network = at(core.networks, action.network);
  const segments = at(state.networks, action.network);
  if (!hasBudget(network.duplication, state) || segments.length >= network.capacity) return [];
  return choosable(network, segments).flatMap((position) =>
    outcomes(core, about(state, id, action, position), ({ scope }) => {
      scope.networks[action.network] = doubled(segments, position);
      spend(network.duplication, scope.variables);
      return { kind: "on" };
    }),
  );
};

const hasBudget = (budget: Network["loss"], state: State): boolean =>
  budget !== undefined && (budget === "any" || at(state.variables, budget) > 0);

const spend = (budget: Network["loss"], variables: number[]): void => {
  if (typeof budget === "number") variables[budget] = at(variables, budget) - 1;
};

/** A timer holds 0 when stopped and k + 1 with k ticks left, so 1 waits for its expiry. */
const tickOutcomes = (
  core: Core,
  state: State,
  id: number,
  { localCount, fault }: Of<"tick">,
): readonly Outcome[] => {
  const valuesOf = (kind: "timer" | "clock"): readonly number[] =>
    state.variables.filter((_, variable) => at(core.variables, variable).origin.kind === kind);
  const timers = valuesOf("timer").filter((it) => it > 0);
  const ages = core.networks.flatMap(({ lifetime }, network) =>
    lifetime === undefined
      ? []
      : at(state.networks, network).map((segment) => lifetime - at(segment, 0)),
  );
  const waits = timers.includes(1) || ages.includes(0);
  const changes = timers.length > 0 || ages.length > 0 || valuesOf("clock").length > 0;
  if (waits || !changes) return [];
  const label: Label = { action: id, values: [] };
  return outcomes(core, { state, localCount, fault, label }, ({ scope }) => {
    state.variables.forEach((value, variable) => {
      scope.variables[variable] = afterTick(at(core.variables, variable), value);
    });
    core.networks.forEach(({ lifetime }, network) => {
      if (lifetime === undefined) return;
      scope.networks[network] = at(state.networks, network).map(([age = 0, ...rest]) => [
        age + 1,
        ...rest,
      ]);
    });
    return { kind: "on" };
  });
};

const afterTick = ({ origin, high }: Core["variables"][number], value: number): number => {
  switch (origin.kind) {
    case "timer":
      return Math.max(value - 1, 0);
    case "clock":
      return value === high ? 0 : value + 1;
    case "variable":
    case "state":
    case "budget":
      return value;
  }
};
