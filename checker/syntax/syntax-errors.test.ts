// Syntax errors: one diagnostic for one mistake, at its place, in words that help; and all of a
// file.

import { describe, expect, test } from "vitest";
import { parse, syntaxDefinitions } from "./index.ts";
import { diagnose, show, unmark } from "./show.test-support.ts";

/** The places and codes that are reported of a text, whatever places are marked in it. */
const reported = (marked: string): ReturnType<typeof diagnose> => diagnose(unmark(marked).text);

const messageOf = (text: string): string => {
  const [first] = parse("test.tw", text).diagnostics;
  return first === undefined ? "" : [first.message, first.help ?? []].flat().join("; ");
};

describe("tokens", () => {
  test.each([
    ["const A = 1 «#» + 2", "TW0102"],
    ["const A = 1 «≤» 2", "TW0102"],
    ["const A = 1 «§§» «€€»", "TW0102", "TW0102"],
    ['import «"a.tw»\nconst A = 1', "TW0103"],
    ["const A = 1 «/*» to the end", "TW0104"],
    ["import «'a.tw'»", "TW0105"],
    ["import «'a.tw»\nconst A = 1", "TW0105"],
    ["const A = «1.5»", "TW0106"],
    ["const A = «12ms»", "TW0106"],
    ["const A = «1_000»", "TW0106"],
    ["const A = «0xZZ»", "TW0106"],
    ["const A = «9007199254740992»", "TW0107"],
    ["const A = «0xFFFFFFFFFFFFFFFF»", "TW0107"],
    ["const A = a «&&» b", "TW0108"],
    ["const A = a «||» b", "TW0108"],
    ["const A = a «===» b", "TW0108"],
    ["const A = a «!==» b", "TW0108"],
    ["const A = a «<>» b", "TW0108"],
    ["const A = a «**» b", "TW0108"],
    ["const A = «!»a", "TW0108"],
    ["init { x«++» }", "TW0108"],
    ["const A = 1«;»", "TW0109"],
    ["const A «:=» 1", "TW0110"],
    ["const «timer» = 1", "TW0119"],
    ["init { let «in» = a.«rule» }", "TW0119", "TW0119"],
    ["binding b { hosts { A = «1.2.3.256» } }", "TW0129"],
  ])("%s", (marked, ...codes) => {
    expect(reported(marked)).toEqual({ marked, codes });
  });
});

describe("expressions, types and statements", () => {
  test.each([
    ["init { if x «=» 3 { } }", "TW0111"],
    ["const A = a < b «<» c", "TW0112"],
    ["const A = a == b «is none»", "TW0112"],
    ["const A = a is none «==» b", "TW0112"],
    ["const A = a in s «in» t", "TW0112"],
    ["const A = a == «not» b", "TW0113"],
    ["const A = a + «not» b", "TW0113"],
    ["const A = «0..3»", "TW0114"],
    ["const A = «0..3 + 1»", "TW0114"],
    ["init { «f(1)» = 2 }", "TW0120"],
    ["init { «x!» = 2 }", "TW0120"],
    ["init { «x == 2» }", "TW0121"],
    ["init { «x.f» }", "TW0121"],
    ["var x : «3»", "TW0126"],
    ["const A = «a.f(1)»", "TW0127"],
    ["const A = a «?» 1 : 2", "TW0132"],
    ["const A = (a)«)»", "TW0123"],
  ])("%s", (marked, code) => {
    expect(reported(marked)).toEqual({ marked, codes: [code] });
  });
});

test("a type in parentheses is told what is too much", () => {
  expect(messageOf("var x : (0..3)?")).toBe(
    "a range is not a value; ranges stand in types and after `in`, without parentheses",
  );
});

describe("declarations", () => {
  test.each([
    ["const«» = 1", "TW0115"],
    ["const A = 1 +«»", "TW0115"],
    ["const A«» 1", "TW0115"],
    ["enum Host«» A, B }", "TW0115"],
    ["process p { var x«» T }", "TW0115"],
    ["process p { rule a { x = 1«»\n rule b { } }", "TW0115"],
    ["const A =«»\nconst B = 1", "TW0115"],
    ["init { x = 1 +«»\n  y = 2 }", "TW0115"],
    ["init { ->«»\n  y = 2 }", "TW0115"],
    ["init { if«» { } }", "TW0115"],
    ["enum E { A, «3» }", "TW0116"],
    ["enum E { A «B» }", "TW0116"],
    ["const A = f(1 «2»)", "TW0116"],
    ["const A = [1 «2», 3]", "TW0116"],
    ["process p { on «recieve» s { } }", "TW0116"],
    ["«cons» A = 1", "TW0116"],
    ["process p {«»", "TW0122"],
    ["init { x = f(1«»", "TW0122"],
    ["enum E { A } «}»", "TW0123"],
    ["const A = 1 «)»", "TW0123"],
    ["network n carries M { capacity 1  «capacity» 2 }", "TW0124"],
    ["init { send n m to a «to» b }", "TW0124"],
    ["network «n» carries M { }", "TW0125"],
    ["process p { on receive s { case a when g { } «stage» b { } } }", "TW0128"],
    ["process p { on receive s { stage b { } «ignore» } }", "TW0128"],
    ["process p { on receive s { stage b { } else «{ }» } }", "TW0128"],
  ])("%s", (marked, code) => {
    expect(reported(marked)).toEqual({ marked, codes: [code] });
  });
});

