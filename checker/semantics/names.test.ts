import { describe, expect, test } from "vitest";
import { checkFiles, errorsIn, expectErrors, marksIn, wire } from "./marked-program.ts";

describe("unknown names", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a value", "var x : bool\nrule r when «lastAkc» { x = true }", "TW0201"],
    ["a type", "var x : «Hots»\nrule r { x = x }", "TW0201"],
    ["a network", `${wire} rule r { send «wires» { } from A to B }`, "TW0201"],
    ["a message", "network w carries «M» { capacity 1 }", "TW0201"],
    ["an event", "rule r { emit «boom»(1) }", "TW0201"],
    ["a procedure", "rule r { «jump»(1, none) }", "TW0201"],
    ["a function", "var x : bool\nrule r { x = «f»(1) }", "TW0201"],
    ["an extended process", "extend «tpc» { }", "TW0201"],
    ["a field", `${wire} invariant i : forall s in wire: s.«sin»`, "TW0204"],
    [
      "a field of a literal",
      `${wire} rule r { send wire { «sin», life: 1 } from A to B }`,
      "TW0204",
    ],
    ["a member", `process p { var x : bool } invariant i : p.«y»`, "TW0204"],
    ["a state in `in`", `${wire} process p { state Phase  rule r in «IDEL» { } }`, "TW0208"],
    ["a state in `->`", `${wire} process p { state Phase  rule r { -> «A» } }`, "TW0208"],
    ["a property in `only`", 'check "c" only «p1» expect holds', "TW0211"],
    ["a property in `violated`", 'check "c" expect violated «p1»', "TW0211"],
  ];
  test.each(rows)("%s is reported at its place", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("the nearest known name is offered", () => {
    const [diagnostic] = expectErrors(
      "var lastAck : bool\nrule r when «lastAkc» { lastAck = true }",
      "TW0201",
    );
    expect(diagnostic?.help).toBe("did you mean `lastAck`?");
  });

  test.each([
    ["a type", "var x : «boool»\nrule r { x = true }", "bool"],
    ["a value", "var x : bool\nrule r { x = «ture» }", "true"],
    ["an option's nothing", "var x : bool?\nrule r { x = «nonne» }", "none"],
    ["a builtin function", "var x : 0..3\nrule r { x = «mni»(x, 1) }", "min"],
  ])("a word of the language is offered for %s", (_, text, word) => {
    const [diagnostic] = expectErrors(text, "TW0201");
    expect(diagnostic?.help).toBe(`did you mean \`${word}\`?`);
  });

  test("nothing far away is offered", () => {
    const [diagnostic] = expectErrors("var x : bool\nrule r when «missing» { x = true }", "TW0201");
    expect(diagnostic?.help).toBeUndefined();
  });

  test("members of another process are not in scope", () => {
    const text =
      "process p { var x : bool  rule r { x = true } }\nprocess q { rule r { «x» = true } }";
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0201"));
  });

  test("members of a conditional extension are not in scope of another body", () => {
    const text = `${wire}
      process p[me: Host] { rule r { «extra» = true } }
      extend p when me == A { var extra : bool  rule s { extra = true } }`;
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0201"));
  });

  test("members of an extension of all instances are in scope of every body", () => {
    expect(
      errorsIn(`${wire}
      process p[me: Host] { rule r { extra = true } }
      extend p { var extra : bool }`),
    ).toEqual([]);
  });
});

describe("names that mean two things", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["two globals", "var x : bool\nconst «x» = 3", "TW0202"],
    ["two members of enums", "enum A { ONE }\nenum B { «ONE» }", "TW0202"],
    ["a member and a global", "var x : bool\nprocess p { var «x» : bool }", "TW0202"],
    ["two fields", "record R { a : bool  «a» : 0..3 }", "TW0202"],
    ["two members", "process p { var x : bool  timer «x» }", "TW0202"],
    ["a rule parameter and a variable", "var x : 0..3\nrule r(«x»: 0..3) { }", "TW0205"],
    ["a `let` and a parameter", "rule r(k: 0..3) { let «k» = 1 }", "TW0205"],
    [
      "a binder and an enum member",
      "enum H { A, B }\ninvariant i : forall «A» in H: true",
      "TW0205",
    ],
    ["a binder and a binder", "invariant i : forall a in bool: forall «a» in bool: a", "TW0205"],
    ["a process index and a member", "process p[«x»: bool] { var x : bool }", "TW0205"],
    [
      "a local called state",
      "enum P { X }\nprocess p { state P  rule r { let «state» = 1 } }",
      "TW0205",
    ],
    ["a function and a builtin", "fn «min»(a: bool): bool = a", "TW0209"],
    ["a procedure of a process and a builtin", "process p { proc «left»() { } }", "TW0209"],
  ];
  test.each(rows)("%s cannot share one", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("both places are told", () => {
    const [diagnostic] = expectErrors("var x : bool\nconst «x» = 3", "TW0202");
    expect(diagnostic?.notes).toEqual([
      {
        message: "`x` is first declared here",
        span: { file: "main.tw", start: 4, end: 5 },
      },
    ]);
  });

  test("locals one after the other can", () => {
    expect(
      errorsIn("rule r { if true { let k = 1 } else { let k = 2 } }\nrule s(k: 0..3) { }"),
    ).toEqual([]);
  });

  test("two processes can have members of one name", () => {
    expect(
      errorsIn(
        "process p { var x : bool }\nprocess q { var x : 0..3 }\ninvariant i : p.x implies q.x == 0",
      ),
    ).toEqual([]);
  });

  test("a rule can be called as an event is", () => {
    expect(errorsIn("event close()\nprocess p { rule close { emit close() } }")).toEqual([]);
  });
});

