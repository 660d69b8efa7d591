// A trace as one block per step: the action, the case it took and what changed.

import type { Core } from "../core/index.ts";
import type { Look } from "./paint.ts";
import { variableReadings } from "./readings.ts";
import type { Trace, TraceStep } from "./trace.ts";
import { eventText, inFlightTexts, isTelling, journeyText, stepText } from "./wording.ts";

/** The lines of a trace; of the initial state, what is not at its zero. */
export const diff = (core: Core, trace: Trace, look: Look): readonly string[] => {
  const width = String(trace.steps.length).length;
  const block = (step: TraceStep): readonly string[] => [
    heading(step, width, look),
    ...[...details(core, step, look)].map((line) => " ".repeat(width + 2) + line),
  ];
  return [trace.initial, ...trace.steps].flatMap(block);
};

const heading = (step: TraceStep, width: number, { paint }: Look): string => {
  const number = paint("dim", `${step.number}.`.padStart(width + 1));
  const text = paint(step.fault ? "fault" : "name", stepText(step));
  return `${number} ${text}${step.fault ? paint("fault", " (fault)") : ""}${clockText(step)}`;
};

const clockText = ({ kind, result }: TraceStep): string =>
  kind === "tick" && result.kind === "state" ? ` (time ${result.ticks})` : "";

function* details(core: Core, step: TraceStep, { paint }: Look): Generator<string> {
  const { branches, changes, events, sent, result } = step;
  for (const branch of branches) yield paint("dim", `case ${branch}`);
  for (const { flight, dropped } of sent) {
    const network = core.networks[flight.network]?.name ?? "";
    if (dropped) yield paint("fault", `drops ${journeyText(flight)}: ${network} is full`);
    else yield paint("segment", `sends on ${network} ${journeyText(flight)}`);
  }
  if (step.kind === "initial" && result.kind === "state") {
    const { variables } = result.state;
    for (const { name, text, variable } of variableReadings(core, variables)) {
      if (isTelling(core, variable, variables[variable] ?? 0)) yield `${name} = ${text}`;
    }
    yield* inFlightTexts(core, result.networks);
  }
  for (const { name, before, after } of changes) {
    yield `${name}: ${before} -> ${paint("change", after)}`;
  }
  for (const event of events) yield paint(event.violated ? "violation" : "name", eventText(event));
  if (result.kind === "error") yield paint("violation", `model error: ${result.message}`);
}
