import { describe, expect, test } from "vitest";
import { errorsIn, expectErrors, marksIn, wire } from "./marked-program.ts";

describe("expected and found types", () => {
  const setting = `${wire}
    record Point { x, y : 0..3 }
    type Seq = mod 16
    var n : 0..3
    var b : bool
    var s : Seq
    var h : Host
    var p : Point
    var o : (0..3)?
    var a : array[Host] of 0..3
    var set_ : set of Host
  `.replace("(0..3)?", "0..3?");
  const rows: readonly (readonly [string, string, string])[] = [
    ["rule r when «n» { }", "TW0301", "expected bool, found 0..3"],
    ["rule r { b = «n» }", "TW0301", "expected bool, found 0..3"],
    ["rule r { n = «b» }", "TW0301", "expected 0..3, found bool"],
    ["rule r { n = «n + 4» }", "TW0302", "expected 0..3, found 4..7: no value of it fits"],
    ["rule r { s = «n» }", "TW0301", "expected mod 16, found 0..3"],
    ["rule r { s = «16» }", "TW0302", "expected 0..15, found 16: no value of it fits"],
    ["rule r { h = «IDLE» }", "TW0301", "expected Host, found Phase"],
    ["rule r { p = «{ x: 1, y: 2 } == p» }", "TW0301", "expected Point, found bool"],
    ["rule r { n = «o» }", "TW0301", "expected 0..3, found 0..3?"],
    ["rule r { a = «n» }", "TW0301", "expected array[Host] of 0..3, found 0..3"],
    ["rule r { set_ = «h» }", "TW0301", "expected set of Host, found Host"],
    ["rule r { n = «none» }", "TW0301", "expected 0..3, found none"],
    ["rule r { n = «{ }» }", "TW0301", "expected 0..3, found a record"],
    ["rule r { b = «[true]» }", "TW0301", "expected bool, found an array"],
    ["rule r { b = h == «n» }", "TW0301", "expected Host, found 0..3"],
    ["rule r { n = if b then 1 else «h» }", "TW0301", "expected 0..3, found Host"],
    ["rule r { b = «s» < 3 }", "TW0303", "`<` expected integers, found mod 16"],
    ["rule r { b = 3 < «s» }", "TW0303", "`<` expected integers, found mod 16"],
    ["rule r { b = «h» >= A }", "TW0303", "`>=` expected integers, found Host"],
    ["rule r { n = n + «b» }", "TW0303", "`+` expected integers, found bool"],
    ["rule r { s = «s» * 2 }", "TW0303", "`*` expected integers, found mod 16"],
    ["rule r { s = 1 + «s» }", "TW0303", "`+` expected integers, found mod 16"],
    ["rule r { s += «s» }", "TW0303", "`+` expected an integer, found mod 16"],
    ["rule r { s -= «s» }", "TW0301", "expected an integer, found mod 16"],
    ["rule r { b = before(«n», n) }", "TW0303", "`before` expected serial numbers, found 0..3"],
    ["rule r { b = h in «n» }", "TW0303", "`in` expected a set, found 0..3"],
    ["rule r { b = «s» in 0..3 }", "TW0303", "`in lo..hi` expected an integer, found mod 16"],
    [
      "rule r { b = «n» is none }",
      "TW0303",
      "`is none` expected a value that may be none, found 0..3",
    ],
    ["rule r { n = «n»! }", "TW0303", "`!` expected a value that may be none, found 0..3"],
    ["rule r { n = «n» ?? 1 }", "TW0303", "`??` expected a value that may be none, found 0..3"],
    ["rule r { n = size(«n») }", "TW0303", "`size` expected a set, found 0..3"],
    ["rule r { n = int(«n») }", "TW0301", "expected bool, found 0..3"],
    ["rule r { n = «n».x }", "TW0301", "expected a record with a field `x`, found 0..3"],
    ["rule r { n = «n»[A] }", "TW0301", "expected an array, found 0..3"],
    ["rule r { n = a[«n»] }", "TW0301", "expected Host, found 0..3"],
    ["rule r { p = p with { x: «b» } }", "TW0301", "expected 0..3, found bool"],
    ["rule r { p = «n» with { x: 1 } }", "TW0301", "expected a record, found 0..3"],
    [
      "rule r { for i in «n» { } }",
      "TW0301",
      "expected a type, a range, a network or a set, found 0..3",
    ],
    ["rule r { let k : Host = «n» }", "TW0301", "expected Host, found 0..3"],
    ["rule r { set_ = set { A, «n» } }", "TW0301", "expected Host, found 0..3"],
    ["rule r { a = [h2 in «0..1»: 1] }", "TW0301", "expected Host, found 0..1"],
  ];
  test.each(rows)("%s", (text, code, message) => {
    const [diagnostic] = expectErrors(setting + text, code);
    expect(diagnostic?.message).toBe(message);
  });

  test("`<` on serial numbers is helped with the function that is meant", () => {
    const [diagnostic] = expectErrors(`${setting} rule r { b = «s» < s }`, "TW0303");
    expect(diagnostic?.help).toBe("serial numbers wrap: write `before(x, y)`");
  });

  test("an optional value is helped with how to get at it", () => {
    const [diagnostic] = expectErrors(`${setting} rule r { n = «o» }`, "TW0301");
    expect(diagnostic?.help).toBe("it may be `none`: write `…!`, or `… ?? d` with a default");
  });
});