describe("names of the wrong kind", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a type as a value", "enum H { A }\nvar x : bool\nrule r { x = «H» }", "TW0203"],
    ["a value as a type", "const N = 3\nvar x : «N»", "TW0203"],
    ["a procedure as a function", "proc p() { }\nvar x : bool\nrule r { x = «p»() }", "TW0203"],
    ["a function as a procedure", "fn f(): bool = true\nrule r { «f»() }", "TW0203"],
    [
      "a function without a call",
      "fn f(): bool = true\nvar x : bool\nrule r { x = «f» }",
      "TW0203",
    ],
    ["a timer as a value", "process p { timer t  rule r when «t» { } }", "TW0203"],
    [
      "a record as a message",
      "record R { x : bool }\nnetwork w carries «R» { capacity 1 }",
      "TW0203",
    ],
    ["a variable as a network", "var x : bool\nrule r { send «x» { } }", "TW0203"],
    ["a global as an extended process", "var x : bool\nextend «x» { }", "TW0203"],
    ["a record as a control state", "record R { x : bool }\nprocess p { state «R» }", "TW0203"],
    ["an event as a value", "event e()\nvar x : bool\nrule r { x = «e»() }", "TW0419"],
    ["a variable as an event", "var x : bool\nnever n : «x»()", "TW0419"],
  ];
  test.each(rows)("%s is reported", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });
});

describe("variables where constants are needed", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["the bound of a type", "var n : 0..3\nvar m : 0..«n»"],
    ["an initial value", "var n : 0..3\nvar m : 0..3 = «n»"],
    ["a constant", "var n : 0..3\nconst C = «n»"],
    ["a capacity", "var n : 0..3\nmessage M { f : bool }\nnetwork w carries M { capacity «n» }"],
    ["an assumption", 'var n : 0..3\nassume «n» == 3, "three"'],
    ["the condition of an extension", "var x : bool\nprocess p { }\nextend p when «x» { }"],
    ["an initial value in a process", "process p { var n : 0..3  var m : 0..3 = «n» }"],
  ];
  test.each(rows)("%s is refused", (_, text) => {
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0210"));
  });

  test("a local is called not constant, for it has a name", () => {
    const text = "rule r(k: 0..3) { for i in 0..«k» { } }";
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0319"));
  });
});

describe("imports", () => {
  const codes = (files: Readonly<Record<string, string>>): readonly string[] =>
    checkFiles(files).diagnostics.map(
      ({ code, span }) => `${code} ${span.file} ${span.start}..${span.end}`,
    );

  test("are relative to the importer and read once, before it", () => {
    const { modules, diagnostics } = checkFiles({
      "main.tw": 'import "lib/a.tw"\nimport "lib/b.tw"\ninvariant i : a and b',
      "lib/a.tw": 'import "../base.tw"\nvar a : bool',
      "lib/b.tw": 'import "./../base.tw"\nvar b : bool\nrule r { b = base }',
      "base.tw": "var base : bool",
    });
    expect(diagnostics).toEqual([]);
    expect(modules.list.map(({ file, distance }) => [file, distance])).toEqual([
      ["base.tw", 2],
      ["lib/a.tw", 1],
      ["lib/b.tw", 1],
      ["main.tw", 0],
    ]);
  });

  test("of the package are asked for as they are written", () => {
    const { modules } = checkFiles({
      "main.tw": 'import "timewait:spec/a.tw"',
      "timewait:spec/a.tw": 'import "b.tw"',
      "timewait:spec/b.tw": "",
    });
    expect(modules.list.map(({ file }) => file)).toEqual([
      "timewait:spec/b.tw",
      "timewait:spec/a.tw",
      "main.tw",
    ]);
  });

  test("that cannot be read are reported, and names they may declare are not", () => {
    expect(codes({ "main.tw": 'import "gone.tw"\ninvariant i : gone > 3' })).toEqual([
      "TW0206 main.tw 7..16",
    ]);
  });

  test("that cannot be read may declare processes and timers, too", () => {
    const text =
      'import "gone.tw"\ninit { start tcp[A].tw(2) }\nextend tcp { on expire t { stop u } }';
    expect(codes({ "main.tw": text })).toEqual(["TW0206 main.tw 7..16"]);
    expect(codes({ "main.tw": text.replace('import "gone.tw"', "") })).toContain(
      "TW0412 main.tw 14..23",
    );
  });

  test("in a circle are reported where the circle closes, with the circle", () => {
    const files = {
      "main.tw": 'import "a.tw"',
      "a.tw": 'import "b.tw"',
      "b.tw": 'import "a.tw"',
    };
    expect(codes(files)).toEqual(["TW0207 b.tw 7..13"]);
    expect(checkFiles(files).diagnostics[0]?.notes[0]?.message).toBe(
      "the cycle is a.tw -> b.tw -> a.tw",
    );
  });

  test("share one namespace", () => {
    expect(codes({ "main.tw": 'import "a.tw"\nvar x : bool', "a.tw": "var x : 0..3" })).toEqual([
      "TW0430 a.tw 4..5",
      "TW0202 main.tw 18..19",
    ]);
  });
});
