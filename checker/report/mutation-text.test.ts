import { expect, test } from "vitest";
import type { Mutant, MutantOutcome } from "../mutate/index.ts";
import { type MutationReport, mutationText } from "./mutation-text.ts";
import { plain } from "./paint.ts";

const mutant: Mutant = {
  operator: "drop-conjunct",
  span: { file: "a.tw", start: 0, end: 1 },
  text: "",
};

const report = (mutants: number, outcomes: readonly MutantOutcome[]): MutationReport => ({
  file: "a.tw",
  facts: { checks: 1, states: 10, leftOut: [], maxStates: 100 },
  minScore: 95,
  mutants,
  results: outcomes.map((outcome) => ({ mutant, outcome })),
});

const lastLine = (it: MutationReport): string =>
  mutationText(it, new Map(), { columns: 100, paint: plain }).trimEnd().split("\n").at(-1) ?? "";

const killed: MutantOutcome = { kind: "killed", by: "verdict", check: "c", why: "w" };

test("a tick stands only where every mutant was tried", () => {
  expect(lastLine(report(1, [killed]))).toBe(
    "✓ 100.0 % killed: 1 of 1 mutants that change behaviour.",
  );
  expect(lastLine(report(3, [killed]))).toBe(
    "✗ 100.0 % killed: 1 of 1 mutants that change behaviour; INCOMPLETE, 2 mutants not tried.",
  );
});

test("a score that the mutants not tried cannot mend is told apart from one that they may", () => {
  const survived: MutantOutcome = { kind: "survived" };
  const said = "✗ 50.0 % killed: 1 of 2 mutants that change behaviour; at least 95 % are asked for";
  expect(lastLine(report(40, [killed, survived]))).toBe(
    `${said}; INCOMPLETE, 38 mutants not tried.`,
  );
  expect(lastLine(report(4, [killed, survived]))).toBe(
    `${said}; INCOMPLETE, 2 mutants not tried, too few to reach that.`,
  );
});

test("where no mutant changes behaviour there is no percentage", () => {
  expect(lastLine(report(2, []))).toBe(
    "✗ No mutant that was tried changes behaviour; INCOMPLETE, 2 mutants not tried.",
  );
  expect(lastLine(report(1, [{ kind: "equivalent" }]))).toBe("✓ No mutant changes behaviour.");
  expect(lastLine(report(0, []))).toBe("✓ There is nothing to make a mistake in.");
});

test("where no property tells any mutant there is no score, which is not enough", () => {
  const noticed: MutantOutcome = { kind: "killed", by: "model error", check: "c", why: "w" };
  expect(lastLine(report(2, [noticed, { kind: "equivalent" }]))).toBe(
    "✗ No score: no property tells the one mutant that may change behaviour; at least 95 % are asked for.",
  );
});

test("what was not compared in full is told apart from what is killed", () => {
  const alike: MutantOutcome = { kind: "alike", check: "large", because: "left out" };
  expect(lastLine(report(2, [killed, alike]))).toBe(
    "✓ 100.0 % killed: 1 of 1 mutants that change behaviour; 1 more is alike as far as was searched.",
  );
});

test("an undecided mutant is said to be one that may change behaviour", () => {
  const open: MutantOutcome = { kind: "undecided", check: "large", because: "left out" };
  const text = mutationText(report(2, [killed, open]), new Map([["a.tw", "x"]]), {
    columns: 100,
    paint: plain,
  });
  expect(text).toContain('only checks that were left out have another model, such as "large"');
  expect(text.trimEnd().split("\n").at(-1)).toBe(
    "✗ 50.0 % killed: 1 of 2 mutants that change behaviour, or may; at least 95 % are asked for.",
  );
});
