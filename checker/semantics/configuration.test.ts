import { describe, expect, test } from "vitest";
import { accept, checkFiles, errorsIn, marksIn, type Files } from "./marked-program.ts";
import { valueText } from "./index.ts";

/** The values of all constants, as text, with their sources. */
const constantsOf = (
  files: Files | string,
  options: Parameters<typeof checkFiles>[1] = {},
): Readonly<Record<string, string>> => {
  const all = typeof files === "string" ? { "main.tw": files } : files;
  const { program, diagnostics } = checkFiles(all, options);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return Object.fromEntries(
    program.constants.map(({ name, value, source }) => [name, `${valueText(value)} ${source}`]),
  );
};

const errorsOf = (
  files: Files | string,
  options: Parameters<typeof checkFiles>[1] = {},
): readonly string[] => {
  const all = typeof files === "string" ? { "main.tw": files } : files;
  return checkFiles(all, options)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, span, message }) => `${code} ${span.file}:${span.start} ${message}`);
};

describe("constants", () => {
  test("follow from each other in any order", () => {
    expect(constantsOf("const A = B + 1\nconst B = C * 2\nconst C = 3")).toEqual({
      A: "7 default",
      B: "6 default",
      C: "3 default",
    });
  });

  test("can be computed with everything that reads no variable", () => {
    const text = `
      enum Stack { LINUX, BSD }
      record Policy { strict : bool  wait : 0..9 when strict }
      fn wait(s: Stack): 0..9 = match s { LINUX => 3 BSD => 6 }
      const STACKS : array[bool] of Stack = [BSD, LINUX]
      const WAIT = [b in bool: wait(STACKS[b])]
      const MOST = max(WAIT[true], WAIT[false]) % 4
      const POLICY : Policy = { strict, wait: MOST }
      const LOOSE : Policy = POLICY with { strict: false }
      const GAP : 0..9? = if POLICY.strict then 3 else none
      const SURE = (GAP ?? 1) + GAP!
      const ODD : set of 0..7 = set { 1, 3, 5 } minus set { 3 }
      const MANY = count i in 0..7: i in ODD
      const SEQ : mod 16 = 15
      const NEXT = SEQ + 2
      const GONE = NEXT - SEQ
      const LATER = after(NEXT, SEQ)`;
    expect(constantsOf(text)).toEqual({
      STACKS: "[BSD, LINUX] default",
      WAIT: "[6, 3] default",
      MOST: "2 default",
      POLICY: "{ strict, wait: 2 } default",
      LOOSE: "{ } default",
      GAP: "3 default",
      SURE: "6 default",
      ODD: "set { 1, 5 } default",
      MANY: "2 default",
      SEQ: "15 default",
      NEXT: "1 default",
      GONE: "2 default",
      LATER: "true default",
    });
  });

  test.each([
    ["directly", "const A = «A»"],
    ["through another", "const A = B\nconst B = «A»"],
    ["through a type", "const N : 0..«N» = 3"],
    ["through a function", "const N = f()\nfn f(): 0..9 = «N»"],
  ])("cannot depend on themselves %s", (_, text) => {
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0506"));
  });

  test("lie in the range they declare", () => {
    const text = "const N : 0..3 = «2 * 2»";
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0505"));
  });
});

