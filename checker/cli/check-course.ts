// What is known of a run of `check` at any moment, and its reports, however it ends: course -> documents.

import { type FileResult, resultJson, titlesToPlan } from "../pipeline.ts";
import {
  type Failure,
  lineReader,
  type ReportedFile,
  type Run as ReportedRun,
  resultLine,
} from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import type { PlannedEntry, Run } from "./check-run.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Entry, type Prepared, type Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { misplacedOutput } from "./outputs.ts";
import { reporter } from "./run-reports.ts";
import type { Shell } from "./shell.ts";
import { commandLineFile, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

export interface Course {
  planned: readonly PlannedEntry[];
  readonly results: Map<PlannedEntry, FileResult>;
  moved: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** Nothing is known yet. */
export const noCourse = (): Course => ({ planned: [], results: new Map(), moved: new Map() });

/** A file whose searches did not begin. */
export const leftOut = (
  { file, loaded }: Entry,
  { request }: Pick<Prepared, "request">,
): FileResult => ({
  file,
  obligations: [],
  notRun: titlesToPlan(loaded.value, request),
  findings: [],
});

/** All files of a run: those that have no result yet say what of them was not run. */
export const reportedFiles = (
  prepared: Prepared,
  { planned, results, moved }: Course,
): readonly ReportedFile[] => [
  ...prepared.unreadable.map((it) => ({ file: it.file, diagnostics: [it.diagnostic] })),
  ...prepared.entries.map((entry): ReportedFile => {
    const { file } = entry;
    const plan = planned.find((it) => it.entry === entry);
    const diagnostics = plan?.diagnostics ?? entry.loaded.diagnostics;
    const found = plan === undefined ? undefined : results.get(plan);
    const result = found ?? (diagnostics.some(isError) ? undefined : leftOut(entry, prepared));
    const differs = moved.get(file);
    return {
      file,
      digest: () => digestOf(entry),
      ...(result === undefined ? {} : { result }),
      diagnostics,
      ...(differs === undefined ? {} : { moved: differs }),
    };
  }),
];

/** The documents for other programs. */
export const report = (
  told: ReportedRun,
  {
    options,
    terminal,
    texts,
    reporter: files,
  }: Pick<Run, "options" | "terminal" | "texts" | "reporter">,
): readonly Outcome[] => {
  const lines = lineReader(texts.texts);
  if (options.json) terminal.result(resultJson(told, lines));
  if (options.reports?.jsonLines === true) terminal.result(resultLine(told, lines));
  return files.write(told);
};

/**
 * What is wrong with the command line, with a lock, with shards, is in the reports too: an earlier one
 * must not stand there as if it were of this run.
 */
export const reportRefusal = (
  { diagnostics, texts: known }: Refusal,
  options: CheckOptions,
  shell: Shell,
  terminal: Terminal,
): readonly Outcome[] => {
  const texts = library(shell);
  for (const [file, text] of known) texts.texts.set(file, text);
  const misplaced = misplacedOutput(options, shell.folder, texts);
  if (misplaced !== undefined) {
    terminal.remark(`check: ${misplaced}\n`);
    return ["usage"];
  }
  const file = diagnostics[0]?.span.file ?? commandLineFile;
  const run = { options, terminal, texts, reporter: reporter(shell, terminal, options, texts) };
  const tool = `check ${shell.version}`;
  return report({ tool, ended: "refused", files: [{ file, diagnostics }] }, run);
};

const failureOf = (thrown: unknown): Failure => ({
  code: "TW0901",
  message: `internal error: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
});

/** Whatever goes wrong, reports say so before the program does. */
export const reporting = async (
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
      const failure = failureOf(thrown);
      report({ tool: run.tool, ended: "failed", files: files(), failure }, run);
    } catch {
      // What went wrong first is what counts.
    }
    throw thrown;
  }
};
