import { describe, expect, test } from "vitest";
import { type Expectation, judge, type Observed, untoldText } from "./judge.ts";

const told = (number: number, sent: readonly string[], state: string): Expectation => ({
  number,
  text: `step ${number}`,
  expected: { sent, state },
  isReplayed: true,
});

const timer = "timer goes on" as const;

const run = (...answers: readonly Observed[]): ReadonlyMap<number, Observed> =>
  new Map(answers.map((it, at) => [at + 1, it]));

describe("runs are compared with the trace", () => {
  const expectations = [told(1, ["SYN seq=0"], "SYN_SENT"), told(2, [], "CLOSED")];
  const good = run({ sent: ["SYN seq=0"], state: "SYN_SENT" }, { sent: [], state: "CLOSED" });

  test("runs that show what is expected are equal", () => {
    expect(judge(expectations, [good, good, good]).verdict).toBe("equal");
  });

  test("what all runs show otherwise differs, with what was seen, and ends the comparison", () => {
    const other = run({ sent: ["RST seq=0"], state: "CLOSED" }, { sent: [], state: "CLOSED" });
    const judged = judge(expectations, [other, other, other]);
    expect(judged.verdict).toBe("differs");
    expect(judged.steps.map((it) => it.observed)).toEqual([["RST seq=0; CLOSED"]]);
  });

  test("one run that differs from the others is unstable, whoever is right", () => {
    const other = run({ sent: [], state: "SYN_SENT" }, { sent: [], state: "CLOSED" });
    for (const runs of [
      [good, other, good],
      [other, good, other],
      [other, good, good],
    ]) {
      const { steps, verdict } = judge(expectations, runs);
      expect([verdict, steps.length]).toEqual(["unstable", 1]);
    }
    expect(judge(expectations, [good, good]).steps).toHaveLength(2);
  });

  test("without a run nothing is equal", () => {
    expect(judge(expectations, []).verdict).toBe("unstable");
  });

  test("a run without an answer is unstable", () => {
    const short = run({ sent: ["SYN seq=0"], state: "SYN_SENT" });
    expect(judge(expectations, [good, short, good]).verdict).toBe("unstable");
  });

  test("a state or a timer that the stack does not tell is not compared, and not said to be equal", () => {
    const timed = {
      ...told(1, [], "TIME_WAIT"),
      expected: { sent: [], state: "TIME_WAIT", timer },
    };
    const silent = run({ sent: [] });
    const judged = judge([timed], [silent, run({ sent: [], state: "TIME_WAIT", timer })]);
    const [step] = judged.steps;
    expect(judged.verdict).toBe("equal");
    expect([step?.expected, step?.untold]).toEqual(["silence", ["state", "timer"]]);
    expect(untoldText(judged)).toBe("its state and its timer");
    expect(untoldText(judge(expectations, [good]))).toBeUndefined();
  });

  test("a timer that is told is compared", () => {
    const timed = { ...told(1, [], "TIME_WAIT"), expected: { sent: [], timer } };
    for (const other of ["timer restarted", "timer ends sooner", "no timer is told"] as const)
      expect(judge([timed], [run({ sent: [], timer: other })]).verdict).toBe("differs");
  });

  test("what the application is told is one thing, what is sent and where it leads others", () => {
    const refusal = "address not available";
    const refused = {
      ...told(1, [], "TIME_WAIT"),
      expected: { sent: [], state: "TIME_WAIT", refusal },
    };
    const verdict = (it: Observed) => judge([refused], [run(it)]).verdict;
    expect(verdict({ sent: [], state: "TIME_WAIT", refusal })).toBe("equal");
    expect(verdict({ sent: [], state: "CLOSED", refusal })).toBe("differs");
    expect(verdict({ sent: ["SYN seq=0"], state: "TIME_WAIT", refusal })).toBe("differs");
    expect(verdict({ sent: [], state: "TIME_WAIT" })).toBe("differs");
    expect(verdict({ sent: [], failure: refusal })).toBe("differs");
  });

  test("what is equal only if a doubt is dismissed is undecided, and ends the comparison", () => {
    const doubtful = run({ sent: ["SYN seq=0"], state: "SYN_SENT", doubt: "late" });
    for (const runs of [
      [doubtful, doubtful],
      [good, doubtful],
    ]) {
      const { steps, verdict } = judge(expectations, runs);
      expect([verdict, steps.length]).toEqual(["undecided", 1]);
    }
    const other = run({ sent: [], state: "CLOSED", doubt: "late" });
    expect(judge(expectations, [other, other]).verdict).toBe("differs");
    expect(judge(expectations, [good, other]).verdict).toBe("unstable");
  });

  test("a step that the stack could not do is not equal", () => {
    const failed = run({ sent: ["SYN seq=0"], state: "SYN_SENT", failure: "connect() failed" });
    expect(judge(expectations, [failed]).steps[0]?.verdict).toBe("differs");
  });

  test("steps that are not replayed decide nothing", () => {
    const skipped = expectations.map((it) => ({ ...it, isReplayed: false, note: "elsewhere" }));
    const judged = judge(skipped, [new Map()]);
    expect(judged.verdict).toBe("equal");
    expect(judged.steps.map((it) => it.verdict)).toEqual(["not replayed", "not replayed"]);
  });
});
