// Interval arithmetic: in which range the result of an integer operation lies. Used by type
// checking.

import type { Bounds } from "./type-layout.ts";

/** Beyond this, integers are not computed exactly. */
export const largestExact = Number.MAX_SAFE_INTEGER;

const span = (values: readonly number[]): Bounds => ({
  low: Math.min(...values),
  high: Math.max(...values),
});

/** The interval of a number is never written with a negative zero. */
const tidy = (value: number): number => (value === 0 ? 0 : value);

const corners = (
  left: Bounds,
  right: Bounds,
  operate: (left: number, right: number) => number,
): Bounds =>
  span(
    [left.low, left.high].flatMap((x) => [right.low, right.high].map((y) => tidy(operate(x, y)))),
  );

const divide = (left: Bounds, right: Bounds): Bounds => {
  const divisors = [right.low, right.high, -1, 1].filter(
    (it) => it !== 0 && it >= right.low && it <= right.high,
  );
  const quotients = [left.low, left.high].flatMap((x) =>
    divisors.map((y) => tidy(Math.trunc(x / y))),
  );
  return quotients.length === 0 ? { low: 0, high: 0 } : span(quotients);
};

const remainder = (left: Bounds, right: Bounds): Bounds => {
  if (left.low === left.high && right.low === right.high && right.low !== 0) {
    return span([tidy(left.low % right.low)]);
  }
  const most = Math.max(Math.abs(right.low), Math.abs(right.high)) - 1;
  return {
    low: left.low < 0 ? tidy(Math.max(left.low, -Math.max(most, 0))) : 0,
    high: left.high > 0 ? Math.min(left.high, Math.max(most, 0)) : 0,
  };
};

export type IntegerOperator = "+" | "-" | "*" | "/" | "%" | "min" | "max";

/** The interval of `left operator right`; of a division, for the divisors that are not 0. */
export const combine = (operator: IntegerOperator, left: Bounds, right: Bounds): Bounds => {
  switch (operator) {
    case "+":
      return { low: left.low + right.low, high: left.high + right.high };
    case "-":
      return { low: left.low - right.high, high: left.high - right.low };
    case "*":
      return corners(left, right, (x, y) => x * y);
    case "/":
      return divide(left, right);
    case "%":
      return remainder(left, right);
    case "min":
      return { low: Math.min(left.low, right.low), high: Math.min(left.high, right.high) };
    case "max":
      return { low: Math.max(left.low, right.low), high: Math.max(left.high, right.high) };
  }
};

export const negate = ({ low, high }: Bounds): Bounds => ({ low: tidy(-high), high: tidy(-low) });

export const absolute = ({ low, high }: Bounds): Bounds =>
  low >= 0
    ? { low, high }
    : high <= 0
      ? negate({ low, high })
      : { low: 0, high: Math.max(-low, high) };

export const hull = (left: Bounds, right: Bounds): Bounds => ({
  low: Math.min(left.low, right.low),
  high: Math.max(left.high, right.high),
});

export const overlap = (left: Bounds, right: Bounds): boolean =>
  left.low <= right.high && right.low <= left.high;

export const isExact = ({ low, high }: Bounds): boolean =>
  low >= -largestExact && high <= largestExact;