describe("one mistake is one diagnostic", () => {
  test.each([
    ["init { x = f(a «b», c + 1, [d])  y = 2 }", "TW0116"],
    ["init { x = { a: 1, b «2», c: 3 }  y = 2 }", "TW0116"],
    ["init { x = set { A «B», C }  y = 2 }", "TW0116"],
    ["init {\n  x[i«» = 1\n  y = 2\n}", "TW0115"],
    ["init {\n  x = (a + b«»\n  y = 2\n}", "TW0115"],
    ["const A«» 0..3 = 1", "TW0115"],
    ["network n carries M between«» { capacity 2  reorder any }", "TW0115"],
    ["init {\n  «x in 0..1» when x > y { y = x }\n}", "TW0121"],
    ["process p {\n  «if» a { x = 1 }\n  timer t\n}", "TW0116"],
    ["«on» receive s {\n  case a when b { x = 1 }\n}\nconst A = 1", "TW0116"],
    ["init {\n  x = 1 «2» 3 4\n  y = 2\n}", "TW0116"],
    ["init {\n  send n { a, b: «}» to c\n  y = 2\n}", "TW0116"],
  ])("%s", (marked, code) => {
    expect(reported(marked)).toEqual({ marked, codes: [code] });
  });
});

describe("messages", () => {
  test.each([
    ["const A = a && b", "there is no operator `&&`; write `and`"],
    ["const A = !a", "there is no operator `!`; write `not`"],
    ["init { if x = 3 { } }", "`=` does not compare; write `==`"],
    ["const A = 1 ≤ 2", "`≤` does not belong here; write `<=`"],
    ["const A = 1 \u00A0", "the character U+00A0 does not belong here"],
    ["const A =", "expected an expression, found the end of the file"],
    ["enum E { A B }", "expected `,` or `}`, found `B`"],
    ["init { ) }", "`)` closes nothing; remove it"],
    [
      "process p { vra x : T }",
      "expected a member of the process or `}`, found `vra`; did you mean `var`?",
    ],
    ['chek "a" expect holds', "expected a declaration, found `chek`; did you mean `check`?"],
    [
      'check "a" expect hold',
      "expected `holds`, `violated` or `error`, found `hold`; did you mean `holds`?",
    ],
    [
      "process p { on recieve s { } }",
      "expected `receive` or `expire`, found `recieve`; did you mean `receive`?",
    ],
    ["init { x y }", "expected `=`, `+=`, `-=` or `(`, found `y`"],
    [
      "process p {",
      "`{` is never closed: expected a member of the process or `}`, found the end of the file",
    ],
    [
      "const timer = 1",
      "`timer` is a word of the language and cannot be a name; choose another name, for example `timer_`",
    ],
  ])("%s", (text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  test("an unclosed bracket is pointed at", () => {
    const [first] = parse("test.tw", "process p {\n  state S\n").diagnostics;
    expect(first?.notes).toEqual([
      { message: "the `{` is here", span: { file: "test.tw", start: 10, end: 11 } },
    ]);
  });
});

describe("recovery", () => {
  test("five mistakes in one file are five diagnostics", () => {
    const marked = [
      "const A = 1 «&&» 2",
      "enum E { A, «3» }",
      "process p {",
      "  var x«» Seq",
      "  rule a { x = 1 +«»",
      "    y = 2 }",
      "}",
      'check "a" expect «hold»',
    ].join("\n");
    const codes = ["TW0108", "TW0116", "TW0115", "TW0115", "TW0116"];
    expect(reported(marked)).toEqual({ marked, codes });
  });

  test("what stands beside mistakes is understood", () => {
    const { value } = parse(
      "test.tw",
      "const A = ) \nconst B = 2\nprocess p { timer 3 \n rule r { x = \n y = 1 } }\nconst C = 3",
    );
    expect(value.declarations.map(show)).toEqual([
      "const(name: B, value: 2)",
      "process(name: p, members: [rule(fault: false, name: r, parameters: [], states: [], body: " +
        "(statements: [assign(operator: =, target: x, value: missing), " +
        "assign(operator: =, target: y, value: 1)]))])",
      "const(name: C, value: 3)",
    ]);
  });

  test("a missing brace does not swallow the next declaration", () => {
    const { value, diagnostics } = parse(
      "test.tw",
      "process p {\n  rule a { x = 1 }\n\nprocess q {\n  rule b { x = 1 }\n}\n",
    );
    expect(value.declarations.map(({ kind }) => kind)).toEqual(["process", "process"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["TW0115"]);
  });

  test("after a hundred errors the rest is not read", () => {
    const { diagnostics } = parse("test.tw", "const A 1\n".repeat(5000));
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)?.code).toBe("TW0130");
  });
});

test("every code has an example that is answered with it and with nothing else of this layer", () => {
  for (const { code, example } of syntaxDefinitions) {
    if (example === undefined) continue;
    expect({ code, answered: diagnose(example).codes }).toEqual({ code, answered: [code] });
  }
});
