// Sets as bit masks, folded as they are built: typed program -> core.

import type { BinaryOperator } from "./core.ts";
import { constant, constantOf, equal, not, truthOf, type Term } from "./term.ts";

const binary = (operator: BinaryOperator, left: Term, right: Term, high: number): Term => ({
  code: { kind: "binary", operator, left: left.code, right: right.code },
  low: 0,
  high,
  mayFail: left.mayFail || right.mayFail,
});

/** The mask with the bits 0..count-1. */
export const fullMask = (count: number): number => 2 ** count - 1;

/** The mask with one bit, at a position in 0..count-1. */
export const bit = (position: Term, count: number): Term => {
  const known = constantOf(position);
  return known === undefined
    ? binary("shift-left", constant(1), position, 2 ** (count - 1))
    : constant(2 ** known);
};

export const union = (left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(a | b);
  if (a === 0) return right;
  if (b === 0) return left;
  // The union of masks below 2^k is below 2^k.
  const width = Math.max(left.high, right.high).toString(2).length;
  return binary("bit-or", left, right, fullMask(width));
};

export const minus = (left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(a & ~b);
  if (b === 0) return left;
  return binary("bit-and-not", left, right, left.high);
};

export const size = (operand: Term, count: number): Term => {
  const known = constantOf(operand);
  if (known !== undefined) return constant(known.toString(2).replaceAll("0", "").length);
  return {
    code: { kind: "size", operand: operand.code },
    low: 0,
    high: count,
    mayFail: operand.mayFail,
  };
};

/** Whether the bit at `position` (in 0..count-1) is in the mask. */
export const contains = (mask: Term, position: Term, count: number): Term => {
  const [known, at] = [constantOf(mask), constantOf(position)];
  if (known !== undefined && at !== undefined) return truthOf((known & (2 ** at)) !== 0);
  if (known === 0 && !position.mayFail) return truthOf(false);
  if (known === fullMask(count) && !position.mayFail) return truthOf(true);
  const found = known === undefined ? undefined : decidedBy(known, position);
  if (found !== undefined) return found;
  if (known !== undefined && Math.log2(known) % 1 === 0) {
    return equal(position, constant(Math.log2(known)));
  }
  return not(equal(binary("bit-and", mask, bit(position, count), mask.high), constant(0)));
};

/** The answer where the few values that the position can have are all in the mask, or all not. */
const decidedBy = (mask: number, { values, mayFail }: Term): Term | undefined => {
  if (values === undefined || mayFail) return undefined;
  const inside = values.filter((it) => (mask & (2 ** it)) !== 0);
  if (inside.length === values.length) return truthOf(true);
  return inside.length === 0 ? truthOf(false) : undefined;
};
