// Folding of core expressions.

import { describe, expect, test } from "vitest";
import * as bits from "./bits.ts";
import * as serial from "./serial.ts";
import {
  absolute,
  add,
  and,
  choose,
  constant,
  divide,
  equal,
  falsehood,
  implies,
  less,
  lessEqual,
  localTerm,
  maximum,
  minimum,
  multiply,
  negate,
  not,
  or,
  remainder,
  subtract,
  truth,
  variableTerm,
  within,
  type Term,
} from "./term.ts";

const site = () => 7;
const x = variableTerm(0, 0, 3);
const y = variableTerm(1, -2, 5);
const flag = variableTerm(2, 0, 1);
const risky: Term = { ...localTerm(0, 0, 1), mayFail: true };
const interval = ({ low, high }: Term): readonly number[] => [low, high];

describe("booleans", () => {
  test("a decided side disappears", () => {
    expect(and(truth, flag)).toBe(flag);
    expect(and(flag, falsehood)).toBe(falsehood);
    expect(or(flag, falsehood)).toBe(flag);
    expect(or(truth, risky)).toBe(truth);
    expect(implies(falsehood, risky)).toBe(truth);
    expect(implies(flag, falsehood)).toEqual(not(flag));
  });

  test("a side that can fail is kept, although the result is known", () => {
    expect(and(risky, falsehood).code.kind).toBe("binary");
    expect(or(risky, truth).code.kind).toBe("binary");
    expect(implies(risky, truth).code.kind).toBe("binary");
  });

  test("negation turns comparisons round", () => {
    expect(not(less(x, y)).code).toMatchObject({ operator: "less-equal", left: y.code });
    expect(not(equal(x, y)).code).toMatchObject({ operator: "unequal" });
    expect(not(not(flag)).code).toEqual(flag.code);
  });

  test("a choice between truth values is logic", () => {
    expect(choose(flag, truth, falsehood)).toEqual(flag);
    expect(choose(flag, falsehood, truth)).toEqual(not(flag));
    expect(choose(flag, x, x)).toBe(x);
    expect(choose(truth, x, y)).toBe(x);
    expect(interval(choose(flag, x, y))).toEqual([-2, 5]);
  });
});

describe("comparisons", () => {
  test("intervals decide", () => {
    expect(less(x, constant(4))).toEqual(truth);
    expect(less(constant(3), x)).toEqual(falsehood);
    expect(lessEqual(x, constant(3))).toEqual(truth);
    expect(equal(x, constant(4))).toEqual(falsehood);
    expect(within(x, 0, 3)).toEqual(truth);
    expect(equal(x, x)).toEqual(truth);
  });

  test("an equality with a truth value is the condition itself", () => {
    expect(equal(flag, truth)).toBe(flag);
    expect(equal(constant(0), flag)).toEqual(not(flag));
  });

  test("nothing is decided over an operand that can fail", () => {
    expect(equal(risky, constant(9)).code.kind).toBe("binary");
    expect(less(risky, constant(9)).code.kind).toBe("binary");
  });
});

