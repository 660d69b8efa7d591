// The least value of a sweep's axis from which on everything holds, from the outcomes of all its points.

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
  /** Values that are safe below one that is not: then more is not always safer. */
  readonly safeBelow: readonly string[];
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
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [point]);
    else group.push(point);
  }
  return [...groups.values()].map((group): Least => {
    const least = group.findLastIndex((it) => it.outcome !== "safe") + 1;
    const unsafe = group.findLastIndex((it) => it.outcome === "unsafe");
    const value = group[least];
    return {
      others: (group[0]?.values ?? []).filter((it) => it.name !== axis),
      value: value === undefined ? undefined : valueOn(axis, value.values),
      isDecided: unsafe + 1 === least,
      safeBelow: group
        .slice(0, Math.max(0, unsafe))
        .filter((it) => it.outcome === "safe")
        .map((it) => valueOn(axis, it.values)),
    };
  });
};

/** The combinations of the other axes whose points are all skipped. */
export const unansweredOf = (
  points: readonly PointOutcome[],
  axis: string | undefined,
): readonly (readonly AxisValue[])[] => {
  const groups = new Map<string, { others: readonly AxisValue[]; isAnswered: boolean }>();
  for (const { values, outcome } of points) {
    const others = axis === undefined ? [] : values.filter((it) => it.name !== axis);
    const key = keyOf(others);
    const isAnswered = outcome !== "skipped" || groups.get(key)?.isAnswered === true;
    groups.set(key, { others, isAnswered });
  }
  return [...groups.values()].flatMap((it) => (it.isAnswered ? [] : [it.others]));
};
