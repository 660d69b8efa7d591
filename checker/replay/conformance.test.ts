import { describe, expect, test } from "vitest";
import { type CaseResult, type Conformance, conformText, conformVerdict } from "./conformance.ts";
import type { Judged } from "./judge.ts";

const judged = (verdict: Judged["verdict"]): Judged => ({
  verdict,
  steps: [{ number: 1, text: "step", verdict, expected: "silence", observed: ["silence"] }],
});

const result = (name: string, more: Partial<CaseResult> = {}): CaseResult => ({
  name,
  under: {},
  judged: judged("equal"),
  ...more,
});

const conformance = (more: Partial<Conformance> = {}): Conformance => ({
  file: "model.tw",
  on: "a stack",
  cases: ["TIME_WAIT.one", "TIME_WAIT.two"],
  isCut: false,
  skipped: [],
  results: [result("TIME_WAIT.one"), result("TIME_WAIT.two")],
  scenarios: 2,
  runs: 3,
  seconds: 1,
  alike: 0,
  remarks: [],
  ...more,
});

const verdict = (...results: readonly CaseResult[]) => conformVerdict(conformance({ results }));

describe("a stack does what its model does", () => {
  test("if every case was compared, and equal", () => {
    expect(conformVerdict(conformance())).toBe("equal");
    expect(verdict(result("TIME_WAIT.one, TIME_WAIT.two"))).toBe("equal");
  });

  test("not if one differs, or is unstable", () => {
    for (const apart of ["differs", "unstable"] as const) {
      const other = result("TIME_WAIT.two", { judged: judged(apart) });
      expect(verdict(result("TIME_WAIT.one"), other)).toBe("differs");
    }
  });

  test("is undecided where a case was not covered", () => {
    expect(verdict(result("TIME_WAIT.one"))).toBe("incomplete");
  });

  test("is undecided where a goal cannot be played, though its case is covered", () => {
    const end = result("TIME_WAIT.two", { judged: { steps: [], verdict: "equal" }, end: "no" });
    expect(verdict(...conformance().results, end)).toBe("incomplete");
    expect(verdict(end)).toBe("incomplete");
  });

  test("is undecided where no step was compared", () => {
    const nothing = result("TIME_WAIT.two", { judged: { steps: [], verdict: "equal" } });
    expect(verdict(result("TIME_WAIT.one"), nothing)).toBe("incomplete");
  });

  test("is undecided where the model is larger than what was looked at, which is said", () => {
    const cut = conformance({ isCut: true });
    expect(conformVerdict(cut)).toBe("incomplete");
    expect(conformText(cut)).toContain("  the models are larger than what was looked at");
    expect(conformText(conformance())).not.toContain("larger");
  });
});
