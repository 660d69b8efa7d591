// What the program says about the example of a diagnostic: definition -> diagnostics -> text.

import * as E from "fp-ts/lib/Either.js";
import { load, plan, prove, renderDiagnostics } from "../pipeline.ts";
import type { Look } from "../report/index.ts";
import { type Diagnostic, type Explanation, isError } from "../source/index.ts";
import { emptyInput } from "./input.ts";

const file = "example.tw";

/** All that checking a text answers with, its searches included. */
export const answersTo = async (text: string): Promise<readonly Diagnostic[]> => {
  const loaded = load(file, (path) =>
    path === file ? E.right(text) : E.left({ reason: "there is no such file" }),
  );
  if (loaded.diagnostics.length === 0 && loaded.value.entry.declarations.length === 0) {
    return [emptyInput({ file, start: 0, end: 0 }, {})];
  }
  const planned = plan(loaded, { commandLine: [], only: [], isWanted: () => true });
  if (planned.diagnostics.some(isError)) return planned.diagnostics;
  const warned: Diagnostic[] = [];
  const result = await prove(planned.value, {
    now: () => 0,
    limits: () => ({}),
    rest: () => Promise.resolve("go-on"),
    breathe: () => Promise.resolve("go-on"),
    warn: (it) => void warned.push(it),
    onResult: () => undefined,
  });
  const concerns = result.obligations.flatMap((it) => it.concerns);
  const found = [...concerns.map((it) => it.diagnostic), ...result.findings];
  return [...planned.diagnostics, ...warned, ...found];
};

/** The first answer to the example of a definition that has its code, with its place. */
export const exampleAnswer = async (
  { code, example }: Explanation,
  look: Look,
): Promise<string | undefined> => {
  if (example === undefined) return undefined;
  const answer = (await answersTo(example)).find((it) => it.code === code);
  if (answer === undefined) return undefined;
  return renderDiagnostics([answer], new Map([[file, example]]), look);
};
