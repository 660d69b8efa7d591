// `check FILE…`: plans every file, proves what can be proved, reports as it goes; ends with outcomes.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import { type FileResult, renderDiagnostics, resultJson, summaryText } from "../pipeline.ts";
import {
  type Failure,
  lineReader,
  type ReportedFile,
  type Run as ReportedRun,
  resultLine,
} from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { cacheFolder, cacheIn } from "./cache.ts";
import {
  isUnfinished,
  leftOut,
  limitsOf,
  planEntry,
  type PlannedEntry,
  planOutcomes,
  proveEntry,
  resultOutcomes,
  type Run,
  showKnown,
} from "./check-run.ts";
import { joined, type Merged, provePart } from "./check-part.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Prepared, prepare, type Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { keptFiles } from "./kept-files.ts";
import { listJson, listText } from "./list.ts";
import { locked, openLock, type OpenLock } from "./lock.ts";
import { writeOutput } from "./output.ts";
import { misplacedOutput } from "./outputs.ts";
import { covered, drawn } from "./run-pages.ts";
import { isDocument, reporter } from "./run-reports.ts";
import { shardOf } from "./shard-words.ts";
import type { Shell } from "./shell.ts";
import { commandLineFile, type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { traceWriter } from "./traces.ts";

const remarkOn = (
  diagnostics: readonly Diagnostic[],
  { terminal, texts }: Pick<Run, "terminal" | "texts">,
): void => {
  const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
  if (text !== "") terminal.remark(text);
};

/** What is known at any moment, so that reports can be written however the run ends. */
interface Course {
  planned: readonly PlannedEntry[];
  readonly results: Map<PlannedEntry, FileResult>;
  moved: ReadonlyMap<string, readonly Diagnostic[]>;
}

const reportedFiles = (
  { unreadable }: Prepared,
  { planned, results, moved }: Course,
): readonly ReportedFile[] => [
  ...unreadable.map((it) => ({ file: it.file, diagnostics: [it.diagnostic] })),
  ...planned.map((it): ReportedFile => {
    const digest = digestOf(it.entry);
    const result = results.get(it);
    const differs = moved.get(it.entry.file);
    return {
      file: it.entry.file,
      ...(digest === undefined ? {} : { digest }),
      ...(result === undefined ? {} : { result }),
      diagnostics: it.diagnostics,
      ...(differs === undefined ? {} : { moved: differs }),
    };
  }),
];

/** The documents for other programs. */
const report = (told: ReportedRun, run: Run): readonly Outcome[] => {
  const { options, terminal, texts } = run;
  const lines = lineReader(texts.texts);
  if (options.json) terminal.result(resultJson(told, lines));
  if (options.reports?.jsonLines === true) terminal.result(resultLine(told, lines));
  return run.reporter.write(told);
};

const failureOf = (thrown: unknown): Failure => ({
  code: "TW0901",
  message: `internal error: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
});

/** Whatever goes wrong, reports say so before the program does. */
const reporting = async (
  work: () => Promise<readonly Outcome[]>,
  files: () => readonly ReportedFile[],
  run: Run,
): Promise<readonly Outcome[]> => {
  try {
    const outcomes = await work();
    run.memory?.tidy();
    return outcomes;
  } catch (thrown) {
    try {
      report({ tool: run.tool, files: files(), failure: failureOf(thrown) }, run);
    } catch {
      // What went wrong first is what counts.
    }
    throw thrown;
  }
};

const compared = (
  lock: OpenLock | undefined,
  course: Course,
  { options, shell, terminal }: Run,
): readonly Outcome[] => {
  if (lock === undefined) return [];
  const isNarrowed = options.check !== undefined || options.sweeps !== undefined;
  const files = [...course.results].flatMap(([{ entry }, result]) => {
    const digest = digestOf(entry);
    return digest === undefined ? [] : [{ file: entry.file, digest, result, isWhole: !isNarrowed }];
  });
  const write = (path: string, text: string): readonly Outcome[] =>
    writeOutput(path, text, terminal);
  const { moved, text, outcomes } = locked(lock, files, shell.folder, write);
  course.moved = moved;
  if (text !== "") (isDocument(options) ? terminal.remark : terminal.result)(`\n${text}`);
  return outcomes;
};

/** While plans are made nothing has been searched, so that there is nothing else to report. */
const interrupted = async (
  file: string,
  prepared: Prepared,
  course: Course,
  run: Run,
): Promise<readonly Outcome[]> => {
  run.terminal.remark(
    `check: interrupted while the models of ${file} were built; nothing was searched\n`,
  );
  return [
    ...report({ tool: run.tool, files: reportedFiles(prepared, course) }, run),
    (await run.shell.pause()) ?? "interrupted",
  ];
};

/** Plans all files; how it ended, if that was before they were planned. */
const planAll = async (
  prepared: Prepared,
  course: Course,
  run: Run,
): Promise<readonly Outcome[] | undefined> => {
  for (const it of prepared.entries) {
    const one = await planEntry(it, prepared, run);
    if (one === undefined) return interrupted(it.file, prepared, course, run);
    course.planned = [...course.planned, one];
  }
  const { planned } = course;
  remarkOn(
    [...prepared.unreadable.map((it) => it.diagnostic), ...planned.flatMap((it) => it.diagnostics)],
    run,
  );
  return undefined;
};

const proveAll = async (
  prepared: Prepared,
  lock: OpenLock | undefined,
  course: Course,
  ownRun: Run,
  merged: Merged | undefined,
): Promise<readonly Outcome[]> => {
  const { terminal, options, shell } = ownRun;
  const ended = await planAll(prepared, course, ownRun);
  if (ended !== undefined) return ended;
  const { planned, results } = course;
  const parts = merged === undefined ? undefined : joined(planned, options, merged);
  if (parts !== undefined && E.isLeft(parts)) {
    remarkOn([parts.left], ownRun);
    return ["specification"];
  }
  const run =
    parts === undefined ? ownRun : { ...ownRun, held: [], elsewhere: parts.right.elsewhere };
  for (const it of planned) {
    if (it.diagnostics.some(isError)) continue;
    const isStopped = (await shell.pause()) !== undefined;
    const { known } = it;
    if (known !== undefined) results.set(it, showKnown(known, run));
    else results.set(it, isStopped ? leftOut(it.plan) : await proveEntry(it, run));
  }
  const damaged = parts?.right.damaged();
  if (damaged !== undefined) {
    remarkOn([damaged], run);
    return ["specification"];
  }
  if (run.held !== undefined) terminal.result(run.held.join(""));
  const files = [...results.values()];
  if (!isDocument(options) && files.length > 0) {
    const look = { ...terminal.resultLook, trace: options.trace, lines: () => undefined };
    terminal.result(summaryText(files, look));
  }
  // What came when everything was done has interrupted nothing.
  const signal = files.some(isUnfinished) ? await shell.pause() : undefined;
  const differing = compared(lock, course, run);
  return [
    ...drawn(files, run),
    ...covered(files, run),
    ...(run.traces?.finish() ?? []),
    ...differing,
    ...report({ tool: run.tool, files: reportedFiles(prepared, course) }, run),
    ...prepared.unreadable.map((it) => it.outcome),
    ...planned.flatMap(planOutcomes),
    ...files.flatMap(resultOutcomes).filter((it) => it !== "interrupted"),
    ...(signal === undefined ? [] : [signal]),
  ];
};

const list = (prepared: Prepared, run: Run): readonly Outcome[] => {
  const { terminal, options, texts, tool } = run;
  const errors = prepared.entries.flatMap((it) => it.loaded.diagnostics);
  remarkOn([...prepared.unreadable.map((it) => it.diagnostic), ...errors], run);
  terminal.result(
    options.json ? listJson(prepared, texts.texts, tool) : listText(prepared, texts.texts),
  );
  return [
    ...prepared.unreadable.map((it) => it.outcome),
    ...(errors.some(isError) ? (["specification"] as const) : []),
  ];
};

const runOf = (shell: Shell, terminal: Terminal, options: CheckOptions, texts: Library): Run => {
  const { out, set } = options;
  const { folder, fingerprint } = shell;
  const tool = `check ${shell.version}`;
  const where = cacheFolder(options, shell);
  const memory =
    where === undefined || fingerprint === undefined ? undefined : cacheIn(where, fingerprint);
  return {
    shell,
    terminal,
    options,
    texts,
    tool,
    limits: limitsOf(shell, options),
    ...(out === undefined || options.shard !== undefined
      ? {}
      : { traces: traceWriter({ out, folder, set, tool }, terminal) }),
    reporter: reporter(shell, terminal, options, texts),
    ...(memory === undefined ? {} : { memory }),
    // What is known of a whole file is its figures, and not what each search took.
    ...(memory === undefined || options.shard !== undefined || options.coverage !== undefined
      ? {}
      : { keptFiles: keptFiles(options, memory) }),
  };
};

/** Is a report wanted where something else stands? Then none is written, and that is said. */
const isMisplaced = ({ options, shell, texts, terminal }: Run): boolean => {
  const misplaced = misplacedOutput(options, shell.folder, texts);
  if (misplaced !== undefined) terminal.remark(`check: ${misplaced}\n`);
  return misplaced !== undefined;
};

/** What is wrong with the command line, or with the lock, is in the reports too. */
const refusedReports = ({ diagnostics }: Refusal, run: Run): void => {
  if (isMisplaced(run)) return;
  const file = diagnostics[0]?.span.file ?? commandLineFile;
  run.reporter.write({ tool: run.tool, files: [{ file, diagnostics }] });
};

/** Everything that `check` does with files. */
export const checkCommand = (
  shell: Shell,
  terminal: Terminal,
  options: CheckOptions,
  merged?: Merged,
): TE.TaskEither<Refusal, readonly Outcome[]> => {
  const texts = library(shell);
  const run = runOf(shell, terminal, options, texts);
  const shard = options.shard === undefined ? undefined : shardOf(options.shard, shell.environment);
  if (typeof shard === "string") {
    terminal.remark(`check: ${shard}\n`);
    return TE.right(["usage"]);
  }
  if (isMisplaced(run)) return TE.right(["usage"]);
  const course: Course = { planned: [], results: new Map(), moved: new Map() };
  return pipe(
    TE.fromEither(
      pipe(
        E.Do,
        E.bind("lock", () => openLock(options, shell.folder, texts)),
        E.bind("prepared", () => prepare(options, shell.folder, texts)),
        E.mapLeft((refusal) => {
          refusedReports(refusal, run);
          return refusal;
        }),
      ),
    ),
    TE.flatMapTask(
      ({ lock, prepared }) =>
        async () =>
          isMisplaced(run)
            ? ["usage"]
            : options.list
              ? list(prepared, run)
              : reporting(
                  async () =>
                    shard === undefined
                      ? proveAll(prepared, lock, course, run, merged)
                      : ((await planAll(prepared, course, run)) ??
                        provePart(course.planned, prepared, run, shard)),
                  () => reportedFiles(prepared, course),
                  run,
                ),
    ),
  );
};
