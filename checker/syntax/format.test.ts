// Formatting: the canonical layout, comments in place, and the same tree.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainText, programText } from "./generate.test-support.ts";
import { format, parse } from "./index.ts";
import { withoutSpans } from "./show.test-support.ts";

const formatted = (text: string): string => {
  const { value, diagnostics } = parse("test.tw", text);
  expect(diagnostics).toEqual([]);
  return format(value, text);
};

/** The lines that a text of lines is formatted to; formatting them again changes nothing. */
const linesOf = (text: readonly string[]): readonly string[] => {
  const once = formatted(text.join("\n"));
  expect(formatted(once)).toBe(once);
  return once.split("\n").slice(0, -1);
};

describe("bodies", () => {
  test("a body on one line stays on it, statements two spaces apart", () => {
    expect(linesOf(["process p { on expire t{stop a start b(1) ->C} }"])).toEqual([
      "process p { on expire t { stop a  start b(1)  -> C } }",
    ]);
  });

  test("a body on several lines has a statement on each", () => {
    expect(linesOf(["init {", " x=1 y=2", "   if a { z=3 } else { } }"])).toEqual([
      "init {",
      "  x = 1",
      "  y = 2",
      "  if a { z = 3 } else { }",
      "}",
    ]);
  });

  test("a body that does not fit is broken", () => {
    const call = "call_with_a_long_name(1)";
    expect(linesOf([`init { ${call} ${call} ${call} ${call} }`])).toEqual([
      "init {",
      `  ${call}`,
      `  ${call}`,
      `  ${call}`,
      `  ${call}`,
      "}",
    ]);
  });

  test("all blocks of an `if` are broken together", () => {
    expect(linesOf(["init { if a { x = 1 } else if b {", "y = 2 } else { } }"])).toEqual([
      "init {",
      "  if a {",
      "    x = 1",
      "  } else if b {",
      "    y = 2",
      "  } else { }",
      "}",
    ]);
  });

  test("fields and clauses that share a line go on sharing it", () => {
    expect(linesOf(["network n carries M {", "capacity 3 full drop", "reorder any }"])).toEqual([
      "network n carries M {",
      "  capacity 3  full drop",
      "  reorder any",
      "}",
    ]);
    expect(linesOf(["record R { a : bool, b : T, }"])).toEqual(["record R { a : bool  b : T }"]);
  });

  test("members of an enumeration fill lines", () => {
    expect(linesOf([`enum E { ${"A_MEMBER, ".repeat(12)} }`])).toEqual([
      "enum E {",
      `  ${Array(9).fill("A_MEMBER").join(", ")},`,
      `  ${Array(3).fill("A_MEMBER").join(", ")}`,
      "}",
    ]);
  });
});

describe("columns", () => {
  test("types and values of consecutive constants stand below one another", () => {
    expect(linesOf(["const A:1..4=1", "const LONG_NAME=2", "const B : bool = true"])).toEqual([
      "const A : 1..4  = 1",
      "const LONG_NAME = 2",
      "const B : bool  = true",
    ]);
  });

  test("a blank line ends the columns", () => {
    expect(linesOf(["const A : T = 1", "", "const LONG_NAME : T = 1"])).toEqual([
      "const A : T = 1",
      "",
      "const LONG_NAME : T = 1",
    ]);
  });

  test("cases, checks, fields and comments have columns", () => {
    expect(
      linesOf([
        "record R {",
        "a : bool // one",
        "long : T when a // two",
        "}",
        'check "a" expect holds',
        'check "long" { N = 1 } expect violated p',
        "process p { on receive s {",
        "case a when x { done }",
        "case long when x == y { }",
        "} }",
      ]),
    ).toEqual([
      "record R {",
      "  a    : bool      // one",
      "  long : T when a  // two",
      "}",
      'check "a"              expect holds',
      'check "long" { N = 1 } expect violated p',
      "process p {",
      "  on receive s {",
      "    case a    when x      { done }",
      "    case long when x == y { }",
      "  }",
      "}",
    ]);
  });

  test("there are none where a line would get too long", () => {
    const long = `const ${"A".repeat(60)} : T = 1`;
    const other = `const B : ${"T".repeat(40)} = 1`;
    expect(linesOf([long, other])).toEqual([long, other]);
  });
});