describe("other mistakes with types", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a literal of no known type", "rule r { let x = «none» }", "TW0304"],
    ["an empty set of no known type", "rule r { let x = «set { }» }", "TW0304"],
    [
      "too many arguments",
      "fn f(a: bool): bool = a\nvar x : bool\nrule r { x = «f»(true, false) }",
      "TW0305",
    ],
    ["too few arguments of a builtin", "var x : 0..3\nrule r { x = «min»(1) }", "TW0305"],
    ["too few binders", "event e(a: bool, b: bool)\nnever n : «e»(x)", "TW0305"],
    ["too many arguments of an event", "event e()\nrule r { emit «e»(1) }", "TW0305"],
    [
      "a field given twice",
      "record P { x : bool }\nvar p : P\nrule r { p = { x, «x» } }",
      "TW0306",
    ],
    [
      "a bare field that is no bool",
      "record P { x : 0..3 }\nvar p : P\nrule r { p = { «x» } }",
      "TW0307",
    ],
    [
      "a match without an arm",
      "enum P { X, Y }\nvar p : P\nrule r { «match p» { X => { p = Y } } }",
      "TW0310",
    ],
    [
      "a match over too many integers",
      "var n : 0..9\nrule r { n = «match n» { 0 => 1 } }",
      "TW0310",
    ],
    [
      "a pattern twice",
      "var n : bool\nrule r { match n { true => { } «true» => { } else => { } } }",
      "TW0311",
    ],
    [
      "a pattern of another type",
      "var n : bool\nrule r { match n { «3» => { } else => { } } }",
      "TW0301",
    ],
    [
      "a pattern that is no constant",
      "var n : bool\nrule r(k: bool) { match n { «k» => { } else => { } } }",
      "TW0319",
    ],
    ["a record as an index", "record P { x : bool }\nvar a : array[«P»] of bool", "TW0312"],
    ["a record as a parameter of a rule", "record P { x : bool }\nrule r(p: «P») { }", "TW0312"],
    [
      "a record to match",
      "record P { x : bool }\nvar p : P\nrule r { match «p» { else => { } } }",
      "TW0312",
    ],
    ["an empty range", "var n : «3..0»", "TW0313"],
    ["an odd serial space", "var n : mod «5»", "TW0313"],
    [
      "a wrong number of elements",
      "var a : array[bool] of bool\nrule r { a = «[true]» }",
      "TW0314",
    ],
    ["a type within itself", "type T = array[bool] of «T»", "TW0315"],
    ["a flag that is no field", "record P { x : bool when «y» }", "TW0316"],
    ["a flag that is no bool", "record P { y : 0..1  x : bool when «y» }", "TW0316"],
    [
      "a ghost as the flag of a field that is none",
      "record P { ghost y : bool  x : bool when «y» }",
      "TW0316",
    ],
    ["a division by zero", "var n : 0..3\nrule r { n = n % «0» }", "TW0317"],
    [
      "an index that is always outside",
      "var a : array[0..3] of bool\nrule r { a[«4»] = true }",
      "TW0317",
    ],
    [
      "no index where there is one",
      `${wire} process p[me: Host] { var x : bool } invariant i : «p».x`,
      "TW0318",
    ],
    [
      "an index where there is none",
      `${wire} process p { var x : bool } invariant i : «p[A]».x`,
      "TW0318",
    ],
    ["a constant that divides by zero", "const N = 0\nconst M = 3 / «N»", "TW0320"],
    ["a constant that indexes outside", "const X = [1, 2]\nconst Y = X[«2»]", "TW0320"],
    ["an initial value out of range", "const N = 4\nvar x : 0..3 = «N»", "TW0302"],
    ["a clock that is no serial number", "clock t : «0..3»", "TW0301"],
    [
      "a comparison of sets of different integers",
      "var a : set of 0..3\nvar b : set of 0..4\nrule r { a = «b» }",
      "TW0301",
    ],
    [
      "the distance of serial numbers of two sizes",
      "var a : mod 4\nvar b : mod 8\nvar n : 0..3\nrule r { n = a - «b» }",
      "TW0301",
    ],
    ["an array literal of two types", "rule r { let x = [1, «true»] }", "TW0301"],
    [
      "an event for a network in a domain",
      "event e()\ninvariant i : forall s in «e»: true",
      "TW0203",
    ],
  ];
  test.each(rows)("%s", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });
});

