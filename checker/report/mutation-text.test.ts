import { expect, test } from "vitest";
import type { Mutant, Outcome } from "../mutate/index.ts";
import { type MutationReport, mutationText } from "./mutation-text.ts";
import { plain } from "./paint.ts";

const mutant: Mutant = {
  operator: "drop-conjunct",
  span: { file: "a.tw", start: 0, end: 1 },
  text: "",
};

const report = (mutants: number, outcomes: readonly Outcome[]): MutationReport => ({
  file: "a.tw",
  facts: { checks: 1, states: 10, leftOut: [], maxStates: 100 },
  minScore: 95,
  mutants,
  results: outcomes.map((outcome) => ({ mutant, outcome })),
});

const lastLine = (it: MutationReport): string =>
  mutationText(it, new Map(), { columns: 100, paint: plain }).trimEnd().split("\n").at(-1) ?? "";

const killed: Outcome = { kind: "killed", by: "verdict", check: "c", why: "w" };

test("a tick stands only where every mutant was tried", () => {
  expect(lastLine(report(1, [killed]))).toBe(
    "✓ 100.0 % killed: 1 of 1 mutants that change behaviour.",
  );
  expect(lastLine(report(3, [killed]))).toBe(
    "✗ 100.0 % killed: 1 of 1 mutants that change behaviour; INCOMPLETE, 2 mutants not tried.",
  );
});

test("where no mutant changes behaviour there is no percentage", () => {
  expect(lastLine(report(2, []))).toBe(
    "✗ No mutant that was tried changes behaviour; INCOMPLETE, 2 mutants not tried.",
  );
  expect(lastLine(report(1, [{ kind: "equivalent" }]))).toBe(
    "✓ No mutant that was tried changes behaviour.",
  );
});
