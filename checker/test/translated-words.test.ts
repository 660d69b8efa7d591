// What a translated text says of its use: the command line that it holds is the one to use.

import { afterAll, beforeAll, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

let shop: Workshop;

beforeAll(() => {
  const counter = "var x : 0..3\nrule up when x < 3 { x += 1 }\n";
  shop = workshop({ "ends.tw": `${counter}final : x == 3\n`, "stuck.tw": counter });
});

afterAll(() => {
  shop.close();
});

test.each([
  ["ends.tw", "murphi", "rumur --deadlock-detection off -o model.c model.m", true],
  ["ends.tw", "promela", "./pan -E -m1000000", true],
  ["stuck.tw", "murphi", "rumur --deadlock-detection stuck -o model.c model.m", false],
  ["stuck.tw", "promela", "./pan -m1000000", false],
])("%s as %s is for `%s`", (file, language, words, mayEnd) => {
  const { code, out } = shop.check(["translate", file, "--to", language]);
  expect(code).toBe(0);
  expect(out).toContain(words);
  expect(out.includes("Deadlocks are not looked for")).toBe(mayEnd);
});
