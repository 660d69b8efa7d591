// The built program as users and scripts meet it: exit codes, streams, options, bad input, signals.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, type Workshop, workshop } from "./program.ts";

const counter = (rest: string): string =>
  `const TOP : 0..9 = 3\nvar n : 0..9\nrule up when n < TOP { n += 1 }\nrule back when n == TOP { n = 0 }\n${rest}\n`;

const files = {
  "holds.tw": counter("invariant small : n <= TOP"),
  "safety.tw": counter("invariant small : n < 3"),
  "deadlock.tw": "var n : 0..3\nrule up when n < 3 { n += 1 }\n",
  "stuck.tw":
    "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\nrecoverable back : n == 2 can reach n == 0\n",
  "error.tw": "var n : 0..3\nrule up { n += 1 }\n",
  "unmet.tw": counter("reachable far : n == 5"),
  "missing-violation.tw": counter('invariant small : n <= TOP\ncheck "weak" expect violated small'),
  "expected.tw": counter('invariant small : n < 3\ncheck "weak" expect violated small in 3 steps'),
  "pinned.tw": counter('check "all" expect holds in 5 states'),
  "dead.tw": counter("rule never_up when n == 9 { n = 8 }"),
  "assumption.tw": counter(
    'assume TOP < 5, "the top is low"\ncheck "a" expect holds\nsweep "s" { TOP in 3..6 } least TOP',
  ),
  "skipped.tw": counter(
    'const ROOM : 1..4 = 1\nassume ROOM > 1, "there is room"\n' +
      'sweep "all" { TOP in 1..3 } least TOP expect least == none\n' +
      'sweep "one row" { ROOM in 1..2, TOP in 1..3 } least TOP\n' +
      'sweep "each" { TOP in 1..3 }',
  ),
  "sweep.tw": counter(
    'invariant small : n < 3\nsweep "least top" { TOP in 1..2 } only small least TOP expect least == 1\n' +
      'sweep "none" { TOP in 3..5 } least TOP expect least == none\n' +
      'sweep "wrong" { TOP in 1..2 } only small least TOP expect least == 2',
  ),
  "two.tw": counter(
    'invariant small : n < 3\ncheck "first" { TOP = 2 } expect holds\ncheck "second" expect violated small',
  ),
  // Some 10^12 states: nobody waits for its end.
  "endless.tw":
    "var a, b, c, d : 0..999\nrule a { a = (a + 1) % 1000 }\nrule b { b = (b + 1) % 1000 }\n" +
    "rule c { c = (c + 1) % 1000 }\nrule d { d = (d + 1) % 1000 }\ninvariant fine : a + b >= 0\n",
  "five.tw":
    "var n : 0..3\nvar n : bool\nrule up when m < 3 { n += 1 }\nrule down when n { n -= true }\ninvariant i : n <\n",
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const check = (...words: readonly string[]): Ended => shop.check(words);

const codes = ({ err }: Ended): readonly string[] =>
  [...err.matchAll(/^\w+\[(TW\d+)\]/gm)].map((it) => it[1] ?? "");

/** Without what varies from run to run. */
const timeless = (text: string): string =>
  text
    .replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0')
    .replaceAll(/, [\d.]+ s$/gm, ", 0 s")
    .replaceAll(/\sin\s+[\d.]+\s+s\s+of\s+search\.$/gm, " in 0 s of search.");

describe("exit codes", () => {
  test.each([
    ["everything as expected", ["holds.tw"], 0],
    ["an expected violation", ["expected.tw"], 0],
    ["a false assumption", ["assumption.tw", "--set", "TOP=6"], 10],
    ["a deadlock", ["deadlock.tw"], 11],
    ["a violated invariant", ["safety.tw"], 12],
    ["an unrecoverable state", ["stuck.tw"], 13],
    ["a model error", ["error.tw"], 14],
    ["an unmet reachable", ["unmet.tw"], 15],
    ["a missing violation", ["missing-violation.tw"], 15],
    ["another figure than pinned", ["pinned.tw"], 15],
    ["an unmet sweep", ["sweep.tw"], 15],
    ["a met sweep", ["sweep.tw", "--check", "least top"], 0],
    ["a sweep whose points are all skipped", ["skipped.tw", "--check", "all"], 10],
    ["a row of skipped points", ["skipped.tw", "--check", "one row"], 10],
    ["skipped points and no least value", ["skipped.tw", "--check", "each"], 10],
    ["a sweep that a limit cuts", ["sweep.tw", "--max-states", "2"], 20],
    ["no least value", ["sweep.tw", "--check", "none"], 0],
    ["a limit of states", ["endless.tw", "--max-states", "1000"], 20],
    ["a limit of time", ["endless.tw", "--timeout", "1"], 20],
    ["a limit of memory", ["endless.tw", "--memory", "1M"], 20],
    ["an unknown option", ["holds.tw", "--colour"], 64],
    ["no file", [], 64],
    ["an unknown check", ["two.tw", "--check", "third"], 64],
    ["an unknown property", ["two.tw", "--only", "large"], 64],
    ["mistakes in the text", ["five.tw"], 65],
    ["a missing file", ["none.tw"], 66],
    ["violation before deadlock", ["deadlock.tw", "safety.tw"], 12],
    ["model error before violation", ["safety.tw", "error.tw"], 14],
    ["missing file before mistakes", ["five.tw", "none.tw", "error.tw"], 66],
  ])("%s", (_, words, code) => {
    expect(check(...words).code).toBe(code);
  });

  test("mode flags do not change the code", () => {
    for (const flag of ["--json", "--quiet", "--trace=full", "--color=always"])
      expect(check("safety.tw", flag).code).toBe(12);
  });
});

describe("limits", () => {
  test.each([[["--max-states", "1000"]], [["--timeout", "1"]], [["--memory", "1M"]]])(
    "%j ends as incomplete, never as holds",
    (limit) => {
      const { out, code } = check("endless.tw", ...limit);
      expect(code).toBe(20);
      expect(out).toMatch(/incomplete/);
      expect(out).not.toMatch(/holds, as expected|as expected;| holds$/m);
      const json = JSON.parse(check("endless.tw", "--json", ...limit).out) as {
        files: {
          checks: { met: boolean; complete: boolean; properties: { verdict: string }[] }[];
        }[];
      };
      expect(json.files[0]?.checks[0]).toMatchObject({ met: false, complete: false });
      expect(json.files[0]?.checks[0]?.properties.map((it) => it.verdict)).toEqual([
        "unknown",
        "unknown",
      ]);
    },
  );

  test("a violation found before the limit is a violation", () => {
    shop.write("soon.tw", `${files["endless.tw"]}invariant soon : a + b < 3\n`);
    expect(check("soon.tw", "--max-states", "1000").code).toBe(12);
  });
});

describe("streams", () => {
  test("results go to standard output, and nothing else goes anywhere", () => {
    expect(check("holds.tw").err).toBe("");
    expect(check("safety.tw").err).toBe("");
  });

  test("mistakes go to standard error", () => {
    const { out, err } = check("five.tw");
    expect(out).toBe("");
    expect(err).toMatch(/^error\[TW/);
  });

  test("--quiet leaves out what is as expected", () => {
    expect(timeless(check("holds.tw", "--quiet").out)).toMatch(/^✓ 1 check as expected;.*\n$/);
    // The last line is about both files; what stands before it is what the wrong one says alone.
    const withoutEnd = (text: string): string => text.replace(/[^\n]*\n$/, "");
    const { out, code } = check("holds.tw", "safety.tw", "--quiet");
    expect([code, timeless(withoutEnd(out))]).toEqual([
      12,
      timeless(withoutEnd(check("safety.tw").out)),
    ]);
  });

  test("a reader that goes away ends the program quietly", () => {
    const { out, err } = shop.shell("$CHECK error.tw safety.tw | head -1; echo ${PIPESTATUS[0]}");
    expect(out).toMatch(/^error\.tw\n\d+\n$/);
    expect(err).toBe("");
  });
});

test("a result that cannot be written is an I/O error", () => {
  expect(shop.shell("$CHECK holds.tw > /dev/full")).toMatchObject({ code: 74, out: "" });
});

describe("files are made also where nobody reads what is said", () => {
  const report = (name: string): string => readFileSync(join(shop.folder, name), "utf8");

  test.each([
    ["a reader that goes away", "> >(true)", ""],
    ["a device that is full", "> /dev/full", "check: cannot write: "],
  ])("%s", (_, where, said) => {
    const words = "error.tw holds.tw --junit heard.xml --sarif heard.sarif --lock heard.lock";
    for (const it of ["heard.xml", "heard.sarif", "heard.lock"]) {
      rmSync(join(shop.folder, it), { force: true });
    }
    const { code, err } = shop.shell(`$CHECK ${words} --update-lock ${where}`);
    expect([code, err.startsWith(said)]).toEqual([74, true]);
    expect(report("heard.xml")).toContain("</testsuites>");
    expect(JSON.parse(report("heard.sarif"))).toMatchObject({
      runs: [{ invocations: [{ executionSuccessful: true }] }],
    });
    expect(report("heard.lock")).toContain('["holds.tw"');
  });
});

describe("standard input", () => {
  test("is the file `-`", () => {
    const ended = shop.check(["-"], { input: files["safety.tw"] });
    expect(ended.code).toBe(12);
    expect(ended.out).toMatch(/^<stdin>\n/);
  });

  test("imports relative to the current folder", () => {
    const input = 'import "holds.tw"\ncheck "low" { TOP = 2 } expect holds\n';
    expect(shop.check(["-"], { input }).code).toBe(0);
  });
});

describe("colour", () => {
  const isColoured = (ended: Ended): boolean => ended.out.includes("\u001b[");
  const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    isColoured(shop.check(["safety.tw", ...words], { environment }));

  test("a pipe has none unless it is asked for", () => {
    expect(run([])).toBe(false);
    expect(run(["--color=always"])).toBe(true);
    expect(run([], { FORCE_COLOR: "1" })).toBe(true);
    expect(run([], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(run(["--color=never"], { FORCE_COLOR: "1" })).toBe(false);
  });

  test("JSON has none", () => {
    expect(run(["--json", "--color=always"], { FORCE_COLOR: "1" })).toBe(false);
  });
});

describe("choosing", () => {
  test("--list shows checks and sweeps without running them", () => {
    expect(check("two.tw", "sweep.tw", "endless.tw", "--list").out).toBe(
      [
        "two.tw",
        "  check  first   holds",
        "  check  second  violated small",
        "",
        "sweep.tw",
        "  sweep  least top  least TOP == 1",
        "  sweep  none       least TOP == none",
        "  sweep  wrong      least TOP == 2",
        "",
        "endless.tw",
        "  check  all properties, with the default constants",
        "",
      ].join("\n"),
    );
  });

  test("--check takes a pattern", () => {
    const { out, code } = check("two.tw", "--check", "f*st");
    expect(code).toBe(0);
    expect(out).toContain("first: holds");
    expect(out).not.toContain("second");
  });

  test("--only judges one property, and expects only what is left", () => {
    shop.write(
      "only.tw",
      counter(
        'invariant small : n < 3\ninvariant least : n >= 0\ncheck "both" expect violated small\ncheck "small" only small expect violated small',
      ),
    );
    const { out, code } = check("only.tw", "--only", "least");
    expect(code).toBe(0);
    expect(out).toContain("both: holds, as expected");
    expect(out).not.toContain('"small"');
  });

  test("--set overrides what a check sets", () => {
    expect(check("two.tw", "--check", "first", "--set", "TOP=3").code).toBe(12);
    expect(check("safety.tw", "--set", "TOP=2").code).toBe(0);
  });

  test("--set of an axis fixes the axis", () => {
    const { out, code } = check("sweep.tw", "--check", "least top", "--set", "TOP=2");
    expect(out).toContain("the least `TOP` is 2, expected 1");
    expect(code).toBe(15);
  });

  test("a folder stands for its entries, not for the libraries they import", () => {
    shop.write("models/library.tw", counter("invariant small : n < 3"));
    shop.write("models/b.tw", 'import "library.tw"\ncheck "low" { TOP = 2 } expect holds\n');
    shop.write("models/a/alone.tw", files["holds.tw"]);
    const { out, code } = check("models");
    expect(out.match(/^models.*$/gm)).toEqual(["models/a/alone.tw", "models/b.tw"]);
    expect(code).toBe(0);
    expect(check("models/library.tw").code).toBe(12);
  });
});

describe("findings", () => {
  test("a case that no check takes is found when all checks ran to their end", () => {
    const text =
      "message M { n : 0..1 }\nnetwork net carries M { capacity 1 full block }\nrule put { send net { n: 0 } }\n" +
      "process p { on receive m { case zero when m.n == 0 { } case one when m.n == 1 { } else { } } }\n";
    shop.write("case.tw", text);
    const { out, code } = check("case.tw");
    expect(out).toContain("finding[TW1010]: `p.one` is never taken");
    expect(code).toBe(15);
    expect(check("case.tw", "--max-states", "1").out).not.toContain("TW1010");
  });
});

describe("JSON", () => {
  interface Document {
    readonly files: readonly { readonly checks: readonly { readonly name: string }[] }[];
  }
  const schema: unknown = JSON.parse(
    readFileSync(new URL("../report/result.schema.json", import.meta.url), "utf8"),
  );
  const validate = new Ajv2020({ allowUnionTypes: true }).compile<Document>(schema as object);

  test("every result fits the schema", () => {
    for (const name of Object.keys(files)) {
      const { out } = check(name, "--json", "--max-states", "1000");
      validate(JSON.parse(out));
      expect({ name, errors: validate.errors }).toEqual({ name, errors: null });
    }
  });

  test("so does the result of many files, some of which cannot be read", () => {
    const { out } = check(
      "holds.tw",
      "none.tw",
      "five.tw",
      "assumption.tw",
      "--json",
      "--set",
      "TOP=6",
    );
    validate(JSON.parse(out));
    expect(validate.errors).toBe(null);
  });

  test("the same input gives the same bytes, apart from the time", () => {
    const words = ["expected.tw", "sweep.tw", "error.tw", "stuck.tw"];
    expect(timeless(check(...words, "--json").out)).toBe(timeless(check(...words, "--json").out));
    expect(timeless(check(...words).out)).toBe(timeless(check(...words).out));
  });

  test("the digest does not depend on layout and comments", () => {
    const digest = (text: string): string => {
      shop.write("digest.tw", text);
      return /"digest": "(.*)"/.exec(check("digest.tw", "--json").out)?.[1] ?? "";
    };
    const text = files["holds.tw"];
    expect(digest(text)).toMatch(/^sha256:/);
    expect(digest(`// A comment.\n${text.replaceAll(" ", "  ")}`)).toBe(digest(text));
    expect(digest(text.replace("n <= TOP", "n < TOP"))).not.toBe(digest(text));
  });
});

describe("signals", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "%s ends the search, tells what is known, and the code is %i",
    async (signal, code) => {
      const ended = await shop.signalled(["endless.tw"], "endless.tw", signal);
      expect(ended.code).toBe(code);
      expect(ended.out).not.toMatch(/holds$|as expected/m);
      expect(ended.out).toMatch(/incomplete|not run/);
    },
  );
});

describe("sweep", () => {
  test("runs the sweeps and not the checks", () => {
    const { code, out } = check("sweep", "assumption.tw", "--set", "TOP=4");
    expect(code).toBe(0);
    expect(out).toContain("1 sweep as expected");
  });

  test("judges as a run of the whole file does", () => {
    expect(check("sweep", "sweep.tw").code).toBe(check("sweep.tw").code);
    expect(check("sweep", "sweep.tw", "--check", "none").code).toBe(0);
  });

  test("lists sweeps alone", () => {
    expect(check("sweep", "assumption.tw", "--list").out).toBe(
      "assumption.tw\n  sweep  s  least TOP\n",
    );
  });

  test("draws into a file, and says the same besides", () => {
    const words = ["sweep", "sweep.tw", "--check", "least top"];
    const without = check(...words);
    const ended = check(...words, "--svg", "drawn.svg");
    const timeless = (text: string): string => text.replaceAll(/\d+\.\d+ s/g, "");
    expect([ended.code, timeless(ended.out)]).toEqual([without.code, timeless(without.out)]);
    const drawn = readFileSync(join(shop.folder, "drawn.svg"), "utf8");
    expect(drawn).toMatch(/^<svg [^]*least TOP[^]*<\/svg>\n$/);
  });

  test("draws what is known of sweeps that are not as expected", () => {
    expect(check("sweep", "sweep.tw", "--check", "wrong", "--svg", "wrong.svg").code).toBe(15);
    expect(readFileSync(join(shop.folder, "wrong.svg"), "utf8")).toContain("1, expected 2");
  });

  test("says when the drawing cannot be written", () => {
    const ended = check("sweep", "sweep.tw", "--check", "none", "--svg", "nowhere/drawn.svg");
    expect([ended.code, ended.err]).toEqual([
      73,
      "check: cannot write `nowhere/drawn.svg`: there is no such folder\n",
    ]);
  });

  test("leaves an earlier drawing alone where nothing could be swept", () => {
    shop.write("kept.svg", "earlier");
    const ended = check("sweep", "sweep.tw", "--set", "TOP=true", "--svg", "kept.svg");
    expect(ended.code).not.toBe(0);
    expect(readFileSync(join(shop.folder, "kept.svg"), "utf8")).toBe("earlier");
  });

  test("has nothing to do where there are no sweeps", () => {
    const ended = check("sweep", "two.tw");
    expect([ended.code, codes(ended)]).toEqual([64, ["TW0590"]]);
  });
});

describe("explain and format", () => {
  test("a code is explained in any spelling", () => {
    for (const code of ["TW0201", "tw0201", "201"]) {
      const { out, code: exit } = check("explain", code);
      expect(exit).toBe(0);
      expect(out).toMatch(/^error\[TW0201\]: unknown name\n/);
    }
    expect(check("explain", "TW9999")).toMatchObject({ code: 64, out: "" });
  });

  test("a file is printed, compared and rewritten in the one style", () => {
    shop.write("ugly.tw", "var   n:0..3\nrule up when n<3{n+=1}\n");
    const printed = check("format", "ugly.tw");
    expect(printed).toMatchObject({ code: 0, err: "" });
    expect(check("format", "ugly.tw", "--check")).toMatchObject({
      code: 16,
      out: "ugly.tw is not formatted\n",
    });
    expect(check("format", "ugly.tw", "--write").code).toBe(0);
    expect(readFileSync(`${shop.folder}/ugly.tw`, "utf8")).toBe(printed.out);
    expect(check("format", "ugly.tw", "--check")).toEqual({ code: 0, out: "", err: "" });
    expect(shop.check(["format", "-"], { input: printed.out }).out).toBe(printed.out);
  });

  test("a file with mistakes is left alone", () => {
    expect(check("format", "five.tw", "--write").code).toBe(65);
    expect(readFileSync(`${shop.folder}/five.tw`, "utf8")).toBe(files["five.tw"]);
  });
});

describe("bad input is a diagnostic with a place, never a stack trace", () => {
  const bad = (name: string, text: string | Uint8Array, ...words: readonly string[]): Ended => {
    shop.write(name, text);
    const ended = check(name, ...words);
    expect(ended.err).toMatch(/^error\[TW\d{4}\]: .+\n +--> .+/m);
    expect(ended.err).not.toMatch(/^\s+at .*:\d+/m);
    return ended;
  };

  test("not UTF-8", () => {
    const ended = bad("latin.tw", new Uint8Array([0x2f, 0x2f, 0x20, 0xe9, 0x0a]));
    expect(ended).toMatchObject({ code: 65 });
    expect(codes(ended)).toEqual(["TW0101"]);
  });

  test("an empty file", () => {
    expect(bad("empty.tw", "").code).toBe(65);
    expect(bad("empty.tw", "\n// Nothing.\n").code).toBe(65);
  });

  test("imports of a folder, of nothing, and of the file itself", () => {
    shop.write("sub/inner.tw", "var x : bool\n");
    for (const path of ["sub", "none.tw", "import.tw", "./import.tw", "timewait:../x.tw"]) {
      const ended = bad("import.tw", `import "${path}"\nvar y : bool\n`);
      expect(ended.code).toBe(65);
      expect(ended.err).toMatch(/--> import\.tw:1:8/);
    }
  });

  test("a cycle of imports", () => {
    shop.write("cycle-b.tw", 'import "cycle-a.tw"\nvar b : bool\n');
    const ended = bad("cycle-a.tw", 'import "cycle-b.tw"\nvar a : bool\n');
    expect(ended.code).toBe(65);
    expect(ended.err).toMatch(/cycle/);
  });

  test("10 MB", () => {
    expect(bad("large.tw", "var x : bool // filler\n".repeat(450_000)).code).toBe(65);
  });

  test("10,000 levels of nesting, in every form of it", () => {
    const depth = 10_000;
    const nested = (before: string, middle: string, after: string): string =>
      before.repeat(depth) + middle + after.repeat(depth);
    for (const value of [
      nested("(", "1", ")"),
      nested("not ", "true", ""),
      nested("- ", "1", ""),
      nested("[", "1", "]"),
      nested("if true then 1 else ", "1", ""),
      nested("1 + ", "1", ""),
      nested("set {", "1", "}"),
    ]) {
      expect(bad("deep.tw", `const N = ${value}\n`).code).toBe(65);
    }
    expect(bad("deep.tw", `rule r { ${nested("if true {", "", "}")} }\n`).code).toBe(65);
    expect(bad("deep.tw", `${"{".repeat(depth)}\n`).code).toBe(65);
  });

  test.each([
    ["unknown", "BOTTOM=1"],
    ["ill-typed", "TOP=true"],
    ["out of range", "TOP=10"],
    ["malformed", "TOP=1+"],
    ["of a variable", "n=1"],
  ])("an override that is %s", (_, override) => {
    const { code, err, out } = check("holds.tw", "--set", override);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err).toMatch(/^error\[TW\d{4}\]: .+\n +--> <command line>:1:\d+\n/);
  });

  test("a state that is too wide", () => {
    const ended = bad("wide.tw", "var a : array[0..60000] of 0..1000\nrule r { a[0] = 1 }\n");
    expect(ended.code).toBe(65);
    expect(codes(ended)[0]).toMatch(/^TW06/);
  });

  test("constants too large for anything", () => {
    for (const text of [
      "const N = 99999999999999999999\nvar x : 0..N\nrule r { x = 0 }\n",
      "const N = 9007199254740991\nvar x : 0..N\nrule r { x = 0 }\n",
      "const N = 1000000\nvar x : array[0..N] of array[0..N] of bool\nrule r { x[0][0] = true }\n",
      "message M { x : bool }\nnetwork n carries M { capacity 1000000000 }\nprocess p { on receive m { else { } } }\n",
      "const N = 100000000\nvar x : bool\nrule r { for i in 0..N { x = not x } }\n",
      "const N = 1000000000\nvar x : set of 0..N\nrule r { x = set { 1 } }\n",
    ]) {
      expect(bad("huge.tw", text).code).toBe(65);
    }
  });

  test("five mistakes are five diagnostics in one run", () => {
    const ended = check("five.tw");
    expect(codes(ended).length).toBe(5);
    const places = ended.err.matchAll(/^error.*\n +--> five\.tw:(\d+:\d+)/gm);
    expect([...places].map((it) => it[1])).toEqual(["2:5", "3:14", "4:16", "4:25", "5:18"]);
  });
});

test("help and version always work", () => {
  expect(check("--help")).toMatchObject({ code: 0, err: "" });
  expect(check("--version").out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(check("explain", "--help").code).toBe(0);
  expect(check("format", "--help").code).toBe(0);
  expect(check("sweep", "--help").out).toContain("--svg");
  expect(check("help", "mutate")).toEqual(check("mutate", "--help"));
  expect(check("holds.tw", "--max-state", "3").err).toContain("Did you mean --max-states?");
});
