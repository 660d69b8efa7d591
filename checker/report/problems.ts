// All that is wrong with a run as one flat list, each with its place and its way: results -> problems.

import type { CheckResult, Concern, ObligationResult, Search } from "../prove/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { stepText, traceOf, type TraceStep } from "../trace/index.ts";
import { inOrder } from "./code-frame.ts";
import type { ReportedFile } from "./json.ts";
import { steps } from "./wording.ts";

/** One step of the way to a problem, and where the step stands in the source. */
export interface WayStep {
  /** `3. tcp[A].close` */
  readonly text: string;
  /** Of the first case that it takes, or of the rule. */
  readonly span: Span;
  /** The other cases that it takes: `3. case tcp[A].TIME_WAIT.reset`. */
  readonly cases: readonly { readonly text: string; readonly span: Span }[];
}

export interface Problem {
  readonly level: "error" | "warning";
  readonly code: string;
  /** One sentence without its end: "p1 fails after 9 steps". */
  readonly message: string;
  /** The title of the check or sweep; absent of what is wrong with a file. */
  readonly check?: string;
  /** The property that it is about. */
  readonly property?: string;
  readonly span: Span;
  /** Where it is asked for, for programs that cannot see `span`. */
  readonly home: Span;
  /** Empty where nothing was done to get there. */
  readonly way: readonly WayStep[];
}

/** What ended a run before its time: its reports say so. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/**
 * How a run ended. `finished`: all that was asked for was done, whatever it found; else some of it, or
 * all, was left out: a signal came, the time was over before everything was begun, what was asked for cannot be, or the
 * program failed.
 */
export type Ending =
  "finished" | "interrupted" | "terminated" | "incomplete" | "refused" | "failed";

/** A run as all reports take it. */
export interface Run {
  /** `check 0.1.0` */
  readonly tool: string;
  readonly ended: Ending;
  readonly files: readonly ReportedFile[];
  readonly failure?: Failure;
  /** Set where nothing was searched: what was walked instead. */
  readonly simulation?: Simulation;
}

/** Random walks, in the order of the checks of a document. They prove nothing. */
export interface Simulation {
  readonly seed: number;
  /** Steps of a walk at most. */
  readonly depth: number;
  readonly walked: readonly {
    readonly file: string;
    readonly check: string;
    /** Of `--set`, where it gives several values. */
    readonly set: readonly string[];
    readonly walks: number;
    readonly steps: number;
  }[];
  /** Checks under a configuration for which no time was left. */
  readonly notWalked: number;
}

const endings: Readonly<Record<Exclude<Ending, "finished">, string>> = {
  interrupted: "the run was interrupted before it was finished",
  terminated: "the run was terminated before it was finished",
  incomplete: "the time was over before the run was finished",
  refused: "nothing was checked: what was asked for cannot be done",
  failed: "the program failed before the run was finished",
};

/** Why a run is not whole; undefined where it is. */
export const endingText = ({ ended }: Run): string | undefined =>
  ended === "finished" ? undefined : endings[ended];

/** The title of a check as people read it: that of a file without checks has none. */
export const titleText = (title: string): string => (title === "" ? "all properties" : title);

/** The files of which checks were not run, with the titles of these. */
export const notRunIn = (
  run: Run,
): readonly { readonly file: string; readonly titles: readonly string[] }[] =>
  run.files.flatMap(({ file, result }) => {
    const titles = (result?.notRun ?? []).map(titleText);
    return titles.length === 0 ? [] : [{ file, titles }];
  });

/** The checks and sweeps that a limit or a signal cut, by file. */
export const cutIn = (run: Run): ReturnType<typeof notRunIn> =>
  run.files.flatMap(({ file, result }) => {
    const cut = (result?.obligations ?? []).filter((it) => it.concerns.some(isUndecided));
    return cut.length === 0 ? [] : [{ file, titles: cut.map((it) => titleText(it.title)) }];
  });

/** Where a step is in the source: its cases, or the rule itself. */
const spansOf = (
  { core }: Search,
  { branches, label: { action } }: TraceStep,
): readonly { readonly name: string; readonly span: Span }[] => {
  const cases = branches.flatMap((name) => {
    const branch = core.branches.find((it) => it.name === name);
    return branch === undefined ? [] : [{ name, span: branch.span }];
  });
  const rule = action === undefined ? undefined : core.actions[action];
  return cases.length > 0 || rule === undefined ? cases : [{ name: rule.name, span: rule.span }];
};

type Path = NonNullable<Concern["shown"]>["path"];

/** Every step from the initial state, in words. */
export const wayTo = (search: Search, path: Path, fallback: Span): readonly WayStep[] => {
  const { initial, steps: rest } = traceOf(search.core, path);
  return [initial, ...rest].map((it) => {
    const [first, ...others] = spansOf(search, it);
    return {
      text: `${it.number}. ${stepText(it)}`,
      span: first?.span ?? fallback,
      cases: others.map(({ name, span }) => ({ text: `${it.number}. case ${name}`, span })),
    };
  });
};

/** "p1 fails after 9 steps"; what is no violation is said as its diagnostic says it. */
const messageOf = ({ kind, property, shown, diagnostic }: Concern): string => {
  if (kind === "deadlock" || property === undefined || shown === undefined) {
    return diagnostic.message;
  }
  return `${property} fails after ${steps(shown.steps)}`;
};

const isUndecided = ({ kind }: Concern): boolean => kind === "incomplete" || kind === "interrupted";

export const concernProblem = (
  concern: Concern,
  { title, search, span: home }: Pick<CheckResult, "title" | "search" | "span">,
): Problem => {
  const { diagnostic, property, shown } = concern;
  const { span } = diagnostic;
  return {
    level: isUndecided(concern) ? "warning" : "error",
    code: diagnostic.code,
    message: messageOf(concern),
    ...(title === "" ? {} : { check: title }),
    ...(property === undefined ? {} : { property }),
    span,
    home,
    way: shown === undefined || search === undefined ? [] : wayTo(search, shown.path, span),
  };
};

const diagnosticProblem = (it: Diagnostic): Problem => ({
  level: it.severity === "error" ? "error" : "warning",
  code: it.code,
  message: it.message,
  span: it.span,
  home: it.span,
  way: [],
});

const obligationProblems = (it: ObligationResult): readonly Problem[] =>
  it.concerns.map((concern) =>
    concernProblem(concern, it.kind === "check" ? it : { title: it.title, span: it.span }),
  );

/** What differs from the lock file, as one sentence: which numbers moved are its notes. */
export const movedText = ({ message, notes }: Diagnostic): string =>
  notes.length === 0 ? message : `${message}: ${notes.map((it) => it.message).join("; ")}`;

/** What differs from the lock file is wrong; what the file never does is worth a warning. */
export const problemsOf = (file: ReportedFile): readonly Problem[] => [
  ...inOrder(file.diagnostics).map(diagnosticProblem),
  ...(file.result?.obligations ?? []).flatMap(obligationProblems),
  ...inOrder(file.result?.findings ?? []).map(diagnosticProblem),
  ...(file.moved ?? []).map((it): Problem => ({
    ...diagnosticProblem(it),
    message: movedText(it),
    level: "error",
  })),
];
