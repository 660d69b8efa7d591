// The drawing of a sweep, kept as a file, and what it must say without colour and to programs.

import { describe, expect, test } from "vitest";
import type { SweepResult } from "../prove/index.ts";
import { madeSweep } from "../test/made-results.ts";
import { sweepSvg } from "./sweep-svg.ts";

const { least: _, ...pointwise } = madeSweep(false);
const titled: SweepResult = {
  ...madeSweep(true),
  title: 'least of <a & b>, "both"',
  doc: "A sentence that is so long that a line of the drawing cannot hold all of it, and that is therefore wrapped.",
};

const times = (text: string, what: string): number => text.split(what).length - 1;

describe("the drawing of sweeps", () => {
  test("is kept", async () => {
    await expect(sweepSvg([madeSweep(false), titled])).toMatchFileSnapshot("golden/sweep.svg");
  });

  test("frames the least value of every row, and one of the legend", () => {
    expect(times(sweepSvg([madeSweep(false)]), 'stroke-width="3"')).toBe(2 + 1);
  });

  test("frames nothing where no least value is asked for", () => {
    expect(times(sweepSvg([pointwise]), 'stroke-width="3"')).toBe(0);
  });

  test("has a mark of its own for every outcome", () => {
    const [first, ...others] = madeSweep(false).points;
    if (first === undefined) throw new Error("the sweep has no points");
    const points = [{ ...first, outcome: "unknown" as const }, ...others];
    const marks = sweepSvg([{ ...pointwise, points }])
      .split("\n")
      .filter((it) => it.startsWith("<g><title>"))
      .map((it) => /<path d="([^"]+)"|<circle|>\?</.exec(it)?.[0].replaceAll(/[\d. -]/g, ""));
    expect(new Set(marks).size).toBe(4);
  });

  test("keeps texts from becoming markup", () => {
    expect(sweepSvg([titled])).toContain("least of &lt;a &amp; b&gt;, &quot;both&quot;");
  });

  test("tells readers of the text what is expected instead", () => {
    expect(sweepSvg([titled])).toContain(">3, expected 4<");
  });

  test("tells screen readers the answer", () => {
    const description = /<desc>(.*)<\/desc>/.exec(sweepSvg([madeSweep(false)]))?.[1];
    expect(description).toBe("how long is enough: least TIME_WAIT_LEN: MSL = 1: 3; MSL = 2: 5");
  });
});
