// What a value is known to be when it is written: constants, neutral elements, opposite conditions.

import type { Operator, Value } from "./code.ts";
import {
  calculate,
  calculateWide,
  constant,
  constantOf,
  countBitsOf,
  isWideOperator,
  wide,
} from "./constants.ts";
import { isComparison, isPure, isTruth, typeOf } from "./typing.ts";

type Unary = Extract<Value, { kind: "unary" }>["operator"];

export const foldUnary = (operator: Unary, operand: Value): Value | undefined => {
  const value = constantOf(operand);
  if (value === undefined) {
    return operator === "narrow" && isWidened(operand) ? operand.operand : undefined;
  }
  switch (operator) {
    case "is-zero":
      return constant(Number(value === 0));
    case "count-bits":
      return constant(countBitsOf(value));
    case "leading-zeros":
      return constant(Math.clz32(value));
    case "trailing-zeros":
      return constant(32 - Math.clz32(~value & (value - 1)));
    case "widen":
      return wide(value);
    case "widen-unsigned":
      return wide(value >>> 0);
    case "narrow":
      return constant(value);
    case "word-of":
      return undefined;
  }
};

const isWidened = (value: Value): value is Extract<Value, { kind: "unary" }> =>
  value.kind === "unary" && (value.operator === "widen" || value.operator === "widen-unsigned");

export const foldBinary = (operator: Operator, left: Value, right: Value): Value | undefined => {
  const type = typeOf(left);
  const [a, b] = [constantOf(left), constantOf(right)];
  if (type === "pointer") return undefined;
  if (a !== undefined && b !== undefined) {
    // Divided by zero it means nothing, but it may stand in code that is never reached.
    if (b === 0 && (operator === "divide" || operator === "remainder")) return undefined;
    if (type === "i32") return constant(calculate[operator](a, b));
    if (!isWideOperator(operator)) throw new Error(`${operator} is not defined on f64`);
    const result = calculateWide[operator](a, b);
    if (!Number.isSafeInteger(result)) return undefined;
    return isComparison(operator) ? constant(result) : wide(result);
  }
  if (b !== undefined) return withRightConstant(operator, left, b, type);
  if (a !== undefined) return withLeftConstant(operator, a, right, type);
  return undefined;
};

const number = (type: "i32" | "f64", value: number): Value =>
  type === "f64" ? wide(value) : constant(value);

/** The operators that leave the left side alone when the right one is this. */
const neutralOnRight: Partial<Record<Operator, number>> = {
  add: 0,
  subtract: 0,
  multiply: 1,
  divide: 1,
  and: -1,
  or: 0,
  xor: 0,
  "shift-left": 0,
  "shift-right": 0,
  "shift-right-unsigned": 0,
};

const withRightConstant = (
  operator: Operator,
  left: Value,
  right: number,
  type: "i32" | "f64",
): Value | undefined => {
  if (neutralOnRight[operator] === right) return left;
  if (right === 0 && (operator === "multiply" || operator === "and") && isPure(left)) {
    return number(type, 0);
  }
  if (right === -1 && operator === "or" && isPure(left)) return constant(-1);
  if (Math.abs(right) === 1 && operator === "remainder" && isPure(left)) return number(type, 0);
  if (isTruth(left) && type === "i32") return truthCompared(operator, left, right);
  return type === "i32" ? regrouped(operator, left, right) : undefined;
};

/** A condition that is compared with 0 or 1 is that condition or its opposite. */
const truthCompared = (operator: Operator, left: Value, right: number): Value | undefined => {
  if (operator === "and" && right === 1) return left;
  const same = (operator === "unequal" && right === 0) || (operator === "equal" && right === 1);
  if (same) return left;
  const opposite = (operator === "equal" && right === 0) || (operator === "unequal" && right === 1);
  return opposite
    ? (negatedComparison(left) ?? { kind: "unary", operator: "is-zero", operand: left })
    : undefined;
};

/** `(x + 1) + 2` is `x + 3`; likewise of a difference, and of masks. */
const regrouped = (operator: Operator, left: Value, right: number): Value | undefined => {
  if (left.kind !== "binary" || left.type !== "i32") return undefined;
  const inner = constantOf(left.right);
  if (inner === undefined) return undefined;
  const regroup = (into: Operator, value: number): Value =>
    foldBinary(into, left.left, constant(value)) ?? {
      kind: "binary",
      type: "i32",
      operator: into,
      left: left.left,
      right: constant(value),
    };
  const sign = (it: Operator): number => (it === "add" ? 1 : it === "subtract" ? -1 : 0);
  if (sign(operator) !== 0 && sign(left.operator) !== 0) {
    const sum = (sign(operator) * right + sign(left.operator) * inner) | 0;
    return sum < 0 && sum !== -(2 ** 31) ? regroup("subtract", -sum) : regroup("add", sum);
  }
  return operator === "and" && left.operator === "and" ? regroup("and", inner & right) : undefined;
};

const withLeftConstant = (
  operator: Operator,
  left: number,
  right: Value,
  type: "i32" | "f64",
): Value | undefined => {
  if (commutative.has(operator)) {
    // Constants stand on the right, where the printers look for them.
    return (
      withRightConstant(operator, right, left, type) ?? {
        kind: "binary",
        type,
        operator,
        left: right,
        right: number(type, left),
      }
    );
  }
  return operator.startsWith("shift") && left === 0 && isPure(right) ? constant(0) : undefined;
};

const commutative: ReadonlySet<Operator> = new Set([
  "add",
  "multiply",
  "and",
  "or",
  "xor",
  "equal",
  "unequal",
]);

const opposites: Partial<Record<Operator, Operator>> = {
  equal: "unequal",
  unequal: "equal",
  less: "greater-equal",
  "greater-equal": "less",
  greater: "less-equal",
  "less-equal": "greater",
};

/** The comparison that holds when this one does not, where there is one. */
export const negatedComparison = (value: Value): Value | undefined => {
  if (value.kind === "constant") return constant(Number(value.value === 0));
  if (value.kind !== "binary") return undefined;
  const operator = opposites[value.operator];
  return operator === undefined ? undefined : { ...value, operator };
};
