import { describe, expect, test } from "vitest";
import {
  type CaseResult,
  type Conformance,
  conformText,
  conformVerdict,
  isStepCompared,
} from "./conformance.ts";
import type { Judged } from "./judge.ts";

const judged = (verdict: Judged["verdict"]): Judged => ({
  verdict,
  steps: [{ number: 1, text: "step", verdict, expected: "silence", observed: ["silence"] }],
});

const result = (name: string, more: Partial<CaseResult> = {}): CaseResult => ({
  name,
  under: {},
  judged: judged("equal"),
  isCompared: true,
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
    const end = result("TIME_WAIT.two", {
      judged: { steps: [], verdict: "equal" },
      isCompared: false,
      end: "no",
    });
    expect(verdict(...conformance().results, end)).toBe("incomplete");
    expect(verdict(end)).toBe("incomplete");
  });

  test("is undecided where no step was compared", () => {
    const nothing = result("TIME_WAIT.two", { isCompared: false });
    expect(verdict(result("TIME_WAIT.one"), nothing)).toBe("incomplete");
  });

  test("is undecided where a rule was not asked, in whatever state", () => {
    const more = { cases: ["TIME_WAIT.one", "connect_again"] };
    const asked = (...names: readonly string[]) =>
      conformance({ ...more, results: ["TIME_WAIT.one", ...names].map((name) => result(name)) });
    expect(conformVerdict(asked())).toBe("incomplete");
    expect(conformText(asked())).toContain("  connect_again: nothing leads there");
    expect(conformVerdict(asked("connect_again_beside in TIME_WAIT"))).toBe("incomplete");
    expect(conformVerdict(asked("connect_again in TIME_WAIT"))).toBe("equal");
    expect(conformText(asked("connect_again in TIME_WAIT"))).toContain("2 of 2 cases covered\n");
  });

  test("is undecided where the model is larger than what was looked at, which is said", () => {
    const cut = conformance({ isCut: true });
    expect(conformVerdict(cut)).toBe("incomplete");
    expect(conformText(cut)).toContain("  the models are larger than what was looked at");
    expect(conformText(conformance())).not.toContain("larger");
  });
});

describe("a case is covered", () => {
  const apart = (isCompared: boolean) => {
    const other = result("TIME_WAIT.two", { judged: judged("differs"), isCompared });
    return conformText(conformance({ results: [result("TIME_WAIT.one"), other] }));
  };

  test("if its own step was compared, and differs, too", () => {
    expect(apart(true)).toContain("2 of 2 cases covered\n");
  });

  test("not if they parted before it", () => {
    expect(apart(false)).toContain("1 of 2 cases covered\n");
    expect(apart(false)).toContain("  TIME_WAIT.two: the stack did not come so far\n");
  });

  test("if the step of the goal is among those that a run began, and compared", () => {
    const { steps } = judged("differs");
    const skipped = steps.map((it) => ({ ...it, verdict: "not replayed" as const }));
    expect(isStepCompared(1, judged("differs"), true)).toBe(true);
    expect(isStepCompared(1, judged("differs"), false)).toBe(false);
    expect(isStepCompared(2, judged("differs"), true)).toBe(false);
    expect(isStepCompared(1, { steps: skipped, verdict: "equal" }, true)).toBe(false);
  });
});

test("ends that were brought about are marked, and counted apart", () => {
  const results = ["TIME_WAIT.one", "TIME_WAIT.two", "expire tw in TIME_WAIT"].map((name) =>
    result(name),
  );
  const own = conformText(conformance({ results }));
  expect(own).toMatch(/expire tw in TIME_WAIT +1 equal\n/);
  expect(own).not.toContain("of the equal ones");
  const made = conformText(conformance({ results, endedBy: "by hand" }));
  expect(made).toMatch(/expire tw in TIME_WAIT +1 equal \(by hand\)\n/);
  expect(made).toMatch(/TIME_WAIT\.one +1 equal\n/);
  expect(made).toContain("of the equal ones 1 expiry, by hand\n");
});
