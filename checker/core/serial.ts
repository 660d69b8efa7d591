// Serial-number arithmetic, folded as it is built: typed program -> core.

import type { SerialOperator } from "./core.ts";
import { constant, constantOf, isSame, less, truthOf, type Term } from "./term.ts";

const wrapped = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

const serial = (
  operator: SerialOperator,
  modulus: number,
  left: Term,
  right: Term,
  high: number,
): Term => ({
  code: { kind: "serial", operator, modulus, left: left.code, right: right.code },
  low: 0,
  high,
  mayFail: left.mayFail || right.mayFail,
});

/** `left + right` in `mod modulus`, for any integer on the right. */
export const plus = (modulus: number, left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(wrapped(a + b, modulus));
  if (b === undefined) return serial("plus", modulus, left, right, modulus - 1);
  if (wrapped(b, modulus) === 0) return left;
  const { code } = left;
  if (code.kind === "serial" && code.operator === "plus" && code.right.kind === "constant") {
    return plus(modulus, { ...left, code: code.left }, constant(code.right.value + b));
  }
  return serial("plus", modulus, left, constant(wrapped(b, modulus)), modulus - 1);
};

/** `left - right` in `mod modulus`, for any integer on the right. */
export const minus = (modulus: number, left: Term, right: Term): Term => {
  const known = constantOf(right);
  return known === undefined
    ? serial("minus", modulus, left, right, modulus - 1)
    : plus(modulus, left, constant(-known));
};

/** The distance from `right` up to `left`: an integer 0..modulus-1. */
export const distance = (modulus: number, left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return constant(wrapped(a - b, modulus));
  if (isSame(left, right) && !left.mayFail) return constant(0);
  return serial("distance", modulus, left, right, modulus - 1);
};

/** Signed comparison as kernels do it: at distance modulus/2 both are before each other. */
export const before = (modulus: number, left: Term, right: Term): Term => {
  const [a, b] = [constantOf(left), constantOf(right)];
  if (a !== undefined && b !== undefined) return truthOf(wrapped(a - b, modulus) >= modulus / 2);
  if (isSame(left, right) && !left.mayFail) return constant(0);
  return serial("before", modulus, left, right, 1);
};

/** Whether `left` is one of the `length` numbers from `start` on. */
export const window = (modulus: number, left: Term, start: Term, length: Term): Term =>
  less(distance(modulus, left, start), length);
