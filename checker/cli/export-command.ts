// `check export TRACE --to FORM`: a trace file -> a test, a capture, a drawing.

import { dirname, relative, resolve, sep } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { exported, renderDiagnostics, unknownHost } from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import type { ExportLine } from "./export-line.ts";
import type { Outcome } from "./exit-codes.ts";
import { placesOf, writeApart } from "./outputs.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { verifiedTrace } from "./trace-model.ts";

const toStream = (
  content: string | Uint8Array,
  shell: Shell,
  terminal: Terminal,
): readonly Outcome[] => {
  if (typeof content === "string") terminal.result(content);
  else if (shell.out.isTTY === true) {
    terminal.remark("check: this form is not text: name a file with --output\n");
    return ["usage"];
  } else shell.writeBytes(content);
  return [];
};

/** The model as seen from the file that is written; a result on standard output stands in the current folder. */
const wayTo = (model: string, output: string | undefined, folder: string): string => {
  const from = output === undefined ? folder : dirname(resolve(folder, output));
  const way = relative(from, resolve(folder, model)).split(sep).join("/");
  return way.startsWith("../") ? way : `./${way}`;
};

export const runExport = (
  shell: Shell,
  terminal: Terminal,
  line: ExportLine,
): readonly Outcome[] => {
  const texts = library(shell);
  const { to, output, itfMbt } = line;
  const complain = (diagnostics: readonly Diagnostic[]): void =>
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
  const verified = verifiedTrace(line.trace, line.model, { folder: shell.folder, texts });
  if (E.isLeft(verified)) {
    complain(verified.left.diagnostics);
    return [verified.left.outcome];
  }
  const tool = `check ${shell.version}`;
  const content = exported(to, verified.right, {
    tool,
    itfMbt,
    model: wayTo(verified.right.model, output, shell.folder),
    ...(line.as === undefined ? {} : { as: line.as }),
  });
  if (E.isLeft(content)) {
    complain(content.left);
    const isUsage = content.left.every((it) => it.code === unknownHost.explanation.code);
    return [isUsage ? "usage" : "specification"];
  }
  return output === undefined || output === "-"
    ? toStream(content.right, shell, terminal)
    : writeApart(output, content.right, terminal, [line.trace, ...placesOf(texts)]);
};
