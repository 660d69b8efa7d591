// Medians, spreads and ratios of what was measured.

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
};

export const spread = (values: readonly number[]): Spread | undefined => {
  const middle = median(values);
  if (middle === undefined) return undefined;
  return { median: middle, least: Math.min(...values), most: Math.max(...values) };
};

/** Undefined where one of the two is missing, or is nothing. */
export const ratio = (
  numerator: number | undefined,
  denominator: number | undefined,
): number | undefined =>
  numerator === undefined || denominator === undefined || denominator <= 0
    ? undefined
    : numerator / denominator;

/** The least of those that are there. */
export const least = (values: readonly (number | undefined)[]): number | undefined => {
  const there = values.filter((it) => it !== undefined);
  return there.length === 0 ? undefined : Math.min(...there);
};
