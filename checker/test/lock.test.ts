// The lock file as users meet it: what moved, what may move, and what is no lock.

import { readFileSync } from "node:fs";
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
      expect(out).toContain('a.tw "as built": the specification did not change\n');
      expect(out).toContain(said);
      const sarif = readFileSync(join(shop.folder, "s"), "utf8");
      expect(sarif).toContain("TW1013");
      expect(sarif).toContain('"startLine": 6');
    },
  );

  test("differs in a sweep too", () => {
    check("--update-lock");
    edit((text) => text.replace('"point TOP = 2: states" = 3', '"point TOP = 2: states" = 4'));
    const { code, out } = check();
    expect(code).toBe(16);
    expect(out).toContain('a.tw "tops": the specification did not change');
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
    expect(out).toContain('"lower"');
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
    expect(out).toContain("all from the cache");
    expect(code).toBe(16);
  });
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
