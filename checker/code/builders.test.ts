// Builders fold what is plain, keep what has effects, and refuse what does not fit.

import { describe, expect, test } from "vitest";
import * as c from "./index.ts";

const [x, y] = [c.i32("x"), c.i32("y")];
const v = c.f64("v");
const p = c.pointer("p");
const effect = c.call("effect");

describe("a value", () => {
  test.each([
    ["x + 0", c.add(x, 0), x],
    ["0 + x", c.add(0, x), x],
    ["x - 0", c.subtract(x, 0), x],
    ["x * 1", c.multiply(x, 1), x],
    ["v * 1", c.multiply(v, 1), v],
    ["x & -1", c.and(x, -1), x],
    ["x | 0", c.or(x, 0), x],
    ["x << 0", c.shiftLeft(x, 0), x],
    ["x / 1", c.divide(x, 1), x],
    ["x % 1", c.remainder(x, 1), c.constant(0)],
    ["x & 0", c.and(x, 0), c.constant(0)],
    ["(x + 3) - 5", c.subtract(c.add(x, 3), 5), c.subtract(x, 2)],
    ["(x & 12) & 6", c.and(c.and(x, 12), 6), c.and(x, 4)],
    ["most + 1", c.add(2 ** 31 - 1, 1), c.constant(-(2 ** 31))],
    ["-1 >>> 28", c.shiftRightUnsigned(-1, 28), c.constant(15)],
    ["wide 7 / -2", c.divide(c.wide(7), -2), c.wide(-3)],
    ["not (x < y)", c.not(c.less(x, y)), c.greaterEqual(x, y)],
    ["not not (x <u y)", c.not(c.not(c.lessUnsigned(x, y))), c.lessUnsigned(x, y)],
    ["(x < y) == 0", c.equal(c.less(x, y), 0), c.greaterEqual(x, y)],
    ["both(1, x < y)", c.both(1, c.less(x, y)), c.less(x, y)],
    ["both(0, effect)", c.both(0, effect), c.constant(0)],
    ["either(x, 1)", c.either(x, 1), c.constant(1)],
    ["either()", c.either(), c.constant(0)],
    ["select(1, x, effect)", c.select(1, x, effect), x],
    ["select(x < y, 1, 0)", c.select(c.less(x, y), 1, 0), c.less(x, y)],
    ["place(wordOf(p))", c.place(c.wordOf(p)), p],
    ["p + 0 words", c.advance(p, 0), p],
    ["p + 2 + 3 words", c.advance(c.advance(p, 2), 3), c.advance(p, 5)],
    ["the word at p + 2, + 3", c.load(c.advance(p, 2), 3), c.load(p, 5)],
    ["narrow(widen(x))", c.narrow(c.widen(x)), x],
  ])("%s", (_, built, expected) => {
    expect(built).toEqual(expected);
  });

  test("with an effect is kept", () => {
    const kept = [c.and(effect, 0), c.multiply(effect, 0), c.either(effect, 1), c.both(effect, 0)];
    expect(kept.map((it) => JSON.stringify(it).includes("effect"))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  test("that divides by zero is left to who never comes there", () => {
    expect(c.divide(1, 0).kind).toBe("binary");
  });
});

describe("an instruction", () => {
  test("of a known condition is the part that runs", () => {
    expect(c.when(0, c.set(x, 1), c.set(x, 2))).toEqual(c.set(x, 2));
    expect(c.choose(1, [c.set(x, 1), c.set(x, 2)])).toEqual(c.set(x, 2));
  });

  test("that changes nothing is nothing", () => {
    expect([c.set(x, x), c.when(x, [], [])]).toEqual([[], []]);
    expect(c.when(effect, [])).not.toEqual([]);
  });
});

describe("what does not fit is refused:", () => {
  test.each([
    ["i32 with f64", () => c.add(x, v)],
    ["an f64 as a condition", () => c.when(v, [])],
    ["bits of an f64", () => c.and(v, v)],
    ["a sum of pointers", () => c.add(p, p)],
    ["a word as a pointer", () => c.load(x)],
    ["a pointer in the heap", () => c.store(p, 0, p)],
    ["an f64 in an i32", () => c.set(x, v)],
    ["arms of two types", () => c.select(x, v, x)],
    ["half a number", () => c.add(v, 0.5)],
  ])("%s", (_, build) => {
    expect(build).toThrow(/needs|not defined|not an integer/);
  });
});
