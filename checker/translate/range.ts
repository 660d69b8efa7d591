// Which values a term can have, as far as its form tells (program -> program).

import type { Variable } from "../core/index.ts";
import type { Parameter, Term } from "./program.ts";

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Names {
  readonly variables: readonly Variable[];
  readonly parameters: readonly Parameter[];
}

/** undefined: nothing is known. */
export const rangeOf = (term: Term, names: Names): Range | undefined => {
  switch (term.kind) {
    case "constant":
      return { low: term.value, high: term.value };
    case "variable":
      return names.variables[term.variable];
    case "parameter":
      return names.parameters[term.parameter];
    case "not":
    case "full":
    case "occupied":
    case "candidate":
      return { low: 0, high: 1 };
    case "serial":
      return { low: 0, high: term.operator === "before" ? 1 : term.modulus - 1 };
    case "if":
      return hull(rangeOf(term.yes, names), rangeOf(term.no, names));
    case "binary":
      return rangeOfBinary(term, names);
    case "cell":
      return rangeOfCell(term, names);
    case "local":
    case "negate":
    case "absolute":
    case "size":
    case "part":
      return undefined;
  }
};

const hull = (left: Range | undefined, right: Range | undefined): Range | undefined =>
  left === undefined || right === undefined
    ? undefined
    : { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };

const rangeOfCell = (
  { of, base, stride, count }: Extract<Term, { readonly kind: "cell" }>,
  { variables }: Names,
): Range | undefined => {
  if (of === "local") return undefined;
  const all = Array.from({ length: count }, (_, index) => variables[base + stride * index]);
  return all.reduce<Range | undefined>((range, it) => hull(range, it), all[0]);
};

const rangeOfBinary = (
  { operator, left, right }: Extract<Term, { readonly kind: "binary" }>,
  names: Names,
): Range | undefined => {
  const a = rangeOf(left, names);
  const b = rangeOf(right, names);
  switch (operator) {
    case "equal":
    case "unequal":
    case "less":
    case "less-equal":
    case "and":
    case "or":
    case "implies":
      return { low: 0, high: 1 };
    case "add":
      return a && b && { low: a.low + b.low, high: a.high + b.high };
    case "subtract":
      return a && b && { low: a.low - b.high, high: a.high - b.low };
    case "remainder":
      if (a === undefined || b === undefined || a.low < 0 || b.low <= 0) return undefined;
      return { low: 0, high: Math.min(a.high, b.high - 1) };
    case "min":
      return a && b && { low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) };
    case "max":
      return a && b && { low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) };
    case "multiply":
    case "divide":
    case "bit-or":
    case "bit-and-not":
    case "bit-and":
    case "shift-left":
      return undefined;
  }
};