describe("overrides", () => {
  const text = `
    const MSL : 1..4 = 1
    const LEN : 0..12 = 2 * MSL + 1
    const FREE = 2
    check "two" { MSL = 2 } expect holds
    check "both" { MSL = 2, LEN = 2 * MSL } expect holds
    check "far" { FREE = 100 } expect holds`;

  test("of a check are followed by the defaults that mention them", () => {
    expect(constantsOf(text, { check: "two" })).toEqual({
      MSL: "2 check",
      LEN: "5 default",
      FREE: "2 default",
    });
  });

  test("mention constants with the values of their check", () => {
    expect(constantsOf(text, { check: "both" })["LEN"]).toBe("4 check");
  });

  test("of the command line are the strongest", () => {
    expect(constantsOf(text, { check: "both", set: ["MSL=3"] })).toEqual({
      MSL: "3 command-line",
      LEN: "6 check",
      FREE: "2 default",
    });
  });

  test("of a constant without a declared range may be any integer", () => {
    expect(constantsOf(text, { check: "far" })["FREE"]).toBe("100 check");
  });

  test("do not need the default they replace", () => {
    expect(
      constantsOf('const A = 1\nconst B = 9 / A\ncheck "c" { A = 0, B = 1 } expect holds', {
        check: "c",
      }),
    ).toEqual({ A: "0 check", B: "1 check" });
  });

  const perIndex = `
    enum Host { A, B }
    const LEN : array[Host] of 0..9 = [3, 4]
    check "one" { LEN[B] = 7 } expect holds
    check "all" { LEN = 5 } expect holds
    check "list" { LEN = [1, 2] } expect holds
    check "all but one" { LEN = 5, LEN[A] = 6 } expect holds`;

  test.each([
    ["one", "[3, 7] check"],
    ["all", "[5, 5] check"],
    ["list", "[1, 2] check"],
    ["all but one", "[6, 5] check"],
  ])("of an array: %s", (check, value) => {
    expect(constantsOf(perIndex, { check })).toEqual({ LEN: value });
  });

  test("of an element from the command line leave the rest to the check", () => {
    expect(constantsOf(perIndex, { check: "all", set: ["LEN[A]=1"] })).toEqual({
      LEN: "[1, 5] command-line",
    });
  });

  const rows: readonly (readonly [string, string, string])[] = [
    ["of an unknown constant", "MSI = 2", "TW0501 main.tw:85 there is no constant `MSI`"],
    ["of a variable", "x = 2", "TW0501 main.tw:85 `x` is a variable, not a constant"],
    ["of another type", "MSL = true", "TW0502 main.tw:91 `MSL` expected 1..4, found bool"],
    ["out of range", "MSL = 5", "TW0503 main.tw:91 `MSL` takes 1..4, found 5"],
    [
      "of a serial number out of range",
      "SEQ = 16",
      "TW0503 main.tw:91 `SEQ` takes mod 16, found 16",
    ],
    [
      "by an index where there is none",
      "MSL[0] = 2",
      "TW0507 main.tw:89 cannot override an element of `MSL`: it is no array but 1..4",
    ],
    [
      "with an index outside",
      "ARR[2] = true",
      "TW0507 main.tw:89 cannot override an element of `ARR`: the index is not in 0..1",
    ],
    [
      "by what is not constant",
      "MSL = x",
      "TW0210 main.tw:91 `x` is a variable, but only constants are known here",
    ],
    ["twice", "MSL = 1, MSL = 2", "TW0508 main.tw:94 `MSL` is overridden twice here"],
  ];
  test.each(rows)("%s are refused", (_, overrides, message) => {
    const declarations =
      "const MSL : 1..4 = 1\nconst SEQ : mod 16 = 0\nvar x : 0..MSL\nconst ARR = [true, true]\n";
    const program = `${declarations.slice(0, 73)}`;
    expect(program.length).toBe(73);
    const whole = `${declarations}check "c" { ${overrides} } expect holds`;
    const shift = declarations.length + 'check "c" { '.length - 85;
    const shifted = message.replace(
      /:(\d+) /u,
      (_all, place: string) => `:${Number(place) + shift} `,
    );
    expect(errorsOf(whole, { check: "c" })).toEqual([shifted]);
  });

  test("of the command line are refused at their place", () => {
    expect(errorsOf("const MSL : 1..4 = 1\nvar x : 0..MSL", { set: ["MSL=9"] })).toEqual([
      "TW0503 <command line>:4 `MSL` takes 1..4, found 9",
    ]);
  });

  test("can push a default out of its range, which is told at the default", () => {
    expect(
      errorsOf('const MSL = 1\nconst LEN : 0..9 = 9 * MSL\ncheck "c" { MSL = 2 } expect holds', {
        check: "c",
      }),
    ).toEqual(["TW0505 main.tw:33 `LEN` takes 0..9, but its value here is 18"]);
  });

  test("of another enum are told what there is", () => {
    const text = "enum Fish { COD, EEL }\nenum Bird { OWL }\nconst F : array [0..1] of Fish = COD";
    const helps = checkFiles({ "main.tw": text }, { set: ["F=OWL"] }).diagnostics.map(
      (it) => it.help,
    );
    expect(helps).toContain("one of COD, EEL");
  });

  test("that push a default out of its range are named, however far away", () => {
    const text =
      "const MSL = 1\nconst TWICE = 2 * MSL\nconst LEN : 0..9 = 3 * TWICE\nvar x : 0..LEN";
    const notesOf = (options: Parameters<typeof checkFiles>[1]) =>
      checkFiles({ "main.tw": text }, options)
        .diagnostics.filter(({ severity }) => severity === "error")
        .flatMap(({ code, notes }) => [code, ...notes.map(({ message }) => message)]);
    expect(notesOf({ set: ["MSL=2"] })).toEqual(["TW0505", "`MSL` is 2: the command line says so"]);
    expect(notesOf({ set: ["LEN=10"] })).toEqual(["TW0503"]);
  });

  test("cannot close a circle", () => {
    expect(
      errorsOf('const A = 1\nconst B = A\ncheck "c" { A = B } expect holds', { check: "c" }),
    ).toEqual(["TW0506 main.tw:22 the value of `A` depends on itself"]);
  });
});

