import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combine } from "./intervals.ts";
import { accept, wire } from "./marked-program.ts";
import { scalarsOf, sizeOf, typeName, valuesOf, zeroOf, type Type } from "./index.ts";

const bool: Type = { kind: "bool" };
const host: Type = { kind: "enum", name: "Host", members: ["A", "B"] };
const small: Type = { kind: "int", low: 2, high: 3 };

describe("layout", () => {
  const rows: readonly (readonly [string, Type, readonly string[], readonly number[]])[] = [
    ["bool", bool, [" 0..1"], [0]],
    ["2..3", small, [" 2..3"], [2]],
    ["mod 4", { kind: "mod", modulus: 4 }, [" 0..3"], [0]],
    ["Host", host, [" 0..1"], [0]],
    ["set of 2..3", { kind: "set", element: small }, [" 0..3"], [0]],
    ["2..3?", { kind: "option", element: small }, [".present 0..1", ".value 2..3"], [0, 2]],
    [
      "array[Host] of bool",
      { kind: "array", index: host, element: bool },
      ["[A] 0..1", "[B] 0..1"],
      [0, 0],
    ],
  ];
  test.each(rows)("of %s", (name, type, scalars, zero) => {
    expect(typeName(type)).toBe(name);
    expect(scalarsOf(type).map(({ path, low, high }) => `${path} ${low}..${high}`)).toEqual(
      scalars,
    );
    expect(zeroOf(type).scalars).toEqual(zero);
    expect(sizeOf(type)).toBe(scalars.length);
  });

  test("of a record is that of its fields in order", () => {
    const segment = accept(wire).records[0];
    expect(segment && scalarsOf(segment).map(({ path }) => path)).toEqual([
      ".fin",
      ".ack",
      ".seq",
      ".code",
      ".life",
    ]);
  });

  test("values come in order", () => {
    expect([valuesOf(small), valuesOf(host), valuesOf({ kind: "set", element: host })]).toEqual([
      [2, 3],
      [0, 1],
      [],
    ]);
  });
});

describe("intervals", () => {
  const interval = fc
    .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 20 }))
    .map(([low, length]) => ({ low, high: low + length }));
  const operations = {
    "+": (x: number, y: number) => x + y,
    "-": (x: number, y: number) => x - y,
    "*": (x: number, y: number) => x * y,
    "/": (x: number, y: number) => Math.trunc(x / y),
    "%": (x: number, y: number) => x % y,
    min: Math.min,
    max: Math.max,
  } as const;

  test.each(Object.keys(operations) as readonly (keyof typeof operations)[])(
    "of %s contain every result",
    (operator) => {
      fc.assert(
        fc.property(interval, interval, fc.nat(), fc.nat(), (left, right, i, j) => {
          const x = left.low + (i % (left.high - left.low + 1));
          const y = right.low + (j % (right.high - right.low + 1));
          if (y === 0 && (operator === "/" || operator === "%")) return;
          const { low, high } = combine(operator, left, right);
          const result = operations[operator](x, y);
          expect(low <= result && result <= high).toBe(true);
        }),
      );
    },
  );
});
