// Operators as JavaScript: exact for every integer, and plain 32-bit code where ranges allow it.

import type { Expression } from "../core/index.ts";
import type { Range } from "./ranges.ts";
import { rangeOf } from "./ranges.ts";
import type { Scope } from "./scope.ts";
import { failText, freshName } from "./scope.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;
type Texts = (part: Expression) => string;

const fitsWord = ({ low, high }: Range): boolean => low >= -(2 ** 31) && high < 2 ** 31;

const isPowerOfTwo = (value: number): boolean => value > 0 && Number.isInteger(Math.log2(value));

/** A binary operator whose value is an integer; undefined for the logical ones. */
export const arithmeticText = (
  expression: Of<"binary">,
  scope: Scope,
  text: Texts,
): string | undefined => {
  const { operator, left, right } = expression;
  switch (operator) {
    case "add":
      return plainText(expression, "+", scope, text);
    case "subtract":
      return plainText(expression, "-", scope, text);
    case "multiply":
      return multiplyText(expression, scope, text);
    case "divide":
    case "remainder":
      return divisionText(expression, scope, text);
    case "min":
      return `Math.min(${text(left)}, ${text(right)})`;
    case "max":
      return `Math.max(${text(left)}, ${text(right)})`;
    case "bit-or":
      return `(${text(left)} | ${text(right)})`;
    case "bit-and":
      return `(${text(left)} & ${text(right)})`;
    case "bit-and-not":
      return `(${text(left)} & ~${text(right)})`;
    case "shift-left":
      return `(${text(left)} << ${text(right)})`;
    case "equal":
    case "unequal":
    case "less":
    case "less-equal":
    case "and":
    case "or":
    case "implies":
      return undefined;
  }
};

const comparisons: ReadonlyMap<string, string> = new Map([
  ["equal", "==="],
  ["unequal", "!=="],
  ["less", "<"],
  ["less-equal", "<="],
]);

/** A comparison; undefined for other operators. */
export const comparisonText = (
  { operator, left, right }: Of<"binary">,
  text: Texts,
): string | undefined => {
  const sign = comparisons.get(operator);
  return sign === undefined ? undefined : `(${text(left)} ${sign} ${text(right)})`;
};

/** With `| 0` the engine need not watch for overflow. */
const plainText = (
  expression: Of<"binary">,
  sign: "+" | "-",
  scope: Scope,
  text: Texts,
): string => {
  const sum = `${text(expression.left)} ${sign} ${text(expression.right)}`;
  return fitsWord(rangeOf(expression, scope.ranges, scope.core)) ? `(${sum} | 0)` : `(${sum})`;
};

const multiplyText = (expression: Of<"binary">, scope: Scope, text: Texts): string => {
  const { left, right } = expression;
  const factors = [left, right, expression].map((it) => rangeOf(it, scope.ranges, scope.core));
  return factors.every(fitsWord)
    ? `Math.imul(${text(left)}, ${text(right)})`
    : `(${text(left)} * ${text(right)})`;
};

/** `left / right` or `left % right` for a right side that is not 0. */
const quotientText = (
  operator: "divide" | "remainder",
  left: string,
  right: string,
  ranges: { readonly left: Range; readonly right: Range },
): string => {
  const divisor = Number(right);
  if (ranges.left.low >= 0 && ranges.left.high < 2 ** 31 && isPowerOfTwo(divisor)) {
    return operator === "divide"
      ? `(${left} >> ${Math.log2(divisor)})`
      : `(${left} & ${divisor - 1})`;
  }
  if (operator === "remainder") return `(${left} % ${right})`;
  return fitsWord(ranges.left) && fitsWord(ranges.right)
    ? `(${left} / ${right} | 0)`
    : `Math.trunc(${left} / ${right})`;
};

const divisionText = (expression: Of<"binary">, scope: Scope, text: Texts): string => {
  const { left, right, site } = expression;
  const operator = expression.operator === "divide" ? "divide" : "remainder";
  const ranges = {
    left: rangeOf(left, scope.ranges, scope.core),
    right: rangeOf(right, scope.ranges, scope.core),
  };
  const isSafe = ranges.right.low > 0 || ranges.right.high < 0;
  if (isSafe || site === undefined) {
    return quotientText(operator, text(left), text(right), ranges);
  }
  const dividend = freshName(scope);
  const divisor = freshName(scope);
  const binds = `${dividend} = ${text(left)}, ${divisor} = ${text(right)}`;
  const quotient = quotientText(operator, dividend, divisor, ranges);
  return `(${binds}, ${divisor} === 0 ? ${failText(scope, site)} : ${quotient})`;
};

/** Any integer as a serial number. */
const wrapText = (value: string, range: Range, modulus: number): string => {
  if (isPowerOfTwo(modulus) && fitsWord(range)) return `(${value} & ${modulus - 1})`;
  if (range.low >= 0) return `(${value} % ${modulus})`;
  if (range.low >= -modulus) return `((${value} + ${modulus}) % ${modulus})`;
  return `((${value} % ${modulus} + ${modulus}) % ${modulus})`;
};

/** A serial operator: an integer, or for "before" a truth value. */
export const serialText = (expression: Of<"serial">, scope: Scope, text: Texts): string => {
  const { operator, modulus, left, right } = expression;
  const sides = [left, right].map((it) => rangeOf(it, scope.ranges, scope.core));
  const [a, b] = sides;
  if (a === undefined || b === undefined) throw new Error("an operator has two sides");
  const isSum = operator === "plus";
  const range = isSum
    ? { low: a.low + b.low, high: a.high + b.high }
    : { low: a.low - b.high, high: a.high - b.low };
  const sum = `(${text(left)} ${isSum ? "+" : "-"} ${text(right)})`;
  const wrapped = wrapText(sum, range, modulus);
  return operator === "before" ? `(${wrapped} >= ${modulus / 2})` : wrapped;
};
