// `--coverage`: the source with how many searches take each case; what is never taken, and why it may be.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ended, type Workshop, workshop } from "./program.ts";

const model = (reason: string): string =>
  [
    "const TOP : 0..9 = 3",
    "var n : 0..9",
    "message M { k : 0..3 }",
    "network net carries M { capacity 2 full block reorder any loss 1 }",
    "process p {",
    "  rule put when n < TOP { send net { k: n % 4 } n += 1 }",
    "  on receive m {",
    "    case low when m.k < 2 { }",
    ...(reason === "" ? [] : [`    /// ${reason}`]),
    "    case high when m.k == 3 { }",
    "    else { }",
    "  }",
    "}",
    "final : true",
    'check "three" expect holds',
    'check "two <= 3" { TOP = 2 } expect holds',
    "",
  ].join("\n");

let shop: Workshop;

beforeAll(() => {
  shop = workshop({
    "dead.tw": model(""),
    "allowed.tw": model("Never taken: three are never sent."),
    "remark.tw": model("It is never taken."),
  });
});

afterAll(() => {
  shop.close();
});

const check = (...words: readonly string[]): Ended => shop.check([...words, "--no-cache"]);

test("every case is told with how many searches take it, of those that have it", () => {
  const { out } = check("dead.tw", "--coverage");
  expect(out.slice(out.indexOf("coverage of"))).toBe(
    [
      "coverage of dead.tw: searches that take a case, of those that have it",
      "",
      "dead.tw",
      ...model("")
        .trimEnd()
        .split("\n")
        .map((line) => {
          const taken = { low: "2/2", high: "0/2", else: "1/2" };
          const [, name] = /^ {4}(?:case )?(low|high|else)\b/.exec(line) ?? [];
          const gutter = name === undefined ? "   " : taken[name as keyof typeof taken];
          return `${gutter} | ${line}`.trimEnd();
        }),
      "",
      "2 of 3 cases are taken by some search; 0 of 0 properties have an occasion in one that watches.",
      "Bounds that were hit:",
      "  2 checks: net loss budget used up",
      "",
    ].join("\n"),
  );
});

test("a case that is never taken is a finding, unless the source says why", () => {
  const codes = ["dead.tw", "allowed.tw", "remark.tw"].map((file) => check(file).code);
  expect(codes).toEqual([15, 0, 15]);
});

test("the page has the same figures, and no markup of the source", () => {
  const { code } = check("allowed.tw", "--coverage-html", "coverage.html");
  const page = readFileSync(join(shop.folder, "coverage.html"), "utf8");
  expect(code).toBe(0);
  expect(page).toContain("p.high: 0 of 2, three are never sent.");
  expect(page).toContain("check &quot;two &lt;= 3&quot;");
});

test("every form of the search takes the same", () => {
  const coverageOf = (engine: string): string => {
    const { out } = check("dead.tw", "--coverage", "--engine", engine);
    return out.slice(out.indexOf("coverage of"));
  };
  const [first, ...others] = ["interpreter", "javascript", "webassembly"].map(coverageOf);
  expect(others).toEqual([first, first]);
});

test("with a document on standard output it is a remark", () => {
  const { out, err } = check("dead.tw", "--coverage", "--json");
  expect(() => JSON.parse(out) as unknown).not.toThrow();
  expect(err).toContain("coverage of dead.tw");
});

test("shards tell it when they are merged", () => {
  for (const part of ["1/2", "2/2"]) check("dead.tw", "--shard", part, "--out", "parts");
  const told = (ended: Ended): string => ended.out.slice(ended.out.indexOf("coverage of"));
  expect(told(check("merge", "parts", "--coverage"))).toBe(told(check("dead.tw", "--coverage")));
});
