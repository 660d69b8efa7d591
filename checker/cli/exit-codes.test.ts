import { expect, test } from "vitest";
import { exitCode, exitCodeOf, type Outcome } from "./exit-codes.ts";

test("nothing to report is 0", () => {
  expect(exitCodeOf([])).toBe(0);
});

test("the documented order decides between several outcomes", () => {
  const order = [130, 143, 70, 64, 66, 73, 74, 65, 69, 14, 12, 11, 13, 10, 15, 16, 17, 20];
  const all = (Object.keys(exitCode) as (keyof typeof exitCode)[]).filter((it) => it !== "ok");
  const left = new Set<Outcome>(all);
  const decided: number[] = [];
  while (left.size > 0) {
    const code = exitCodeOf([...left]);
    decided.push(code);
    for (const it of left) if (exitCode[it] === code) left.delete(it);
  }
  expect(decided).toEqual(order);
});
