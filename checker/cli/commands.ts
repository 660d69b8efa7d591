// The commands of the program, and what each needs: a command line -> an effect that ends with outcomes.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import { renderDiagnostics } from "../report/index.ts";
import { checkCommand } from "./check-command.ts";
import type { CommandLine } from "./command-line.ts";
import type { Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { explain } from "./explain-command.ts";
import { formatCommand } from "./format-command.ts";
import type { Shell } from "./shell.ts";
import type { Terminal } from "./terminal.ts";

const refused = ({ outcome, diagnostics, texts }: Refusal, terminal: Terminal): readonly Outcome[] => {
  terminal.remark(renderDiagnostics(diagnostics, texts, terminal.remarkLook));
  return [outcome];
};

/** A described effect; only `main.ts` runs it. */
export const commandOf = (
  line: Exclude<CommandLine, { readonly kind: "print" }>,
  shell: Shell,
  terminal: Terminal,
): TE.TaskEither<never, readonly Outcome[]> => {
  switch (line.kind) {
    case "explain":
      return TE.fromIO((): readonly Outcome[] => {
        const text = explain(line.code, terminal);
        if (E.isRight(text)) terminal.result(text.right);
        else terminal.remark(`check: ${text.left}\n`);
        return E.isRight(text) ? [] : ["usage"];
      });
    case "format":
      return TE.fromIO(() => formatCommand(shell, terminal, line));
    case "check":
      return pipe(
        checkCommand(shell, terminal, line.options),
        TE.orElse((refusal) => TE.right(refused(refusal, terminal))),
      );
  }
};
