// State formulas as JavaScript: functions that evaluate up to 32 of them, each into its bit.

import type { Core } from "../core/index.ts";
import type { Layout } from "../machine/index.ts";
import { conditionOf, formulasOf } from "../machine/index.ts";
import type { Framed } from "./functions.ts";
import { grouped, headCode, sourceWords } from "./functions.ts";
import { truthOf } from "./loops.ts";
import type { Code } from "./scope.ts";
import { declared, newFrame, newScope, sourceContent } from "./scope.ts";

interface Judged extends Framed {
  /** The word of the judgement in which the formula's bit stands. */
  readonly word: number;
}

/** A failure is noted if it is the first one that was asked for; the bit then stays 0. */
const formulaCode = (core: Core, layout: Layout, k: number): Judged => {
  const formula = formulasOf(core)[k];
  if (formula === undefined) throw new Error(`there is no formula ${k}`);
  const { condition, localCount } = conditionOf(core, formula);
  const frame = newFrame();
  const content = sourceContent(frame);
  const scope = newScope(
    { core, layout, frame, content, changedWords: new Set<number>() },
    localCount,
  );
  const word = k >> 5;
  const held = truthOf(condition, scope);
  const set = `result = result | ${1 << (k & 31)};`;
  if (!scope.notes.canFail) {
    return { word, frame, code: [...held.code, `if (${held.text}) ${set}`] };
  }
  const value = declared(frame, "q");
  const note = `failed = ${k + 1}; failure.site = err - 1;`;
  const code = [
    "err = 0;",
    ...held.code,
    `${value} = ${held.text} ? 1 : 0;`,
    `if (err !== 0) { if (failed === 0 && from <= ${k}) { ${note} } }`,
    `else if (${value} !== 0) ${set}`,
  ];
  return { word, frame, code };
};

/** Functions of at most this length, and the entry point that calls them all. */
export const judgingCode = (
  core: Core,
  layout: Layout,
  longest: number,
): { readonly functions: Code; readonly entry: Code } => {
  const formulas = formulasOf(core).map((_, k) => formulaCode(core, layout, k));
  const groups = grouped(formulas, longest, (left, right) => left.word === right.word);
  const functions = groups.map((group, id): Code => {
    const { word } = group[0];
    return [
      `function judge${id}(S, at, out, from, failed) {`,
      "let result = 0;",
      ...sourceWords(layout),
      ...headCode(core, layout, group),
      ...group.map((it) => it.code),
      `out[${word}] = out[${word}] | result;`,
      "return failed;",
      "}",
    ];
  });
  const words = new Set(formulas.map((it) => it.word));
  const entry = [
    "judge(S, at, out, from = 0) {",
    "let failed = 0;",
    ...[...words].map((word) => `out[${word}] = 0;`),
    ...groups.map((_, id) => `failed = judge${id}(S, at, out, from, failed);`),
    "return failed;",
    "},",
  ];
  return { functions, entry };
};
