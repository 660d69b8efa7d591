// Core expressions under construction, folded as they are built: typed program -> core.

import type { BinaryOperator, Expression, LocalId, SiteId, VariableId } from "./core.ts";

/**
 * A core expression with what is known of it: its value lies in low..high, and unless `mayFail`
 * its evaluation cannot end the path, so it may be dropped, repeated or evaluated late.
 */
export interface Term {
  readonly code: Expression;
  readonly low: number;
  readonly high: number;
  readonly mayFail: boolean;
  /** The only values it can have, where they are few. */
  readonly values?: readonly number[];
}

export const constant = (value: number): Term => ({
  code: { kind: "constant", value },
  low: value,
  high: value,
  mayFail: false,
});

export const falsehood = constant(0);
export const truth = constant(1);

export const truthOf = (value: boolean): Term => (value ? truth : falsehood);

export const variableTerm = (variable: VariableId, low: number, high: number): Term => ({
  code: { kind: "variable", variable },
  low,
  high,
  mayFail: false,
});

export const localTerm = (local: LocalId, low: number, high: number): Term => ({
  code: { kind: "local", local },
  low,
  high,
  mayFail: false,
});

/** The value of a constant term. */
export const constantOf = (term: Term): number | undefined =>
  term.code.kind === "constant" ? term.code.value : undefined;

/** True when both read the same variable or local, or are the same constant. */
export const isSame = (left: Term, right: Term): boolean => {
  const [a, b] = [left.code, right.code];
  if (a === b) return true;
  if (a.kind === "constant" && b.kind === "constant") return a.value === b.value;
  if (a.kind === "variable" && b.kind === "variable") return a.variable === b.variable;
  return a.kind === "local" && b.kind === "local" && a.local === b.local;
};

const binary = (
  operator: BinaryOperator,
  left: Term,
  right: Term,
  low: number,
  high: number,
): Term => ({
  code: { kind: "binary", operator, left: left.code, right: right.code },
  low,
  high,
  mayFail: left.mayFail || right.mayFail,
});

/** The constant, where dropping the operands drops no failure. */
const decided = (value: number, ...operands: readonly Term[]): Term | undefined =>
  operands.some((it) => it.mayFail) ? undefined : constant(value);

// ---------------------------------------------------------------- booleans

export const not = (operand: Term): Term => {
  const { code, mayFail } = operand;
  if (code.kind === "constant") return truthOf(code.value === 0);
  const flipped = (operator: BinaryOperator, left: Expression, right: Expression): Term => ({
    code: { kind: "binary", operator, left, right },
    low: 0,
    high: 1,
    mayFail,
  });
  if (code.kind === "not") return { code: code.operand, low: 0, high: 1, mayFail };
  if (code.kind === "binary") {
    if (code.operator === "equal") return flipped("unequal", code.left, code.right);
    if (code.operator === "unequal") return flipped("equal", code.left, code.right);
    if (code.operator === "less") return flipped("less-equal", code.right, code.left);
    if (code.operator === "less-equal") return flipped("less", code.right, code.left);
  }
  return { code: { kind: "not", operand: code }, low: 0, high: 1, mayFail };
};

export const and = (left: Term, right: Term): Term => {
  if (constantOf(left) !== undefined) return constantOf(left) === 0 ? falsehood : right;
  if (constantOf(right) === 1 || isSame(left, right)) return left;
  if (constantOf(right) === 0 && !left.mayFail) return falsehood;
  return binary("and", left, right, 0, 1);
};

export const or = (left: Term, right: Term): Term => {
  if (constantOf(left) !== undefined) return constantOf(left) === 0 ? right : truth;
  if (constantOf(right) === 0 || isSame(left, right)) return left;
  if (constantOf(right) === 1 && !left.mayFail) return truth;
  return binary("or", left, right, 0, 1);
};

export const implies = (left: Term, right: Term): Term => {
  if (constantOf(left) !== undefined) return constantOf(left) === 0 ? truth : right;
  if (constantOf(right) === 0) return not(left);
  if (constantOf(right) === 1 && !left.mayFail) return truth;
  return binary("implies", left, right, 0, 1);
};

/** `condition` is a boolean; only the chosen side is evaluated. */
export const choose = (condition: Term, then: Term, otherwise: Term): Term => {
  const known = constantOf(condition);
  if (known !== undefined) return known === 0 ? otherwise : then;
  if (isSame(then, otherwise) && !condition.mayFail) return then;
  const areBooleans = [then, otherwise].every((it) => it.low >= 0 && it.high <= 1);
  if (areBooleans) {
    if (constantOf(then) === 1) return or(condition, otherwise);
    if (constantOf(then) === 0) return and(not(condition), otherwise);
    if (constantOf(otherwise) === 0) return and(condition, then);
    if (constantOf(otherwise) === 1) return implies(condition, then);
  }
  return {
    code: {
      kind: "if",
      condition: condition.code,
      then: then.code,
      otherwise: otherwise.code,
    },
    low: Math.min(then.low, otherwise.low),
    high: Math.max(then.high, otherwise.high),
    mayFail: condition.mayFail || then.mayFail || otherwise.mayFail,
  };
};

// ---------------------------------------------------------------- comparisons

