// Builders of instructions of generated code, and of functions.

import type { Code, CodeFunction, Instruction, Value } from "./code.ts";
import { constantOf, wide } from "./constants.ts";
import { expectType, isPure } from "./typing.ts";
import { argument, at, not, withoutTruth, word } from "./values.ts";
import type { Global, Local, Operand } from "./values.ts";

/** One instruction, or several: what stands in a body. */
export type Part = Instruction | Code;

/** Gives a variable a value. */
export const set = (variable: Local | Global, operand: Operand): Part => {
  const value =
    typeof operand !== "number" ? operand : variable.type === "f64" ? wide(operand) : word(operand);
  expectType(value, variable.type, `the variable ${variable.name}`);
  if (value.kind === variable.kind && value.name === variable.name) return [];
  return { kind: variable.kind === "local" ? "set" : "set-global", name: variable.name, value };
};

/** Writes the word at `base + offset`. */
export const store = (base: Value, offset: number, value: Operand): Instruction => ({
  kind: "store",
  ...at(base, offset),
  value: word(value, "what is stored"),
});

export const storeAtomic = (base: Value, offset: number, value: Operand): Instruction => ({
  kind: "store",
  ...at(base, offset),
  value: word(value, "what is stored"),
  atomic: true,
});

/** The one part or the other; of a constant condition only the part that runs is left. */
export const when = (condition: Operand, then: Part, otherwise: Part = []): Part => {
  const value = withoutTruth(word(condition, "a condition"));
  const known = constantOf(value);
  if (known !== undefined) return known !== 0 ? then : otherwise;
  if (isEmpty(then) && isEmpty(otherwise) && isPure(value)) return [];
  return { kind: "if", condition: value, then: list(then), otherwise: list(otherwise) };
};

/** `leave` of its label goes on behind it. */
export const block = (label: string, ...body: readonly Part[]): Instruction => ({
  kind: "block",
  label,
  body,
});

/** Runs its body until something leaves it. */
export const loop = (label: string, ...body: readonly Part[]): Instruction => ({
  kind: "loop",
  label,
  body,
});

/** Runs its body as long as the condition holds before it; `again` asks the condition anew. */
export const loopWhile = (
  label: string,
  condition: Operand,
  ...body: readonly Part[]
): Instruction => loop(label, when(not(condition), leave(label)), ...body);

/** Runs the body whose position is the value. */
export const choose = (operand: Operand, bodies: readonly Part[], otherwise: Part = []): Part => {
  const value = word(operand, "a switch");
  const known = constantOf(value);
  if (known !== undefined) return bodies[known] ?? otherwise;
  return { kind: "switch", value, bodies: bodies.map(list), otherwise: list(otherwise) };
};

export const leave = (label: string): Instruction => ({ kind: "leave", label });

/** Starts the body of a loop anew. */
export const again = (label: string): Instruction => ({ kind: "again", label });

/** A call for its effects. */
export const run = (name: string, ...values: readonly Operand[]): Instruction => ({
  kind: "run",
  name,
  values: values.map(argument),
});

/** Ends the function; with a value if it has a result. A number is an i32: see `wide`. */
export const giveBack = (value?: Operand): Instruction =>
  value === undefined ? { kind: "return" } : { kind: "return", value: argument(value) };

/** A function: its variables are the locals that its body was written with. */
export const codeFunction = (
  name: string,
  {
    parameters = [],
    result,
    locals = [],
  }: {
    readonly parameters?: readonly Local[];
    readonly result?: "i32" | "f64";
    readonly locals?: readonly Local[];
  },
  ...body: readonly Part[]
): CodeFunction => ({
  name,
  parameters: parameters.map(({ name: it, type }) => ({ name: it, type })),
  ...(result === undefined ? {} : { result }),
  locals: locals.map(({ name: it, type }) => ({ name: it, type })),
  body,
});

export const isList = (part: Part): part is Code => Array.isArray(part);

const list = (part: Part): Code => (isList(part) ? part : [part]);

export const isEmpty = (part: Part): boolean => isList(part) && part.every(isEmpty);

/** The same as one list. */
export const flatten = (code: Code): readonly Instruction[] =>
  code.flatMap((it) => (isList(it) ? flatten(it) : [it]));
