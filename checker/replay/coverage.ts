// What a stack can be asked to do that its model does: core, host -> the shortest trace into each case of its resting states.

import { type Core } from "../core/index.ts";
import { type TcpBinding } from "../export/index.ts";
import { interpreter, type Step } from "../interpret/index.ts";
import { showValue, type State } from "../machine/index.ts";
import { segmentReadings, type Trace, traceAlong } from "../trace/index.ts";

/** Something that the host does in TIME_WAIT or FIN_WAIT_2, or when it connects, and what follows. */
export interface Goal {
  /** `TIME_WAIT.t1_rst_in_order`, `connect_refused in TIME_WAIT`, `expire tw in FIN_WAIT_2`. */
  readonly name: string;
  readonly trace: Trace;
}

export interface Coverage {
  /** In order of their length; of each case one for each thing that can follow from it. */
  readonly goals: readonly Goal[];
  /**
   * What there is to ask: cases of the resting states of the host, `expire tw in FIN_WAIT_2` for each of these states
   * in which the timer runs, and the rules that are bound to connect, also those that the model does not have here.
   */
  readonly cases: readonly string[];
  /** Whether there are states that were not looked at. */
  readonly isCut: boolean;
}

/** The states in which hosts rest after a connection. */
const resting: ReadonlySet<string> = new Set(["TIME_WAIT", "FIN_WAIT_2"]);

const stateLimit = 50_000;

interface Visit {
  readonly state: State;
  readonly before: Visit | undefined;
  /** Which of the steps of the state before leads here. */
  readonly step: number;
}

interface Stage {
  readonly core: Core;
  readonly binding: TcpBinding;
  /** `tcp[A].` */
  readonly prefix: string;
  /** The variable with the control state. */
  readonly control: number;
}

const stageOf = (core: Core, binding: TcpBinding, host: number): Stage | undefined => {
  const ending = `[${binding.hosts[host]?.name ?? ""}]`;
  const control = core.variables.findIndex(
    ({ owner, origin }) => origin.kind === "state" && owner.endsWith(ending),
  );
  const owner = core.variables[control]?.owner;
  return owner === undefined ? undefined : { core, binding, prefix: `${owner}.`, control };
};

const controlState = ({ core, control }: Stage, { variables }: State): string => {
  const declared = core.variables[control];
  return declared === undefined ? "" : showValue(declared.display, variables[control] ?? 0);
};

const isOfResting = (name: string): boolean => resting.has(name.slice(0, name.indexOf(".")));

/** What a step is a case of, for the host: undefined if it is none of what is asked. */
const caseOf = (stage: Stage, before: string, { label, branches }: Step): string | undefined => {
  const { core, binding, prefix } = stage;
  const action = core.actions[label.action ?? -1];
  if (action?.kind === "deliver") {
    const taken = branches.map((it) => core.branches[it]?.name ?? "");
    const [first = ""] = taken;
    if (!first.startsWith(prefix) || !isOfResting(first.slice(prefix.length))) return undefined;
    return taken.map((it) => it.slice(prefix.length)).join(", ");
  }
  if (action === undefined || !action.name.startsWith(prefix)) return undefined;
  const rule = action.name.slice(prefix.length);
  if (action.kind === "expiry") {
    const isEnd = isOfEnd(stage, rule.replace(/^expire /, ""));
    return isEnd && resting.has(before) ? `${rule} in ${before}` : undefined;
  }
  return binding.calls[rule] === "connect" ? `${rule} in ${before}` : undefined;
};

