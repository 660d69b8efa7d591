import { expect, test } from "vitest";
import { matches } from "./glob.ts";

test.each([
  ["just over 2 MSL", "just over 2 MSL", true],
  ["just*", "just over 2 MSL", true],
  ["*msl", "just over 2 MSL", true],
  ["just ???? 2 MSL", "just over 2 MSL", true],
  ["just", "just over 2 MSL", false],
  ["I1 (a+b)", "I1 (a+b)", true],
  ["I1 (a+b)", "I1 (aab)", false],
  ["*", "", true],
])("%j of %j: %j", (pattern, title, expected) => {
  expect(matches(pattern)(title)).toBe(expected);
});
