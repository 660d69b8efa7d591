// `--coverage`: the source with how often everything is taken; what is never taken, and why it may be.

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

const toldOf = (text: string): string => text.slice(text.indexOf("coverage of"));

test("every rule, case and value is told with how often it is taken", () => {
  const { out } = check("dead.tw", "--coverage");
  const gutters: Readonly<Record<string, string>> = { put: "14", low: "22", high: "0", else: "6" };
  expect(toldOf(out)).toBe(
    [
      "coverage of dead.tw: transitions that take a case or rule, states that have a value,",
      "occasions of a property",
      "",
      "dead.tw",
      ...model("")
        .trimEnd()
        .split("\n")
        .map((line) => {
          const [, name = ""] = /^ +(?:case |rule )?(put|low|high|else)\b/.exec(line) ?? [];
          return `${(gutters[name] ?? "").padStart(2)} | ${line}`.trimEnd();
        }),
      "",
      "Taken: 2 of 3 cases, 1 of 1 rules.",
      "Never taken:",
      "  case p.high (dead.tw:9)",
      "Bounds that were hit:",
      "  2 checks: net loss budget used up",
      "",
    ].join("\n"),
  );
});

const light = (...reasons: readonly string[]): string =>
  [
    ...reasons.map((it) => `/// ${it}`),
    "enum Light { RED, GREEN, BROKEN }",
    "const MODE : Light = BROKEN",
    "var light : Light",
    "event broke(hard: bool)",
    "rule turn { light = if light == RED then GREEN else RED }",
    "/// Never taken: there is no such mode here.",
    "rule repair when MODE == RED { light = RED emit broke(true) }",
    "/// Never taken: nothing breaks here.",
    "never bad : broke(h) when h",
    "never worse : broke(_)",
    "",
  ].join("\n");

test("a value that nothing has is a finding, unless the source says why; a constant has none", () => {
  shop.write("light.tw", light());
  shop.write("why.tw", light("Never taken: BROKEN: nothing breaks here."));
  shop.write("other.tw", light("Never taken: GREEN: it is."));
  const { code, out } = check("light.tw");
  expect(code).toBe(15);
  expect(out).toContain("finding[TW1014]: no state has the value `BROKEN`");
  expect([check("why.tw").code, check("other.tw").code]).toEqual([0, 15]);
  expect(toldOf(check("why.tw", "--coverage").out)).toContain(
    [
      "Taken: 1 of 2 rules, 2 of 3 values, 0 of 1 properties.",
      "Never taken:",
      "  value BROKEN (why.tw:2): nothing breaks here.",
      "  rule repair (why.tw:8): there is no such mode here.",
      "  property bad (why.tw:10): nothing breaks here.",
    ].join("\n"),
  );
});

test("a rule that the constants of every check leave out is a finding too", () => {
  const text = light("Never taken: BROKEN: nothing breaks here.");
  shop.write("out.tw", text.replace("/// Never taken: there is no such mode here.\n", ""));
  const { code, out } = check("out.tw");
  expect(code).toBe(15);
  expect(out).toContain("finding[TW1010]: `repair` is never taken");
});

test("without a reason a property without an occasion is a finding", () => {
  const text = light("Never taken: BROKEN: nothing breaks here.");
  shop.write("vacuous.tw", text.replace("/// Never taken: nothing breaks here.\n", ""));
  const { code, out } = check("vacuous.tw");
  expect(code).toBe(15);
  expect(out).toContain("finding[TW1011]: `bad` is vacuous");
  expect(out).not.toContain("`worse` is vacuous");
});

test("an invariant is counted where what stands before its `implies` is true, and found where it never is", () => {
  const of = (condition: string) =>
    [
      "var n : 0..3",
      "rule up when n < 3 { n += 1 }",
      "final : true",
      `invariant late : ${condition} implies n > 0`,
      "",
    ].join("\n");
  shop.write("met.tw", of("n >= 2"));
  shop.write("unmet.tw", of("n * 2 == 5"));
  const met = check("met.tw", "--coverage");
  expect(met.code).toBe(0);
  expect(toldOf(met.out)).toContain("2 | invariant late : n >= 2 implies n > 0");
  const unmet = check("unmet.tw");
  expect(unmet.code).toBe(15);
  expect(unmet.out).toContain(
    "finding[TW1011]: `late` is vacuous: what stands before its `implies` is never true",
  );
});

test("reduced searches say nothing of values, and count their own steps", () => {
  shop.write("light.tw", light());
  const { code, out } = check("light.tw", "--reduce", "all", "--coverage");
  expect(out).not.toContain("TW1014");
  expect(code).toBe(0);
});

const open = [
  "var n : 0..9",
  "rule up when n < 9 { n += 1 }",
  "rule top when n == 9 { }",
  "rule low when n == 0 { }",
  "invariant small : n < 2",
  'check "it" only small expect violated small',
  "",
].join("\n");

test("what a search that ended early may have taken further on is undecided, and nothing else", () => {
  shop.write("open.tw", open);
  const { code, out } = check("open.tw", "--coverage");
  expect(code).toBe(0);
  expect(out).toContain("Not judged whether ever taken: 1 place, for 1 search stopped early.");
  expect(out).toMatch(/^ *2 \| rule up/m);
  expect(out).toMatch(/^ *\? \| rule top/m);
  shop.write("left.tw", `const OLD : bool = false\n${open}rule old when OLD { n = 0 }\n`);
  expect(check("left.tw").out).toContain("`old` is never taken");
});

test("a case that is never taken is a finding, unless the source says why", () => {
  const codes = ["dead.tw", "allowed.tw", "remark.tw"].map((file) => check(file).code);
  expect(codes).toEqual([15, 0, 15]);
});

test("the page has the same figures, and no markup of the source", () => {
  const { code } = check("allowed.tw", "--coverage-html", "coverage.html");
  const page = readFileSync(join(shop.folder, "coverage.html"), "utf8");
  expect(code).toBe(0);
  expect(page).toContain("p.high: 0, in 0 of 2 searches, three are never sent.");
  expect(page).toContain("check &quot;two &lt;= 3&quot;");
});

test("every form of the search takes the same", () => {
  const coverageOf = (engine: string): string => {
    return toldOf(check("dead.tw", "--coverage", "--engine", engine).out);
  };
  const [first, ...others] = ["interpreter", "javascript", "webassembly"].map(coverageOf);
  expect(others).toEqual([first, first]);
});

test("with a document on standard output it is a remark", () => {
  const { out, err } = check("dead.tw", "--coverage", "--json");
  expect(() => JSON.parse(out) as unknown).not.toThrow();
  expect(err).toContain("coverage of dead.tw");
});

test("shards tell it when they are merged, if they counted", () => {
  for (const part of ["1/2", "2/2"]) {
    check("dead.tw", "--shard", part, "--out", "parts", "--coverage");
    check("dead.tw", "--shard", part, "--out", "bare");
  }
  const told = toldOf(check("dead.tw", "--coverage").out);
  expect(toldOf(check("merge", "parts", "--coverage").out)).toBe(told);
  const { code, err } = check("merge", "bare", "--coverage");
  expect(code).toBe(65);
  expect(err).toContain("--coverage");
});

test("a search from the cache knows how often everything was taken", () => {
  const words = ["dead.tw", "--coverage", "--cache-dir", "cache"];
  const [first, second] = [shop.check(words), shop.check(words)];
  expect(second.out).toContain("from the cache");
  expect(toldOf(second.out)).toBe(toldOf(first.out));
});
