// The operators, row by row.

import { describe, expect, it } from "vitest";
import type { BinaryOperator, Expression, SerialOperator } from "../core/index.ts";
import { failing, ifElse, k, l, op, requiring, v } from "../test/build-core.ts";
import { evaluate } from "./evaluate.ts";
import { scopeOn } from "./scope.ts";

const state = { variables: [7, 8, 9], networks: [[[5], [5], [2]]] };

const valueOf = (expression: Expression): number | string => {
  const scope = scopeOn(state, 4);
  const value = evaluate(expression, scope);
  return scope.failure === undefined ? value : `fails at ${scope.failure}`;
};

describe("binary operators", () => {
  const rows: readonly (readonly [number, BinaryOperator, number, number])[] = [
    [2, "add", 3, 5],
    [2, "subtract", 3, -1],
    [2, "multiply", -3, -6],
    [0, "multiply", -3, 0],
    [7, "divide", 2, 3],
    [-7, "divide", 2, -3],
    [-1, "divide", 2, 0],
    [7, "remainder", 4, 3],
    [-7, "remainder", 4, -3],
    [-8, "remainder", 4, 0],
    [2, "min", 3, 2],
    [2, "max", 3, 3],
    [2, "equal", 2, 1],
    [2, "unequal", 2, 0],
    [2, "less", 2, 0],
    [2, "less-equal", 2, 1],
    [1, "and", 1, 1],
    [0, "or", 1, 1],
    [1, "implies", 0, 0],
    [0b101, "bit-or", 0b110, 0b111],
    [0b101, "bit-and", 0b110, 0b100],
    [0b101, "bit-and-not", 0b110, 0b001],
    [1, "shift-left", 29, 2 ** 29],
  ];
  it.each(rows)("%d %s %d is %d", (left, operator, right, result) => {
    expect(valueOf(op(operator, k(left), k(right)))).toBe(result);
  });
  it.each(["divide", "remainder"] as const)("%s by zero fails at its site", (operator) => {
    expect(valueOf(op(operator, k(1), k(0), 3))).toBe("fails at 3");
  });
  it.each([
    ["and", 0, 0],
    ["or", 1, 1],
    ["implies", 0, 1],
  ] as const)("%s does not look to its right when its left decides", (operator, left, result) => {
    expect(valueOf(op(operator, k(left), failing(1)))).toBe(result);
    expect(valueOf(op(operator, k(1 - left), failing(1)))).toBe("fails at 1");
  });
  it("of two failures the left one counts", () => {
    expect(valueOf(op("add", failing(2), failing(1)))).toBe("fails at 2");
  });
});

describe("serial numbers", () => {
  const rows: readonly (readonly [SerialOperator, number, number, number])[] = [
    ["plus", 15, 3, 2],
    ["plus", 1, -20, 13],
    ["minus", 1, 3, 14],
    ["distance", 1, 3, 14],
    ["distance", 3, 1, 2],
    ["before", 1, 3, 1],
    ["before", 3, 1, 0],
    ["before", 3, 3, 0],
    ["before", 0, 8, 1],
    ["before", 8, 0, 1],
  ];
  it.each(rows)("%s of %d and %d in mod 16 is %d", (operator, left, right, result) => {
    const expression = { kind: "serial", operator, modulus: 16, left: k(left), right: k(right) };
    expect(valueOf(expression as Expression)).toBe(result);
  });
});

const elementAt = (index: number): Expression => ({
  kind: "element",
  of: "variable",
  base: 0,
  stride: 2,
  count: 2,
  index: k(index),
  site: 1,
});

describe("other expressions", () => {
  const rows: readonly (readonly [string, Expression, number | string])[] = [
    ["a variable", v(1), 8],
    ["an element, by stride", elementAt(1), 9],
    ["an element beyond the last", elementAt(2), "fails at 1"],
    ["an element before the first", elementAt(-1), "fails at 1"],
    ["not of any value but 0", { kind: "not", operand: k(2) }, 0],
    ["negation of zero", { kind: "negate", operand: k(0) }, 0],
    ["a negation", { kind: "negate", operand: k(3) }, -3],
    ["an absolute value", { kind: "absolute", operand: k(-3) }, 3],
    ["the size of a set", { kind: "size", operand: k(0b1011) }, 3],
    ["if", ifElse(k(1), k(4), failing(1)), 4],
    ["else", ifElse(k(0), failing(1), k(5)), 5],
    ["let", { kind: "let", local: 1, value: k(4), body: op("add", l(1), l(1)) }, 8],
    ["require that holds", requiring(k(1), 1, k(4)), 4],
    ["require that fails", requiring(k(0), 1, k(4)), "fails at 1"],
  ];
  it.each(rows)("%s", (_, expression, result) => {
    expect(valueOf(expression)).toBe(result);
  });

  const over = (quantifier: "forall" | "exists" | "count", body: Expression): Expression => ({
    kind: "quantifier",
    quantifier,
    local: 0,
    low: -1,
    high: 2,
    body,
  });
  const inWire = (quantifier: "forall" | "exists" | "count", body: Expression): Expression => ({
    kind: "segments",
    quantifier,
    network: 0,
    locals: [0],
    body,
  });
  const quantified: readonly (readonly [string, Expression, number | string])[] = [
    ["forall", over("forall", op("less", l(0), k(3))), 1],
    ["forall with an exception", over("forall", op("less", l(0), k(2))), 0],
    ["exists", over("exists", op("equal", l(0), k(2))), 1],
    ["exists without a witness", over("exists", op("equal", l(0), k(3))), 0],
    ["count", over("count", op("less", l(0), k(1))), 2],
    ["exists stops at its first witness", over("exists", op("divide", k(9), l(0), 3)), 1],
    [
      "forall goes as far as the failure",
      over("forall", op("divide", k(9), l(0), 3)),
      "fails at 3",
    ],
    ["copies of a segment count each", inWire("count", op("equal", l(0), k(5))), 2],
    ["exists over segments", inWire("exists", op("equal", l(0), k(2))), 1],
    ["forall over segments", inWire("forall", op("equal", l(0), k(5))), 0],
  ];
  it.each(quantified)("%s", (_, expression, result) => {
    expect(valueOf(expression)).toBe(result);
  });
});
