// Operators on integers with ranges: exact, and 32-bit code where ranges allow it.

import type { Operator, Value } from "../code/index.ts";
import * as code from "../code/index.ts";
import type { BinaryOperator, SerialOperator } from "../core/index.ts";
import type { Num, Range } from "./number.ts";
import {
  anyWord,
  anything,
  asWide,
  asWord,
  fitsWord,
  known,
  narrowed,
  ranged,
  truthNumber,
  union,
} from "./number.ts";
import type { Scope } from "./scope.ts";
import { demand, sharedNumber } from "./scope.ts";

type Calculate = (left: Value, right: Value) => Value;

const hull = (values: readonly number[]): Range =>
  values.some((it) => Number.isNaN(it))
    ? anything
    : { low: Math.min(...values), high: Math.max(...values) };

/** An operator whose result lies in `range`: of two i32 if all is one, of two f64 otherwise. */
const calculated = (of: Calculate, left: Num, right: Num, found: Range): Num => {
  // Infinite ends can leave an end undefined.
  const range = hull([found.low, found.high]);
  if (fitsWord(left) && fitsWord(right) && fitsWord(range)) {
    return ranged(of(left.value, right.value), range);
  }
  return narrowed(ranged(of(asWide(left), asWide(right)), anything), range);
};

export const plus = (left: Num, right: Num): Num =>
  calculated(code.add, left, right, { low: left.low + right.low, high: left.high + right.high });

export const minus = (left: Num, right: Num): Num =>
  calculated(code.subtract, left, right, {
    low: left.low - right.high,
    high: left.high - right.low,
  });

const times = (left: Num, right: Num): Num => {
  const range = hull([
    left.low * right.low,
    left.low * right.high,
    left.high * right.low,
    left.high * right.high,
  ]);
  return calculated(code.multiply, left, right, range);
};

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));

/** The divisor if it is one power of two, and dividing by it is shifting. */
const shiftedBy = (left: Num, right: Num): number | undefined =>
  left.low >= 0 && fitsWord(left) && right.low === right.high && isPowerOfTwo(right.low)
    ? right.low
    : undefined;

const divided = (left: Num, right: Num): Num => {
  const furthest = Math.max(Math.abs(left.low), Math.abs(left.high));
  const ends = [left.low / right.low, left.low / right.high, left.high / right.low];
  const range =
    right.low < 1
      ? { low: -furthest, high: furthest }
      : hull([...ends, left.high / right.high].map((it) => Math.trunc(it)));
  const power = shiftedBy(left, right);
  if (power !== undefined) return ranged(code.shiftRight(left.value, Math.log2(power)), range);
  return calculated(code.divide, left, right, range);
};

const remaining = (left: Num, right: Num): Num => {
  const most = Math.max(Math.abs(right.low), Math.abs(right.high)) - 1;
  const range = {
    low: left.low >= 0 ? 0 : Math.max(left.low, -most),
    high: left.high <= 0 ? 0 : Math.min(left.high, most),
  };
  const power = shiftedBy(left, right);
  if (power !== undefined) return ranged(code.and(left.value, power - 1), range);
  return calculated(code.remainder, left, right, range);
};

const least = (scope: Scope, first: Num, second: Num): Num => {
  if (first.high <= second.low) return first;
  if (second.high <= first.low) return second;
  const [left, right] = [sharedNumber(scope, first), sharedNumber(scope, second)];
  const range = { low: Math.min(left.low, right.low), high: Math.min(left.high, right.high) };
  return calculated((a, b) => code.select(code.less(a, b), a, b), left, right, range);
};

const greatest = (scope: Scope, first: Num, second: Num): Num => {
  if (first.low >= second.high) return first;
  if (second.low >= first.high) return second;
  const [left, right] = [sharedNumber(scope, first), sharedNumber(scope, second)];
  const range = { low: Math.max(left.low, right.low), high: Math.max(left.high, right.high) };
  return calculated((a, b) => code.select(code.greater(a, b), a, b), left, right, range);
};

/** Bits that can be set in a non-negative integer up to `high`. */
const bitsOf = ({ low, high }: Range): Range =>
  low < 0 || high >= 2 ** 31 ? anyWord : { low: 0, high: 2 ** (32 - Math.clz32(high)) - 1 };

const masked = (operator: "bit-or" | "bit-and" | "bit-and-not", left: Num, right: Num): Num => {
  const [a, b] = [asWord(left), asWord(right)];
  switch (operator) {
    case "bit-or":
      return ranged(code.or(a, b), union(bitsOf(left), bitsOf(right)));
    case "bit-and":
      return ranged(code.and(a, b), bitsOf(left));
    case "bit-and-not":
      return ranged(code.and(a, code.xor(b, -1)), bitsOf(left));
  }
};

