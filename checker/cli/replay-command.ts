// `check replay TRACE --on WHAT`: a trace file -> what model or TCP make of it, step by step.

import * as E from "fp-ts/lib/Either.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import {
  cuesOf,
  expectationsOf,
  judge,
  rehearse,
  rehearsedSteps,
  renderDiagnostics,
  replayText,
  type Scenario,
  scenarioOf,
  unknownHost,
  violationText,
} from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Outcome } from "./exit-codes.ts";
import { kernelLaunch, missingForLinux, namespaceHere } from "./kernel-launch.ts";
import { type Playing, playOnce, type Run } from "./replay-player.ts";
import type { ReplayLine } from "./replay-line.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import { launch, type Launch } from "./stack-process.ts";
import type { Terminal } from "./terminal.ts";
import { tracedModel, verifiedTrace } from "./trace-model.ts";

type Outcomes = readonly Outcome[];

const complainer = (shell: Shell, terminal: Terminal) => {
  const texts = library(shell);
  const complain = (diagnostics: readonly Diagnostic[]): void =>
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
  return { texts, complain };
};

/** Plays the script of the trace on the model as it is now. */
const onModel = (shell: Shell, terminal: Terminal, line: ReplayLine): Outcomes => {
  const { texts, complain } = complainer(shell, terminal);
  const traced = tracedModel(line.trace, line.model, { folder: shell.folder, texts });
  if (E.isLeft(traced)) {
    complain(traced.left.diagnostics);
    return [traced.left.outcome];
  }
  const { read, core, model } = traced.right;
  const { violation, steps } = read.claimed;
  const cues = cuesOf(steps);
  const judged = rehearsedSteps(
    cues,
    rehearse(core, { violation, steps: cues }),
    violationText(violation),
  );
  terminal.result(replayText({ trace: line.trace, on: `model ${model}`, notes: [], judged }));
  return judged.verdict === "equal" ? [] : ["differs"];
};

/** What it needs; the launch of a stack, or why there is none. */
const launchOf = (shell: Shell, { on }: ReplayLine): E.Either<readonly string[], Launch> => {
  const { packageFolder, folder, environment } = shell;
  if (on.kind === "external") {
    return E.right({ command: "sh", words: ["-c", on.command], folder, overUdp: true });
  }
  const missing = missingForLinux(environment["PATH"] ?? "");
  return missing.length > 0 ? E.left(missing) : E.right(kernelLaunch(packageFolder, folder));
};

const runs = 3;

type Signal = Awaited<ReturnType<Shell["pause"]>>;

/** All runs at once, each with a stack of its own, until they end or a signal comes. */
const playAll = async (
  shell: Shell,
  scenario: Scenario,
  how: Launch,
  playing: Omit<Playing, "isStopped">,
): Promise<{ readonly played: readonly Run[]; readonly signal: Signal }> => {
  let signal: Signal;
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver && signal === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      signal = await shell.pause();
    }
  };
  const isStopped = (): boolean => signal !== undefined;
  const all = Promise.all(
    Array.from({ length: runs }, async () =>
      playOnce(scenario, await launch(how), { ...playing, isStopped }),
    ),
  );
  // After a signal the runs end by themselves, unless a stack does not answer any more.
  const stopped = watch().then(
    () => new Promise<undefined>((end) => setTimeout(end, 1000, undefined)),
  );
  const played = await Promise.race([all, stopped]);
  isOver = true;
  return { played: played ?? [], signal };
};

const shownRuns = (
  terminal: Terminal,
  line: ReplayLine,
  scenario: Scenario,
  played: readonly Run[],
): Outcomes => {
  const failure = played.find((it) => it.failure !== undefined)?.failure;
  if (failure !== undefined) {
    terminal.remark(`check: the stack cannot be used: ${failure}\n`);
    return ["unavailable"];
  }
  const judged = judge(
    expectationsOf(scenario),
    played.map((it) => it.seen),
  );
  const { binding, host, switches, end } = scenario;
  const name = played[0]?.name ?? (line.on.kind === "external" ? line.on.command : "linux");
  const set = Object.entries(switches).map(([key, value]) => `${key} = ${value}`);
  const rest =
    end === undefined || judged.verdict !== "equal"
      ? []
      : [`not replayed from step ${end.step} on: ${end.why}`];
  const on = `${name}, which is ${binding.hosts[host]?.name ?? ""}, ${runs} runs`;
  const notes = [...set, ...scenario.notes, ...(played[0]?.remarks ?? []), ...rest];
  terminal.result(replayText({ trace: line.trace, on, notes, judged }));
  if (judged.verdict !== "equal") return ["differs"];
  const isCompared = judged.steps.some((it) => it.verdict === "equal");
  return end === undefined && isCompared ? [] : ["incomplete"];
};

const onStack = async (shell: Shell, terminal: Terminal, line: ReplayLine): Promise<Outcomes> => {
  const { texts, complain } = complainer(shell, terminal);
  const verified = verifiedTrace(line.trace, line.model, { folder: shell.folder, texts });
  if (E.isLeft(verified)) {
    complain(verified.left.diagnostics);
    return [verified.left.outcome];
  }
  const { as, sysctl, isPatient } = line;
  const made = scenarioOf(verified.right, { sysctl, ...(as === undefined ? {} : { as }) });
  if (E.isLeft(made)) {
    if (made.left.kind === "begins late") {
      terminal.remark(`check: ${made.left.why}\n`);
      return ["specification"];
    }
    const { diagnostics } = made.left;
    complain(diagnostics);
    const isUsage = diagnostics.every((it) => it.code === unknownHost.explanation.code);
    return [isUsage ? "usage" : "specification"];
  }
  const how = launchOf(shell, line);
  if (E.isLeft(how)) {
    for (const it of how.left) terminal.remark(`check: a replay on linux needs ${it}\n`);
    return ["unavailable"];
  }
  const { played, signal } = await playAll(shell, made.right, how.right, {
    isPatient,
    ...(line.on.kind === "linux" ? { outside: namespaceHere() } : {}),
  });
  return signal === undefined ? shownRuns(terminal, line, made.right, played) : [signal];
};

export const runReplay = (
  shell: Shell,
  terminal: Terminal,
  line: ReplayLine,
): TE.TaskEither<never, Outcomes> =>
  line.on.kind === "model"
    ? TE.fromIO(() => onModel(shell, terminal, line))
    : TE.fromTask(() => onStack(shell, terminal, line));
