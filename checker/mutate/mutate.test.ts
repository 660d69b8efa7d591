// Which mistakes are made in a text, and what becomes of them.

import { describe, expect, test } from "vitest";
import { isEnough, mutantsOf, type MutantOutcome, scoreOf } from "./index.ts";
import { loaded, outcomesOf } from "./testing/outcomes.ts";

const textsOf = (text: string): readonly string[] =>
  mutantsOf(loaded(text).value, () => text).map(
    (it) => `${it.operator}: ${text.slice(it.span.start, it.span.end)} -> ${it.text}`,
  );

describe("the mistakes", () => {
  test("are made in guards, cases, sends, timers, windows, constants and comparisons", () => {
    const text = [
      "type Seq = mod 8",
      "const FAST : bool = true",
      "message M { fin : bool  seq : Seq }",
      "network net carries M { capacity 1 }",
      "process p {",
      "  var n : 0..3",
      "  var next : Seq",
      "  timer t",
      "  ghost var seen : bool = true",
      "  rule go when n < 3 and FAST { send net { fin, seq: next }  start t(2) }",
      "  on receive m {",
      "    case old when before(m.seq, next) { }",
      "    case near when window(m.seq, next, 4) { n += 1 }",
      "    ignore",
      "  }",
      "}",
      "invariant small : n <= 3 and true",
      'check "it" { FAST = false } expect holds',
    ].join("\n");
    expect(textsOf(text)).toEqual([
      "flip-constant: true -> false",
      "weaken-comparison: n < 3 -> n <= 3",
      "drop-conjunct: n < 3 -> true",
      "drop-conjunct: FAST -> true",
      "omit-send: send net { fin, seq: next } -> ",
      "flip-constant: fin -> fin: false",
      "omit-start: start t(2) -> ",
      "off-by-one: 2 -> 1",
      "off-by-one: 2 -> 3",
      "drop-case: case old when before(m.seq, next) { } -> ",
      "swap-cases: case old when before(m.seq, next) { }\n" +
        "    case near when window(m.seq, next, 4) { n += 1 } -> " +
        "case near when window(m.seq, next, 4) { n += 1 } case old when before(m.seq, next) { }",
      "weaken-comparison: before(m.seq, next) -> (before(m.seq, next) or m.seq == next)",
      "drop-conjunct: before(m.seq, next) -> true",
      "drop-case: case near when window(m.seq, next, 4) { n += 1 } -> ",
      "drop-conjunct: window(m.seq, next, 4) -> true",
      "off-by-one: 4 -> 3",
      "off-by-one: 4 -> 5",
    ]);
  });
});

const outcomesIn = async (text: string, maxStates?: number): Promise<readonly MutantOutcome[]> => [
  ...(await outcomesOf(text, maxStates)).values(),
];

const counter = (guard: string, rest: string): string =>
  `var n : 0..9\nrule up when ${guard} { n += 1 }\nrule down when n == 9 { n = 0 }\nfinal : true\n${rest}\n`;