describe("limits", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a range beyond 32 bits", "var x : «0..5000000000»", "TW0601"],
    ["a serial space beyond 32 bits", "var x : mod «4294967296»", "TW0601"],
    ["a set of too many values", "var x : set of «0..30»", "TW0602"],
    [
      "arithmetic beyond 53 bits",
      "var x : 0..2000000000\nrule r when «x * x» * x > 7 { }",
      "TW0603",
    ],
    ["an array of too many elements", "var x : «array[0..4096] of bool»", "TW0604"],
    [
      "a state of too many parts",
      "var «x» : array[0..3000] of bool\nvar y : array[0..2000] of bool",
      "TW0604",
    ],
    ["a loop of too many rounds", "rule r { for i in «0..9999» { } }", "TW0605"],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("a set of 30 values is accepted", () => {
    expect(errorsIn("var x : set of 0..29\nrule r { x = x union set { 3 } }")).toEqual([]);
  });
});

describe("one mistake is told once", () => {
  const rows: readonly (readonly [string, string])[] = [
    [
      "an unknown type",
      "var x : «Hots»\nrule r when x == 3 and x { x = x + true  let y : bool = x }",
    ],
    ["an unknown value", "rule r { let y = «nope»  let z = y + 1  if z { let w = z.f[3]! } }"],
    ["an unknown argument", "fn f(a: 0..3): 0..3 = a\nvar n : 0..3\nrule r { n = f(«nope») }"],
    [
      "an unknown message",
      "network w carries «M» { capacity 1 }\nrule r { send w { a, b: none } }\nprocess p { on receive s { case x when s.a { let y = s.b } ignore } }",
    ],
    [
      "an unknown state type",
      "process p { state «S» = X  rule r in Y { -> Z }  rule t when state == X { } }\ninvariant i : p.state == q.r"
        .replace(" == X {", " == state {")
        .replace(" = X ", " ")
        .replace("\ninvariant i : p.state == q.r", "\ninvariant i : p.state == p.state"),
    ],
    ["an unknown constant in a type", "const N = «nope»\nvar x : 0..N\nrule r { x = N  x = true }"],
    ["an unknown network", "enum H { A }\nrule r { send «w» { f: none, g } to A from 3 }"],
    ["an unknown event", "never n : «e»(a, b) when a.f == b and a + 1 == 3"],
  ];
  test.each(rows)("%s", (_, text) => {
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0201"));
  });
});
