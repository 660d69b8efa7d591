// The steps of one run of `check`: entries -> plans -> results of files, told as they come.

import {
  fileHeading,
  type FileResult,
  findingsText,
  type ObligationResult,
  obligationText,
  type Plan,
  planning,
  prove,
  type ProveShell,
  renderDiagnostics,
} from "../pipeline.ts";
import { lineReader, progressJson, progressLine, type TextLook } from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { type Cache, digest } from "./cache.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Entry, ownWords, type Prepared } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import type { KeptFiles } from "./kept-files.ts";
import { isDocument, type Reporter } from "./run-reports.ts";
import type { Shell } from "./shell.ts";
import { commandLineFile, type Library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { sourceName, type TraceWriter } from "./traces.ts";

/** What the steps of one run share. */
export interface Run {
  readonly shell: Shell;
  readonly terminal: Terminal;
  readonly options: CheckOptions;
  readonly texts: Library;
  readonly tool: string;
  readonly limits: ProveShell["limits"];
  /** With `--out`. */
  readonly traces?: TraceWriter;
  readonly reporter: Reporter;
  /** What earlier runs found, unless it shall not count. */
  readonly memory?: Cache;
  readonly keptFiles?: KeptFiles;
  /** Of a shard or a merge: the other parts of the same run. */
  readonly elsewhere?: ProveShell["elsewhere"];
  /** Told when all is known to be sound; undefined: at once. */
  readonly held?: string[];
}

export interface PlannedEntry {
  readonly entry: Entry;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
  /** What came of it when it said the same; then the plan is empty. */
  readonly known?: FileResult;
}

/** How long planning works without looking at what has happened meanwhile. */
const restEveryMs = 50;

/** Is there no time left, of the whole run? */
export const isTimeOver = ({ limits }: Pick<Run, "limits">): boolean => limits().seconds === 0;

/** The plan of a file; undefined when it was interrupted, or the time was over. */
export const planEntry = async (
  entry: Entry,
  { request }: Prepared,
  run: Run,
): Promise<PlannedEntry | undefined> => {
  const { shell, terminal, keptFiles } = run;
  const known = keptFiles?.find(entry);
  if (known !== undefined) {
    const { file } = entry;
    return { entry, plan: { file, obligations: [], isWhole: true }, diagnostics: [], known };
  }
  const steps = planning(entry.loaded, request);
  for (let rested = shell.now(); ;) {
    const { done, value } = steps.next();
    if (done === true) return { entry, plan: value.value, diagnostics: value.diagnostics };
    const title = value === "" ? entry.file : value;
    terminal.progress((columns) => `building ${title}`.slice(0, columns));
    // Models of a large file take much longer to build than their searches may be given.
    if (isTimeOver(run)) return undefined;
    if (shell.now() - rested < restEveryMs) continue;
    if ((await shell.pause()) !== undefined) return undefined;
    rested = shell.now();
  }
};

/** Mistakes in the words of the command line are its own; all others are the specification's. */
export const planOutcomes = ({ diagnostics }: PlannedEntry): readonly Outcome[] => {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return [];
  const isUsage = errors.every((it) => it.span.file === commandLineFile);
  return [isUsage ? "usage" : "specification"];
};

export const resultOutcomes = (result: FileResult): readonly Outcome[] => [
  ...result.obligations.flatMap((it) => it.concerns.map(({ kind }) => kind)),
  ...(result.findings.length > 0 ? (["finding"] as const) : []),
  // After a signal the signal decides.
  ...(result.notRun.length > 0 ? (["incomplete"] as const) : []),
];

/**
 * The limits are those of the whole run: every search gets what the ones before it left, and what building the
 * models took is gone too.
 */
export const limitsOf = (shell: Shell, options: CheckOptions): ProveShell["limits"] => {
  const begin = shell.now();
  return () => {
    const spent = (shell.now() - begin) / 1000;
    const { maxStates, timeoutSeconds, memoryBytes } = options;
    return {
      ...(maxStates === undefined ? {} : { maxStates }),
      ...(timeoutSeconds === undefined ? {} : { seconds: Math.max(0, timeoutSeconds - spent) }),
      memoryBytes: memoryBytes ?? shell.memoryBytes,
    };
  };
};

/** How often other programs hear how far a search is, in milliseconds. */
const heardMs = 200;

export const proveShell = (
  file: string,
  run: Run,
  onResult: (it: ObligationResult) => void,
): ProveShell => {
  const { shell, terminal, options } = run;
  let heardAt = Number.NEGATIVE_INFINITY;
  const rest = async () => ((await shell.pause()) === undefined ? "go-on" : "stop");
  const isNamed = run.memory !== undefined || options.keeping?.lock !== undefined;
  const isShown = options.json || options.reports?.jsonLines === true;
  return {
    now: shell.now,
    limits: run.limits,
    engine: run.options.engine,
    minimal: run.options.minimal,
    all: run.options.all,
    reductions: run.options.reductions ?? [],
    threads: { count: run.options.threads ?? shell.cores, start: shell.startThread },
    rest,
    ...(isNamed ? { digest } : {}),
    ...(isNamed || isShown || run.elsewhere !== undefined ? {} : { withoutStateSet: true }),
    ...(run.memory === undefined ? {} : { memory: run.memory }),
    ...(options.coverage === undefined ? {} : { isCovering: true }),
    ...(run.elsewhere === undefined ? {} : { elsewhere: run.elsewhere }),
    breathe: (title, figures) => {
      if (options.reports?.jsonLines === true && shell.now() - heardAt >= heardMs) {
        heardAt = shell.now();
        if (!options.quiet) terminal.result(progressJson({ file, check: title }, figures));
      }
      terminal.progress((columns) => progressLine(title, figures, columns));
      return rest();
    },
    warn: (it) => terminal.remark(renderDiagnostics([it], run.texts.texts, terminal.remarkLook)),
    onResult,
  };
};

const lookOf = ({ terminal, options, texts }: Run): TextLook => ({
  ...terminal.resultLook,
  trace: options.trace,
  lines: lineReader(texts.texts),
});

const show = (text: string, { terminal, options, held }: Run): void => {
  if (isDocument(options)) return;
  if (held === undefined) terminal.result(text);
  else held.push(text);
};

/**
 * Tells the results of a file as they come, under its name; with `--quiet` only those that are not as
 * expected, so that of a file where all is well nothing is told.
 */
const teller = (file: string, run: Run): ((it: ObligationResult) => void) => {
  const look = lookOf(run);
  let heading = fileHeading(file, look);
  const tell = (text: string): void => {
    show(heading + text, run);
    heading = "";
  };
  if (!run.options.quiet) tell("");
  return (it) => {
    if (!run.options.quiet || it.concerns.length > 0) tell(obligationText(it, look));
  };
};

/** Tells what is known of a file as if it had been found now. */
export const showKnown = (known: FileResult, run: Run): FileResult => {
  known.obligations.forEach(teller(known.file, run));
  return known;
};

export const proveEntry = async (
  { entry, plan: planned, diagnostics }: PlannedEntry,
  run: Run,
): Promise<FileResult> => {
  const { texts } = run;
  const tell = teller(planned.file, run);
  const shell = proveShell(planned.file, run, (it) => {
    tell(it);
    const set = ownWords(entry, run.options.set);
    run.traces?.write({ source: sourceName(entry.file), digest: digestOf(entry) ?? "", set }, it);
  });
  const result = await prove(planned, shell);
  show(findingsText(result, texts.texts, lookOf(run)), run);
  if (diagnostics.length === 0) run.keptFiles?.keep(entry, result);
  return result;
};

/** Was it to show more than a verdict, and did a signal end that? */
const isShownLess = (it: ObligationResult): boolean =>
  it.kind === "check" &&
  [it.search?.others?.ended, it.search?.exploration.onlyShortest].includes("interrupted");

/** Did a signal, or the end of the time, leave some of it undone? What a limit cut is done. */
export const isUndone = ({ obligations, notRun }: FileResult): boolean =>
  notRun.length > 0 ||
  obligations.some(
    (it) => isShownLess(it) || it.concerns.some(({ kind }) => kind === "interrupted"),
  );
