// The points of a sweep as rows and columns: results -> what the text chart and the drawn one show.

import type { LeastResult, PointResult, SweepResult } from "../prove/index.ts";

export interface GridRow {
  /** The values of the other axes, in their order. */
  readonly others: readonly string[];
  /** One per value of the axis across. */
  readonly points: readonly PointResult[];
  /** Absent without `least`, and where every point is skipped. */
  readonly answer?: LeastResult;
}

export interface SweepGrid {
  /** The axis that is asked for, or else the one that varies fastest. */
  readonly across: { readonly name: string; readonly values: readonly string[] };
  readonly others: readonly string[];
  readonly rows: readonly GridRow[];
}

const othersOf = (point: PointResult, across: string): readonly string[] =>
  point.values.filter((it) => it.name !== across).map((it) => it.text);

const keyOf = (texts: readonly string[]): string => texts.join("\u0000");

/** Every point has its place; undefined where nothing is varied. */
export const sweepGrid = ({ axes, points, least }: SweepResult): SweepGrid | undefined => {
  const across = least === undefined ? axes.at(-1) : axes.find((it) => it.name === least.name);
  if (across === undefined) return undefined;
  const answers = new Map(
    (least?.answers ?? []).map((it) => [keyOf(it.others.map(({ text }) => text)), it]),
  );
  const rows = new Map<string, { readonly others: readonly string[]; points: PointResult[] }>();
  for (const point of points) {
    const others = othersOf(point, across.name);
    const row = rows.get(keyOf(others));
    if (row === undefined) rows.set(keyOf(others), { others, points: [point] });
    else row.points.push(point);
  }
  return {
    across,
    others: axes.filter((it) => it !== across).map((it) => it.name),
    rows: [...rows].map(([key, row]): GridRow => {
      const answer = answers.get(key);
      return answer === undefined ? row : { ...row, answer };
    }),
  };
};
