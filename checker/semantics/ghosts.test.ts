import { describe, expect, test } from "vitest";
import { errorsIn, expectErrors, marksIn, warningsIn, wire } from "./marked-program.ts";

const setting = `${wire}
event seen(n: 0..3)
ghost var g : 0..3
ghost var gb : bool
ghost var gs : set of Host
var n : 0..3
var b : bool
var a : array[0..3] of bool
record Note { x : bool  ghost mark : 0..3 }
var note : Note
fn twice(k: 0..3): 0..6 = k + k
fn ghostly(): bool = g > 1
proc store(k: 0..3) { n = k }
proc mark(k: 0..3) { g = k }
invariant reads : g > 0 or gb or A in gs or note.mark > 0
`;

describe("ghosts flow nowhere but into ghosts, `emit` and properties", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a variable", "rule r { n = «g» }", "TW0401"],
    ["a variable through arithmetic", "rule r { n += «g» }", "TW0401"],
    ["a variable through a `let`", "rule r { let k = g + 1  n = «k» }", "TW0401"],
    ["a variable through a function's argument", "rule r { n = «twice(g)» }", "TW0401"],
    ["a variable through a function's body", "rule r { b = «ghostly()» }", "TW0401"],
    ["a variable through a ghost field", "rule r { n = «note.mark» }", "TW0401"],
    ["a variable through a choice of values", "rule r { n = if «gb» then 1 else 2 }", "TW0401"],
    ["a variable through a match", "rule r { n = match «g» { 0 => 1 else => 2 } }", "TW0401"],
    ["a variable through a quantifier", "rule r { b = exists h in «gs»: h == A }", "TW0401"],
    ["a variable through a comparison of records", "rule r { b = «note == { x }» }", "TW0401"],
    ["an ordinary field of a record", "rule r { note = { x: «gb» } }", "TW0401"],
    [
      "an ordinary field of a segment",
      "rule r { send wire { fin: «gb», life: g } from A to B }",
      "TW0401",
    ],
    ["an address", "rule r { send wire { life: g } from A to if «gb» then A else B }", "TW0401"],
    ["the choice of an element", "rule r { a[«g»] = true }", "TW0401"],
    ["an assertion", 'rule r { assert «gb», "no" }', "TW0401"],
    ["a timer", "process p { timer t  rule r { start t(«g») } }", "TW0401"],
    ["a guard", "rule r when «gb» { }", "TW0402"],
    ["a bound", "bound few : n < 3 and «g» < 3", "TW0402"],
    ["a bound through a function", "bound few : not «ghostly()»", "TW0402"],
    ["a choice", "rule r { choose k in 0..3 when k == «g» { } }", "TW0402"],
    ["the candidates of a choice", "rule r { choose h in «gs» { } }", "TW0402"],
    ["a branch with an assignment", "rule r { if «gb» { n = 1 } }", "TW0402"],
    ["the other branch", "rule r { if «gb» { } else { n = 1 } }", "TW0402"],
    [
      "an arm with a send",
      "rule r { match «g» { 0 => { send wire { life: g } from A to B } else => { } } }",
      "TW0402",
    ],
    ["a loop with an assignment", "rule r { for h in «gs» { n = 1 } }", "TW0402"],
    ["a branch with a procedure that assigns", "rule r { if «gb» { store(1) } }", "TW0402"],
    ["a branch with a choice", "rule r { if «gb» { either { } or { } } }", "TW0402"],
    [
      "the age of a segment in a case",
      "process p[me: Host] { on receive s { case old when «s.age» == 1 { } ignore } }",
      "TW0402",
    ],
    [
      "a ghost field in a case of a stage",
      "process p[me: Host] { on receive s { stage x { case old when «s.life» == 1 { } } } }",
      "TW0402",
    ],
  ];
  test.each(rows)("not into %s", (_, text, code) => {
    expect(errorsIn(setting + text)).toEqual(marksIn(setting + text, code));
  });

  test("not through a procedure's parameter: the way is told", () => {
    const text = "rule r { store(g) }";
    const marked = setting.replace("{ n = k }", "{ n = «k» }") + text;
    const [diagnostic] = expectErrors(marked, "TW0401");
    const unmarked = marked.replaceAll(/[«»]/gu, "");
    const start = unmarked.indexOf("store(g)") + "store(".length;
    expect(diagnostic?.message).toBe("ghost `g` would flow into `n`");
    expect(diagnostic?.notes).toEqual([
      { message: "`k` takes it here", span: { file: "main.tw", start, end: start + 1 } },
    ]);
  });

  test("what would depend on a ghost's condition is told", () => {
    const [diagnostic] = expectErrors(`${setting} rule r { if «gb» { n = 1 } }`, "TW0402");
    expect(diagnostic?.message).toBe("ghost `gb` would decide an assignment to `n`");
    expect(diagnostic?.notes.map(({ message }) => message)).toEqual(["this would depend on it"]);
  });

  test("one condition is told once, however much it decides", () => {
    const text = `${setting} rule r { if «gb» { n = 1  b = true  a[2] = false } }`;
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0402"));
  });

  test.each([
    ["a ghost", "rule r { g = if gb then g else 1 }"],
    [
      "a ghost through a `let` and a function",
      "fn id(k: 0..3): 0..3 = k\nrule r { let k = id(g)  g = k }",
    ],
    ["a ghost through a procedure", "rule r { mark(g) }"],
    [
      "a ghost field",
      "rule r { note.mark = g  note = { x, mark: g }  note = note with { mark: g } }",
    ],
    ["a ghost field of a segment", "rule r { send wire { fin, life: g } from A to B }"],
    ["an event", "rule r { emit seen(g)  if gb { emit seen(1)  g = 2  mark(1) } }"],
    ["a loop of ghost assignments", "rule r { for h in gs { gb = true } }"],
    ["a copy of the record around it", "rule r { let copy = note  note = copy  b = copy.x }"],
    ["an ordinary value beside it", "rule r { g = n  n = 1 }"],
    [
      "the ghost that an age is",
      "ghost var oldest : 0..1\ninvariant i : oldest == 0\nprocess p[me: Host] { on receive s { else { oldest = s.age } } }",
    ],
    ["what may be final", "final : g < 3"],
  ])("but into %s", (_, text) => {
    expect(errorsIn(setting + text)).toEqual([]);
  });
});