/** What can be seen of a step: the kinds of segments, and where it leads. */
const effectOf = (stage: Stage, { sent, result }: Step): string => {
  const { core } = stage;
  const segments = sent.map(({ network, integers }) => {
    const declared = core.networks[network];
    const fields = declared === undefined ? [] : segmentReadings(declared, integers).fields;
    const stamp = fields.find((it) => it.name === stage.binding.fields["TSVAL"])?.text ?? "0";
    return [
      ...fields.flatMap(({ name, flag }) => (flag === true ? [name] : [])),
      ...(stamp === "0" ? [] : ["stamped"]),
    ].join(" ");
  });
  const reached = result.kind === "error" ? "error" : controlState(stage, result.state);
  return [...segments, reached].join("; ");
};

const isOfEnd = ({ binding }: Stage, timer: string): boolean =>
  binding.timers.some((it) => it.role === "TIME_WAIT" && it.timer === timer);

/** `expire tw in TIME_WAIT`, for each timer that ends the state and runs in it. */
const expiriesOf = (stage: Stage, state: State): readonly string[] => {
  const { core, prefix } = stage;
  const before = controlState(stage, state);
  if (!resting.has(before)) return [];
  return core.variables.flatMap(({ name, origin }, at) => {
    const timer = name.startsWith(prefix) ? name.slice(prefix.length) : "";
    const runs = origin.kind === "timer" && state.variables[at] !== 0;
    return runs && isOfEnd(stage, timer) ? [`expire ${timer} in ${before}`] : [];
  });
};

const timersText = ({ core, prefix }: Stage, { variables }: State): string =>
  core.variables
    .flatMap(({ name, origin }, at) =>
      origin.kind === "timer" && name.startsWith(prefix) ? [variables[at] ?? 0] : [],
    )
    .join();

/** Which of the ways from nowhere, then which of the steps, and so on. */
const wayTo = (last: Visit): readonly number[] => {
  const way: number[] = [];
  for (let at: Visit | undefined = last; at !== undefined; at = at.before) way.unshift(at.step);
  return way;
};

const keyOf = ({ variables, networks }: State): string => JSON.stringify([variables, networks]);

/** Breadth first, with the interpreter, so that each goal has one of its shortest traces. */
export const coverageOf = (core: Core, binding: TcpBinding, host: number): Coverage => {
  const stage = stageOf(core, binding, host);
  if (stage === undefined) return { goals: [], cases: [], isCut: false };
  const { initialSteps, steps } = interpreter(core);
  const goals = new Map<string, Goal>();
  const seen = new Set<string>();
  const expiries = new Set<string>();
  const waiting: Visit[] = [];
  const meet = (visit: Visit): void => {
    const key = keyOf(visit.state);
    if (seen.has(key)) return;
    seen.add(key);
    waiting.push(visit);
  };
  initialSteps().steps.forEach(({ result }, step) => {
    if (result.kind === "state") meet({ state: result.state, before: undefined, step });
  });
  let next = 0;
  for (let visit = waiting[next]; visit !== undefined && next < stateLimit; visit = waiting[next]) {
    next += 1;
    const from = visit;
    const before = controlState(stage, from.state);
    for (const it of expiriesOf(stage, from.state)) expiries.add(it);
    steps(from.state).steps.forEach((step, at) => {
      const { result } = step;
      const name = caseOf(stage, before, step);
      if (name !== undefined && result.kind === "state") {
        const isTimed = timersText(stage, from.state) !== timersText(stage, result.state);
        const key = [name, effectOf(stage, step), isTimed].join("; ");
        if (!goals.has(key)) {
          const way = [...wayTo(from), at];
          goals.set(key, { name, trace: traceAlong(core, way) });
        }
      }
      if (result.kind === "state") meet({ state: result.state, before: from, step: at });
    });
  }
  return {
    goals: [...goals.values()],
    cases: [
      ...core.branches.flatMap(({ name }) => {
        const own = name.startsWith(stage.prefix) ? name.slice(stage.prefix.length) : "";
        return isOfResting(own) ? [own] : [];
      }),
      ...expiries,
      ...Object.keys(binding.calls).filter((rule) => binding.calls[rule] === "connect"),
    ],
    isCut: next < waiting.length,
  };
};
