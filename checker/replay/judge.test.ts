import { describe, expect, test } from "vitest";
import { type Expectation, judge, type Observed } from "./judge.ts";

const told = (number: number, sent: readonly string[], state: string): Expectation => ({
  number,
  text: `step ${number}`,
  expected: { sent, state },
  isReplayed: true,
});

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

  test("a state that the stack does not tell is not compared", () => {
    expect(judge(expectations, [run({ sent: ["SYN seq=0"] }, { sent: [] })]).verdict).toBe("equal");
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