describe("spaces", () => {
  test.each([
    ["const A=-1+-x*( a-b )", "const A = -1 + -x * (a - b)"],
    ["const A = f ( x ,y ) [ 1 ] . z !", "const A = f(x, y)[1].z!"],
    ["const A = x in 0 .. 3", "const A = x in 0..3"],
    ["const A = x in 0..n-1", "const A = x in 0 .. n - 1"],
    ["var x : array [ Host ] of 0 .. 3 ?", "var x : array[Host] of 0..3?"],
    ["fn f( x:T ):U=e", "fn f(x: T): U = e"],
    ["invariant n:forall x in T:a", "invariant n : forall x in T: a"],
    ["init { send n {fin,seq:x} to (a) }", "init { send n { fin, seq: x } to (a) }"],
    ["init { let x:T=1 }", "init { let x : T = 1 }"],
    ["const A = set{A,B} union set { }", "const A = set { A, B } union set { }"],
    ["enum E{A,B,}", "enum E { A, B }"],
    ["const A = 0x1F", "const A = 0x1F"],
  ])("%s", (text, expected) => {
    expect(linesOf([text])).toEqual([expected]);
  });
});

describe("long lines", () => {
  const name = (letter: string): string => letter.repeat(30);
  const [a, b, c, d] = [name("a"), name("b"), name("c"), name("d")];

  test("a chain of operators is broken before each of them", () => {
    expect(linesOf([`invariant n : ${a} and ${b} and (${c} or ${d})`])).toEqual([
      `invariant n : ${a}`,
      `  and ${b}`,
      `  and (${c} or ${d})`,
    ]);
  });

  test("a list fills lines", () => {
    expect(linesOf([`const A = f(${a}, ${b}, ${c}, ${d})`])).toEqual([
      "const A = f(",
      `  ${a}, ${b}, ${c},`,
      `  ${d}`,
      ")",
    ]);
  });

  test("a rule is broken before `in` and `when`", () => {
    expect(linesOf([`rule r in ${a} | ${b} when ${c} { done }`])).toEqual([
      "rule r",
      `    in ${a} | ${b}`,
      `    when ${c} { done }`,
    ]);
  });

  test("a property is broken before `when`", () => {
    expect(linesOf([`never n : happened(${a}, ${b}) when ${c}`])).toEqual([
      `never n : happened(${a}, ${b})`,
      `  when ${c}`,
    ]);
  });
});

describe("comments", () => {
  test("stay where they are", () => {
    expect(
      linesOf([
        "// first",
        "",
        "",
        "/// doc",
        "const A = 1// behind",
        "/* block */ const B = /* inside */ 2",
        "init { // opening",
        "// own line",
        "",
        "x = 1",
        "",
        "// last",
        "}",
        "// end",
      ]),
    ).toEqual([
      "// first",
      "",
      "/// doc",
      "const A = 1  // behind",
      "/* block */ const B = /* inside */ 2",
      "init {  // opening",
      "  // own line",
      "",
      "  x = 1",
      "",
      "  // last",
      "}",
      "// end",
    ]);
  });

  test("break what they stand in", () => {
    expect(linesOf(["const A = f(1, // one", "2) + 3"])).toEqual([
      "const A = f(",
      "  1,  // one",
      "  2",
      ")",
      "  + 3",
    ]);
  });
});

describe("the ends of a file", () => {
  test.each([
    ["", ""],
    ["\n\n", ""],
    ["\n\nconst A = 1", "const A = 1\n"],
    ["// only\n\n\n", "// only\n"],
    ["const A = 1\r\n\r\n\r\nconst B = 2\r\n", "const A = 1\n\nconst B = 2\n"],
  ])("%j", (text, expected) => {
    expect(formatted(text)).toBe(expected);
  });
});

test("what the scanner cannot read is left alone", () => {
  const text = "const  A = 1 && 2";
  expect(format(parse("test.tw", text).value, text)).toBe(text);
});

describe.each([
  ["programs on one line", plainText],
  ["programs with lines and comments anywhere", programText],
])("random %s", (_, text) => {
  test("are parsed, keep tree and comments, and are formatted once and for all", () => {
    fc.assert(
      fc.property(text, (source) => {
        const before = parse("test.tw", source);
        expect(before.diagnostics).toEqual([]);
        const once = format(before.value, source);
        const after = parse("test.tw", once);
        expect(withoutSpans(after.value.declarations)).toEqual(
          withoutSpans(before.value.declarations),
        );
        expect(commentsOf(after.value.comments)).toEqual(commentsOf(before.value.comments));
        expect(format(after.value, once)).toBe(once);
      }),
      { numRuns: 50 },
    );
  });
});

const commentsOf = (comments: readonly { readonly text: string }[]): readonly string[] =>
  comments.map(({ text }) => text.trimEnd());
