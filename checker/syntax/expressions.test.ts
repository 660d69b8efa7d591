// Expressions and types: what binds to what, and what each form is read as.

import { describe, expect, test } from "vitest";
import { showDeclarations, showExpression } from "./show.test-support.ts";
import { parseExpression } from "./index.ts";

describe("the precedence table", () => {
  test.each([
    ["a implies b implies c", "(a implies (b implies c))"],
    ["a or b implies c or d", "((a or b) implies (c or d))"],
    ["a and b or c and d", "((a and b) or (c and d))"],
    ["a or b or c", "((a or b) or c)"],
    ["a and b and c", "((a and b) and c)"],
    ["not a and b", "(not(operand: a) and b)"],
    ["a and not b or c", "((a and not(operand: b)) or c)"],
    ["not not a", "not(operand: not(operand: a))"],
    ["not a == b", "not(operand: (a == b))"],
    ["not a in s", "not(operand: (a in s))"],
    ["not a is none", "not(operand: is-none(operand: a))"],
    ["a == b and c != d", "((a == b) and (c != d))"],
    ["a + b < c - d", "((a + b) < (c - d))"],
    ["a <= b or c >= d or e > f", "(((a <= b) or (c >= d)) or (e > f))"],
    ["a ?? b == c", "((a ?? b) == c)"],
    ["a ?? b ?? c", "(a ?? (b ?? c))"],
    ["a ?? b union c", "(a ?? (b union c))"],
    ["a union b minus c", "((a union b) minus c)"],
    ["a union b + c", "(a union (b + c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a - (b - c)", "(a - (b - c))"],
    ["a + b * c", "(a + (b * c))"],
    ["a * b / c % d", "(((a * b) / c) % d)"],
    ["(a + b) * c", "((a + b) * c)"],
    ["-a * b", "(negate(operand: a) * b)"],
    ["a - -b", "(a - negate(operand: b))"],
    ["- - a", "negate(operand: negate(operand: a))"],
    ["-a.b", "negate(operand: a.b)"],
    ["-a!", "negate(operand: unwrap(operand: a))"],
    ["a in b union c", "(a in (b union c))"],
    ["a in 0..n - 1", "in-range(operand: a, low: 0, high: (n - 1))"],
    ["a in 0..3 and b", "(in-range(operand: a, low: 0, high: 3) and b)"],
    ["a + 1 is none or b", "(is-none(operand: (a + 1)) or b)"],
    ["(a < b) == (c < d)", "((a < b) == (c < d))"],
    ["a == (not b)", "(a == not(operand: b))"],
  ])("%s", (text, tree) => {
    expect(showExpression(text)).toBe(tree);
  });
});

describe("forms that reach as far right as possible", () => {
  test.each([
    ["a + if b then c else d + e", "(a + if(condition: b, then: c, otherwise: (d + e)))"],
    [
      "if a then b else if c then d else e",
      "if(condition: a, then: b, otherwise: if(condition: c, then: d, otherwise: e))",
    ],
    [
      "a and forall x in T: b and c",
      "(a and quantifier(quantifier: forall, binder: x, domain: expression-domain(value: T), " +
        "body: (b and c)))",
    ],
    [
      "not exists x in 0..3: a or b",
      "not(operand: quantifier(quantifier: exists, binder: x, " +
        "domain: range-domain(low: 0, high: 3), body: (a or b)))",
    ],
    [
      "(forall x in bool: a) and b",
      "(quantifier(quantifier: forall, binder: x, domain: type-domain(type: bool-type), " +
        "body: a) and b)",
    ],
    [
      "count x in mod 2 * n: a",
      "quantifier(quantifier: count, binder: x, " +
        "domain: type-domain(type: mod-type(modulus: (2 * n))), body: a)",
    ],
  ])("%s", (text, tree) => {
    expect(showExpression(text)).toBe(tree);
  });
});