describe("a literal of a message gives every ghost field", () => {
  test("a literal that leaves one out is refused", () => {
    const text = `${setting} rule r { send wire «{ fin }» from A to B }`;
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0403"));
  });

  test("in every branch", () => {
    const text = `${setting} rule r { send wire if b then { life: 1 } else «{ fin }» from A to B }`;
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0403"));
  });

  test.each([
    ["given a name first", "rule r { let m : Segment = «{ fin }»  send wire m from A to B }"],
    [
      "handed to a procedure",
      "proc put(m: Segment) { send wire m from A to B }\nrule r { put(«{ fin }») }",
    ],
    ["kept in a variable", "var last : Segment\nrule r { last = «{ fin }» }"],
    [
      "made by a function",
      "fn made(): Segment = «{ fin }»\nrule r { send wire made() from A to B }",
    ],
  ])("also one that is %s", (_, text) => {
    expect(errorsIn(`${setting} ${text}`)).toEqual(marksIn(`${setting} ${text}`, "TW0403"));
  });

  test("a copy of a segment has it already", () => {
    expect(
      errorsIn(
        `${setting} process p[me: Host] { on receive s { else { send wire s with { fin } to me } } }`,
      ),
    ).toEqual([]);
  });
});

describe("warnings", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a constant", "const «N» = 3", "TW0430"],
    ["a type", "type «T» = bool", "TW0430"],
    ["an enum", "enum «E» { X }", "TW0430"],
    ["a record", "record «R» { x : bool }", "TW0430"],
    ["a message", "message «M» { x : bool }", "TW0430"],
    ["a network", "message M { x : bool }\nnetwork «n» carries M { capacity 1 }", "TW0430"],
    ["an event", "event «e»()", "TW0430"],
    ["a function", "fn «f»(): bool = true", "TW0430"],
    ["a procedure", "proc «p»() { }", "TW0430"],
    ["a variable", "var «x» : bool", "TW0430"],
    ["a timer", "process p { timer «t» }", "TW0430"],
    ["a member", "process p { var «x» : bool }", "TW0430"],
    ["a `let`", "rule r { let «k» = 1 }", "TW0430"],
    ["a ghost that only counts itself", "ghost var «g» : 0..3\nrule r { g += 1 }", "TW0431"],
    [
      "a ghost field that nothing reads",
      "message M { ghost «g» : 0..3 }\nnetwork n carries M { capacity 1 }\nrule r { send n { g: 1 } }",
      "TW0431",
    ],
    [
      "a constant that is only overridden",
      'const «N» = 3\ncheck "c" { N = 2 } expect holds',
      "TW0430",
    ],
  ];
  test.each(rows)("tell of %s", (_, text, code) => {
    expect(warningsIn(text)).toEqual(marksIn(text, code));
  });

  test.each([
    ["a name that begins with `_`", "const _N = 3\nrule r { let _k = 1 }"],
    [
      "an enum of which one member is used",
      "enum E { X, Y }\nvar b : bool\nrule r when X == X { b = true }",
    ],
    [
      "a ghost that another ghost reads",
      "ghost var g, h : bool\nrule r { g = h }\ninvariant i : g",
    ],
    [
      "a ghost that an event takes",
      "event e(n: 0..3)\nghost var g : 0..3\nrule r { g = 1  emit e(g) }\nnever n : e(x) when x == 2",
    ],
    [
      "a network that is received without being named",
      "message M { x : bool }\nnetwork n carries M { capacity 1 }\nprocess p { on receive s { ignore } }",
    ],
  ])("do not tell of %s", (_, text) => {
    expect(warningsIn(text)).toEqual(marksIn(text));
  });
});
