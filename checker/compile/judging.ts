// State formulas as code: functions that evaluate up to 32 of them, each into its bit.

import type { Code, CodeFunction } from "../code/index.ts";
import {
  block,
  both,
  call,
  codeFunction,
  constant,
  equal,
  giveBack,
  i32,
  leave,
  lessEqual,
  load,
  or,
  set,
  store,
  subtract,
  when,
} from "../code/index.ts";
import { conditionOf, formulasOf } from "../machine/index.ts";
import { truthOf } from "./expressions.ts";
import { completed, grouped, stateSources } from "./functions.ts";
import type { Model, Scope } from "./scope.ts";
import {
  areaPointer,
  codeOf,
  emit,
  failureName,
  newEmitter,
  outPointer,
  sourceContent,
  statePointer,
} from "./scope.ts";

interface Judged {
  readonly code: Code;
  /** The word of the judgement in which the formula's bit stands. */
  readonly word: number;
}

const from = i32("from");
/** The number of the first formula asked for that failed, or 0. */
const failed = i32("failed");
const result = i32("result");

/** A failure is noted if it is the first one that was asked for; the bit then stays 0. */
const formulaCode = (model: Model, k: number): Judged => {
  const formula = formulasOf(model.core)[k];
  if (formula === undefined) throw new Error(`there is no formula ${k}`);
  const { condition } = conditionOf(model.core, formula);
  const emitter = newEmitter();
  const scope: Scope = {
    ...model,
    changedWords: new Set(),
    content: sourceContent,
    locals: new Map(),
    wideLocals: new Set(),
    prefix: "l",
    emitter,
  };
  const word = k >> 5;
  const held = codeOf(scope, () =>
    emit(scope, when(truthOf(condition, scope), set(result, or(result, 1 << (k & 31))))),
  );
  if (!emitter.canFail) return { word, code: held };
  const isFirst = both(equal(failed, 0), lessEqual(from, k));
  const note: Code = [
    set(failed, k + 1),
    store(areaPointer, model.area.failure, subtract(failureName, 1)),
  ];
  const code = block("judged", block("f", ...held, leave("judged")), when(isFirst, note));
  return { word, code: [code] };
};

/** The entry point `judge`, and the functions of at most this length that it calls. */
export const judgingFunctions = (model: Model, longest: number): readonly CodeFunction[] => {
  const formulas = formulasOf(model.core).map((_, k) => formulaCode(model, k));
  const groups = grouped(formulas, longest, (left, right) => left.word === right.word);
  const parameters = [statePointer, outPointer, from, failed];
  const sources = stateSources(model);
  const functions = groups.map((group, id) => {
    const { word } = group[0];
    return completed(`judge${id}`, { parameters, sources }, [
      set(result, 0),
      group.map((it) => it.code),
      store(outPointer, word, or(load(outPointer, word), result)),
      giveBack(failed),
    ]);
  });
  const words = new Set(formulas.map((it) => it.word));
  const entry = codeFunction(
    "judge",
    { parameters: [statePointer, outPointer, from], result: "i32", locals: [failed] },
    [...words].map((word) => store(outPointer, word, constant(0))),
    groups.map((_, id) => set(failed, call(`judge${id}`, parameters))),
    giveBack(failed),
  );
  return [...functions, entry];
};