describe("a mistake is", () => {
  test("killed by a verdict that changes, with the check that tells", async () => {
    const [first] = await outcomesIn(counter("n < 3", "invariant small : n <= 3"));
    expect(first).toEqual({
      kind: "killed",
      by: "verdict",
      check: "",
      why: "invariant `small` is violated after 4 steps",
    });
  });

  test("killed by a model error apart", async () => {
    const [weakened] = await outcomesIn(counter("n < 9", "invariant any : n >= 0"));
    expect(weakened).toMatchObject({ kind: "killed", by: "model error" });
  });

  test("killed by a model error where that leaves an expected violation undecided", async () => {
    const text =
      "const GO : bool = false\nvar n : 0..9\nrule up when n < 3 { n += 1 }\n" +
      "rule jump when n == 1 and GO { n = n + 9 }\nfinal : true\ninvariant low : n < 3\n" +
      'check "it" expect violated low';
    const [flipped] = await outcomesIn(text);
    expect(flipped).toMatchObject({ kind: "killed", by: "model error", check: "it" });
  });

  test("killed by the answer of a sweep", async () => {
    const rest =
      "const TOP : 1..6 = 3\ninvariant small : n <= TOP\n" +
      'sweep "how high" { TOP in 1..6 } only small least TOP expect least == 3';
    const [weakened] = await outcomesIn(counter("n < 3", rest), 120_000);
    expect(weakened).toMatchObject({ kind: "killed", by: "verdict", check: "how high" });
  });

  test("undecided where it makes a search too large", async () => {
    const text =
      "var n : 0..100000\nrule up when n < 3 { n += 1 }\nfinal : true\ninvariant any : n >= 0\n";
    const [, dropped] = await outcomesIn(text);
    expect(dropped).toEqual({ kind: "undecided", check: "", because: "cut" });
  });

  test("a survivor, with the state from which the model goes on in another way", async () => {
    const outcomes = await outcomesIn(counter("n < 3", "invariant small : n <= 4"));
    expect(outcomes[0]).toEqual({
      kind: "survived",
      difference: { check: "", depth: 3, state: ["n=3"], without: [], with: ["up: n=4"] },
    });
  });

  test("no kill where only a pinned figure moves", async () => {
    const rest = 'invariant small : n <= 4\ncheck "it" expect holds in 4 states';
    const outcomes = await outcomesIn(counter("n < 3", rest));
    expect(outcomes[0]).toMatchObject({ kind: "survived" });
  });

  test("equivalent where every check explores the same", async () => {
    const outcomes = await outcomesIn(counter("n < 3 and n < 5", "invariant small : n <= 3"));
    expect(outcomes.map((it) => it.kind)).toEqual([
      "killed",
      "killed",
      "equivalent",
      "equivalent",
      // Of the rule `down`, whose guard is left out.
      "survived",
    ]);
  });

  test("invalid where no specification is left", async () => {
    const text =
      "message M { ack : bool  ackno : 0..3 when ack }\nnetwork net carries M { capacity 1 }\n" +
      "process p {\n  var n : 0..3\n  rule go when n == 0 { send net { ack, ackno: 1 }  n = 1 }\n" +
      "  on receive m { case news when m.ack and m.ackno == 1 { n = 2 }  ignore }\n}\nfinal : true\ninvariant i : p.n < 3\n";
    const kinds = (await outcomesIn(text)).map((it) => it.kind);
    expect(kinds).toContain("invalid");
  });
});

test("the score leaves out what changes nothing, and what only a model error tells", () => {
  const killed = (by: "verdict" | "model error"): MutantOutcome => ({
    kind: "killed",
    by,
    check: "",
    why: "",
  });
  const { percent, ...counts } = scoreOf([
    killed("verdict"),
    killed("verdict"),
    killed("verdict"),
    killed("model error"),
    { kind: "equivalent" },
    { kind: "invalid", why: "" },
    { kind: "undecided", check: "", because: "cut" },
    { kind: "alike", check: "", because: "left out" },
  ]);
  expect(percent).toBe(75);
  expect(counts).toEqual({
    mutants: 8,
    invalid: 1,
    equivalent: 1,
    alike: 1,
    modelErrors: 1,
    verdicts: 3,
    survived: 0,
    undecided: 1,
  });
});

test.each<[string, MutantOutcome, boolean]>([
  ["is equivalent", { kind: "equivalent" }, true],
  ["is invalid", { kind: "invalid", why: "" }, true],
  ["is alike only", { kind: "alike", check: "", because: "left out" }, false],
  [
    "is told by a model error alone",
    { kind: "killed", by: "model error", check: "", why: "" },
    false,
  ],
])("without a score, that a mutant %s is enough or not", (_, outcome, enough) => {
  const score = scoreOf([outcome]);
  expect(score.percent).toBeUndefined();
  expect(isEnough(score, 95)).toBe(enough);
  expect(isEnough(score, 0)).toBe(true);
});
