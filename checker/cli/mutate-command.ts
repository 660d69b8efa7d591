// `check mutate FILE`: plans the mutants, has them tried by several threads, reports; with `--shard` only a part.

import { createHash } from "node:crypto";
import { resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import {
  byYield,
  mayReach,
  type MutantOutcome,
  scoreOf,
  statesOf,
  type Yardstick,
} from "../mutate/index.ts";
import { type MutationFacts, mutantsText, mutationJson, mutationText } from "../report/index.ts";
import { lineReader, renderDiagnostics } from "../report/index.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { digestOf } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import type { MutateLine } from "./mutate-line.ts";
import { type Job, type Opened, openSubject, type Subject } from "./mutation-bench.ts";
import { type Pool, startPool } from "./mutation-pool.ts";
import { makerOf, owns, type Shard, type ShardItem, writeShard } from "./shard.ts";
import { shardOf } from "./shard-words.ts";
import type { Shell } from "./shell.ts";
import { type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/** What a merge must ask again. */
export type MutateRequest = Pick<MutateLine, "file" | "check" | "set" | "maxStates">;

export interface MutateRun {
  readonly shell: Shell;
  readonly terminal: Terminal;
  readonly line: MutateLine;
  readonly texts: Library;
  readonly opened: Opened;
}

const complain = (diagnostics: readonly Diagnostic[], texts: Library, terminal: Terminal): void =>
  terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));

/** The name of a mutant among all of its file; what it is, and where. */
export const idsOf = ({ mutants, texts }: Opened): readonly string[] => {
  const lines = lineReader(texts.texts);
  return mutants.map(({ operator, span }, at) => {
    const place = lines(span.file)?.place(span.start);
    return `${at + 1} ${operator} ${span.file}:${place?.line ?? 0}:${place?.column ?? 0}`;
  });
};

/** Names everything on which outcomes depend. */
export const mutationPlan = (opened: Opened, request: MutateRequest): string => {
  const { entry, mutants, titles } = opened;
  const edits = mutants.map(({ operator, text }) => [operator, text]);
  const whole = JSON.stringify([digestOf(entry), request, titles, idsOf(opened), edits]);
  return `sha256:${createHash("sha256").update(whole).digest("hex")}`;
};

export const requestOf = ({ file, check, set, maxStates }: MutateLine): MutateRequest => ({
  file,
  ...(check === undefined ? {} : { check }),
  set,
  maxStates,
});

