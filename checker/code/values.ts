// Builders of values of generated code. They fold what is plain, so that who writes code need not.

import type { Operator, Value } from "./code.ts";
import { constant, constantOf, wide } from "./constants.ts";
import { foldBinary, foldUnary, negatedComparison } from "./fold.ts";
import { expectType, isPure, isTruth, typeOf } from "./typing.ts";

export type Local = Extract<Value, { kind: "local" }>;
export type Global = Extract<Value, { kind: "global" }>;

/** A number is a constant, of the type of the other side or else an i32. */
export type Operand = Value | number;

/** A variable of a function: stands in its list of parameters or locals as it is. */
export const i32 = (name: string): Local => ({ kind: "local", type: "i32", name });
export const f64 = (name: string): Local => ({ kind: "local", type: "f64", name });
export const pointer = (name: string): Local => ({ kind: "local", type: "pointer", name });
/** A global variable: stands in a module's list as it is. */
export const global = (name: string, type: "i32" | "f64" = "i32"): Global => ({
  kind: "global",
  type,
  name,
});

/** An operand that is to be an i32. */
export const word = (operand: Operand, where = "an operand"): Value => {
  const value = typeof operand === "number" ? constant(operand) : operand;
  expectType(value, "i32", where);
  return value;
};

// ---- the heap

/** The word at `base + offset`. */
export const load = (base: Value, offset = 0): Value => ({ kind: "load", ...at(base, offset) });
export const loadAtomic = (base: Value, offset = 0): Value => ({
  kind: "load",
  ...at(base, offset),
  atomic: true,
});

/** Pointer and offset, with what is constant of the pointer moved to the offset. */
export const at = (
  base: Value,
  offset: number,
): { readonly pointer: Value; readonly offset: number } => {
  expectType(base, "pointer", "an access to the heap");
  const moved = base.kind === "advance" ? constantOf(base.words) : undefined;
  return base.kind === "advance" && moved !== undefined && moved >= 0 && moved + offset >= 0
    ? { pointer: base.pointer, offset: moved + offset }
    : { pointer: base, offset };
};

/** The place with a word index. */
export const place = (index: Operand): Value => {
  const value = word(index, "a place");
  return value.kind === "unary" && value.operator === "word-of"
    ? value.operand
    : { kind: "place", word: value };
};

/** The word index of a place. */
export const wordOf = (value: Value): Value => {
  expectType(value, "pointer", "a word index");
  return value.kind === "place"
    ? value.word
    : { kind: "unary", operator: "word-of", operand: value };
};

/** A pointer moved on by words, which may be negative. */
export const advance = (base: Value, words: Operand): Value => {
  expectType(base, "pointer", "what is advanced");
  const by = word(words, "the words of an advance");
  const more = constantOf(by);
  if (more === 0) return base;
  if (more !== undefined) {
    if (base.kind === "advance" && base.words.kind === "constant") {
      return advance(base.pointer, base.words.value + more);
    }
    if (base.kind === "place" && base.word.kind === "constant") {
      return place(base.word.value + more);
    }
  }
  return { kind: "advance", pointer: base, words: by };
};

export const compareExchange = (
  base: Value,
  offset: number,
  expected: Operand,
  replacement: Operand,
): Value => ({
  kind: "compare-exchange",
  ...at(base, offset),
  expected: word(expected),
  replacement: word(replacement),
});

export const fetchAdd = (base: Value, offset: number, amount: Operand): Value => ({
  kind: "fetch-add",
  ...at(base, offset),
  amount: word(amount),
});

// ---- one operand

const unary =
  (operator: Extract<Value, { kind: "unary" }>["operator"], type: "i32" | "f64" = "i32") =>
  (operand: Operand): Value => {
    const value =
      typeof operand === "number" ? (type === "f64" ? wide : constant)(operand) : operand;
    expectType(value, type, operator);
    return foldUnary(operator, value) ?? { kind: "unary", operator, operand: value };
  };

export const countBits = unary("count-bits");
export const leadingZeros = unary("leading-zeros");
export const trailingZeros = unary("trailing-zeros");
export const widen = unary("widen");
export const widenUnsigned = unary("widen-unsigned");
export const narrow = unary("narrow", "f64");

const isZero = unary("is-zero");

/** 1 for 0, and 0 for all else: the opposite condition. */
export const not = (operand: Operand): Value => {
  const value = word(operand, "not");
  if (value.kind === "unary" && value.operator === "is-zero") return truth(value.operand);
  return negatedComparison(value) ?? isZero(value);
};

