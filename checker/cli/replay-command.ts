// `check replay TRACE --on WHAT`: a trace file -> what model or TCP make of it, step by step.

import * as E from "fp-ts/lib/Either.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import {
  type Judged,
  nearestName,
  rehearse,
  rehearsedSteps,
  renderDiagnostics,
  replayText,
  type Scenario,
  scenarioOf,
  scriptOfDocument,
  unknownHost,
  untoldText,
  violationText,
} from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Outcome } from "./exit-codes.ts";
import type { Run } from "./replay-player.ts";
import type { ReplayLine, ReplayTarget } from "./replay-line.ts";
import { kernelSwitches } from "./kernel-launch.ts";
import type { Shell } from "./shell.ts";
import { commandLineFile, type Library, library } from "./sources.ts";
import { brokenStack, judgedRuns, playScenarios, runs, stacksFor } from "./stack-runs.ts";
import type { Terminal } from "./terminal.ts";
import { noSuchSwitch } from "./usage.ts";
import { tracedModel, verifiedTrace } from "./trace-model.ts";

type Outcomes = readonly Outcome[];

/** `tcp_rfc1337`, of `net.ipv4.tcp_rfc1337=1`. */
const switchName = (assignment: string): string =>
  assignment.slice(0, assignment.indexOf("=")).replace(/^net\.ipv4\./, "");

const complainer = (shell: Shell, terminal: Terminal) => {
  const texts = library(shell);
  const complain = (diagnostics: readonly Diagnostic[]): void =>
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
  return { texts, complain };
};

const outcomesOf = ({ verdict }: Judged): Outcomes => {
  if (verdict === "equal") return [];
  return verdict === "undecided" ? ["incomplete"] : ["differs"];
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
  const script = scriptOfDocument(core, read.claimed);
  const judged = rehearsedSteps(
    script.steps,
    rehearse(core, script),
    violationText(script.violation),
  );
  terminal.result(replayText({ trace: line.trace, on: `model ${model}`, notes: [], judged }));
  return outcomesOf(judged);
};

const shownRuns = (
  terminal: Terminal,
  line: ReplayLine,
  scenario: Scenario,
  played: readonly Run[],
): Outcomes => {
  const broken = brokenStack(played);
  if (broken !== undefined) {
    terminal.remark(`check: the stack cannot be used: ${broken}\n`);
    return ["unavailable"];
  }
  const judged = judgedRuns(scenario, played);
  const { binding, host, switches, end } = scenario;
  const name =
    played.find((it) => it.name !== undefined)?.name ??
    (line.on.kind === "external" ? line.on.command : "linux");
  const set = Object.entries(switches).map(([key, value]) => `${key} = ${value}`);
  const rest =
    end === undefined || judged.verdict !== "equal"
      ? []
      : [`not replayed from step ${end.step} on: ${end.why}`];
  const on = `${name}, which is ${binding.hosts[host]?.name ?? ""}, ${runs} runs`;
  const notes = [
    ...set,
    ...scenario.notes,
    ...new Set(played.flatMap((it) => it.remarks)),
    ...rest,
  ];
  terminal.result(replayText({ trace: line.trace, on, notes, judged }));
  if (judged.verdict !== "equal") return outcomesOf(judged);
  const isCompared = judged.steps.some((it) => it.verdict === "equal");
  const isTold = untoldText(judged) === undefined;
  return end === undefined && isCompared && isTold ? [] : ["incomplete"];
};

/** A switch of the command line that the kernel does not have: it would be found out three times, and late. */
const unknownSwitch = ({ sysctl }: ReplayLine, { texts }: Library): Diagnostic | undefined => {
  const known = kernelSwitches();
  const at = sysctl.findIndex((it) => !known.includes(switchName(it)));
  if (at < 0 || known.length === 0) return undefined;
  const name = switchName(sysctl[at] ?? "");
  const before = sysctl.slice(0, at).map((it) => `--sysctl ${it}\n`);
  const start = before.join("").length + "--sysctl ".length;
  texts.set(commandLineFile, sysctl.map((it) => `--sysctl ${it}\n`).join(""));
  const whole = sysctl[at] ?? "";
  const from = start + whole.indexOf(name);
  const span = { file: commandLineFile, start: from, end: from + name.length };
  return noSuchSwitch(span, { name, nearest: nearestName(name, known) });
};

const onStack = async (
  shell: Shell,
  terminal: Terminal,
  line: ReplayLine,
  on: Exclude<ReplayTarget, { readonly kind: "model" }>,
): Promise<Outcomes> => {
  const { texts, complain } = complainer(shell, terminal);
  const verified = verifiedTrace(line.trace, line.model, { folder: shell.folder, texts });
  if (E.isLeft(verified)) {
    complain(verified.left.diagnostics);
    return [verified.left.outcome];
  }
  const { as, sysctl, isPatient } = line;
  const unknown = on.kind === "linux" ? unknownSwitch(line, texts) : undefined;
  if (unknown !== undefined) {
    complain([unknown]);
    return ["usage"];
  }
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
  const stacks = stacksFor(shell, on, isPatient);
  if (E.isLeft(stacks)) {
    for (const it of stacks.left) terminal.remark(`check: a replay on ${on.kind} needs ${it}\n`);
    return ["unavailable"];
  }
  const { played, signal } = await playScenarios(shell, [made.right], stacks.right, { jobs: runs });
  return signal === undefined ? shownRuns(terminal, line, made.right, played[0] ?? []) : [signal];
};

export const runReplay = (
  shell: Shell,
  terminal: Terminal,
  line: ReplayLine,
): TE.TaskEither<never, Outcomes> => {
  const { on } = line;
  return on.kind === "model"
    ? TE.fromIO(() => onModel(shell, terminal, line))
    : TE.fromTask(() => onStack(shell, terminal, line, on));
};
