// Judges the points of a sweep together: outcomes -> least values, and whether they are the expected ones.

import { assignmentsText, whereText } from "./assignments.ts";
import { assumptionFalse, leastDiffers } from "./findings.ts";
import type { Concern } from "./judge.ts";
import { type AxisValue, leastOf, unansweredOf } from "./least.ts";
import type { PlannedPoint, PlannedSweep } from "./plan.ts";
import type { LeastResult, PointResult, SweepResult } from "./result.ts";

const isAt = (point: PlannedPoint, others: readonly AxisValue[]): boolean =>
  others.every(({ name, text }) => point.values.some((it) => it.name === name && it.text === text));

/** What is expected for one combination of the other axes: that of its first point that is not skipped. */
const expectedFor = (sweep: PlannedSweep, others: readonly AxisValue[]): string | undefined =>
  sweep.points.find((point) => point.model.kind !== "assumption" && isAt(point, others))?.expected;

/** A sweep that looks at nothing proves nothing: what a check with a false assumption is, once per combination. */
const unanswered = (sweep: PlannedSweep, points: readonly PointResult[]): readonly Concern[] =>
  unansweredOf(points, sweep.least).flatMap((others): readonly Concern[] => {
    const model = sweep.points.find((point) => isAt(point, others))?.model;
    if (model?.kind !== "assumption") return [];
    const swept = sweep.axes.filter(({ name }) => others.every((it) => it.name !== name));
    const values = [
      ...(others.length === 0 ? [] : [assignmentsText(others)]),
      ...swept.map(({ name }) => `every ${name} of the sweep`),
    ].join(", ");
    return [
      {
        kind: "assumption",
        diagnostic: assumptionFalse(model.span, { why: model.why, values }),
      },
    ];
  });

/** The least values of the sweep's axis, and where they differ from what it expects. */
export const judgeSweep = (
  sweep: PlannedSweep,
  points: readonly PointResult[],
): {
  readonly least?: NonNullable<SweepResult["least"]>;
  readonly concerns: readonly Concern[];
} => {
  const name = sweep.least;
  const skipped = unanswered(sweep, points);
  if (name === undefined) return { concerns: skipped };
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
  return { least: { name, answers }, concerns: [...skipped, ...concerns] };
};
