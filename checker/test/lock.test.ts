// The lock file as users meet it: what moved, what may move, and what is no lock.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ended, type Workshop, workshop } from "./program.ts";

const counter = `const TOP : 0..9 = 3
var n : 0..9
rule up when n < TOP { n += 1 }
rule back when n == TOP { n = 0 }
invariant small : n <= TOP
check "as built" expect holds
check "lower" { TOP = 2 } expect holds
sweep "tops" { TOP in 1..3 } only small
`;

let shop: Workshop;

beforeEach(() => {
  shop = workshop({ "a.tw": counter, "sub/b.tw": counter });
});

afterEach(() => {
  shop.close();
});

const check = (...words: readonly string[]): Ended => shop.check(["a.tw", "--lock", "l", ...words]);

const lock = (): string => readFileSync(join(shop.folder, "l"), "utf8");

/** The last lines: from the sign on, to the end. */
const sumOf = (out: string): string =>
  /(?<=\n\n)[✓✗?] [^\n]+(\n {2}[^\n]+)*\n$/.exec(out)?.[0] ?? "";

const edit = (change: (text: string) => string): void => {
  shop.write("l", change(lock()));
};

describe("a lock", () => {
  test("is sorted, one fact a line, and the same bytes for the same facts", () => {
    expect(check("--update-lock").out).toContain("l is written.");
    const text = lock();
    expect(text).toMatch(/^# .*\nformat = 1\n\n\["a\.tw"\]\ndigest = "sha256:[0-9a-f]{64}"\n/);
    expect(text).toContain('\n\n["a.tw"."as built"]\ncomplete = true\ndepth = 3\nmodel = "sha256:');
    expect(text).toContain('"property small" = "holds"\nstateSet = "sum128:');
    expect(text).toContain("states = 4\ntransitions = 4\n");
    expect(text).toContain('"point TOP = 2: states" = 3\n');
    for (const section of text.split("\n\n").slice(1)) {
      const facts = section.trimEnd().split("\n").slice(1);
      const keys = facts.map((it) => it.split(" = ")[0]?.replaceAll('"', "") ?? "");
      expect(keys).toEqual(keys.toSorted());
    }
    expect(check("--update-lock").out).toContain("l is up to date.");
    expect(lock()).toBe(text);
    for (const words of [
      ["--engine", "interpreter"],
      ["--engine", "webassembly"],
      ["--threads", "2"],
    ]) {
      expect(check(...words, "--update-lock").out).toContain("l is up to date.");
    }
    expect(check().code).toBe(0);
  });

  test.each([
    ["states", "states = 4", "states = 5", "states: 5 -> 4"],
    ["transitions", "transitions = 4", "transitions = 7", "transitions: 7 -> 4"],
    ["depth", "depth = 3", "depth = 4", "depth: 4 -> 3"],
    [
      "a verdict",
      '"property small" = "holds"',
      '"property small" = "unknown"',
      "property small: unknown -> holds",
    ],
    ["the set of states", "sum128:", "sum128:0", "stateSet: sum128:0"],
    ["a fact that went", "depth = 3\n", "depth = 3\nerrors = 1\n", "errors: 1 -> nothing"],
  ])(
    "that differs in %s is exit 16 while the specification is what it was",
    (_, from, to, said) => {
      check("--update-lock");
      edit((text) => text.replace(from, to));
      const { code, out } = check("--sarif", "s");
      expect(code).toBe(16);
      expect(out).toContain(
        'finding[TW1013]: "as built" moved, though the specification did not\n --> a.tw:6:7\n',
      );
      expect(out).toContain(`  = note: ${said}`);
      const sarif = readFileSync(join(shop.folder, "s"), "utf8");
      expect(sarif).toContain("TW1013");
      expect(sarif).toContain('"startLine": 6');
    },
  );

  test("that differs in a check that an edit does not concern is exit 16 after the edit too", () => {
    check("--update-lock");
    edit((text) => text.replace("states = 3", "states = 9"));
    shop.write("a.tw", counter.replace("= 3", "= 5"));
    const { code, out } = check();
    expect(out).toContain('[TW1013]: "lower" moved, though the specification did not\n');
    expect(out).toContain("= note: states: 9 -> 3\n");
    expect(out).toContain('a.tw "as built": the specification changed\n');
    expect(code).toBe(16);
  });

  test("whose name of a model was changed besides is exit 16 while the file says the same", () => {
    check("--update-lock");
    edit((text) =>
      text.replace('model = "sha256:', 'model = "sha256:0').replace("states = 4", "states = 5"),
    );
    const { code, out } = check();
    expect(out).toContain('[TW1013]: "as built" moved, though the specification did not\n');
    expect(code).toBe(16);
  });

  test("differs in a sweep too", () => {
    check("--update-lock");
    edit((text) => text.replace('"point TOP = 2: states" = 3', '"point TOP = 2: states" = 4'));
    const { code, out } = check();
    expect(code).toBe(16);
    expect(out).toContain('[TW1013]: "tops" moved, though the specification did not\n');
    expect(out).toContain("point TOP = 2: states: 4 -> 3");
  });

  test("tells what moved because the specification did, and why", () => {
    check("--update-lock");
    shop.write("a.tw", counter.replace("= 3", "= 5"));
    const { code, out } = check();
    expect(code).toBe(0);
    expect(out).toContain('a.tw "as built": the specification changed\n  depth: 3 -> 5\n');
    expect(out).toContain("states: 4 -> 6");
    expect(out).not.toContain('"lower"');
    expect(out).toContain("--update-lock writes l anew.");
  });

  test("does not move with comments, constants that are overridden, and the order of checks", () => {
    check("--update-lock");
    shop.write("a.tw", `// New.\n${counter}`);
    expect(check().out).not.toContain("->");
    const lines = counter.split("\n");
    shop.write("a.tw", [...lines.slice(0, 5), lines[6], lines[5], ...lines.slice(7)].join("\n"));
    expect(check().out).not.toContain("->");
  });

  test("says of checks that came and went, and forgets them when it is renewed", () => {
    check("--update-lock");
    shop.write("a.tw", counter.replace('"lower"', '"below"'));
    const { code, out } = check();
    expect(code).toBe(0);
    expect(out).toContain('a.tw "below": the lock file does not have it yet');
    expect(out).toContain('a.tw "lower": the file does not have it any more');
    check("--update-lock");
    expect(lock()).not.toContain("lower");
    expect(check().out).not.toContain('below":');
  });

  test("that lost a check is exit 16", () => {
    check("--update-lock");
    edit((text) => text.replace(/\["a\.tw"\."lower"\][^[]*/, ""));
    const { code, out } = check();
    expect(code).toBe(16);
    expect(out).toContain('[TW1013]: "lower" is not in the lock file\n');
  });

  test.each([[[]], [["--quiet"]]])("that fails a run says so, and how to mend it: %j", (words) => {
    check("--update-lock");
    edit((text) => text.replace("states = 4", "states = 5"));
    const { code, out } = check(...words);
    expect(code).toBe(16);
    expect(out).toContain("where it is meant, `--update-lock` writes the lock file anew\n");
    expect(sumOf(out)).toMatch(
      /^✗ 2 checks and 1 sweep as expected; 1 difference from the lock; 16 states in \d/,
    );
    const { out: document, err } = check("--json");
    expect(err).toContain("finding[TW1013]");
    expect(JSON.parse(document)).toMatchObject({
      files: [
        {
          moved: [
            {
              code: "TW1013",
              message: '"as built" moved, though the specification did not: states: 5 -> 4',
            },
          ],
        },
      ],
    });
  });

  test("that is no failure is told before the sum, which stands last", () => {
    expect(sumOf(check("--update-lock").out)).toMatch(/^✓/);
    shop.write("a.tw", counter.replace("= 3", "= 5"));
    const { code, out } = check("--quiet");
    expect(code).toBe(0);
    expect(out).toContain("states: 4 -> 6");
    expect(sumOf(out)).toMatch(/^✓ 2 checks and 1 sweep as expected; \d/);
  });

  test("keeps what a run does not concern", () => {
    shop.check(["a.tw", "sub/b.tw", "--lock", "l", "--update-lock"]);
    const whole = lock();
    expect(whole).toContain('["sub/b.tw"."lower"]');
    check("--update-lock", "--check", "lower");
    expect(lock()).toBe(whole);
    expect(check("--check", "lower").code).toBe(0);
  });

  test("names files as seen from itself", () => {
    shop.check(["sub/b.tw", "--lock", "sub/l", "--update-lock"]);
    expect(readFileSync(join(shop.folder, "sub/l"), "utf8")).toContain('["b.tw"."lower"]');
  });

  test("neither keeps nor loses what a limit cut", () => {
    check("--update-lock");
    const whole = lock();
    const { code } = check("--update-lock", "--max-states", "2");
    expect(code).toBe(20);
    expect(lock()).toBe(whole);
    expect(check("--max-states", "2").out).not.toContain("any more");
  });

  test("is compared with what a cache knows", () => {
    check("--update-lock", "--cache-dir", "cache");
    edit((text) => text.replace("states = 4", "states = 5"));
    const { code, out } = check("--cache-dir", "cache");
    expect(out).toMatch(/all\s+from\s+the\s+cache/);
    expect(code).toBe(16);
  });
});

describe("a lock that was renewed in part", () => {
  const edited = counter.replace("n == TOP { n = 0 }", "n == TOP { n = 1 }");

  test.each([
    ["by a run of one check", ["--check", "lower"]],
    ["by a run that a limit cut", ["--max-states", "3"]],
  ])("%s does not say of the others that they moved by themselves", (_, words) => {
    check("--update-lock");
    shop.write("a.tw", edited.replace("= 3", "= 5"));
    check("--update-lock", ...words);
    const { code, out } = check();
    expect(out).toContain('"as built": the specification changed');
    expect(out).not.toContain("did not change");
    expect(code).toBe(0);
  });

  test("is whole where a file has sweeps alone, and they were asked for alone", () => {
    const sweepsAlone = counter.replaceAll(/^check .*\n/gm, "");
    shop.write("a.tw", sweepsAlone);
    shop.check(["sweep", "a.tw", "--lock", "l", "--update-lock"]);
    const whole = lock();
    expect(whole).toContain('\n["a.tw"]\ndigest = ');
    expect(check("--update-lock").out).toContain("l is up to date.");
  });

  test("has what it has for the first time, and the rest is new", () => {
    check("--update-lock", "--check", "lower");
    const { code, out } = check();
    expect(out).toContain('a.tw "as built": the lock file does not have it yet');
    expect(code).toBe(0);
  });
});

describe("files of a lock", () => {
  const all = (...words: readonly string[]): Ended => shop.check([".", "--lock", "l", ...words]);

  test("that are there no more are told, and forgotten when it is renewed", () => {
    all("--update-lock");
    rmSync(join(shop.folder, "sub/b.tw"));
    const { code, out } = all();
    expect(out).toContain("sub/b.tw: the file is there no more, and with it all 3 checks\n");
    expect(code).toBe(0);
    expect(check().out).toContain("sub/b.tw: the file is there no more");
    all("--update-lock");
    expect(lock()).not.toContain("sub/b.tw");
  });

  test("of which it knows nothing have one line", () => {
    check("--update-lock");
    expect(all().out).toContain(
      "sub/b.tw: the lock file does not have the file yet, all 3 checks\n",
    );
  });
});

describe("a frozen lock", () => {
  const frozen = (...words: readonly string[]): Ended =>
    shop.check([".", "--lock", "l", "--frozen-lock", "--sarif", "s", ...words]);
  const sarif = (): string => readFileSync(join(shop.folder, "s"), "utf8");

  beforeEach(() => {
    shop.check([".", "--lock", "l", "--update-lock"]);
  });

  test("is what was found: exit 0", () => {
    expect(frozen().code).toBe(0);
    shop.write("a.tw", `// New.\n${counter}`);
    expect(frozen().code).toBe(0);
  });

  test.each([
    ["an edit that moves a number", counter.replace("= 3", "= 5"), "depth: 3 -> 5"],
    ["a new check", `${counter}check "more" expect holds\n`, "does not have it yet"],
    ["a check that went", counter.replace(/^check "lower".*$/m, ""), "not have it any more"],
    ["an edit that moves none", counter.replace("n <= TOP", "n < TOP + 1"), "no number moved"],
  ])("is stale after %s: exit 16, and reports say so", (_, text, said) => {
    shop.write("a.tw", text);
    const { code, out } = frozen();
    expect(code).toBe(16);
    expect(out).toContain(said);
    expect(out).toContain("finding[TW1016]: ");
    expect(out).toContain("`--update-lock` renews the lock file");
    expect(out).toMatch(/^✗ .*; 1 difference from the lock; /m);
    expect(sarif()).toContain("TW1016");
    expect(sarif()).toContain(said);
    shop.check([".", "--lock", "l", "--update-lock"]);
    expect(frozen().code).toBe(0);
  });

  test("is stale when a file went", () => {
    rmSync(join(shop.folder, "sub/b.tw"));
    const { code, out } = frozen();
    expect(code).toBe(16);
    expect(out).toContain("finding[TW1016]: sub/b.tw: the file is there no more\n --> a.tw:1:1\n");
    expect(out).toContain("= note: all 3 checks\n");
    expect(sarif()).toContain("the file is there no more");
  });

  test("still tells a number that moved by itself from one that did not", () => {
    edit((text) => text.replace("states = 4", "states = 5"));
    expect(frozen().code).toBe(16);
    expect(sarif()).toContain("TW1013");
    expect(sarif()).not.toContain("TW1016");
  });

  test.each([
    [["a.tw", "--frozen-lock"], "--frozen-lock needs --lock FILE"],
    [["a.tw", "--lock", "l", "--frozen-lock", "--update-lock"], "contradict each other"],
  ])("does not go with %j", (words, said) => {
    const { code, err } = shop.check(words);
    expect(code).toBe(64);
    expect(err).toContain(said);
  });
});

test("a lock that cannot be written is not called written", () => {
  shop.write("f", "");
  const { code, out } = shop.check(["a.tw", "--lock", "f/l", "--update-lock"]);
  expect(code).toBe(73);
  expect(out).not.toContain("is written");
  expect(sumOf(out)).toMatch(/^✗ .*; the lock could not be written; /);
});

describe("what is no lock", () => {
  test.each([
    ["format = 1\n<<<<<<< ours\n", 2, "a merge was not resolved"],
    ["format = 2\n", 1, "a lock begins with"],
    ["", 1, "a lock begins with"],
    ['format = 1\n["a.tw"]\nstates = four\n', 3, "this is no fact"],
    ['format = 1\n["a.tw"]\n["a.tw"]\n', 3, "this section stands twice"],
    ['format = 1\n["a.tw"]\nx = 1\nx = 2\n', 4, "this fact stands twice"],
    ["format = 1\nstates = 4\n", 2, "this is no fact"],
    ["format = 1\n[a.tw]\n", 2, "this is no fact"],
  ])("is refused with its line: %j", (text, line, reason) => {
    shop.write("l", text);
    for (const words of [[], ["--update-lock"]]) {
      const { code, err } = check(...words);
      expect(code).toBe(65);
      expect(err).toContain("TW0193");
      expect(err).toContain(reason);
      expect(err).toContain(`l:${line}:1`);
    }
    expect(lock()).toBe(text);
  });

  test("is missing: exit 66, before anything is searched", () => {
    const { code, err, out } = check();
    expect(code).toBe(66);
    expect(err).toContain("--update-lock");
    expect(out).toBe("");
  });

  test.each([
    ["--set", "TOP=4"],
    ["--only", "small"],
    ["--reduce", "all"],
    ["--minimal", "faults"],
  ])("goes with no %s", (...words) => {
    const { code, err } = check(...words);
    expect(code).toBe(64);
    expect(err).toContain(words[0]);
  });

  test("is not named by --update-lock alone", () => {
    expect(shop.check(["a.tw", "--update-lock"]).code).toBe(64);
  });
});
