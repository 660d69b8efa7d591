// What a model made of the script of a trace: cues, how far they could be played -> judged steps.

import { type Cue, cueOfDocument, type Rehearsal } from "../export/index.ts";
import type { Judged, JudgedStep } from "./judge.ts";

type States = Readonly<Record<string, string>>;

const isRecord = (it: unknown): it is Readonly<Record<string, unknown>> =>
  typeof it === "object" && it !== null;

/** The control states of a step of a trace file. */
const statesOf = (step: unknown): States =>
  isRecord(step) && isRecord(step["state"])
    ? Object.fromEntries(
        Object.entries(step["state"]).flatMap(([name, value]) =>
          name.endsWith(".state") && typeof value === "string" ? [[name, value] as const] : [],
        ),
      )
    : {};

/** Cues of the steps of a trace file, with the control states that change. */
export const cuesOf = (steps: readonly unknown[]): readonly Cue[] =>
  steps.map((step, at) => {
    const before = statesOf(steps[at - 1]);
    const changed = Object.entries(statesOf(step)).filter(([name, it]) => before[name] !== it);
    const cue = cueOfDocument(step);
    return changed.length === 0 ? cue : { ...cue, leadsTo: Object.fromEntries(changed) };
  });

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
  const observed =
    rehearsal.kind === "undecided" ? "too much follows to tell" : "nothing fails any more";
  return {
    steps: [...steps, { ...ends, verdict: "differs", observed: [observed] }],
    verdict: "differs",
  };
};
