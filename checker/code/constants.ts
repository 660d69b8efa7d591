// Constants of generated code, and the arithmetic of i32 and f64 on them.

import type { Operator, Value, WideOperator } from "./code.ts";

export const constant = (value: number): Value => ({
  kind: "constant",
  type: "i32",
  value: value | 0,
});

/** A constant f64. */
export const wide = (value: number): Value => {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not an integer of 53 bits`);
  return { kind: "constant", type: "f64", value: value + 0 };
};

export const constantOf = (value: Value): number | undefined =>
  value.kind === "constant" ? value.value : undefined;

type Calculation = (left: number, right: number) => number;

const comparisons = {
  equal: (left, right) => Number(left === right),
  unequal: (left, right) => Number(left !== right),
  less: (left, right) => Number(left < right),
  "less-equal": (left, right) => Number(left <= right),
  greater: (left, right) => Number(left > right),
  "greater-equal": (left, right) => Number(left >= right),
} as const satisfies Partial<Record<Operator, Calculation>>;

/** What operators yield on two i32. */
export const calculate: Readonly<Record<Operator, Calculation>> = {
  ...comparisons,
  add: (left, right) => (left + right) | 0,
  subtract: (left, right) => (left - right) | 0,
  multiply: Math.imul,
  divide: (left, right) => (left / right) | 0,
  remainder: (left, right) => (left % right) | 0,
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
  "shift-left": (left, right) => left << right,
  "shift-right": (left, right) => left >> right,
  "shift-right-unsigned": (left, right) => (left >>> right) | 0,
  "less-unsigned": (left, right) => Number(left >>> 0 < right >>> 0),
  "greater-unsigned": (left, right) => Number(left >>> 0 > right >>> 0),
};

/** What operators yield on two f64; without a zero that is negative. */
export const calculateWide: Readonly<Record<WideOperator, Calculation>> = {
  ...comparisons,
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right + 0,
  // The quotient of two integers of 53 bits is never rounded up to a whole number.
  divide: (left, right) => Math.trunc(left / right) + 0,
  remainder: (left, right) => (left % right) + 0,
};

export const isWideOperator = (operator: Operator): operator is WideOperator =>
  operator in calculateWide;

export const countBitsOf = (value: number): number => {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};
