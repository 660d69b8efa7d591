import { expect, test } from "vitest";
import { mayReach, type MutantOutcome } from "./index.ts";

const killed: MutantOutcome = { kind: "killed", by: "verdict", check: "c", why: "w" };
const noticed: MutantOutcome = { kind: "killed", by: "model error", check: "c", why: "w" };
const survived: MutantOutcome = { kind: "survived" };

// 5 of 6 with n more is (5 + n) of (6 + n): 95 % from n = 14 on.
test.each([
  ["as many as are needed", [...Array.from({ length: 5 }, () => killed), survived], 14, true],
  ["one too few", [...Array.from({ length: 5 }, () => killed), survived], 13, false],
  ["all were tried", [killed, survived], 0, false],
  ["no score yet", [noticed], 1, true],
  ["no score, and none left", [noticed], 0, false],
  ["nothing was tried", [], 3, true],
])("mutants that were not tried may lift the score, or not: %s", (_, outcomes, untried, may) => {
  expect(mayReach(outcomes, untried, 95)).toBe(may);
});
