import { expect, test } from "vitest";
import { type Claim, mayStop } from "./claim.ts";

const span = { file: "a.tw", start: 0, end: 1 };

const violated = (names: readonly string[], ...units: readonly ("states" | "steps")[]): Claim => ({
  span,
  kind: "violated",
  names,
  figures: units.map((unit) => ({ unit, value: 1, span })),
});

test("a search may stop once exactly the selected properties are violated", () => {
  expect(mayStop(violated(["p", "q"]), ["q", "p"])).toBe(true);
  expect(mayStop(violated(["p"], "steps"), ["p"])).toBe(true);
});

test("a search goes on while something else is selected, or everything is", () => {
  expect(mayStop(violated(["p"]), ["p", "q"])).toBe(false);
  expect(mayStop(violated(["p"]), [])).toBe(false);
});

test("a search goes on for a failed assertion", () => {
  expect(mayStop(violated(["p", "assert"]), ["p"])).toBe(false);
});

test("a search goes on for figures of all of it", () => {
  expect(mayStop(violated(["p"], "states"), ["p"])).toBe(false);
  expect(mayStop(violated(["p"], "steps", "states"), ["p"])).toBe(false);
});

test("a search for model errors, or for nothing, goes on", () => {
  expect(mayStop({ ...violated(["range"]), kind: "error" }, ["range"])).toBe(false);
  expect(mayStop({ ...violated([]), kind: "holds" }, ["p"])).toBe(false);
});
