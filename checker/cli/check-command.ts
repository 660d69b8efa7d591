// `check FILE…`: plans every file, proves what can be proved, reports as it goes; ends with outcomes.

import { pipe } from "fp-ts/lib/function.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import {
  fileHeading,
  type FileResult,
  findingsText,
  type ObligationResult,
  obligationText,
  type Plan,
  plan,
  prove,
  type ProveShell,
  renderDiagnostics,
  resultJson,
  summaryText,
} from "../pipeline.ts";
import {
  lineReader,
  progressLine,
  type ReportedFile,
  sweepSvg,
  type TextLook,
} from "../report/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type { CheckOptions } from "./command-line.ts";
import { writeOutput } from "./output.ts";
import { digestOf, type Entry, type Prepared, prepare, type Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { listJson, listText } from "./list.ts";
import type { Shell } from "./shell.ts";
import { commandLineFile, type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { sourceName, type TraceWriter, traceWriter } from "./traces.ts";

/** What the steps of one run share. */
interface Run {
  readonly shell: Shell;
  readonly terminal: Terminal;
  readonly options: CheckOptions;
  readonly texts: Library;
  readonly tool: string;
  readonly limits: ProveShell["limits"];
  /** With `--out`. */
  readonly traces?: TraceWriter;
}

interface PlannedEntry {
  readonly entry: Entry;
  readonly plan: Plan;
  readonly diagnostics: readonly Diagnostic[];
}

const isError = (it: Diagnostic): boolean => it.severity === "error";

const planEntry = (entry: Entry, { request }: Prepared, { terminal }: Run): PlannedEntry => {
  const onModel = (title: string): void =>
    terminal.progress((columns) =>
      `building ${title === "" ? entry.file : title}`.slice(0, columns),
    );
  const planned = plan(entry.loaded, { ...request, onModel });
  return { entry, plan: planned.value, diagnostics: planned.diagnostics };
};

/** Mistakes in the words of the command line are its own; all others are the specification's. */
const planOutcomes = ({ diagnostics }: PlannedEntry): readonly Outcome[] => {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return [];
  const isUsage = errors.every((it) => it.span.file === commandLineFile);
  return [isUsage ? "usage" : "specification"];
};

const resultOutcomes = (result: FileResult): readonly Outcome[] => [
  ...result.obligations.flatMap((it) => it.concerns.map(({ kind }) => kind)),
  ...(result.findings.length > 0 ? (["finding"] as const) : []),
];

/** The limits are those of the whole run: every search gets what the ones before it left. */
const limitsOf = (shell: Shell, options: CheckOptions): ProveShell["limits"] => {
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

const proveShell = (run: Run, onResult: (it: ObligationResult) => void): ProveShell => {
  const { shell, terminal } = run;
  const rest = async () => ((await shell.pause()) === undefined ? "go-on" : "stop");
  return {
    now: shell.now,
    limits: run.limits,
    engine: run.options.engine,
    minimal: run.options.minimal,
    reductions: run.options.reductions ?? [],
    threads: { count: run.options.threads ?? shell.cores, start: shell.startThread },
    rest,
    breathe: (title, figures) => {
      terminal.progress((columns) => progressLine(title, figures, columns));
      return rest();
    },
    warn: (it) => terminal.remark(renderDiagnostics([it], run.texts.texts, terminal.remarkLook)),
    onResult,
  };
};

const proveEntry = async (
  { entry, plan: planned }: PlannedEntry,
  run: Run,
): Promise<FileResult> => {
  const { terminal, options, texts } = run;
  const look: TextLook = {
    ...terminal.resultLook,
    trace: options.trace,
    lines: lineReader(texts.texts),
  };
  const show = (text: string): void => {
    if (!options.json) terminal.result(text);
  };
  show(fileHeading(planned.file, look));
  const shell = proveShell(run, (it) => {
    show(obligationText(it, look));
    run.traces?.write({ source: sourceName(entry.file), digest: digestOf(entry) ?? "" }, it);
  });
  const result = await prove(planned, shell);
  show(findingsText(result, texts.texts, look));
  return result;
};

/** A file that an interruption did not let begin. */
const leftOut = ({ file, obligations }: Plan): FileResult => ({
  file,
  obligations: [],
  notRun: obligations.map((it) => it.title),
  findings: [],
});

const isUnfinished = ({ obligations, notRun }: FileResult): boolean =>
  notRun.length > 0 ||
  obligations.some((it) => it.concerns.some(({ kind }) => kind === "interrupted"));

const remarkOn = (diagnostics: readonly Diagnostic[], { terminal, texts }: Run): void => {
  const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
  if (text !== "") terminal.remark(text);
};

const reported = (it: PlannedEntry, result: FileResult | undefined): ReportedFile => {
  const digest = digestOf(it.entry);
  return {
    file: it.entry.file,
    ...(digest === undefined ? {} : { digest }),
    ...(result === undefined ? {} : { result }),
    diagnostics: it.diagnostics,
  };
};

/** Draws what was swept, if that is asked for. */
const drawn = (files: readonly FileResult[], { options, terminal }: Run): readonly Outcome[] => {
  const path = options.sweeps?.svg;
  if (path === undefined) return [];
  const sweeps = files
    .flatMap((it) => it.obligations)
    .flatMap((it) => (it.kind === "sweep" ? [it] : []));
  // What could not even be planned leaves an earlier drawing as it is.
  return sweeps.length === 0 ? [] : writeOutput(path, sweepSvg(sweeps), terminal);
};

const proveAll = async (prepared: Prepared, run: Run): Promise<readonly Outcome[]> => {
  const { terminal, options, texts, shell } = run;
  const planned = prepared.entries.map((it) => planEntry(it, prepared, run));
  remarkOn(
    [...prepared.unreadable.map((it) => it.diagnostic), ...planned.flatMap((it) => it.diagnostics)],
    run,
  );
  const sound = planned.filter((it) => !it.diagnostics.some(isError));
  const results = new Map<PlannedEntry, FileResult>();
  for (const it of sound) {
    const isStopped = (await shell.pause()) !== undefined;
    results.set(it, isStopped ? leftOut(it.plan) : await proveEntry(it, run));
  }
  const files = [...results.values()];
  if (options.json) {
    const unreadable = prepared.unreadable.map((it): ReportedFile => ({
      file: it.file,
      diagnostics: [it.diagnostic],
    }));
    const all = [...unreadable, ...planned.map((it) => reported(it, results.get(it)))];
    terminal.result(resultJson(run.tool, all, lineReader(texts.texts)));
  } else if (files.length > 0) {
    const look = { ...terminal.resultLook, trace: options.trace, lines: () => undefined };
    terminal.result(summaryText(files, look));
  }
  // What came when everything was done has interrupted nothing.
  const signal = files.some(isUnfinished) ? await shell.pause() : undefined;
  return [
    ...drawn(files, run),
    ...(run.traces?.finish() ?? []),
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

/** Everything that `check` does with files. */
export const checkCommand = (
  shell: Shell,
  terminal: Terminal,
  options: CheckOptions,
): TE.TaskEither<Refusal, readonly Outcome[]> => {
  const texts = library(shell);
  const tool = `check ${shell.version}`;
  const { out, set } = options;
  const { folder } = shell;
  const traces =
    out === undefined ? {} : { traces: traceWriter({ out, folder, set, tool }, terminal) };
  const limits = limitsOf(shell, options);
  const run: Run = { shell, terminal, options, texts, tool, limits, ...traces };
  return pipe(
    TE.fromEither(prepare(options, shell.folder, texts)),
    TE.flatMapTask((prepared) =>
      options.list ? () => Promise.resolve(list(prepared, run)) : () => proveAll(prepared, run),
    ),
  );
};
