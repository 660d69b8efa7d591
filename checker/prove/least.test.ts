import { expect, test } from "vitest";
import { leastOf, type PointOutcome, unansweredOf } from "./least.ts";

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
    it.safeBelow.join(","),
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

test("the least value is the one from which on everything is safe", () => {
  expect(answers("usus", "ssuu", "susss")).toEqual([
    ["0", "3", true, "1"],
    ["1", undefined, true, "0,1"],
    ["2", "2", true, "0"],
  ]);
});

test("an unknown point leaves the answer open unless a greater value is unsafe", () => {
  expect(answers("u?ss", "uss?", "uu?", "?us")).toEqual([
    ["0", "2", false, ""],
    ["1", undefined, false, ""],
    ["2", undefined, false, ""],
    ["3", "2", true, ""],
  ]);
});

test("skipped points do not count, and a combination of skipped points has no answer", () => {
  expect(answers("-us", "---")).toEqual([["0", "2", true, ""]]);
});

test("combinations of the other axes whose points are all skipped are unanswered", () => {
  const names = (axis: string | undefined, ...rows: readonly string[]) =>
    unansweredOf(points(...rows), axis).map((it) => it.map(({ text }) => text).join(","));
  expect(names("LEN", "-u", "--", "s-")).toEqual(["1"]);
  expect(names(undefined, "-u", "--")).toEqual([]);
  expect(names(undefined, "--", "--")).toEqual([""]);
});
