// `check format FILE…`: prints, rewrites or compares files in the one style.

import * as E from "fp-ts/lib/Either.js";
import { formatted, renderDiagnostics } from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import type { CommandLine } from "./command-line.ts";
import { expandInputs, standardInput, unreadableInput } from "./input.ts";
import type { Outcome } from "./exit-codes.ts";
import type { Shell } from "./shell.ts";
import { type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

type FormatOptions = Extract<CommandLine, { readonly kind: "format" }>;

const finish = (
  path: string,
  before: string,
  after: string,
  mode: FormatOptions["mode"],
  terminal: Terminal,
): readonly Outcome[] => {
  if (mode === "print" || (mode === "write" && path === standardInput)) {
    terminal.result(after);
    return [];
  }
  if (before === after) return [];
  if (mode === "check") {
    terminal.result(`${path} is not formatted\n`);
    return ["differs"];
  }
  const written = writeWhole(path, after);
  if (E.isLeft(written)) {
    terminal.remark(`check: cannot write \`${path}\`: ${written.left}\n`);
    return ["output"];
  }
  terminal.result(`${path} is formatted now\n`);
  return [];
};

const formatOne = (
  path: string,
  texts: Library,
  mode: FormatOptions["mode"],
  terminal: Terminal,
): readonly Outcome[] => {
  const complain = (diagnostics: readonly Diagnostic[]): void =>
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
  const text = texts.open(path);
  if (E.isLeft(text)) {
    const { kind, reason, diagnostic } = text.left;
    const span = { file: path, start: 0, end: 0 };
    complain([diagnostic ?? unreadableInput(span, { path, reason })]);
    return [kind === "missing" ? "missing-input" : "specification"];
  }
  const after = formatted(path, text.right);
  if (E.isLeft(after)) {
    complain(after.left);
    return ["specification"];
  }
  return finish(path, text.right, after.right, mode, terminal);
};

/** Formats files and the `.tw` files of folders. */
export const formatCommand = (
  shell: Shell,
  terminal: Terminal,
  { files, mode }: FormatOptions,
): readonly Outcome[] => {
  const texts = library(shell);
  const { inputs, problems } = expandInputs(files, shell.folder);
  if (problems.length > 0) {
    terminal.remark(renderDiagnostics(problems, texts.texts, terminal.remarkLook));
  }
  return [
    ...problems.map((): Outcome => "missing-input"),
    ...inputs.flatMap(({ path }) => formatOne(path, texts, mode, terminal)),
  ];
};
