import { describe, expect, test } from "vitest";
import type { Observed, Scenario, ScenarioStep } from "../pipeline.ts";
import { resultOf } from "./conform-result.ts";
import { plainBinding } from "../export/testing/plain-binding.ts";
import type { Run } from "./replay-player.ts";

const step: ScenarioStep = {
  number: 1,
  text: "step",
  move: { kind: "call", call: "connect" },
  sent: [],
  state: "TIME_WAIT",
  refusal: "address not available",
};

const scenario: Scenario = {
  binding: plainBinding,
  host: 0,
  peer: 1,
  switches: {},
  lead: [],
  notes: [],
  steps: [step],
};

const asked = { name: "goal", under: {}, scenario };

const run = (observed: Observed): Run => ({ seen: new Map([[1, observed]]), remarks: [] });

const good = run({ sent: [], state: "TIME_WAIT", refusal: "address not available" });

const unstarted: Run = {
  seen: new Map(),
  failure: { kind: "not started", why: "address not available" },
  remarks: [],
};

describe("a goal", () => {
  test("that all runs reach is compared", () => {
    const result = resultOf(asked, [good, good, good]);
    expect([result.judged.verdict, result.end, result.isCompared]).toEqual([
      "equal",
      undefined,
      true,
    ]);
  });

  test("that no run is led to is none that was compared", () => {
    const lost: Run = {
      seen: new Map(),
      failure: { kind: "not led", why: "it cannot be led to the beginning" },
      remarks: [],
    };
    const result = resultOf(asked, [lost, lost]);
    expect([result.judged.verdict, result.isCompared]).toEqual(["differs", false]);
  });

  test("for which the stack does not start is not covered", () => {
    expect(resultOf(asked, [unstarted, unstarted])).toMatchObject({
      judged: { steps: [] },
      end: "the stack cannot be used: address not available",
    });
  });

  test("is not reached by a run that does not start, whatever it says", () => {
    const result = resultOf(asked, [good, unstarted, good]);
    expect([result.judged.verdict, result.end]).toEqual(["unstable", undefined]);
  });

  test("is not covered where the stack does not tell its state", () => {
    const untold = run({ sent: [], refusal: "address not available" });
    const result = resultOf(asked, [untold, untold]);
    expect(result).toMatchObject({
      judged: { steps: [] },
      end: "the stack does not tell its state",
    });
  });

  test("is not covered where nobody can tell what the answer was", () => {
    const doubtful = run({
      sent: [],
      state: "TIME_WAIT",
      refusal: "address not available",
      doubt: "late",
    });
    const { judged, end } = resultOf(asked, [doubtful, good]);
    expect([judged.verdict, judged.steps.length]).toEqual(["equal", 0]);
    expect(end).toContain("undecided in step 1");
  });
});