describe("`set`", () => {
  const base = "const MSL : 1..4 = 1\nvar base : 0..MSL\nrule b { base = 0 }";

  test("gives an imported constant another default", () => {
    const files = { "main.tw": 'import "base.tw"\nset MSL = 3', "base.tw": base };
    expect(constantsOf(files)).toEqual({ MSL: "3 set" });
  });

  test("of the file nearest to the entry wins, also over two that contradict each other", () => {
    const files = {
      "main.tw": 'import "a.tw"\nimport "b.tw"\nset MSL = 4',
      "a.tw": 'import "base.tw"\nset MSL = 2',
      "b.tw": 'import "base.tw"\nset MSL = 3',
      "base.tw": base,
    };
    expect(constantsOf(files)).toEqual({ MSL: "4 set" });
  });

  test("of two files of equal rank is refused", () => {
    const files = {
      "main.tw": 'import "a.tw"\nimport "b.tw"',
      "a.tw": 'import "base.tw"\nset MSL = 2',
      "b.tw": 'import "base.tw"\nset MSL = 3',
      "base.tw": base,
    };
    expect(errorsOf(files)).toEqual(["TW0504 b.tw:21 `MSL` is set twice with equal rank"]);
  });

  test("is weaker than a check", () => {
    const files = {
      "main.tw": 'import "base.tw"\nset MSL = 3\ncheck "c" { MSL = 2 } expect holds',
      "base.tw": base,
    };
    expect(constantsOf(files, { check: "c" })).toEqual({ MSL: "2 check" });
  });

  test("of the file's own constant is refused", () => {
    const text = "const MSL = 1\nset «MSL» = 2";
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0509"));
  });

  test("out of range is refused at its place", () => {
    const files = { "main.tw": 'import "base.tw"\nset MSL = 9', "base.tw": base };
    expect(errorsOf(files)).toEqual(["TW0503 main.tw:27 `MSL` takes 1..4, found 9"]);
  });
});

describe("assumptions", () => {
  test("are evaluated under the configuration", () => {
    const text = 'const N = 1\nassume N < 3, "few"\ncheck "c" { N = 4 } expect holds';
    const holds = (check: string): readonly boolean[] =>
      accept(text, { check }).assumptions.map((it) => it.holds);
    expect([holds(""), holds("c")]).toEqual([[true], [false]]);
  });
});

describe("checks and sweeps", () => {
  const setting =
    "const MSL : 1..4 = 1\nconst ON = true\nvar x : 0..3\nrule r when ON { x = MSL }\ninvariant p : x < 3\ninvariant q : x < 3\n";
  const rows: readonly (readonly [string, string, string])[] = [
    ["two checks of one name", 'check "c" expect holds\ncheck «"c"» expect holds', "TW0510"],
    ["a property that is not selected", 'check "c" only p expect violated «q»', "TW0512"],
    ["an unknown kind of error", 'check "c" expect error «overflow»', "TW0512"],
    ["a negative figure", 'check "c" expect holds in «0 - 1» states', "TW0512"],
    ["a figure that is no integer", 'check "c" expect holds in «true» states', "TW0301"],
    ["a variable as a figure", 'check "c" expect holds in «x» states', "TW0210"],
    ["an override in a check that is not run", 'check "c" { MSL = «true» } expect holds', "TW0502"],
    ["an axis over an unknown constant", 'sweep "s" { «MSI» in 1..3 }', "TW0501"],
    ["an axis of another type", 'sweep "s" { ON in «1..3» }', "TW0511"],
    ["an axis twice", 'sweep "s" { MSL in 1..3, «MSL» = 2 }', "TW0508"],
    ["a `least` that is no axis", 'sweep "s" { MSL = 2 } least «MSL»', "TW0511"],
    ["a `least` that is no integer", 'sweep "s" { ON in bool } least «ON»', "TW0511"],
    [
      "an expected least that is no integer",
      'sweep "s" { MSL in 1..3 } least MSL expect least == «true»',
      "TW0301",
    ],
    [
      "an expected least that is the swept value",
      'sweep "s" { MSL in 1..3 } least MSL expect least == «MSL» + 1',
      "TW0513",
    ],
    [
      "an expected least that follows the swept value",
      'const LEN = far()\nfn far() : 0..9 = 2 * MSL\nsweep "s" { MSL in 1..3 } least MSL expect least == «LEN»',
      "TW0513",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(setting + text)).toEqual(marksIn(setting + text, code));
  });

  test("of all forms are accepted", () => {
    expect(
      errorsIn(`${setting}
      check "a" { MSL = 2, ON = false } only p, q expect violated p, q in 3 steps
      check "b" expect error range, assert in 3 states, 4 transitions
      check "c" only p, deadlock expect violated deadlock
      sweep "d" { MSL in 1..3, ON in bool } only p least MSL expect least == (if ON then 2 else 3)
      sweep "e" { MSL in 1..3 } least MSL expect least == none
      const LEN = MSL + 1
      sweep "f" { MSL in 1..3, LEN = 2 } least MSL expect least == LEN
      sweep "g" { LEN in 1..3, MSL in 1..3 } least LEN expect least == MSL`),
    ).toEqual([]);
  });
});

test("a constant is used by a `set` that mentions it, also where a check gives another value", () => {
  const files = {
    "stack.tw": "const RUNS : bool = false\nvar x : bool\nrule r when RUNS { x = not x }",
    "main.tw":
      'import "stack.tw"\nconst SERVES : bool = true\nset RUNS = SERVES\n' +
      'check "as set" expect holds\ncheck "otherwise" { RUNS = false } expect holds',
  };
  for (const check of ["as set", "otherwise"]) {
    expect(checkFiles(files, { check }).diagnostics.map(({ message }) => message)).toEqual([]);
  }
});