describe("operands", () => {
  test.each([
    ["0x1F", "31"],
    ["9007199254740991", "9007199254740991"],
    ["true", "true"],
    ["none", "none"],
    ["tcp[A].state", "tcp[A].state"],
    ["s.to", "s.to"],
    ["a.b[c].d!", "unwrap(operand: a.b[c].d)"],
    ["a! == b", "(unwrap(operand: a) == b)"],
    ["f()", "call(callee: f, arguments: [])"],
    ["f(a, b + 1).c", "call(callee: f, arguments: [a, (b + 1)]).c"],
    ["{ }", "record(fields: [])"],
    ["{ fin, seq: x }", "record(fields: [(name: fin), (name: seq, value: x)])"],
    ["r with { f: x }", "with(object: r, fields: [(name: f, value: x)])"],
    [
      "r with { f } with { g }.h",
      "with(object: with(object: r, fields: [(name: f)]), fields: [(name: g)]).h",
    ],
    ["[]", "array(elements: [])"],
    ["[a, b]", "array(elements: [a, b])"],
    ["[x in s]", "array(elements: [(x in s)])"],
    ["[x in { a: b }, y]", "array(elements: [(x in record(fields: [(name: a, value: b)])), y])"],
    [
      "[x in s: x in t]",
      "comprehension(binder: x, domain: expression-domain(value: s), body: (x in t))",
    ],
    [
      "[x in f([a, b]): x]",
      "comprehension(binder: x, domain: expression-domain(value: " +
        "call(callee: f, arguments: [array(elements: [a, b])])), body: x)",
    ],
    ["set { }", "set(elements: [])"],
    ["set { A, B }", "set(elements: [A, B])"],
    ["x in set { A } union s", "(x in (set(elements: [A]) union s))"],
    [
      "match x { A | B => 1 2 => -3 else => true }",
      "match(subject: x, arms: [(patterns: [A, B], isElse: false, body: 1), " +
        "(patterns: [2], isElse: false, body: negate(operand: 3)), " +
        "(patterns: [], isElse: true, body: true)])",
    ],
    [
      "match x { true => a false => b }",
      "match(subject: x, arms: [(patterns: [true], isElse: false, body: a), " +
        "(patterns: [false], isElse: false, body: b)])",
    ],
  ])("%s", (text, tree) => {
    expect(showExpression(text)).toBe(tree);
  });
});

describe("types", () => {
  test.each([
    ["bool", "bool-type"],
    ["Host", "Host"],
    ["0..3", "range-type(low: 0, high: 3)"],
    ["-1 .. 2 * N", "range-type(low: negate(operand: 1), high: (2 * N))"],
    ["mod 2 * N", "mod-type(modulus: (2 * N))"],
    ["array[Host] of bool", "array-type(index: Host, element: bool-type)"],
    [
      "array[0..1] of array[A] of set of B?",
      "array-type(index: range-type(low: 0, high: 1), element: " +
        "array-type(index: A, element: set-type(element: option-type(element: B))))",
    ],
    ["mod 4?", "option-type(element: mod-type(modulus: 4))"],
    ["0..3?", "option-type(element: range-type(low: 0, high: 3))"],
  ])("%s", (text, tree) => {
    expect(showDeclarations(`var v : ${text}`)).toBe(
      `var(ghost: false, names: [v], type: ${tree})`,
    );
  });
});

test("an expression's place includes its parentheses", () => {
  const { value } = parseExpression("test.tw", " (a + (b)) * c ");
  expect(value.span).toEqual({ file: "test.tw", start: 1, end: 14 });
  expect(value.kind === "binary" && value.left.span).toEqual({
    file: "test.tw",
    start: 1,
    end: 10,
  });
});

test("contextual words are names", () => {
  const words =
    "to from age state least fault stage receive expire carries between capacity full drop block " +
    "error lifetime loss duplication reorder any expect holds violated states transitions steps only " +
    "can reach without faults segment hosts call sysctl";
  for (const word of words.split(" ")) {
    expect(showExpression(`${word} + a.${word}`)).toBe(`(${word} + a.${word})`);
  }
});

test("an expression has nothing behind it", () => {
  const { diagnostics } = parseExpression("test.tw", "a b");
  expect(diagnostics.map(({ code, span, message }) => [code, span.start, message])).toEqual([
    ["TW0116", 2, "expected the end, found `b`"],
  ]);
});
