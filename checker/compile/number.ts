// Integers of the core as values of generated code: each with the range it is known to lie in.

import type { Value } from "../code/index.ts";
import { constant, narrow, wide, widen } from "../code/index.ts";

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** A value and its range. It is an i32 exactly when every integer of the range is one. */
export interface Num extends Range {
  readonly value: Value;
}

export const anything: Range = { low: -Infinity, high: Infinity };
export const anyWord: Range = { low: -(2 ** 31), high: 2 ** 31 - 1 };
export const truthRange: Range = { low: 0, high: 1 };

export const fitsWord = ({ low, high }: Range): boolean => low >= -(2 ** 31) && high < 2 ** 31;

export const union = (left: Range, right: Range): Range => ({
  low: Math.min(left.low, right.low),
  high: Math.max(left.high, right.high),
});

export const isWithin = (inner: Range, outer: Range): boolean =>
  inner.low >= outer.low && inner.high <= outer.high;

/** What certainly happens to be one integer. */
export const known = (value: number): Num => {
  const range = { low: value, high: value };
  return { value: fitsWord(range) ? constant(value) : wide(value), ...range };
};

export const ranged = (value: Value, { low, high }: Range): Num => ({ value, low, high });

/** A value that is 0 or 1. */
export const truthNumber = (value: Value): Num =>
  value.kind === "constant" ? known(value.value) : ranged(value, truthRange);

/** The integer as an f64. */
export const asWide = (num: Num): Value => (fitsWord(num) ? widen(num.value) : num.value);

/** The lowest 32 bits of the integer: all of it, where its range is that small. */
export const asWord = (num: Num): Value => (fitsWord(num) ? num.value : narrow(num.value));

/** The integer, of which more is known than before. */
export const narrowed = (num: Num, range: Range): Num =>
  fitsWord(range) === fitsWord(num)
    ? ranged(num.value, range)
    : ranged(fitsWord(range) ? narrow(num.value) : widen(num.value), range);
