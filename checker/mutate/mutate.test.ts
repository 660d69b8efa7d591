// Which mistakes are made in a text, and what becomes of them.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { plan, type PlanRequest } from "../prove/index.ts";
import { loadModules, type Modules } from "../semantics/index.ts";
import type { Checked } from "../source/index.ts";
import { parse } from "../syntax/index.ts";
import {
  type Bench,
  edited,
  mutantsOf,
  type Outcome,
  scoreOf,
  tryMutant,
  type Yardstick,
  yardstickOf,
} from "./index.ts";

const file = "model.tw";

const loaded = (text: string): Checked<Modules> => loadModules(file, () => E.right(text), parse);

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

const bench: Bench = {
  digest: (text) => text,
  shell: { now: () => 0, rest: () => Promise.resolve("go-on") },
  memoryBytes: 2 ** 28,
};

/** What becomes of every mutant of a text with checks. */
const outcomesOf = async (text: string): Promise<readonly Outcome[]> => {
  const before = loaded(text);
  const request: PlanRequest = { commandLine: [], only: [], isWanted: () => true };
  const { value, diagnostics } = plan(before, request);
  if (diagnostics.some((it) => it.severity === "error")) throw new Error(diagnostics[0]?.message);
  const yardsticks: Yardstick[] = [];
  for (const planned of value.obligations) {
    const it = await yardstickOf(file, planned, 10_000, bench);
    if (it === undefined || it === "too large" || !it.isMet) throw new Error("no yardstick");
    yardsticks.push(it);
  }
  const outcomes: Outcome[] = [];
  for (const mutant of mutantsOf(before.value, () => text)) {
    const after = loaded(edited(text, mutant));
    const outcome = await tryMutant(
      { before, after, request, yardsticks, maxStates: 10_000 },
      bench,
    );
    if (outcome !== undefined) outcomes.push(outcome);
  }
  return outcomes;
};

const counter = (guard: string, rest: string): string =>
  `var n : 0..9\nrule up when ${guard} { n += 1 }\nrule down when n == 9 { n = 0 }\nfinal : true\n${rest}\n`;

describe("a mistake is", () => {
  test("killed by a verdict that changes, with the check that tells", async () => {
    const [first] = await outcomesOf(counter("n < 3", "invariant small : n <= 3"));
    expect(first).toEqual({
      kind: "killed",
      by: "verdict",
      check: "",
      why: "invariant `small` is violated after 4 steps",
    });
  });

  test("killed by a model error apart", async () => {
    const [weakened] = await outcomesOf(counter("n < 9", "invariant any : n >= 0"));
    expect(weakened).toMatchObject({ kind: "killed", by: "model error" });
  });

  test("a survivor, with the state from which the model goes on in another way", async () => {
    const outcomes = await outcomesOf(counter("n < 3", "invariant small : n <= 4"));
    expect(outcomes[0]).toEqual({
      kind: "survived",
      difference: { check: "", depth: 3, state: ["n=3"], without: [], with: ["up: n=4"] },
    });
  });

  test("no kill where only a pinned figure moves", async () => {
    const rest = 'invariant small : n <= 4\ncheck "it" expect holds in 4 states';
    const outcomes = await outcomesOf(counter("n < 3", rest));
    expect(outcomes[0]).toMatchObject({ kind: "survived" });
  });

  test("equivalent where every check explores the same", async () => {
    const outcomes = await outcomesOf(counter("n < 3 and n < 5", "invariant small : n <= 3"));
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
    const kinds = (await outcomesOf(text)).map((it) => it.kind);
    expect(kinds).toContain("invalid");
  });
});

test("the score leaves out what changes nothing, and what only a model error tells", () => {
  const killed = (by: "verdict" | "model error"): Outcome => ({
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
    { kind: "undecided", check: "" },
  ]);
  expect(percent).toBe(75);
  expect(counts).toEqual({
    mutants: 7,
    invalid: 1,
    equivalent: 1,
    modelErrors: 1,
    verdicts: 3,
    survived: 0,
    undecided: 1,
  });
});