describe("integers", () => {
  test("constants are computed, with division towards zero", () => {
    expect(add(constant(2), constant(3))).toEqual(constant(5));
    expect(divide(constant(-7), constant(2), site)).toEqual(constant(-3));
    expect(remainder(constant(-7), constant(2), site)).toEqual(constant(-1));
    expect(divide(constant(-1), constant(2), site)).toEqual(constant(0));
    expect(negate(constant(0))).toEqual(constant(0));
    expect(absolute(constant(-4))).toEqual(constant(4));
  });

  test("constants gather on the right", () => {
    expect(subtract(add(constant(5), x), constant(5))).toEqual(x);
    expect(add(add(x, constant(1)), constant(2))).toEqual(add(x, constant(3)));
  });

  test("neutral elements disappear", () => {
    expect(multiply(constant(1), x)).toBe(x);
    expect(multiply(x, constant(0))).toEqual(constant(0));
    expect(divide(x, constant(1), site)).toBe(x);
  });

  test("intervals are as narrow as the operands allow", () => {
    expect(interval(add(x, y))).toEqual([-2, 8]);
    expect(interval(subtract(x, y))).toEqual([-5, 5]);
    expect(interval(multiply(x, y))).toEqual([-6, 15]);
    expect(interval(remainder(x, constant(3), site))).toEqual([0, 2]);
    expect(interval(remainder(y, constant(4), site))).toEqual([-2, 3]);
    expect(interval(divide(x, constant(2), site))).toEqual([0, 1]);
    expect(interval(minimum(x, y))).toEqual([-2, 3]);
    expect(interval(maximum(x, y))).toEqual([0, 5]);
    expect(interval(absolute(y))).toEqual([0, 5]);
    expect(minimum(x, constant(9))).toBe(x);
  });

  test("only a divisor that can be zero can fail", () => {
    expect(divide(x, x, site)).toMatchObject({ mayFail: true, code: { site: 7 } });
    expect(divide(x, add(x, constant(1)), site)).toMatchObject({ mayFail: false });
    expect(divide(constant(3), constant(0), site)).toMatchObject({ mayFail: true });
  });

  test("every folded operation agrees with arithmetic on all values of its interval", () => {
    const pairs = [-3, -1, 0, 1, 2, 4].flatMap((a) => [-2, -1, 1, 3].map((b) => [a, b] as const));
    for (const [a, b] of pairs) {
      const value = (term: Term) => (term.code.kind === "constant" ? term.code.value : undefined);
      expect(value(divide(constant(a), constant(b), site))).toBe(Math.trunc(a / b) + 0);
      expect(value(remainder(constant(a), constant(b), site))).toBe((a % b) + 0);
      const left = variableTerm(0, Math.min(a, 0), Math.max(a, 0));
      const right = variableTerm(1, Math.min(b, 1), Math.max(b, 1));
      for (const operation of [divide, remainder]) {
        const { low, high } = operation(left, right, site);
        const exact = value(operation(constant(a), constant(b), site)) ?? 0;
        expect(low <= exact && exact <= high).toBe(true);
      }
    }
  });
});

describe("serial numbers", () => {
  test("sums wrap and gather constants", () => {
    expect(serial.plus(16, constant(15), constant(3))).toEqual(constant(2));
    expect(serial.minus(16, constant(1), constant(3))).toEqual(constant(14));
    expect(serial.plus(16, serial.minus(16, x, constant(1)), constant(1)).code).toEqual(x.code);
    expect(serial.plus(16, x, constant(16))).toBe(x);
  });

  test("distance and order of constants are known", () => {
    expect(serial.distance(16, constant(1), constant(15))).toEqual(constant(2));
    expect(serial.before(16, constant(15), constant(1))).toEqual(truth);
    expect(serial.before(16, constant(1), constant(15))).toEqual(falsehood);
    expect(serial.before(16, constant(0), constant(8))).toEqual(truth);
    expect(serial.before(16, constant(8), constant(0))).toEqual(truth);
    expect(serial.window(16, constant(1), constant(15), constant(2))).toEqual(falsehood);
    expect(serial.window(16, constant(0), constant(15), constant(2))).toEqual(truth);
  });
});

describe("sets", () => {
  test("masks of constants are computed", () => {
    expect(bits.union(constant(1), constant(4))).toEqual(constant(5));
    expect(bits.minus(constant(7), constant(2))).toEqual(constant(5));
    expect(bits.size(constant(13), 4)).toEqual(constant(3));
    expect(bits.size(constant(0), 4)).toEqual(constant(0));
    expect(bits.contains(constant(5), constant(2), 4)).toEqual(truth);
  });

  test("membership in a set of one is an equality, in the full set it is certain", () => {
    expect(bits.contains(constant(4), x, 4)).toEqual(equal(x, constant(2)));
    expect(bits.contains(constant(15), x, 4)).toEqual(truth);
    expect(bits.contains(constant(0), x, 4)).toEqual(falsehood);
  });

  test("the union of masks stays below the next power of two", () => {
    expect(bits.union(variableTerm(0, 0, 5), variableTerm(1, 0, 2)).high).toBe(7);
  });
});
