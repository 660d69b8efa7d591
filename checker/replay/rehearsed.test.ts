import { expect, test } from "vitest";
import { rehearsedSteps } from "./rehearsed.ts";
import { replayText } from "./report.ts";

const cues = [{ action: "connect" }];
const judged = (kind: "undecided" | "still violated") => rehearsedSteps(cues, { kind }, "fails");

test("what nobody can tell is undecided, and said so", () => {
  const undecided = judged("undecided");
  expect(undecided.verdict).toBe("undecided");
  const text = replayText({ trace: "t", on: "model m", notes: [], judged: undecided });
  expect(text).toContain("observed: too much follows to tell\n        undecided\n");
  expect(text).toMatch(/undecided in step 1, after 1 equal steps\n$/);
  expect(judged("still violated").verdict).toBe("equal");
});
