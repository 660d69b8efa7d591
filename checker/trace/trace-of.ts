// Replays a raw path with the interpreter and tells it in full: path -> trace.

import type { Core } from "../core/index.ts";
import type { Path } from "../explore/index.ts";
import type { Step } from "../interpret/index.ts";
import { interpreter } from "../interpret/index.ts";
import type { State } from "../machine/index.ts";
import { compareWords, layoutOf, pack, unpack } from "../machine/index.ts";
import type { Sky } from "./flights.ts";
import { pass, skyOf } from "./flights.ts";
import { variableReadings } from "./readings.ts";
import type { Change, Trace, TraceStep } from "./trace.ts";

/** The trace of a path that an exploration of the same core found. */
export const traceOf = (core: Core, path: Path): Trace => {
  const { initialSteps } = interpreter(core);
  const [first, ...rest] = path.states;
  const ways = initialSteps().steps;
  const initial = first === undefined ? lastOf(ways, path.lastStep) : leadingTo(core, ways, first);
  const steps = first === undefined ? [] : stepsThrough(core, first, rest, path);
  const start = tell(core, beginning(core, nowhere(core)), initial, 0);
  return { initial: { ...start.told, changes: [] }, steps: tellAll(core, start.after, steps) };
};

/** The trace around a cycle of packed states (first = last); its initial state is the first one. */
export const traceOfCycle = (core: Core, states: readonly Int32Array[]): Trace => {
  const [first, ...rest] = states;
  if (first === undefined) throw new Error("a cycle has a state");
  const state = unpack(layoutOf(core), first);
  const origin = beginning(core, state);
  const initial: TraceStep = {
    number: 0,
    kind: "initial",
    action: "initial",
    label: { action: undefined, values: [] },
    fault: false,
    branches: [],
    sent: [],
    events: [],
    changes: [],
    networksBefore: origin.sky.networks,
    result: { kind: "state", state, networks: origin.sky.networks, ticks: 0 },
  };
  return { initial, steps: tellAll(core, origin, stepsThrough(core, first, rest)) };
};

/** A step as it would be told, and what can follow it. */
export interface Telling {
  readonly told: TraceStep;
  /** In label order; none after a model error. */
  readonly next: () => readonly Telling[];
}

/** The ways into the initial states, in choice order: every behaviour is a path from one of them. */
export const tellings = (core: Core): readonly Telling[] => {
  const { initialSteps, steps } = interpreter(core);
  const telling =
    (before: Scene, number: number) =>
    (step: Step): Telling => {
      const { told, after } = tell(core, before, step, number);
      const { result } = step;
      return {
        told: number === 0 ? { ...told, changes: [] } : told,
        next: () =>
          result.kind === "error" ? [] : steps(result.state).steps.map(telling(after, number + 1)),
      };
    };
  return initialSteps().steps.map(telling(beginning(core, nowhere(core)), 0));
};

/**
 * The least step, in label order, from each state to the next, then the last step if there is one.
 * On a path that was chosen for its few faults, the least of those without a fault if there is one.
 */
const stepsThrough = (
  core: Core,
  first: Int32Array,
  rest: readonly Int32Array[],
  { lastStep, cost }: Partial<Path> = {},
): readonly Step[] => {
  const layout = layoutOf(core);
  const { steps } = interpreter(core);
  const waysFrom = (words: Int32Array): readonly Step[] => {
    const ways = steps(unpack(layout, words)).steps;
    if (cost === undefined) return ways;
    return [...ways.filter((it) => !it.fault), ...ways.filter((it) => it.fault)];
  };
  const through = rest.map((next, index) =>
    leadingTo(core, waysFrom(index === 0 ? first : (rest[index - 1] ?? first)), next),
  );
  if (lastStep === undefined) return through;
  return [...through, lastOf(waysFrom(rest.at(-1) ?? first), lastStep)];
};

const leadingTo = (core: Core, ways: readonly Step[], words: Int32Array): Step => {
  const layout = layoutOf(core);
  const found = ways.find(
    ({ result }) =>
      result.kind === "state" &&
      compareWords(pack(layout, result.state), 0, words, 0, layout.words) === 0,
  );
  if (found === undefined) throw new Error("no step of the interpreter leads along the path");
  return found;
};

const lastOf = (ways: readonly Step[], last: Path["lastStep"]): Step => {
  const found = ways.find(({ events, result }) => {
    if (last?.kind === "event") return events.includes(last.event);
    return last !== undefined && result.kind === "error" && result.site === last.site;
  });
  if (found === undefined) throw new Error("no step of the interpreter ends the path as it says");
  return found;
};

/** Before the `init` blocks run. */
const nowhere = (core: Core): State => ({
  variables: core.variables.map((it) => it.initial),
  networks: core.networks.map(() => []),
});

/** What the telling of a step starts from. */
interface Scene {
  readonly state: State;
  readonly sky: Sky;
  readonly ticks: number;
}

const beginning = (core: Core, state: State): Scene => ({
  state,
  sky: skyOf(core, state),
  ticks: 0,
});

const tellAll = (core: Core, start: Scene, steps: readonly Step[]): readonly TraceStep[] => {
  let scene = start;
  return steps.map((step, index) => {
    const { told, after } = tell(core, scene, step, index + 1);
    scene = after;
    return told;
  });
};

const tell = (
  core: Core,
  before: Scene,
  step: Step,
  number: number,
): { readonly told: TraceStep; readonly after: Scene } => {
  const action = step.label.action === undefined ? undefined : core.actions[step.label.action];
  const { sky, ...passage } = pass(core, before.sky, step);
  const ticks = before.ticks + (action?.kind === "tick" ? 1 : 0);
  const { result } = step;
  const state = result.kind === "state" ? result.state : before.state;
  const told: TraceStep = {
    number,
    kind: action?.kind ?? "initial",
    action: action?.name ?? "initial",
    label: step.label,
    fault: step.fault,
    ...passage,
    branches: step.branches.map((it) => core.branches[it]?.name ?? `branch ${it}`),
    events: step.events.map((event) => ({
      property: core.events[event]?.property ?? `event ${event}`,
      violated: core.properties.some((it) => it.kind === "never" && it.event === event),
    })),
    changes: changesBetween(core, before.state, state),
    networksBefore: before.sky.networks,
    result:
      result.kind === "state"
        ? { kind: "state", state, networks: sky.networks, ticks }
        : { ...result, message: core.sites[result.site]?.message ?? `model error ${result.site}` },
  };
  return { told, after: { state, sky, ticks } };
};

const changesBetween = (core: Core, before: State, after: State): readonly Change[] => {
  const readings = variableReadings(core, after.variables);
  const earlier = new Map(
    variableReadings(core, before.variables).map(({ name, text }) => [name, text]),
  );
  return readings.flatMap(({ name, text, variable }) => {
    const previous = earlier.get(name) ?? "none";
    return previous === text ? [] : [{ name, before: previous, after: text, variable }];
  });
};
