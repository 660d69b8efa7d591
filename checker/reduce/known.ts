// Values of core expressions where only some variables and locals are known (core -> reduce).

import type { BinaryOperator, Expression } from "../core/index.ts";
import { canFail } from "../core/index.ts";

/** What is known; undefined: anything. */
export interface Known {
  readonly variable: (id: number) => number | undefined;
  readonly local: (id: number) => number | undefined;
}

/** The value of an expression that cannot fail and does not depend on what is unknown. */
export const valueOf = (code: Expression, known: Known): number | undefined => {
  switch (code.kind) {
    case "constant":
      return code.value;
    case "variable":
      return known.variable(code.variable);
    case "local":
      return known.local(code.local);
    case "not": {
      const operand = valueOf(code.operand, known);
      return operand === undefined ? undefined : Number(operand === 0);
    }
    case "if": {
      const condition = valueOf(code.condition, known);
      if (condition === undefined) return undefined;
      return valueOf(condition === 0 ? code.otherwise : code.then, known);
    }
    case "binary":
      return code.site === undefined ? binaryOf(code, known) : undefined;
    case "let":
      return canFail(code.value) ? undefined : valueOf(code.body, known);
    case "require":
      return valueOf(code.condition, known) === 1 ? valueOf(code.then, known) : undefined;
    case "serial": {
      const left = valueOf(code.left, known);
      const right = valueOf(code.right, known);
      return left === undefined || right === undefined ? undefined : serial(code, left, right);
    }
    case "element":
    case "negate":
    case "absolute":
    case "size":
    case "quantifier":
    case "segments":
      return undefined;
  }
};

const binaryOf = (
  { operator, left, right }: Extract<Expression, { readonly kind: "binary" }>,
  known: Known,
): number | undefined => {
  const first = valueOf(left, known);
  const second = valueOf(right, known);
  const deciding = decidingValue(operator);
  if (deciding !== undefined) {
    if (first !== undefined && Number(first !== 0) === deciding.value) return deciding.result;
    // The right side decides too where the left cannot fail.
    const isRight = second !== undefined && Number(second !== 0) === deciding.result;
    if (isRight && !canFail(left)) return deciding.result;
    if (first === undefined || second === undefined) return undefined;
    return Number(second !== 0);
  }
  return first === undefined || second === undefined
    ? undefined
    : arithmetic(operator, first, second);
};

/** The truth of the left side that leaves nothing to the right one, and what then comes out. */
const decidingValue = (operator: BinaryOperator) => {
  if (operator === "and") return { value: 0, result: 0 };
  if (operator === "or") return { value: 1, result: 1 };
  return operator === "implies" ? { value: 0, result: 1 } : undefined;
};

const arithmetic = (operator: BinaryOperator, left: number, right: number): number | undefined => {
  switch (operator) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "min":
      return Math.min(left, right);
    case "max":
      return Math.max(left, right);
    case "equal":
      return Number(left === right);
    case "unequal":
      return Number(left !== right);
    case "less":
      return Number(left < right);
    case "less-equal":
      return Number(left <= right);
    case "bit-or":
      return left | right;
    case "bit-and":
      return left & right;
    case "bit-and-not":
      return left & ~right;
    case "shift-left":
      return left << right;
    case "multiply":
      return left * right + 0;
    case "divide":
    case "remainder":
    case "and":
    case "or":
    case "implies":
      return undefined;
  }
};

const serial = (
  { operator, modulus }: Extract<Expression, { readonly kind: "serial" }>,
  left: number,
  right: number,
): number => {
  const wrapped = (value: number): number => ((value % modulus) + modulus) % modulus;
  switch (operator) {
    case "plus":
      return wrapped(left + right);
    case "minus":
    case "distance":
      return wrapped(left - right);
    case "before":
      return Number(wrapped(left - right) >= modulus / 2);
  }
};
