// `check simulate FILE`: random walks through the checks of files, in one or many configurations.

import * as E from "fp-ts/lib/Either.js";
import { fileHeading, plan, type PlannedCheck, renderDiagnostics, simulate } from "../pipeline.ts";
import type { SimulatedCheck } from "../pipeline.ts";
import {
  type Ending,
  lineReader,
  resultJson,
  simulatedText,
  simulationSummary,
  type TextLook,
  walkProgressLine,
} from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { alternativesOf, configurationsOf } from "./alternatives.ts";
import { digestOf, type Entry, ownWords, prepare } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { quietOptions } from "./planned-model.ts";
import type { Shell } from "./shell.ts";
import { type SimulateLine, usualWalks } from "./simulate-line.ts";
import { commandLineFile, type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { sourceName, type TraceWriter, traceWriter } from "./traces.ts";

/** A model to walk through. */
interface Arena {
  readonly entry: Entry;
  readonly check: PlannedCheck;
  /** The `--set` words of the configuration. */
  readonly set: readonly string[];
}

interface Run {
  readonly shell: Shell;
  readonly terminal: Terminal;
  readonly line: SimulateLine;
  readonly texts: Library;
}

const complain = ({ terminal, texts }: Run, diagnostics: readonly Diagnostic[]): void => {
  const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
  if (text !== "") terminal.remark(text);
};

/** The checks of all files under the values of one configuration. */
const arenasUnder = (
  run: Run,
  set: readonly string[],
): E.Either<readonly Outcome[], readonly Arena[]> => {
  const { line, shell, texts } = run;
  const options = { ...quietOptions("", set, line.check), inputs: line.inputs, only: line.only };
  const prepared = prepare(options, shell.folder, texts);
  if (E.isLeft(prepared)) {
    complain(run, prepared.left.diagnostics);
    return E.left([prepared.left.outcome]);
  }
  const { entries, unreadable, request } = prepared.right;
  const planned = entries.map((entry) => ({ entry, ...plan(entry.loaded, request) }));
  const errors = planned.flatMap((it) => it.diagnostics).filter(isError);
  if (unreadable.length > 0 || errors.length > 0) {
    complain(run, [...unreadable.map((it) => it.diagnostic), ...errors]);
    const isUsage = errors.every((it) => it.span.file === commandLineFile);
    const mistaken = errors.length === 0 ? [] : ([isUsage ? "usage" : "specification"] as const);
    return E.left([...unreadable.map((it) => it.outcome), ...mistaken]);
  }
  return E.right(
    planned.flatMap(({ entry, value }) =>
      value.obligations.flatMap((check) => (check.kind === "check" ? [{ entry, check, set }] : [])),
    ),
  );
};

/** Walks are dealt to the models one by one: walk `k` is in model `k` modulo their number. */
function* walksOf(first: number, models: number, end: number): Generator<number> {
  for (let walk = first; walk < end; walk += models) yield walk;
}

interface Clock {
  readonly begin: number;
  readonly now: () => number;
  readonly seconds: number | undefined;
}

/** What is left of the time, shared by the models that are left. */
const shareOf = ({ begin, now, seconds }: Clock, left: number): { readonly seconds?: number } =>
  seconds === undefined
    ? {}
    : { seconds: Math.max(0, (seconds - (now() - begin) / 1000) / Math.max(1, left)) };

/** Of many configurations, those that assumptions allow; of one, or where none is allowed, all. */
const allowed = (arenas: readonly Arena[]): readonly Arena[] => {
  const sets = new Set(arenas.map((it) => it.set));
  const sound = arenas.filter((it) => it.check.model.kind === "core");
  return sets.size > 1 && sound.length > 0 ? sound : arenas;
};

const walkAll = async (
  all: readonly Arena[],
  traces: TraceWriter | undefined,
  run: Run,
): Promise<readonly Outcome[]> => {
  const { line, shell, terminal, texts } = run;
  const { seed, depth, engine, timeoutSeconds } = line;
  const arenas = allowed(all);
  const look: TextLook = {
    ...terminal.resultLook,
    trace: line.trace,
    lines: lineReader(texts.texts),
  };
  const clock = { begin: shell.now(), now: shell.now, seconds: timeoutSeconds };
  const end = line.walks ?? (timeoutSeconds === undefined ? usualWalks : Number.MAX_SAFE_INTEGER);
  const varied = new Set(
    line.set.map(alternativesOf).flatMap(({ name, size }) => (size > 1 ? [name] : [])),
  );
  const done: SimulatedCheck[] = [];
  const told = line.json ? () => undefined : terminal.result;
  let file: string | undefined;
  for (const [at, { entry, check, set }] of arenas.entries()) {
    if (at >= end || (await shell.pause()) !== undefined) break;
    if (entry.file !== file) told(fileHeading(entry.file, look));
    ({ file } = entry);
    const walks = walksOf(at, arenas.length, end);
    const how = { seed, depth, walks, ...shareOf(clock, arenas.length - at) };
    const simulated = await simulate(check, how, {
      now: shell.now,
      engine,
      warn: (it) => complain(run, [it]),
      breathe: async (title, progress) => {
        terminal.progress((columns) => walkProgressLine({ title, ...progress }, columns));
        return (await shell.pause()) === undefined ? "go-on" : "stop";
      },
    });
    done.push(simulated);
    const own = set.filter((it) => varied.has(it.slice(0, it.indexOf("="))));
    told(simulatedText(simulated, own, look));
    traces?.write(
      {
        source: sourceName(entry.file),
        digest: digestOf(entry) ?? "",
        set: ownWords(entry, set),
      },
      simulated.result,
    );
  }
  const signal = await shell.pause();
  const left = { notWalked: arenas.length - done.length, assumed: all.length - arenas.length };
  told(simulationSummary(done, seed, left, look));
  if (line.json) terminal.result(documentOf(run, arenas, done, varied, signal ?? "finished"));
  return [
    // Where nobody walked, what the check expects was not looked for.
    ...(left.notWalked > 0 ? (["incomplete"] as const) : []),
    ...done
      .flatMap(({ result }) => result.concerns.map(({ kind }) => kind))
      .filter((it) => it !== "interrupted"),
    ...(traces?.finish() ?? []),
    ...(signal === undefined ? [] : [signal]),
  ];
};

/** All that was met, as one document. */
const documentOf = (
  { line: { seed, depth }, shell, texts }: Run,
  arenas: readonly Arena[],
  done: readonly SimulatedCheck[],
  varied: ReadonlySet<string>,
  ended: Ending,
): string => {
  const walked = done.flatMap(({ result, walked: figures }, at) => {
    const { entry, set } = arenas[at] ?? { entry: undefined, set: [] };
    return entry === undefined ? [] : [{ entry, set, result, figures }];
  });
  const entries = [...new Map(walked.map(({ entry }) => [entry.file, entry])).values()];
  const run = {
    tool: `check ${shell.version}`,
    ended,
    simulation: {
      seed,
      depth,
      walked: walked.map(({ entry, set, result, figures }) => ({
        file: entry.file,
        check: result.title,
        set: set.filter((it) => varied.has(it.slice(0, it.indexOf("=")))),
        walks: figures?.walks ?? 0,
        steps: figures?.steps ?? 0,
      })),
      notWalked: arenas.length - done.length,
    },
    files: entries.map((entry) => {
      const { file } = entry;
      const obligations = walked.flatMap((it) => (it.entry.file === file ? [it.result] : []));
      return {
        file,
        digest: () => digestOf(entry),
        result: { file, obligations, notRun: [], findings: [] },
        diagnostics: [],
      };
    }),
  };
  return resultJson(run, lineReader(texts.texts));
};

/** Walks, tells what was met, and writes traces of what is wrong. */
export const runSimulate = async (
  shell: Shell,
  terminal: Terminal,
  line: SimulateLine,
): Promise<readonly Outcome[]> => {
  const texts = library(shell);
  const run: Run = { shell, terminal, line, texts };
  const arenas: Arena[] = [];
  for (const set of configurationsOf(line.set, line.configurations, line.seed)) {
    terminal.progress((columns) => `building ${set.join(", ")}`.slice(0, columns));
    if ((await shell.pause()) !== undefined) break;
    const under = arenasUnder(run, set);
    if (E.isLeft(under)) return under.left;
    arenas.push(...under.right);
  }
  if (arenas.length === 0) {
    const signal = await shell.pause();
    if (signal !== undefined) return [signal];
    terminal.remark(
      "check: there is no check to walk through; sweeps are given as `--set N=1..9`\n",
    );
    return ["usage"];
  }
  const { folder, version } = shell;
  const { out } = line;
  const tool = `check ${version}`;
  const traces = out === undefined ? undefined : traceWriter({ out, folder, tool }, terminal);
  const byFile = arenas.toSorted((left, right) =>
    left.entry.file === right.entry.file ? 0 : left.entry.file < right.entry.file ? -1 : 1,
  );
  return walkAll(byFile, traces, run);
};
