// Executes the labels of a trace again and compares what they reach: trace -> agreement.

import type { Core } from "../core/index.ts";
import type { Label, Step } from "../interpret/index.ts";
import { interpreter } from "../interpret/index.ts";
import type { State } from "../machine/index.ts";
import type { Trace, TraceStep } from "./trace.ts";

export type Replay =
  | { readonly kind: "agrees" }
  /** The first step (0: the initial state) that the model does not take, or takes elsewhere. */
  | {
      readonly kind: "parts";
      readonly step: number;
      readonly why: "no such step" | "another state" | "another error" | "other events";
    };

/**
 * Whether a core still does what a trace says, label by label. Actions are found by their names,
 * so that a trace outlives changes of the model that do not concern it.
 */
export const replay = (core: Core, trace: Trace): Replay => {
  const { initialSteps, steps } = interpreter(core);
  let ways = initialSteps().steps;
  for (const told of [trace.initial, ...trace.steps]) {
    const same = ways.filter(({ label }) => signature(core, label) === signatureOf(told));
    const why = differenceOf(core, same, told);
    if (why !== undefined) return { kind: "parts", step: told.number, why };
    if (told.result.kind === "error") break;
    ways = steps(told.result.state).steps;
  }
  return { kind: "agrees" };
};

const signature = (core: Core, label: Label): string =>
  textOf(label.action === undefined ? "initial" : core.actions[label.action]?.name, label);

const signatureOf = ({ action, label }: TraceStep): string => textOf(action, label);

const textOf = (action: string | undefined, { values, segment }: Label): string =>
  JSON.stringify([action, values.map(({ name, value }) => [name, value]), segment]);

const differenceOf = (core: Core, [step]: readonly Step[], told: TraceStep) => {
  if (step === undefined) return "no such step";
  if (told.result.kind === "error") {
    const isSame = step.result.kind === "error" && step.result.site === told.result.site;
    return isSame ? undefined : "another error";
  }
  if (step.result.kind === "error" || !equal(step.result.state, told.result.state)) {
    return "another state";
  }
  const properties = step.events.map((event) => core.events[event]?.property);
  const isSame = properties.join() === told.events.map(({ property }) => property).join();
  return isSame ? undefined : "other events";
};

const equal = (left: State, right: State): boolean =>
  JSON.stringify([left.variables, left.networks]) ===
  JSON.stringify([right.variables, right.networks]);
