// The ways to what a search found wrong, drawn: paths -> traces -> text, or data.

import type { Search, Subject } from "../prove/index.ts";
import {
  diff,
  full,
  ladder,
  type Role,
  stepText,
  traceOf,
  traceOfCycle,
  type Trace,
  type TraceStep,
} from "../trace/index.ts";
import type { Look } from "./code-frame.ts";
import type { Style } from "./paint.ts";
import { wrap } from "./text-width.ts";
import { counted, steps } from "./wording.ts";

export type TraceForm = "ladder" | "diff" | "full";

const renderers = { ladder, diff, full } as const;

const styles: Readonly<Record<Role, Style>> = {
  name: "strong",
  change: "good",
  segment: "accent",
  fault: "warning",
  violation: "bad",
  dim: "faint",
};

/** Model errors come in many places for one reason; the first ones tell it. */
const shownErrors = 3;

type Path = Parameters<typeof traceOf>[1];

const drawn = (
  search: Search,
  path: Path,
  look: Look & { readonly trace: TraceForm },
): readonly string[] => drawnTrace(search, traceOf(search.core, path), look);

const drawnTrace = (
  search: Search,
  trace: Trace,
  look: Look & { readonly trace: TraceForm },
): readonly string[] =>
  renderers[look.trace](search.core, trace, {
    paint: (role, text) => look.paint(styles[role], text),
    columns: look.columns - 2,
  });

const trapText = (
  search: Search,
  verdict: Search["judgement"]["properties"][number]["verdict"],
  look: Look & { readonly trace: TraceForm },
): readonly string[] => {
  if (verdict.kind !== "violated" || verdict.trap === undefined) return [];
  const { states, cycle } = verdict.trap;
  const size = `the way back is closed: ${counted(states, "state")} can be reached from here`;
  const say = (text: string): readonly string[] => ["", ...wrap(text, look.columns - 2)];
  if (cycle.length === 0) return say(`${size}, and the last of them has no step`);
  const lines = renderers[look.trace](search.core, traceOfCycle(search.core, cycle), {
    paint: (role, text) => look.paint(styles[role], text),
    columns: look.columns - 2,
  });
  const round = `${steps(cycle.length - 1)} among them can go round for ever`;
  return [...say(`${size}, and ${round}:`), "", ...lines];
};

/** Says how a trace that was chosen for its few faults differs from the shortest. */
const costText = ({ cost }: Path): string =>
  cost === undefined
    ? ""
    : `, with the fewest faults (${counted(cost.faults, "fault")}) after ${steps(cost.steps)}`;

const whyNotAll = {
  time: "the time ended before all were looked for",
  memory: "there is no memory to look for more",
  interrupted: "the search for more was interrupted",
} as const;

/** Of other kinds than the shortest, each minimal of its kind. */
const otherTexts = (
  search: Search,
  subject: Subject,
  what: string,
  look: Look & { readonly trace: TraceForm },
): readonly (readonly string[])[] =>
  (search.others?.ways ?? [])
    .filter((it) => it.subject.kind === subject.kind && it.subject.position === subject.position)
    .map(({ trace }) => {
      const heading = `${what} in another way after ${steps(trace.steps.length)}:`;
      return [look.paint("strong", heading), "", ...drawnTrace(search, trace, look)];
    });

/** One text per violation, deadlock and model error, in the order of the verdicts. */
export const counterexamples = (
  search: Search,
  look: Look & { readonly trace: TraceForm },
): readonly string[] => {
  const { properties, errors } = search.judgement;
  const violated = properties.flatMap((it, position) => {
    if (it.verdict.kind !== "violated") return [];
    const name = it.instance === "" ? it.name : `${it.name} (${it.instance})`;
    const what = it.kind === "deadlock" ? "deadlock" : `${name} is violated`;
    const heading = `${what} after ${steps(it.verdict.steps)}${costText(it.verdict.path)}:`;
    const lines = drawn(search, it.verdict.path, look);
    return [
      [look.paint("strong", heading), "", ...lines, ...trapText(search, it.verdict, look)],
      ...otherTexts(search, { kind: "property", position }, what, look),
    ];
  });
  const failed = errors.slice(0, shownErrors).flatMap((it, position) => {
    const site = search.core.sites[it.site];
    const cost = costText(it.path);
    const heading = `${site?.error ?? ""} error in step ${it.steps}${cost}: ${site?.message ?? ""}`;
    return [
      [look.paint("strong", heading), "", ...drawn(search, it.path, look)],
      ...otherTexts(search, { kind: "error", position }, `${site?.error ?? ""} error`, look),
    ];
  });
  const more = errors.length - Math.min(errors.length, shownErrors);
  const rest = more > 0 ? [[`… and ${counted(more, "model error")} in other places`]] : [];
  const { ended } = search.others ?? {};
  const note =
    ended === undefined ? [] : [[`of counterexamples in other ways: ${whyNotAll[ended]}`]];
  return [...violated, ...failed, ...rest, ...note].map((it) => it.join("\n"));
};

const stepJson = (step: TraceStep) => ({
  step: step.number,
  action: step.action,
  text: stepText(step),
  ...(step.fault ? { fault: true } : {}),
  ...(step.label.values.length === 0
    ? {}
    : { choices: Object.fromEntries(step.label.values.map((it) => [it.name, it.text])) }),
  ...(step.branches.length === 0 ? {} : { branches: step.branches }),
  ...(step.changes.length === 0
    ? {}
    : { changes: step.changes.map(({ name, before, after }) => ({ name, before, after })) }),
  ...(step.result.kind === "error" ? { error: step.result.message } : {}),
});

/** A path as data: what was done in each step and what it changed. */
export const traceSteps = (search: Search, path: Path) => stepsJson(traceOf(search.core, path));

export const stepsJson = ({ initial, steps: rest }: Trace) => [initial, ...rest].map(stepJson);