/** 0 or 1: whether the value is not 0. */
export const truth = (operand: Operand): Value => {
  const value = word(operand, "a truth value");
  return isTruth(value) ? value : unequal(value, 0);
};

// ---- two operands

/** The type of both sides; a number takes the type of the other side. */
const binary =
  (operator: Operator, types: readonly string[]) =>
  (left: Operand, right: Operand): Value => {
    const type =
      typeof left !== "number" ? typeOf(left) : typeof right !== "number" ? typeOf(right) : "i32";
    if (!types.includes(type)) throw new Error(`${operator} is not defined on ${type}`);
    const [a, b] = [left, right].map((it) =>
      typeof it !== "number" ? it : type === "f64" ? wide(it) : word(it),
    ) as [Value, Value];
    expectType(a, type, operator);
    expectType(b, type, operator);
    return foldBinary(operator, a, b) ?? { kind: "binary", type, operator, left: a, right: b };
  };

const numbers = ["i32", "f64"];
const ordered = ["i32", "f64", "pointer"];

export const add = binary("add", numbers);
export const subtract = binary("subtract", numbers);
export const multiply = binary("multiply", numbers);
export const divide = binary("divide", numbers);
export const remainder = binary("remainder", numbers);
export const and = binary("and", ["i32"]);
export const or = binary("or", ["i32"]);
export const xor = binary("xor", ["i32"]);
export const shiftLeft = binary("shift-left", ["i32"]);
export const shiftRight = binary("shift-right", ["i32"]);
export const shiftRightUnsigned = binary("shift-right-unsigned", ["i32"]);
export const equal = binary("equal", ordered);
export const unequal = binary("unequal", ordered);
export const less = binary("less", ordered);
export const lessEqual = binary("less-equal", ordered);
export const greater = binary("greater", ordered);
export const greaterEqual = binary("greater-equal", ordered);
export const lessUnsigned = binary("less-unsigned", ["i32"]);
export const greaterUnsigned = binary("greater-unsigned", ["i32"]);

// ---- conditions and calls

/** Whether all hold, from the left; what follows one that does not hold is not evaluated. */
export const both = (...conditions: readonly Operand[]): Value =>
  connect(
    "both",
    conditions.map((it) => truth(it)),
  );

/** Whether one holds, from the left; what follows one that holds is not evaluated. */
export const either = (...conditions: readonly Operand[]): Value =>
  connect(
    "either",
    conditions.map((it) => truth(it)),
  );

const connect = (kind: "both" | "either", conditions: readonly Value[]): Value => {
  const neutral = kind === "both" ? 1 : 0;
  return conditions.reduceRight((rest, it) => {
    const [known, knownRest] = [constantOf(it), constantOf(rest)];
    if (known !== undefined) return known === neutral ? rest : it;
    if (knownRest === neutral || (knownRest !== undefined && isPure(it))) {
      return knownRest === neutral ? it : rest;
    }
    return { kind, left: it, right: rest };
  }, constant(neutral));
};

/** One of two values; only that one is evaluated. */
export const select = (condition: Operand, then: Operand, otherwise: Operand): Value => {
  const value = word(condition, "a condition");
  const other = typeof then !== "number" ? then : otherwise;
  const type = typeof other === "number" ? "i32" : typeOf(other);
  const [a, b] = [then, otherwise].map((it) =>
    typeof it !== "number" ? it : type === "f64" ? wide(it) : word(it),
  ) as [Value, Value];
  expectType(a, type, "select");
  expectType(b, type, "select");
  const known = constantOf(value);
  if (known !== undefined) return known !== 0 ? a : b;
  if (constantOf(a) === 1 && constantOf(b) === 0 && type === "i32") return truth(value);
  if (constantOf(a) === 0 && constantOf(b) === 1 && type === "i32") return not(value);
  return value.kind === "unary" && value.operator === "is-zero"
    ? { kind: "select", condition: value.operand, then: b, otherwise: a }
    : { kind: "select", condition: withoutTruth(value), then: a, otherwise: b };
};

/** `x != 0` as a condition is `x`. */
export const withoutTruth = (value: Value): Value =>
  value.kind === "binary" &&
  value.operator === "unequal" &&
  value.type === "i32" &&
  constantOf(value.right) === 0
    ? value.left
    : value;

/** The result of a function of the module. */
export const call = (
  name: string,
  values: readonly Operand[] = [],
  type: "i32" | "f64" = "i32",
): Value => ({ kind: "call", type, name, values: values.map(argument) });

export const argument = (operand: Operand): Value =>
  typeof operand === "number" ? constant(operand) : operand;
