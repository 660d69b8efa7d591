// A trace as one block per step: the action, the case it took and what changed.

import type { Core } from "../core/index.ts";
import { flowed, type Piece } from "./canvas.ts";
import type { Look } from "./paint.ts";
import { variableReadings } from "./readings.ts";
import type { Trace, TraceStep } from "./trace.ts";
import { eventText, inFlightTexts, isTelling, journeyText, stepText } from "./wording.ts";

/**
 * The lines of a trace within the columns of the look; of the initial state, what is not at its
 * zero.
 */
export const diff = (core: Core, trace: Trace, look: Look): readonly string[] => {
  const width = String(trace.steps.length).length;
  const block = (step: TraceStep): readonly string[] =>
    [
      ...flowed(heading(step), width - String(step.number).length, look.columns),
      ...[...details(core, step)].flatMap((it) => flowed(it, width + 2, look.columns)),
    ].map((it) => it.painted(look.paint));
  return [trace.initial, ...trace.steps].flatMap(block);
};

const heading = (step: TraceStep): readonly Piece[] => [
  { text: `${step.number}.`, role: "dim" },
  { text: " " },
  { text: stepText(step), role: step.fault ? "fault" : "name" },
  ...(step.fault ? [{ text: " (fault)", role: "fault" } as const] : []),
  { text: clockText(step) },
];

const clockText = ({ kind, result }: TraceStep): string =>
  kind === "tick" && result.kind === "state" ? ` (time ${result.ticks})` : "";

function* details(core: Core, step: TraceStep): Generator<readonly Piece[]> {
  const { branches, changes, events, sent, result } = step;
  for (const branch of branches) yield [{ text: `case ${branch}`, role: "dim" }];
  for (const { flight, dropped } of sent) {
    const network = core.networks[flight.network]?.name ?? "";
    if (dropped) {
      yield [{ text: `drops ${journeyText(flight)}: ${network} is full`, role: "fault" }];
    } else {
      yield [{ text: `sends on ${network} ${journeyText(flight)}`, role: "segment" }];
    }
  }
  if (step.kind === "initial" && result.kind === "state") {
    const { variables } = result.state;
    for (const { name, text, variable } of variableReadings(core, variables)) {
      if (isTelling(core, variable, variables[variable] ?? 0))
        yield [{ text: `${name} = ${text}` }];
    }
    for (const text of inFlightTexts(core, result.networks)) yield [{ text }];
  }
  for (const { name, before, after } of changes) {
    yield [{ text: `${name}: ${before} -> ` }, { text: after, role: "change" }];
  }
  for (const event of events) {
    yield [{ text: eventText(event), role: event.violated ? "violation" : "name" }];
  }
  if (result.kind === "error") {
    yield [{ text: `model error: ${result.message}`, role: "violation" }];
  }
}
