// A trace as every variable of every state.

import type { Core } from "../core/index.ts";
import type { Look } from "./paint.ts";
import { variableReadings } from "./readings.ts";
import type { Trace, TraceStep } from "./trace.ts";
import { eventText, inFlightTexts, stepText } from "./wording.ts";

/** The lines of a trace; what a step changed is marked with a star. */
export const full = (core: Core, trace: Trace, { paint }: Look): readonly string[] => {
  const block = (step: TraceStep): readonly string[] => {
    const { number, result, changes, events, fault } = step;
    const heading = number === 0 ? stepText(step) : `step ${number}: ${stepText(step)}`;
    const body =
      result.kind === "error"
        ? [`    ${paint("violation", `model error: ${result.message}`)}`]
        : [
            ...variableReadings(core, result.state.variables).map(({ name, text }) =>
              changes.some((change) => change.name === name)
                ? `  * ${name} = ${paint("change", text)}`
                : `    ${name} = ${text}`,
            ),
            ...inFlightTexts(core, result.networks).map((it) => `    ${paint("segment", it)}`),
          ];
    return [
      paint(fault ? "fault" : "name", fault ? `${heading} (fault)` : heading),
      ...body,
      ...events.map((it) => `    ${paint(it.violated ? "violation" : "name", eventText(it))}`),
    ];
  };
  return [trace.initial, ...trace.steps].flatMap(block);
};
