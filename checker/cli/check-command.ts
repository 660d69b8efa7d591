// `check FILE…`: plans every file, proves what can be proved, reports as it goes; ends with outcomes.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import { type FileResult, renderDiagnostics, summaryText } from "../pipeline.ts";
import { counted, type Ending } from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { cacheFolder, cacheIn } from "./cache.ts";
import {
  type Course,
  leftOut,
  noCourse,
  report,
  reportedFiles,
  reporting,
} from "./check-course.ts";
import {
  isTimeOver,
  isUndone,
  limitsOf,
  planEntry,
  planOutcomes,
  proveEntry,
  resultOutcomes,
  type Run,
  showKnown,
} from "./check-run.ts";
import { joined, type Merged, provePart } from "./check-part.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Prepared, prepare, type Refusal, titlesOf } from "./entries.ts";
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
import { type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { traceWriter } from "./traces.ts";

const remarkOn = (
  diagnostics: readonly Diagnostic[],
  { terminal, texts }: Pick<Run, "terminal" | "texts">,
): void => {
  const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
  if (text !== "") terminal.remark(text);
};

/** What became of the comparison with a lock: it is told before the sum, which stands last. */
interface Compared {
  readonly outcomes: readonly Outcome[];
  /** What the sum says of it. */
  readonly wrong: readonly string[];
}

const compared = (lock: OpenLock | undefined, course: Course, run: Run): Compared => {
  if (lock === undefined) return { outcomes: [], wrong: [] };
  const { options, shell, terminal, texts } = run;
  const files = [...course.results].flatMap(([{ entry }, result]) => {
    const digest = digestOf(entry);
    const ran = new Set(result.obligations.map((it) => it.title));
    const isWhole = titlesOf(entry).every((it) => ran.has(it));
    return digest === undefined ? [] : [{ file: entry.file, digest, result, isWhole }];
  });
  const write = (path: string, text: string): readonly Outcome[] =>
    writeOutput(path, text, terminal);
  const { moved, text, outcomes } = locked(lock, files, shell.folder, write);
  course.moved = moved;
  const differing = [...moved.values()].flat();
  const [tell, look] = isDocument(options)
    ? [terminal.remark, terminal.remarkLook]
    : [terminal.result, terminal.resultLook];
  tell(renderDiagnostics(differing, texts.texts, look) + (text === "" ? "" : `${text}\n`));
  const wrong = [
    ...(differing.length === 0
      ? []
      : [counted(differing.length, "difference from the lock", "differences from the lock")]),
    ...(outcomes.includes("output") ? ["the lock could not be written"] : []),
  ];
  return { outcomes, wrong };
};

/** While plans are made nothing has been searched, so that there is nothing else to report. */
const brokenOff = async (
  file: string,
  prepared: Prepared,
  course: Course,
  run: Run,
): Promise<readonly Outcome[]> => {
  const signal = await run.shell.pause();
  const ended = signal ?? (isTimeOver(run) ? "incomplete" : "interrupted");
  const why = ended === "incomplete" ? "the time (--timeout) was over" : "interrupted";
  run.terminal.remark(
    `check: ${why} while the models of ${file} were built; nothing was searched\n`,
  );
  return [...report({ tool: run.tool, ended, files: reportedFiles(prepared, course) }, run), ended];
};

/** How the run ended, and for what is said of it: a signal counts more than the clock. */
const endingOf = async (
  files: readonly FileResult[],
  { shell, terminal }: Run,
): Promise<Extract<Ending, "finished" | "interrupted" | "terminated" | "incomplete">> => {
  // What came when everything was done has interrupted nothing.
  if (!files.some(isUndone)) return "finished";
  const signal = await shell.pause();
  if (signal !== undefined) {
    terminal.remark(`check: ${signal} before everything was done\n`);
    return signal;
  }
  terminal.remark("check: the time (--timeout) was over before everything was searched\n");
  return "incomplete";
};

/** Plans all files; how it ended, if that was before they were planned. */
const planAll = async (
  prepared: Prepared,
  course: Course,
  run: Run,
): Promise<readonly Outcome[] | undefined> => {
  for (const it of prepared.entries) {
    const one = await planEntry(it, prepared, run);
    if (one === undefined) return brokenOff(it.file, prepared, course, run);
    course.planned = [...course.planned, one];
  }
  const { planned } = course;
  remarkOn(
    [...prepared.unreadable.map((it) => it.diagnostic), ...planned.flatMap((it) => it.diagnostics)],
    run,
  );
  return undefined;
};

/** Shards that are not those of these files: nothing that they tell is told. */
const refused = (
  diagnostic: Diagnostic,
  prepared: Prepared,
  course: Course,
  run: Run,
): readonly Outcome[] => {
  remarkOn([diagnostic], run);
  const files = [
    { file: diagnostic.span.file, diagnostics: [diagnostic] },
    ...reportedFiles(prepared, course),
  ];
  return [...report({ tool: run.tool, ended: "refused", files }, run), "specification"];
};

const proveAll = async (
  prepared: Prepared,
  lock: OpenLock | undefined,
  course: Course,
  ownRun: Run,
  merged: Merged | undefined,
): Promise<readonly Outcome[]> => {
  const { terminal, options, shell } = ownRun;
  const early = await planAll(prepared, course, ownRun);
  if (early !== undefined) return early;
  const { planned, results } = course;
  const parts = merged === undefined ? undefined : joined(planned, options, merged);
  if (parts !== undefined && E.isLeft(parts)) {
    return refused(parts.left, prepared, course, ownRun);
  }
  const run =
    parts === undefined ? ownRun : { ...ownRun, held: [], elsewhere: parts.right.elsewhere };
  for (const it of planned) {
    if (it.diagnostics.some(isError)) continue;
    const isStopped = (await shell.pause()) !== undefined || isTimeOver(run);
    const { known } = it;
    if (known !== undefined) results.set(it, showKnown(known, run));
    else results.set(it, isStopped ? leftOut(it.entry, prepared) : await proveEntry(it, run));
  }
  const damaged = parts?.right.damaged();
  if (damaged !== undefined) {
    return refused(damaged, prepared, { ...course, results: new Map() }, run);
  }
  if (run.held !== undefined) terminal.result(run.held.join(""));
  const files = [...results.values()];
  const { outcomes: differing, wrong } = compared(lock, course, run);
  if (!isDocument(options) && files.length > 0) {
    const look = { ...terminal.resultLook, trace: options.trace, lines: () => undefined };
    terminal.result(summaryText(files, look, wrong));
  }
  const ended = await endingOf(files, run);
  return [
    ...drawn(files, run),
    ...covered(files, run),
    ...(run.traces?.finish() ?? []),
    ...differing,
    ...report({ tool: run.tool, ended, files: reportedFiles(prepared, course) }, run),
    ...prepared.unreadable.map((it) => it.outcome),
    ...planned.flatMap(planOutcomes),
    ...files.flatMap(resultOutcomes).filter((it) => it !== "interrupted"),
    ...(ended === "finished" ? [] : [ended]),
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
  const { out } = options;
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
      : { traces: traceWriter({ out, folder, tool }, terminal) }),
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
  const course = noCourse();
  return pipe(
    TE.fromEither(
      pipe(
        E.Do,
        E.bind("lock", () => openLock(options, shell.folder, texts)),
        E.bind("prepared", () => prepare(options, shell.folder, texts)),
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
