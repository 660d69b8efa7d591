// Between which integers the value of an expression lies: what lets the code be simpler.

import type { Core, Expression, LocalId, SerialOperator } from "../core/index.ts";

export interface Range {
  readonly low: number;
  readonly high: number;
}

export const anything: Range = { low: -Infinity, high: Infinity };
const truth: Range = { low: 0, high: 1 };

/**
 * The ranges of the locals met so far, in order of the text. Every local is assigned, in text
 * order, before it is read, so the union of its assignments so far holds wherever it is read.
 */
export type LocalRanges = Map<LocalId, Range>;

const union = (left: Range, right: Range): Range => ({
  low: Math.min(left.low, right.low),
  high: Math.max(left.high, right.high),
});

export const noteLocal = (locals: LocalRanges, local: LocalId, range: Range): void => {
  const known = locals.get(local);
  locals.set(local, known === undefined ? range : union(known, range));
};

const hull = (values: readonly number[]): Range =>
  values.some((it) => Number.isNaN(it))
    ? anything
    : { low: Math.min(...values), high: Math.max(...values) };

const serialRange = (operator: SerialOperator, modulus: number): Range =>
  operator === "before" ? truth : { low: 0, high: modulus - 1 };

const divideRange = (left: Range, right: Range): Range => {
  if (right.low < 1) return anything;
  const ends = [left.low / right.low, left.low / right.high, left.high / right.low];
  return hull([...ends, left.high / right.high].map((it) => Math.trunc(it)));
};

const remainderRange = (left: Range, right: Range): Range => {
  if (right.low < 1) return anything;
  const most = right.high - 1;
  return {
    low: left.low >= 0 ? 0 : Math.max(left.low, -most),
    high: left.high <= 0 ? 0 : Math.min(left.high, most),
  };
};

/** Bits that can be set in a non-negative integer up to `high`. */
const bitsOf = (range: Range): Range =>
  range.low < 0 || range.high >= 2 ** 31
    ? anything
    : { low: 0, high: 2 ** (32 - Math.clz32(range.high)) - 1 };

const binaryRange = (
  operator: Extract<Expression, { kind: "binary" }>["operator"],
  left: Range,
  right: Range,
): Range => {
  switch (operator) {
    case "add":
      return { low: left.low + right.low, high: left.high + right.high };
    case "subtract":
      return { low: left.low - right.high, high: left.high - right.low };
    case "multiply":
      return hull([
        left.low * right.low,
        left.low * right.high,
        left.high * right.low,
        left.high * right.high,
      ]);
    case "divide":
      return divideRange(left, right);
    case "remainder":
      return remainderRange(left, right);
    case "min":
      return { low: Math.min(left.low, right.low), high: Math.min(left.high, right.high) };
    case "max":
      return { low: Math.max(left.low, right.low), high: Math.max(left.high, right.high) };
    case "bit-or":
      return union(bitsOf(left), bitsOf(right));
    case "bit-and":
    case "bit-and-not":
      return bitsOf(left);
    case "shift-left":
      return anything;
    case "equal":
    case "unequal":
    case "less":
    case "less-equal":
    case "and":
    case "or":
    case "implies":
      return truth;
  }
};

/** Deeper parts of an expression count as unknown: the analysis stays linear in practice. */
const deepest = 10;

/** The range of an expression. Failing evaluation yields 0, which is then never used. */
export const rangeOf = (
  expression: Expression,
  locals: LocalRanges,
  core: Core,
  depth = 0,
): Range => {
  const of = (part: Expression): Range => rangeOf(part, locals, core, depth + 1);
  if (depth > deepest) return anything;
  switch (expression.kind) {
    case "constant":
      return { low: expression.value, high: expression.value };
    case "variable":
      return core.variables[expression.variable] ?? anything;
    case "local":
      return locals.get(expression.local) ?? anything;
    case "element": {
      const ids = Array.from(
        { length: expression.count },
        (_, index) => expression.base + expression.stride * index,
      );
      const known = expression.of === "variable" ? core.variables : undefined;
      return ids
        .map((id) => known?.[id] ?? locals.get(id) ?? anything)
        .reduce(union, { low: 0, high: 0 });
    }
    case "not":
      return truth;
    case "negate": {
      const { low, high } = of(expression.operand);
      return { low: 0 - high, high: 0 - low };
    }
    case "absolute": {
      const { low, high } = of(expression.operand);
      return { low: Math.max(0, low, -high), high: Math.max(high, -low) };
    }
    case "size":
      return { low: 0, high: 32 };
    case "binary":
      return binaryRange(expression.operator, of(expression.left), of(expression.right));
    case "serial":
      return serialRange(expression.operator, expression.modulus);
    case "if":
      return union(of(expression.then), of(expression.otherwise));
    case "let":
      noteLocal(locals, expression.local, of(expression.value));
      return of(expression.body);
    case "require":
      return of(expression.then);
    case "quantifier":
      return expression.quantifier === "count"
        ? { low: 0, high: Math.max(expression.high - expression.low + 1, 0) }
        : truth;
    case "segments":
      return expression.quantifier === "count"
        ? { low: 0, high: core.networks[expression.network]?.capacity ?? Infinity }
        : truth;
  }
};