export const equal = (left: Term, right: Term): Term => {
  if (constantOf(left) !== undefined && constantOf(right) === undefined) return equal(right, left);
  const folded = isSame(left, right)
    ? decided(1, left, right)
    : left.high < right.low || right.high < left.low
      ? decided(0, left, right)
      : undefined;
  if (folded !== undefined) return folded;
  const value = constantOf(right);
  if (value !== undefined && left.values?.includes(value) === false) {
    return decided(0, left) ?? binary("equal", left, right, 0, 1);
  }
  const isBoolean = left.low >= 0 && left.high <= 1;
  if (isBoolean && value === 1) return left;
  if (isBoolean && value === 0) return not(left);
  return binary("equal", left, right, 0, 1);
};

export const less = (left: Term, right: Term): Term => {
  const folded =
    left.high < right.low
      ? decided(1, left, right)
      : left.low >= right.high || isSame(left, right)
        ? decided(0, left, right)
        : undefined;
  return folded ?? binary("less", left, right, 0, 1);
};

export const lessEqual = (left: Term, right: Term): Term => {
  const folded =
    left.high <= right.low || isSame(left, right)
      ? decided(1, left, right)
      : left.low > right.high
        ? decided(0, left, right)
        : undefined;
  return folded ?? binary("less-equal", left, right, 0, 1);
};

/** `term` is used twice: it is a constant, a variable or a local, or cheap. */
export const within = (term: Term, low: number, high: number): Term =>
  and(lessEqual(constant(low), term), lessEqual(term, constant(high)));

// ---------------------------------------------------------------- integers

export const add = (left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(a + b);
  if (a !== undefined) return add(right, left);
  if (b === 0) return left;
  const { code } = left;
  if (b !== undefined && code.kind === "binary" && code.operator === "add") {
    const inner = code.right;
    if (inner.kind === "constant") {
      const base = {
        ...left,
        code: code.left,
        low: left.low - inner.value,
        high: left.high - inner.value,
      };
      return add(base, constant(inner.value + b));
    }
  }
  return binary("add", left, right, left.low + right.low, left.high + right.high);
};

export const subtract = (left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(a - b);
  if (b !== undefined) return add(left, constant(-b));
  return (
    (isSame(left, right) ? decided(0, left) : undefined) ??
    binary("subtract", left, right, left.low - right.high, left.high - right.low)
  );
};

/** 0 * infinity is 0 here: a factor that is zero makes the product zero. */
const product = (left: number, right: number): number =>
  left === 0 || right === 0 ? 0 : left * right;

export const multiply = (left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(product(a, b));
  if (a !== undefined) return multiply(right, left);
  if (b === 1) return left;
  if (b === 0 && !left.mayFail) return constant(0);
  const corners = [
    product(left.low, right.low),
    product(left.low, right.high),
    product(left.high, right.low),
    product(left.high, right.high),
  ];
  return binary("multiply", left, right, Math.min(...corners), Math.max(...corners));
};

/** The site of a division is asked for only where the divisor can be zero. */
const withSite = (term: Term, divisor: Term, site: () => SiteId): Term =>
  divisor.low > 0 || divisor.high < 0 || term.code.kind !== "binary"
    ? term
    : { ...term, code: { ...term.code, site: site() }, mayFail: true };

export const divide = (left: Term, right: Term, site: () => SiteId): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined && b !== 0) return constant(Math.trunc(a / b) + 0);
  if (b === 1) return left;
  const size = Math.max(Math.abs(left.low), Math.abs(left.high));
  const isNatural = left.low >= 0 && right.low >= 0;
  const high = isNatural ? Math.trunc(left.high / Math.max(right.low, 1)) : size;
  return withSite(binary("divide", left, right, isNatural ? 0 : -size, high), right, site);
};

/** The sign of a remainder is that of the dividend. */
export const remainder = (left: Term, right: Term, site: () => SiteId): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined && b !== 0) return constant((a % b) + 0);
  const size = Math.max(Math.abs(right.low), Math.abs(right.high), 1) - 1;
  const low = left.low < 0 ? -Math.min(size, -left.low) : 0;
  const high = left.high > 0 ? Math.min(size, left.high) : 0;
  return withSite(binary("remainder", left, right, low, high), right, site);
};

export const minimum = (left: Term, right: Term): Term => {
  if (left.high <= right.low && !right.mayFail) return left;
  if (right.high <= left.low && !left.mayFail) return right;
  return binary("min", left, right, Math.min(left.low, right.low), Math.min(left.high, right.high));
};

export const maximum = (left: Term, right: Term): Term => {
  if (left.low >= right.high && !right.mayFail) return left;
  if (right.low >= left.high && !left.mayFail) return right;
  return binary("max", left, right, Math.max(left.low, right.low), Math.max(left.high, right.high));
};

export const negate = (operand: Term): Term => {
  const value = constantOf(operand);
  if (value !== undefined) return constant(0 - value);
  return {
    code: { kind: "negate", operand: operand.code },
    low: 0 - operand.high,
    high: 0 - operand.low,
    mayFail: operand.mayFail,
  };
};

export const absolute = (operand: Term): Term => {
  if (operand.low >= 0) return operand;
  if (operand.high <= 0) return negate(operand);
  return {
    code: { kind: "absolute", operand: operand.code },
    low: 0,
    high: Math.max(-operand.low, operand.high),
    mayFail: operand.mayFail,
  };
};
