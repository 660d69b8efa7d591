// Values of `--set` that leave a choice, and the configurations that are made of them.

import { describe, expect, test } from "vitest";
import { alternativesOf, configurationsOf } from "./alternatives.ts";

const valuesOf = (word: string): readonly string[] => {
  const { name, size, at } = alternativesOf(word);
  return Array.from({ length: size }, (_, position) => `${name}=${at(position)}`);
};

describe("alternatives", () => {
  test.each([
    ["N=3", ["N=3"]],
    ["N=1..3", ["N=1", "N=2", "N=3"]],
    ["N=-1..1,7", ["N=-1", "N=0", "N=1", "N=7"]],
    ["MODE=SLOW, FAST", ["MODE=SLOW", "MODE=FAST"]],
    ["LIMIT[A]=1,2", ["LIMIT[A]=1", "LIMIT[A]=2"]],
    ["LIMIT=[1, 2]", ["LIMIT=[1, 2]"]],
    ["N=min(1, 2),3", ["N=min(1, 2)", "N=3"]],
    ["N=3..1", ["N=3..1"]],
    ["N=A..3", ["N=A..3"]],
  ])("%s", (word, values) => {
    expect(valuesOf(word)).toEqual(values);
  });
});

describe("configurations", () => {
  test("are all combinations where they are few", () => {
    expect(configurationsOf(["A=1,2", "B=x", "C=5..6"], 4, 1)).toEqual([
      ["A=1", "B=x", "C=5"],
      ["A=1", "B=x", "C=6"],
      ["A=2", "B=x", "C=5"],
      ["A=2", "B=x", "C=6"],
    ]);
    expect(configurationsOf([], 16, 1)).toEqual([[]]);
  });

  test("are drawn by lot where they are many: the same for a seed, none twice, over the whole range", () => {
    const words = ["A=1..1000000000", "B=1..1000000000", "C=1..1000000000"];
    const drawn = configurationsOf(words, 50, 7);
    expect(configurationsOf(words, 50, 7)).toEqual(drawn);
    expect(configurationsOf(words, 50, 8)).not.toEqual(drawn);
    expect(new Set(drawn.map((it) => it.join())).size).toBe(50);
    const values = drawn.map(([first = ""]) => Number(first.slice(2)));
    expect(Math.min(...values)).toBeLessThan(200_000_000);
    expect(Math.max(...values)).toBeGreaterThan(800_000_000);
    const few = configurationsOf(["A=1..4", "B=1..4"], 15, 3);
    expect(new Set(few.map((it) => it.join())).size).toBe(15);
  });
});