interface Measured {
  /** Those that notice most for their cost first. */
  readonly yardsticks: readonly Yardstick[];
  readonly leftOut: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

const measureAll = async (
  { opened, terminal }: MutateRun,
  pool: Pool,
  isOver: () => Promise<boolean>,
): Promise<Measured> => {
  const { titles } = opened;
  const found = new Map<number, Yardstick>();
  const leftOut = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  const jobs = titles.map((title): Job => ({ kind: "measure", title }));
  await pool.run(
    jobs,
    (at, answer) => {
      if (answer.kind === "yardstick") found.set(at, answer.yardstick);
      if (answer.kind === "too large") leftOut.add(at);
      if (answer.kind === "mistaken") diagnostics.push(...answer.diagnostics);
      const done = found.size + leftOut.size;
      terminal.progress((columns) =>
        `measuring: ${done} of ${titles.length} checks and sweeps`.slice(0, columns),
      );
    },
    isOver,
  );
  return {
    yardsticks: [...found]
      .toSorted(([first, left], [second, right]) => byYield(left, right) || first - second)
      .map(([, it]) => it),
    leftOut: titles.filter((_, at) => leftOut.has(at)),
    diagnostics,
  };
};

const tryAll = async (
  run: MutateRun,
  chosen: readonly number[],
  pool: Pool,
  isOver: () => Promise<boolean>,
): Promise<ReadonlyMap<number, MutantOutcome>> => {
  const outcomes = new Map<number, MutantOutcome>();
  await pool.run(
    chosen.map((mutant): Job => ({ kind: "try", mutant })),
    (at, answer) => {
      const mutant = chosen[at];
      if (answer.kind === "outcome" && mutant !== undefined) outcomes.set(mutant, answer.outcome);
      const { verdicts, modelErrors, survived, undecided } = scoreOf([...outcomes.values()]);
      run.terminal.progress((columns) =>
        [
          `${outcomes.size} of ${chosen.length} mutants`,
          `${verdicts + modelErrors} killed`,
          `${survived + undecided} not`,
        ]
          .join(" · ")
          .slice(0, columns),
      );
    },
    isOver,
  );
  return outcomes;
};

/**
 * The report, and what it says of the run. Of one that was cut short only what the mutants not tried cannot
 * mend is said to be too low.
 */
export const reportMutation = (
  run: Pick<MutateRun, "terminal" | "line" | "opened" | "shell">,
  facts: MutationFacts,
  outcomes: ReadonlyMap<number, MutantOutcome>,
): readonly Outcome[] => {
  const { terminal, line, opened, shell } = run;
  const { mutants, texts, entry } = opened;
  const report = {
    file: entry.file,
    facts,
    minScore: line.minScore,
    results: mutants.flatMap((mutant, at) => {
      const outcome = outcomes.get(at);
      return outcome === undefined ? [] : [{ mutant, outcome }];
    }),
    mutants: mutants.length,
  };
  const look = terminal.resultLook;
  const { texts: sources } = texts;
  const tool = `check ${shell.version}`;
  terminal.result(
    line.json ? mutationJson(tool, report, sources) : mutationText(report, sources, look),
  );
  const tried = report.results.map((it) => it.outcome);
  return mayReach(tried, mutants.length - tried.length, line.minScore) ? [] : ["mutants"];
};

const writePart = (
  run: MutateRun,
  shard: Shard,
  facts: MutationFacts,
  outcomes: ReadonlyMap<number, MutantOutcome>,
  isCut: boolean,
): readonly Outcome[] => {
  const { shell, terminal, line, opened } = run;
  const ids = idsOf(opened);
  const items = ids.flatMap((id, at): readonly ShardItem[] => {
    const result = outcomes.get(at);
    return result === undefined ? [] : [{ id, result }];
  });
  const request = requestOf(line);
  const { index, count } = shard;
  const folder = resolve(shell.folder, line.out);
  const written = writeShard(
    folder,
    {
      of: "mutate",
      shard: [index, count],
      plan: mutationPlan(opened, request),
      tool: makerOf(shell),
      request,
      ...(isCut ? { cut: true } : {}),
      facts,
      items,
    },
    terminal,
  );
  terminal.result(`shard ${index} of ${count}: ${items.length} of ${ids.length} mutants tried\n`);
  return written;
};

const subjectOf = (
  { shell, line }: Pick<MutateRun, "shell" | "line">,
  threads: number,
): Subject => ({
  ...requestOf(line),
  folder: shell.folder,
  packageFolder: shell.packageFolder,
  memoryBytes: Math.floor(shell.memoryBytes / threads),
});

/** Why no mutant can be tried. */
const refusal = (
  { terminal, line, opened, texts }: MutateRun,
  { yardsticks, leftOut, diagnostics }: Measured,
): Outcome | undefined => {
  if (diagnostics.length > 0) {
    complain(diagnostics, texts, terminal);
    return "specification";
  }
  if (leftOut.length === opened.titles.length && leftOut.length > 0) {
    terminal.remark(
      `check: every check is too large for ${line.maxStates} states, so none is left to try mutants\n` +
        "  allow more with --max-states\n",
    );
    return "usage";
  }
  const unmet = yardsticks.filter((it) => !it.isMet);
  if (unmet.length > 0) {
    const names = unmet.map((it) => `"${it.title}"`).join(", ");
    terminal.remark(
      `check: not as expected even without a mistake: ${names}\n` +
        "  a check that fails tells nothing of mutants: mend it, or choose others with --check\n",
    );
    return "finding";
  }
  return undefined;
};

const tryThem = async (run: MutateRun, shard: Shard | undefined): Promise<readonly Outcome[]> => {
  const { shell, terminal, line, opened } = run;
  const { mutants } = opened;
  const threads = line.threads ?? shell.cores;
  const end = shell.now() + 1000 * (line.timeoutSeconds ?? Infinity);
  const isOver = async () => (await shell.pause()) !== undefined || shell.now() > end;
  const pool = startPool(subjectOf(run, threads), threads);
  try {
    const measured = await measureAll(run, pool, isOver);
    const refused = refusal(run, measured);
    if (refused !== undefined) return [refused];
    const facts: MutationFacts = {
      checks: measured.yardsticks.length,
      states: measured.yardsticks.reduce((sum, it) => sum + statesOf(it), 0),
      leftOut: measured.leftOut,
      maxStates: line.maxStates,
    };
    if (measured.yardsticks.length + measured.leftOut.length < opened.titles.length) {
      terminal.remark(
        "check: stopped while the checks were run without a mistake, so no mutant was tried\n" +
          "  allow more time with --timeout, or choose fewer checks with --check\n",
      );
      const written = shard === undefined ? [] : writePart(run, shard, facts, new Map(), true);
      return [...written, (await shell.pause()) ?? "incomplete"];
    }
    await pool.tellAll({
      kind: "hold",
      yardsticks: measured.yardsticks,
      leftOut: measured.leftOut,
    });
    const chosen = mutants
      .map((_, at) => at)
      .filter((at) => shard === undefined || owns(shard, at));
    const outcomes = await tryAll(run, chosen, pool, isOver);
    const signal = await shell.pause();
    const isCut = outcomes.size < chosen.length;
    const written =
      shard === undefined
        ? reportMutation(run, facts, outcomes)
        : writePart(run, shard, facts, outcomes, isCut);
    return [
      ...written,
      ...(signal === undefined ? (isCut ? (["incomplete"] as const) : []) : [signal]),
    ];
  } finally {
    pool.end();
  }
};

/** Opens what a line names, or says why not. */
export const openLine = (
  line: MutateLine,
  shell: Shell,
  terminal: Terminal,
): E.Either<readonly Outcome[], MutateRun> => {
  const texts = library(shell);
  const opened = openSubject(subjectOf({ shell, line }, 1), texts);
  if (E.isLeft(opened)) {
    complain(opened.left.diagnostics, texts, terminal);
    return E.left([opened.left.isMissing ? "missing-input" : "usage"]);
  }
  const errors = opened.right.entry.loaded.diagnostics.filter(isError);
  if (errors.length > 0) {
    complain(errors, texts, terminal);
    return E.left(["specification"]);
  }
  return E.right({ shell, terminal, line, texts, opened: opened.right });
};

/** Everything that `check mutate` does. */
export const runMutate =
  (shell: Shell, terminal: Terminal, line: MutateLine) => async (): Promise<readonly Outcome[]> => {
    const run = openLine(line, shell, terminal);
    if (E.isLeft(run)) return run.left;
    const shard = line.shard === undefined ? undefined : shardOf(line.shard, shell.environment);
    if (typeof shard === "string") {
      terminal.remark(`check: ${shard}\n`);
      return ["usage"];
    }
    const { opened } = run.right;
    if (line.list) {
      terminal.result(mutantsText(opened.mutants, opened.texts.texts));
      return [];
    }
    return tryThem(run.right, shard);
  };
