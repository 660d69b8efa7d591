// What is said of mutants that no check tells: equivalent only where everything was compared.

import { describe, expect, test } from "vitest";
import { outcomesOf } from "./testing/outcomes.ts";

/** With `K` it counts to 20,000, too, and is too large. */
const large = (guard: string, checks: string): string =>
  [
    "const K : 0..20000 = 0",
    "const TOP : 1..9 = 3",
    "const ON : bool = false",
    "var n : 0..9",
    "var k : 0..20000",
    `rule up when ${guard} { n += 1 }`,
    "rule more when k < K { k += 1 }",
    "final : true",
    "invariant small : n <= TOP",
    'check "small" expect holds',
    checks,
  ].join("\n");

const leftOut = 'check "large" { K = 20000, TOP = 5, ON = true } only small expect holds';

describe("a mutant that changes nothing in the checks that are small enough is", () => {
  test("undecided where only a check that was left out has another model", async () => {
    const outcomes = await outcomesOf(large("n < TOP and (not ON or n < 5)", leftOut));
    expect(outcomes.get("n < 5 -> n <= 5")).toEqual({
      kind: "undecided",
      check: "large",
      because: "left out",
    });
  });

  test("alike where another model was explored, and that of a left-out check was not", async () => {
    const outcomes = await outcomesOf(large("n < TOP and n < 5", leftOut));
    expect(outcomes.get("n < 5 -> true")).toEqual({
      kind: "alike",
      check: "large",
      because: "left out",
    });
  });

  test("equivalent where the check that was left out has the same model", async () => {
    const check = 'check "large" { K = 20000, TOP = 3, ON = true } only small expect holds';
    const outcomes = await outcomesOf(large("n < TOP and (ON or n < 5)", check));
    expect(outcomes.get("n < 5 -> n <= 5")).toEqual({ kind: "equivalent" });
  });

  test("undecided where a sweep that was left out asks for something else", async () => {
    const sweep =
      'sweep "many" { TOP in 3..9 } only small least TOP expect least == (if ON then 4 else 3)';
    const outcomes = await outcomesOf(large("n < 3", sweep));
    expect(outcomes.get("false -> true")).toEqual({
      kind: "undecided",
      check: "many",
      because: "left out",
    });
  });

  test("alike where a point of a sweep that was left out has another model", async () => {
    const sweep = 'sweep "many" { TOP in 3..9 } only small least TOP';
    const outcomes = await outcomesOf(large("n < TOP and n < 9", sweep));
    expect(outcomes.get("n < 9 -> true")).toEqual({
      kind: "alike",
      check: "many",
      because: "left out",
    });
  });
});

/** Counts on after its one check has what it looks for. */
const early = (late: string, top = 100): string =>
  [
    "var n : 0..20001",
    "var k : 0..1",
    `rule up when n < ${top} { n += 1 }`,
    `rule late when n == 90 and k == 0 ${late}`,
    "final : true",
    "invariant low : n < 3",
    'check "early" only low expect violated low',
  ].join("\n");

describe("where a search ends early, a mutant is", () => {
  test("a survivor when the whole of its model is another", async () => {
    const outcomes = await outcomesOf(early("{ k = 1 }"));
    expect(outcomes.get("k == 0 -> true")).toEqual({
      kind: "survived",
      difference: {
        check: "early",
        depth: 91,
        state: ["n=90", "k=1"],
        without: [],
        with: ["late"],
      },
    });
  });

  test("equivalent when the whole of its model is the same", async () => {
    const outcomes = await outcomesOf(early("{ k = 0 }"));
    expect(outcomes.get("k == 0 -> true")).toEqual({ kind: "equivalent" });
  });

  test("undecided when the whole is too large", async () => {
    const outcomes = await outcomesOf(early("{ k = 0 }", 20000));
    expect(outcomes.get("k == 0 -> true")).toEqual({
      kind: "undecided",
      check: "early",
      because: "ends early",
    });
  });

  test("a survivor when that shows in the unsafe point of a sweep", async () => {
    const text = [
      "const LOW : 1..9 = 1",
      early("{ k = 1 }")
        .replace("n < 3", "n < LOW")
        .replace(/check .*/, 'sweep "s" { LOW in 2..3 } only low least LOW expect least == none'),
    ].join("\n");
    expect((await outcomesOf(text, 100_000)).get("k == 0 -> true")).toMatchObject({
      kind: "survived",
      difference: { check: "s, LOW = 2", depth: 91 },
    });
  });
});

describe("a mutant with as many states and transitions is a survivor", () => {
  const ring = (rest: string): string =>
    [
      "const FIRST : bool = true",
      "const TOP : 3..4 = 3",
      "var n : 0..3",
      "rule one when n == 0 { n = 1 }",
      "rule two when n == 0 { n = 2 }",
      "rule meet when n == (if FIRST then 1 else 2) { n = 3 }",
      "final : true",
      "invariant small : n <= TOP",
      rest,
    ].join("\n");

  test("when its steps lead in another way to the same states", async () => {
    expect((await outcomesOf(ring(""))).get("true -> false")).toEqual({
      kind: "survived",
      difference: { check: "", depth: 1, state: ["n=1"], without: ["meet: n=3"], with: [] },
    });
  });

  test("when that shows in a sweep alone", async () => {
    const sweep = 'sweep "s" { TOP in 3..4 } only small least TOP';
    expect((await outcomesOf(ring(sweep), 100_000)).get("true -> false")).toMatchObject({
      kind: "survived",
      difference: { check: "s, TOP = 3", depth: 1 },
    });
  });

  test("when its states are others, of more than are gone through step by step", async () => {
    const text = [
      "const HIGH : bool = true",
      "var n : 0..400",
      "var k : 0..400",
      "var end : 0..2",
      "rule up when n < 400 { n += 1 }",
      "rule more when k < 400 { k += 1 }",
      "rule halt when n == 400 and k == 400 and end == 0 { end = if HIGH then 1 else 2 }",
      "final : true",
      "invariant any : n >= 0",
    ].join("\n");
    expect((await outcomesOf(text, 500_000)).get("true -> false")).toEqual({ kind: "survived" });
  });
});

/** A mistake in `back` leaves it the same states and as many transitions: a step to where it stands. */
const turning = (top: number): string =>
  [
    `var n, k : 0..${top}`,
    "var f : bool",
    `rule more_n when n < ${top} { n += 1 }`,
    `rule more_k when k < ${top} { k += 1 }`,
    "rule forth when not f { f = true }",
    "rule back when f { f = false }",
    `invariant small : n <= ${top}`,
    'check "it" expect holds',
  ].join("\n");

describe("where states and transitions are as many, a mutant is", () => {
  test("a survivor where a step leads elsewhere", async () => {
    expect((await outcomesOf(turning(100), 200_000)).get("false -> true")).toMatchObject({
      kind: "survived",
      difference: { depth: 1, state: ["f=true"], without: ["back: f=false"], with: ["back"] },
    });
  });

  test("alike where they are too many to be compared one by one, and not equivalent", async () => {
    expect((await outcomesOf(turning(240), 200_000)).get("false -> true")).toEqual({
      kind: "alike",
      check: "it",
      because: "counted",
    });
  });
});
