// `--coverage`: the source with how often everything is taken; what is never taken, and why it may be.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const values = (...lines: readonly string[]): string =>
  ["enum Light { RED, GREEN }", "var n : 0..1", "final : true", ...lines, ""].join("\n");

// The first value is stored as zero, as is everything that is not there.
test.each([
  ["an option that is none", ["var last : Light?", "rule go when n == 0 { last = GREEN n = 1 }"]],
  [
    "a place without a segment",
    [
      "message M { light : Light }",
      "network net carries M { capacity 2 full block }",
      "rule go when n == 0 { send net { light: GREEN } n = 1 }",
      "process p { on receive m { ignore } }",
    ],
  ],
  [
    "a field whose flag is not set",
    [
      "message M { lit : bool  light : Light when lit }",
      "network net carries M { capacity 2 full block }",
      "rule go when n == 0 { send net { lit, light: GREEN } n = 1 }",
      "rule dark when n == 0 { send net { lit: false } n = 1 }",
      "process p { on receive m { ignore } }",
    ],
  ],
])("%s has no value", (_, lines) => {
  shop.write("nothing.tw", values(...lines));
  const { code, out } = check("nothing.tw");
  expect(out).toContain("finding[TW1014]: no state has the value `RED`");
  expect(out).not.toContain("`GREEN`");
  expect(code).toBe(15);
});

test("an occasion in one of several alternatives is one", () => {
  const text = (first: string): string =>
    [
      "event hit(k: 0..3)",
      "var n : 0..3",
      `rule go when n < 3 { either { ${first} n += 1 } or { n += 1 } }`,
      "rule other when n > 3 { emit hit(n) }",
      "final : true",
      "never p : hit(k) when k > 2",
      "",
    ].join("\n");
  shop.write("either.tw", text("emit hit(n)").replace(/^rule other.*\n/m, ""));
  expect(check("either.tw").code).toBe(0);
  shop.write("neither.tw", text(""));
  expect(check("neither.tw").out).toContain("`p` is vacuous");
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

const busy = [
  "enum Light { RED, GREEN }",
  "var light : Light",
  "event turned(to: Light)",
  "rule turn { light = if light == RED then GREEN else RED emit turned(light) }",
  "never dark : turned(to) when not (to in set { RED, GREEN })",
  "enum State { IDLE, BUSY }",
  "process p {",
  "  state State = IDLE",
  "  timer t",
  "  rule begin in IDLE { start t(1) -> BUSY }",
  "  on expire t in BUSY { -> IDLE }",
  "}",
  "",
].join("\n");

/** With a reason above the line that begins so. */
const excused = (line: string, why: string, text = busy): string =>
  text.replace(line, `/// Never taken: ${why}\n${line}`);

describe("a reason why something is never taken", () => {
  test.each([
    ["rule turn", "nobody turns.", "`turn` is taken, though the source says never"],
    ["enum Light", "GREEN: it is red.", "states have the value `GREEN`, though the source says"],
    ["never dark", "nobody turns.", "`dark` has its occasion, though the source says never"],
    ["  rule begin", "it is idle.", "`p.begin` is taken, though the source says never"],
    ["  on expire t", "it is idle.", "`p.expire t` is taken, though the source says never"],
  ])("that it outlived is a finding: %s", (line, why, message) => {
    shop.write("busy.tw", busy);
    expect(check("busy.tw").code).toBe(0);
    shop.write("stale.tw", excused(line, why));
    const { code, out } = check("stale.tw");
    expect(out).toContain(`finding[TW1015]: ${message}`);
    expect(code).toBe(15);
    // Other constants, or some of the checks, say nothing of the file.
    expect(check("stale.tw", "--only", "dark").out).not.toContain("TW1015");
  });

  test("stands above an invariant, too: above what has an occasion, and above what says something always", () => {
    const model = (...lines: readonly string[]): string =>
      [
        "var n : 0..3",
        "var a : bool",
        "rule up when n < 3 { n += 1 }",
        "final : true",
        ...lines,
        "",
      ].join("\n");
    const why = "/// Never taken: a is never true.";
    shop.write("silent.tw", model("invariant quiet : a implies n == 0"));
    expect(check("silent.tw").out).toContain("finding[TW1011]");
    shop.write(
      "quiet.tw",
      model(
        why,
        "invariant quiet : a implies n == 0",
        why,
        "invariant all : forall k in 0..3: n != k and a implies k == 0",
        why,
        "invariant plain : n <= 3",
      ),
    );
    const { code, out } = check("quiet.tw", "--coverage");
    expect(out).not.toContain("finding");
    expect(code).toBe(0);
    expect(toldOf(out)).toContain("  property quiet (quiet.tw:6): a is never true.");
    shop.write("loud.tw", model(why, "invariant loud : n == 1 implies not a"));
    const stale = check("loud.tw");
    expect(stale.out).toContain(
      "finding[TW1015]: `loud` has its occasion, though the source says never",
    );
    expect(stale.code).toBe(15);
  });

  test("is left alone where nobody knows which of several handlers of a timer is meant", () => {
    const two = busy.replace(
      "  on expire t in BUSY",
      "  on expire t in IDLE { }\n  on expire t in BUSY",
    );
    shop.write("two.tw", excused("  on expire t in IDLE", "it is stopped then.", two));
    expect(check("two.tw").out).not.toContain("TW1015");
  });

  test("is judged in the file that gives it, and not where that is imported", () => {
    shop.write("stale.tw", excused("rule turn", "nobody turns."));
    shop.write("user.tw", 'import "stale.tw"\ncheck "it" expect holds\n');
    expect(check("user.tw").code).toBe(0);
  });

  test("is believed of a search that saw it taken and ended early, too", () => {
    shop.write("early.tw", excused("rule up", "nobody counts.", open));
    expect(check("early.tw").out).toContain("`up` is taken, though the source says never");
    shop.write("open.tw", excused("rule top", "nobody gets there.", open));
    expect(check("open.tw").code).toBe(0);
  });
});
