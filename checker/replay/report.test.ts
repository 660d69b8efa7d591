import { expect, test } from "vitest";
import { replayText } from "./report.ts";

test("what the stack does not tell is said, and is not among what is equal", () => {
  const step = {
    number: 1,
    text: "step",
    verdict: "equal",
    expected: "silence",
    observed: ["silence"],
    untold: ["state"],
  } as const;
  const judged = { steps: [step], verdict: "equal" } as const;
  const text = replayText({ trace: "t", on: "s", notes: [], judged });
  expect(text).toContain(
    "equal: silence\n        not compared: the state, which the stack does not tell\n",
  );
  expect(text).toMatch(/compared, as far as the stack tells: not its state\n$/);
});
