import { describe, expect, test } from "vitest";
import { accept, errorsIn, wire } from "./marked-program.ts";
import { typeName } from "./index.ts";

describe("types of expressions", () => {
  /** The type of the right side of `let it = …` in a rule. */
  const typeOf = (expression: string): string => {
    const program = accept(`${wire}
      record Point { x, y : 0..3 }
      const FIXED : 0..9 = 4
      const LIST = [1, 5, 3]
      fn next(k: 0..3): 0..4 = k + 1
      var n : 0..3
      var i : -2..5
      var b : bool
      var s, s2 : mod 16
      var h : Host
      var p : Point
      var o : 0..3?
      var a : array[Host] of 0..3
      var hosts : set of Host
      rule r { let it = ${expression} }`);
    const rule = program.rules[0];
    const statement = rule?.body.statements[0];
    if (statement?.kind !== "let") throw new Error("the rule begins with a `let`");
    return typeName(program.typeOf(statement.value));
  };
  test.each([
    ["n + 1", "1..4"],
    ["n - i", "-5..5"],
    ["n * i", "-6..15"],
    ["i / 2", "-1..2"],
    ["i % 3", "-2..2"],
    ["n / i", "-3..3"],
    ["abs(i)", "0..5"],
    ["min(n, i)", "-2..3"],
    ["max(n, i)", "0..5"],
    ["-i", "-5..2"],
    ["FIXED + 1", "5"],
    ["LIST[n]", "1..5"],
    ["next(n)", "0..4"],
    ["if b then 1 else 7", "1..7"],
    ["if true then 1 else 7", "1"],
    ["if FIXED > 3 then 1 else 7", "1"],
    ["match h { A => 1 B => 4 }", "1..4"],
    ["s + n", "mod 16"],
    ["s - 1", "mod 16"],
    ["s - s2", "0..15"],
    ["s == 3", "bool"],
    ["before(s, 3)", "bool"],
    ["window(s, s2, n)", "bool"],
    ["o ?? 7", "0..7"],
    ["o!", "0..3"],
    ["o is none", "bool"],
    ["a[h]", "0..3"],
    ["p.x", "0..3"],
    ["p with { x: 1 }", "Point"],
    ["[x in Host: n]", "array[Host] of 0..3"],
    ["[1, n]", "array[0..1] of 0..3"],
    ["hosts union set { A }", "set of Host"],
    ["set { 1, 2 } union set { 2, 3 }", "set of 1..3"],
    ["set { 2, 3 } minus set { 1, 2 }", "set of 1..3"],
    ["set { 1 } union set { 2 } union set { 5 }", "set of 1..5"],
    ["set { 1, 2 } == set { 2, 3 }", "bool"],
    ["n in set { 1 } union set { 3 }", "bool"],
    ["size(hosts)", "0..2"],
    ["h in set { A, B }", "bool"],
    ["count x in Host: a[x] == 0", "0..2"],
    ["forall x in hosts: a[x] == 0", "bool"],
    ["int(b)", "0..1"],
    ["n in 0..2", "bool"],
    ["A", "Host"],
    ["p == { x: 1 }", "bool"],
    ["{ x: 1 } == p", "bool"],
    ["h == A and not b implies n < 2", "bool"],
  ])("%s : %s", (expression, type) => {
    expect(typeOf(expression)).toBe(type);
  });

  test("literals have the type of their place", () => {
    const program = accept(
      `${wire}
      var o : (mod 16)?
      var s : mod 16
      rule r { s = 3  o = none  o = 4 }`.replace("(mod 16)?", "mod 16?"),
    );
    const types = program.rules[0]?.body.statements.map((it) =>
      it.kind === "assign" ? typeName(program.typeOf(it.value)) : "",
    );
    expect(types).toEqual(["mod 16", "mod 16?", "mod 16"]);
  });
});

describe("code that cannot run under a configuration", () => {
  test.each([
    ["behind a constant condition", "const N = 0\nvar x : 1..3\nrule r { if N > 1 { x = N - 1 } }"],
    ["behind a constant guard", "const N = 0\nvar x : 1..3\nrule r when N > 1 { x = N - 1 }"],
    [
      "behind an interval that decides",
      "const N = 0\nvar left_ : 0..N\nrule r when left_ > 0 { left_ -= 1 }",
    ],
    [
      "behind a function that decides",
      "const N = 0\nvar k : 0..N\nfn any(): bool = k > 0\nvar x : 1..3\nrule r when any() { x = k - 1 }",
    ],
    ["behind `and`", "const N = 0\nvar x : 0..3\nrule r when N > 0 and x / N == 1 { }"],
    [
      "in a loop without rounds",
      "const N = 0\nvar a : array[0..3] of bool\nrule r { for i in 1..N { a[N + 8] = true } }",
    ],
    [
      "in an extension without instances",
      "process p { var x : 0..3 }\nextend p when false { rule r { x = 9 } }",
    ],
  ])("%s is not measured", (_, text) => {
    expect(errorsIn(text)).toEqual([]);
  });
});

describe("what never fits because of an override", () => {
  const text = `
    const N = 4
    var x : 0..N
    var y : 0..3
    var a : array[0..N] of bool
    rule r when y == 3 { x = 3  y = N - 2  a[3] = true  x = 8 / (N - 1) }
    check "small" { N = 1 } expect holds`;

  test("is left to the run", () => {
    accept(text, { check: "small" });
    accept(text);
    expect(errorsIn(`${text}\nrule s { y = «4» }`)).toHaveLength(1);
  });
});
