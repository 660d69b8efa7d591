// What a model made of the script of a trace: cues, how far they could be played -> judged steps.

import type { Cue, Rehearsal } from "../export/index.ts";
import type { Judged, JudgedStep } from "./judge.ts";

const listText = (members: Readonly<Record<string, unknown>> | undefined): string =>
  Object.entries(members ?? {})
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(", ");

const cueText = ({ action, parameters, segment }: Cue): string => {
  const chosen = listText(parameters);
  const flags = Object.entries(segment ?? {}).flatMap(([name, value]) =>
    value === true ? [name.toUpperCase()] : typeof value === "number" ? [`${name}=${value}`] : [],
  );
  return [chosen === "" ? action : `${action}(${chosen})`, ...flags].join(" ");
};

/** Cues come with the way into the initial state first. */
export const rehearsedSteps = (
  cues: readonly Cue[],
  rehearsal: Rehearsal,
  fails: string,
): Judged => {
  const last = rehearsal.kind === "not possible" ? rehearsal.step : cues.length;
  const steps: JudgedStep[] = cues.slice(0, last + 1).map((cue, number) => {
    const expected = listText(cue.leadsTo) || "the step is possible";
    const isDone = number < last;
    return {
      number,
      text: cueText(cue),
      verdict: isDone ? "equal" : "differs",
      expected,
      observed: [isDone ? expected : "the model has no such step here"],
    };
  });
  if (rehearsal.kind === "not possible") return { steps, verdict: "differs" };
  const ends = {
    number: cues.length,
    text: "at the end",
    expected: fails,
  };
  if (rehearsal.kind === "still violated") {
    return {
      steps: [...steps, { ...ends, verdict: "equal", observed: [fails] }],
      verdict: "equal",
    };
  }
  const [observed, verdict] =
    rehearsal.kind === "undecided"
      ? (["too much follows to tell", "undecided"] as const)
      : (["nothing fails any more", "differs"] as const);
  return { steps: [...steps, { ...ends, verdict, observed: [observed] }], verdict };
};