const shifted = (left: Num, right: Num): Num => {
  const most = left.high * 2 ** right.high;
  const isSmall = left.low >= 0 && right.low >= 0 && right.high < 32 && most < 2 ** 31;
  const range = isSmall ? { low: 0, high: most } : anyWord;
  return ranged(code.shiftLeft(asWord(left), asWord(right)), range);
};

/** A comparison; ranges may decide it. */
export const compared = (
  operator: Extract<Operator, "equal" | "unequal" | "less" | "less-equal">,
  left: Num,
  right: Num,
): Num => {
  const decided = decidedBy(operator, left, right);
  if (decided !== undefined) return known(Number(decided));
  const areWords = fitsWord(left) && fitsWord(right);
  const [a, b] = areWords ? [left.value, right.value] : [asWide(left), asWide(right)];
  switch (operator) {
    case "equal":
      return truthNumber(code.equal(a, b));
    case "unequal":
      return truthNumber(code.unequal(a, b));
    case "less":
      return truthNumber(code.less(a, b));
    case "less-equal":
      return truthNumber(code.lessEqual(a, b));
  }
};

const decidedBy = (
  operator: "equal" | "unequal" | "less" | "less-equal",
  left: Range,
  right: Range,
): boolean | undefined => {
  const areApart = left.high < right.low || right.high < left.low;
  switch (operator) {
    case "equal":
      return areApart ? false : undefined;
    case "unequal":
      return areApart ? true : undefined;
    case "less":
      return left.high < right.low ? true : left.low >= right.high ? false : undefined;
    case "less-equal":
      return left.high <= right.low ? true : left.low > right.high ? false : undefined;
  }
};

/** A binary operator whose operands are both evaluated. */
export const combined = (
  scope: Scope,
  operator: Exclude<BinaryOperator, "and" | "or" | "implies">,
  left: Num,
  right: Num,
  site: number | undefined,
): Num => {
  switch (operator) {
    case "add":
      return plus(left, right);
    case "subtract":
      return minus(left, right);
    case "multiply":
      return times(left, right);
    case "divide":
    case "remainder": {
      const divisor = divisorOf(scope, right, site);
      return operator === "divide" ? divided(left, divisor) : remaining(left, divisor);
    }
    case "min":
      return least(scope, left, right);
    case "max":
      return greatest(scope, left, right);
    case "bit-or":
    case "bit-and":
    case "bit-and-not":
      return masked(operator, left, right);
    case "shift-left":
      return shifted(left, right);
    case "equal":
    case "unequal":
    case "less":
    case "less-equal":
      return compared(operator, left, right);
  }
};

/** What is divided by: the path fails where it is 0. */
const divisorOf = (scope: Scope, right: Num, site: number | undefined): Num => {
  if (site === undefined || right.low > 0 || right.high < 0) return right;
  const divisor = sharedNumber(scope, right);
  demand(scope, compared("unequal", divisor, known(0)).value, site);
  return divisor.low === 0 ? { ...divisor, low: Math.min(1, divisor.high) } : divisor;
};

/** Any integer as a serial number. */
const wrapped = (scope: Scope, sum: Num, modulus: number): Num => {
  const range = { low: 0, high: modulus - 1 };
  if (sum.low >= 0 && sum.high < modulus) return sum;
  if (isPowerOfTwo(modulus) && fitsWord(sum)) {
    return ranged(code.and(sum.value, modulus - 1), range);
  }
  const size = known(modulus);
  // One step too far is taken back without a division.
  if (fitsWord(sum) && sum.low >= 0 && sum.high < 2 * modulus) {
    const { value } = sharedNumber(scope, sum);
    const isOver = code.greaterEqual(value, modulus);
    return ranged(code.select(isOver, code.subtract(value, modulus), value), range);
  }
  if (fitsWord(sum) && sum.low >= -modulus && sum.high < modulus) {
    const { value } = sharedNumber(scope, sum);
    return ranged(code.select(code.less(value, 0), code.add(value, modulus), value), range);
  }
  if (sum.low >= 0) return remaining(sum, size);
  if (sum.low >= -modulus) return remaining(plus(sum, size), size);
  return remaining(plus(remaining(sum, size), size), size);
};

export const serial = (
  scope: Scope,
  operator: SerialOperator,
  modulus: number,
  left: Num,
  right: Num,
): Num => {
  const sum = operator === "plus" ? plus(left, right) : minus(left, right);
  const result = wrapped(scope, sum, modulus);
  return operator === "before"
    ? compared("less-equal", known(Math.ceil(modulus / 2)), result)
    : result;
};

export const negated = (operand: Num): Num => minus(known(0), operand);

export const absolute = (scope: Scope, operand: Num): Num => {
  if (operand.low >= 0) return operand;
  const shared = sharedNumber(scope, operand);
  return greatest(scope, shared, negated(shared));
};
