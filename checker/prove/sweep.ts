// Judges the points of a sweep together: outcomes -> least values, and whether they are the expected ones.

import { leastDiffers } from "./findings.ts";
import type { Concern } from "./judge.ts";
import { type AxisValue, leastOf } from "./least.ts";
import type { PlannedSweep } from "./plan.ts";
import type { LeastResult, PointResult, SweepResult } from "./result.ts";

/** What is expected for one combination of the other axes: that of its first point that is not skipped. */
const expectedFor = (sweep: PlannedSweep, others: readonly AxisValue[]): string | undefined =>
  sweep.points.find(
    (point) =>
      point.model.kind === "core" &&
      others.every(({ name, text }) =>
        point.values.some((it) => it.name === name && it.text === text),
      ),
  )?.expected;

const whereText = (others: readonly AxisValue[]): string =>
  others.length === 0 ? "" : ` with ${others.map((it) => `${it.name} = ${it.text}`).join(", ")}`;

/** The least values of the sweep's axis, and where they differ from what it expects. */
export const judgeSweep = (
  sweep: PlannedSweep,
  points: readonly PointResult[],
): {
  readonly least?: NonNullable<SweepResult["least"]>;
  readonly concerns: readonly Concern[];
} => {
  const name = sweep.least;
  if (name === undefined) return { concerns: [] };
  const answers = leastOf(points, name).map((it): LeastResult => {
    const expected = expectedFor(sweep, it.others);
    const isMet = expected === undefined || !it.isDecided || (it.value ?? "none") === expected;
    return { ...it, ...(expected === undefined ? {} : { expected }), isMet };
  });
  const concerns = answers.flatMap((it): readonly Concern[] => {
    if (it.isMet) return [];
    const diagnostic = leastDiffers(sweep.span, {
      name,
      found: it.value ?? "none",
      expected: it.expected ?? "none",
      where: whereText(it.others),
    });
    return [{ kind: "finding", diagnostic }];
  });
  return { least: { name, answers }, concerns };
};
