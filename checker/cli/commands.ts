// The commands of the program, and what each needs: a command line -> an effect that ends with outcomes.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as T from "fp-ts/lib/Task.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import { renderDiagnostics } from "../report/index.ts";
import { checkCommand } from "./check-command.ts";
import { reportRefusal } from "./check-course.ts";
import type { CheckOptions, CommandLine } from "./command-line.ts";
import type { Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { runConform } from "./conform-command.ts";
import { runExport } from "./export-command.ts";
import { explain } from "./explain-command.ts";
import { formatCommand } from "./format-command.ts";
import { runGraph } from "./graph-command.ts";
import { mergeCommand } from "./merge-command.ts";
import { runMutate } from "./mutate-command.ts";
import { runRefresh } from "./refresh-command.ts";
import { runReplay } from "./replay-command.ts";
import type { Shell } from "./shell.ts";
import { runSimulate } from "./simulate-command.ts";
import { type Terminal, terminal } from "./terminal.ts";
import { translateCommand } from "./translate-command.ts";
import { watching } from "./watch.ts";

/** The one way out of everything that is asked for and cannot be done. */
const refused = (
  refusal: Refusal,
  options: CheckOptions,
  shell: Shell,
  terminal: Terminal,
): readonly Outcome[] => {
  const { outcome, diagnostics, texts } = refusal;
  terminal.remark(renderDiagnostics(diagnostics, texts, terminal.remarkLook));
  return [outcome, ...reportRefusal(refusal, options, shell, terminal)];
};

type Command = Exclude<CommandLine, { readonly kind: "print" }>;

const terminalFor = (line: Command, { out, err, environment, now }: Shell): Terminal => {
  const { color, quiet } =
    line.kind === "check" || line.kind === "merge"
      ? line.options
      : line.kind === "mutate"
        ? line
        : { quiet: true, ...line };
  return terminal(out, err, { color, quiet, environment, now });
};

/** A described effect; only `main.ts` runs it. */
export const commandOf = (
  line: Command,
  shell: Shell,
): TE.TaskEither<never, readonly Outcome[]> => {
  const display = terminalFor(line, shell);
  return pipe(
    effectOf(line, shell, display),
    TE.tapIO(() => display.clearProgress),
  );
};

const checked = (
  { options }: Extract<Command, { readonly kind: "check" }>,
  shell: Shell,
  display: Terminal,
): T.Task<readonly Outcome[]> =>
  pipe(
    checkCommand(shell, display, options),
    TE.getOrElse((refusal) => T.of(refused(refusal, options, shell, display))),
  );

const effectOf = (
  line: Command,
  shell: Shell,
  display: Terminal,
): TE.TaskEither<never, readonly Outcome[]> => {
  switch (line.kind) {
    case "explain":
      return TE.fromTask(async (): Promise<readonly Outcome[]> => {
        const text = await explain(line.code, display);
        if (E.isRight(text)) display.result(text.right);
        else display.remark(`check: ${text.left}\n`);
        return E.isRight(text) ? [] : ["usage"];
      });
    case "export":
      return TE.fromIO(() => runExport(shell, display, line));
    case "graph":
      return TE.fromIO(() => runGraph(shell, display, line));
    case "merge":
      return pipe(
        mergeCommand(shell, display, line),
        TE.orElse((refusal) => TE.right(refused(refusal, line.options, shell, display))),
      );
    case "mutate":
      return TE.fromTask(runMutate(shell, display, line));
    case "refresh":
      return runRefresh(shell, display, line);
    case "conform":
      return runConform(shell, display, line);
    case "replay":
      return runReplay(shell, display, line);
    case "format":
      return TE.fromIO(() => formatCommand(shell, display, line));
    case "simulate":
      return TE.fromTask(() => runSimulate(shell, display, line));
    case "translate":
      return TE.fromIO(() => translateCommand(shell, display, line));
    case "check":
      return line.options.watch === true
        ? TE.fromTask(() =>
            watching(shell, display, line.options, (it) => checked(line, it, display)()),
          )
        : TE.fromTask(checked(line, shell, display));
  }
};
