// The least value of a sweep's axis for which everything holds, from the outcomes of all its points.

export interface AxisValue {
  readonly name: string;
  readonly text: string;
}

export interface PointOutcome {
  /** One value per axis, in order of the axes. */
  readonly values: readonly AxisValue[];
  readonly outcome: "safe" | "unsafe" | "unknown" | "skipped";
}

/** The answer for one combination of the other axes. */
export interface Least {
  readonly others: readonly AxisValue[];
  /** undefined: no value is enough. */
  readonly value: string | undefined;
  /** False when a search that was cut could still change the answer. */
  readonly isDecided: boolean;
  /** Greater values that are unsafe again: then more is not always safer. */
  readonly unsafeAbove: readonly string[];
}

const keyOf = (values: readonly AxisValue[]): string => values.map((it) => it.text).join("\u0000");

const valueOn = (axis: string, values: readonly AxisValue[]): string =>
  values.find((it) => it.name === axis)?.text ?? "";

/**
 * Looks at every point: the values are not assumed to be monotone, so there is no bisection. A combination whose points
 * are all skipped has no answer.
 */
export const leastOf = (points: readonly PointOutcome[], axis: string): readonly Least[] => {
  const groups = new Map<string, PointOutcome[]>();
  for (const point of points) {
    if (point.outcome === "skipped") continue;
    const key = keyOf(point.values.filter((it) => it.name !== axis));
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  return [...groups.values()].map((group): Least => {
    const first = group.findIndex((it) => it.outcome === "safe");
    const below = first < 0 ? group : group.slice(0, first);
    const above = first < 0 ? [] : group.slice(first + 1);
    return {
      others: (group[0]?.values ?? []).filter((it) => it.name !== axis),
      value: first < 0 ? undefined : valueOn(axis, group[first]?.values ?? []),
      isDecided: below.every((it) => it.outcome === "unsafe"),
      unsafeAbove: above
        .filter((it) => it.outcome === "unsafe")
        .map((it) => valueOn(axis, it.values)),
    };
  });
};
