import { expect, test } from "vitest";
import { leastOf, type PointOutcome } from "./least.ts";

const outcomes = { s: "safe", u: "unsafe", "?": "unknown", "-": "skipped" } as const;

/** One row per value of MSL, one letter per value of LEN from 0. */
const points = (...rows: readonly string[]): readonly PointOutcome[] =>
  rows.flatMap((row, msl) =>
    row.split("").map((letter, length) => ({
      values: [
        { name: "MSL", text: String(msl) },
        { name: "LEN", text: String(length) },
      ],
      outcome: outcomes[letter as keyof typeof outcomes],
    })),
  );

const answers = (...rows: readonly string[]) =>
  leastOf(points(...rows), "LEN").map((it) => [
    it.others[0]?.text,
    it.value,
    it.isDecided,
    it.unsafeAbove.join(","),
  ]);

test("the least safe value is found per combination of the other axes", () => {
  expect(answers("uuss", "usss")).toEqual([
    ["0", "2", true, ""],
    ["1", "1", true, ""],
  ]);
});

test("without a safe value there is none", () => {
  expect(answers("uuu")).toEqual([["0", undefined, true, ""]]);
});

test("an unknown point below the least leaves the answer open, one above does not", () => {
  expect(answers("u?ss", "uss?", "uu?")).toEqual([
    ["0", "2", false, ""],
    ["1", "1", true, ""],
    ["2", undefined, false, ""],
  ]);
});

test("values above the least that are unsafe again are named", () => {
  expect(answers("usus")).toEqual([["0", "1", true, "2"]]);
});

test("skipped points do not count, and a combination of skipped points has no answer", () => {
  expect(answers("-us", "---")).toEqual([["0", "2", true, ""]]);
});
