// What people read of results, kept as files beside the input that made them.

import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { madeChecks, madeFile, madeSweep, madeText } from "../test/made-results.ts";
import type { TextLook } from "./check-text.ts";
import { obligationText, summaryText } from "./file-text.ts";
import { coloured, plain } from "./paint.ts";
import { lineReader } from "./sources.ts";

const look = (columns: number, more: Partial<TextLook> = {}): TextLook => ({
  paint: plain,
  columns,
  trace: "ladder",
  lines: lineReader(new Map([[madeFile, madeText]])),
  ...more,
});

const { least: _, ...pointwise } = madeSweep(false);
const results = [...Object.values(madeChecks), madeSweep(false), madeSweep(true), pointwise];

const page = (it: TextLook): string =>
  results.map((result) => obligationText(result, it)).join("") +
  summaryText([{ file: madeFile, obligations: results, notRun: ["the last"], findings: [] }], it) +
  summaryText([{ file: madeFile, obligations: [madeChecks.holds], notRun: [], findings: [] }], it);

test.each([100, 60])("results in %i columns", async (columns) => {
  await expect(page(look(columns))).toMatchFileSnapshot(`golden/results-${columns}.txt`);
});

test("lines keep within the columns", () => {
  for (const columns of [60, 80, 120]) {
    const long = page(look(columns, { trace: "diff" }))
      .split("\n")
      .filter((it) => it.length > columns && !/^ {2}\d+\. /.test(it));
    expect(long).toEqual([]);
  }
});

/** The sweep with a longer axis, which nothing is asked of. */
const longSweep = (length: number): ReturnType<typeof madeSweep> => {
  const sweep = madeSweep(false);
  const [first] = sweep.points;
  if (first === undefined) throw new Error("the sweep has no points");
  const values = Array.from({ length }, (_, at) => String(at));
  return {
    ...sweep,
    axes: [{ name: "TIME_WAIT_LEN", values }],
    points: values.map((text) => ({
      ...first,
      outcome: Number(text) < 30 ? "unsafe" : "safe",
      values: [{ name: "TIME_WAIT_LEN", text }],
    })),
    least: {
      name: "TIME_WAIT_LEN",
      answers: [{ others: [], value: "30", isDecided: true, safeBelow: [], isMet: true }],
    },
  };
};

test.each([
  [200, /^ +0  1  2  .*\n  30 +✗  ✗  .*✓$/m],
  [80, /^  least +0 … 39\n  30 +✗{30}✓{10}$/m],
  [40, /^  least +0 … 39\n  30 +✗{30}✓\n +✓{9}$/m],
])("the chart of a sweep fits into %i columns", (columns, shown) => {
  const text = obligationText(longSweep(40), look(columns));
  expect(text.replace(/least +0  1/, "       0  1")).toMatch(shown);
  expect(text.split("\n").filter((it) => it.length > columns)).toEqual([]);
});

test("colour adds escape sequences and nothing else", () => {
  const colour = page(look(80, { paint: coloured }));
  expect(colour).toContain("\u001b[32m✓");
  expect(stripVTControlCharacters(colour)).toBe(page(look(80)));
});
