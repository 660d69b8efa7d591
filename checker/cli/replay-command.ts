// `check replay TRACE --on WHAT`: a trace file -> what model or TCP make of it, step by step.

import * as E from "fp-ts/lib/Either.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import {
  cuesOf,
  rehearse,
  rehearsedSteps,
  renderDiagnostics,
  replayText,
  violationText,
} from "../pipeline.ts";
import type { Outcome } from "./exit-codes.ts";
import type { Mistake } from "./planned-model.ts";
import type { ReplayLine } from "./replay-line.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { tracedModel } from "./trace-model.ts";

/** Plays the script of the trace on the model as it is now. */
const onModel = (shell: Shell, terminal: Terminal, line: ReplayLine): readonly Outcome[] => {
  const texts = library(shell);
  const traced = tracedModel(line.trace, line.model, { folder: shell.folder, texts });
  if (E.isLeft(traced)) {
    const { diagnostics, outcome }: Mistake = traced.left;
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
    return [outcome];
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

export const runReplay = (
  shell: Shell,
  terminal: Terminal,
  line: ReplayLine,
): TE.TaskEither<never, readonly Outcome[]> => TE.fromIO(() => onModel(shell, terminal, line));
