// Types of generated code: what a value is, and the refusal of what does not fit.

import type { Type, Value } from "./code.ts";

/** The type a value has by its form; its parts are taken to be right. */
export const typeOf = (value: Value): Type => {
  switch (value.kind) {
    case "constant":
    case "local":
    case "global":
    case "call":
      return value.type;
    case "place":
    case "advance":
      return "pointer";
    case "unary":
      return value.operator === "widen" || value.operator === "widen-unsigned" ? "f64" : "i32";
    case "binary":
      return value.type === "f64" && !isComparison(value.operator) ? "f64" : "i32";
    case "select":
      return typeOf(value.then);
    case "load":
    case "both":
    case "either":
    case "compare-exchange":
    case "fetch-add":
      return "i32";
  }
};

const comparisons: ReadonlySet<string> = new Set([
  "equal",
  "unequal",
  "less",
  "less-equal",
  "greater",
  "greater-equal",
  "less-unsigned",
  "greater-unsigned",
]);

export const isComparison = (operator: string): boolean => comparisons.has(operator);

/** Throws unless the value has the type; `where` names the place for whoever wrote the code. */
export const expectType = (value: Value, type: Type, where: string): void => {
  const found = typeOf(value);
  if (found !== type) throw new Error(`${where} needs ${type}, not ${found} (a ${value.kind})`);
};

/** Is the value 0 or 1 by its form? */
export const isTruth = (value: Value): boolean =>
  value.kind === "both" ||
  value.kind === "either" ||
  (value.kind === "unary" && value.operator === "is-zero") ||
  (value.kind === "binary" && isComparison(value.operator)) ||
  (value.kind === "constant" && (value.value === 0 || value.value === 1)) ||
  (value.kind === "select" && isTruth(value.then) && isTruth(value.otherwise));

/** Could the value be left out, or computed although nobody asked: no calls, no writes. */
export const isPure = (value: Value): boolean => {
  switch (value.kind) {
    case "constant":
    case "local":
    case "global":
      return true;
    case "load":
      return value.atomic !== true && isPure(value.pointer);
    case "place":
      return isPure(value.word);
    case "advance":
      return isPure(value.pointer) && isPure(value.words);
    case "unary":
      return isPure(value.operand);
    case "binary":
    case "both":
    case "either":
      return isPure(value.left) && isPure(value.right);
    case "select":
      return isPure(value.condition) && isPure(value.then) && isPure(value.otherwise);
    case "call":
    case "compare-exchange":
    case "fetch-add":
      return false;
  }
};
