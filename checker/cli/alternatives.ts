// `--set` with several values, and which combinations of them a run takes: words -> configurations.

import { randomOf } from "../pipeline.ts";

/** A constant, or an element of one, and the words that it may be. */
export interface Alternatives {
  /** `MSL`, `RFC1337[A]` */
  readonly name: string;
  readonly size: number;
  readonly at: (position: number) => string;
}

/** Positions of commas that stand in no bracket. */
const parts = (text: string): readonly string[] => {
  const found: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if (character === "," && depth === 0) {
      found.push(part);
      part = "";
    } else part += character;
  }
  return [...found, part];
};

const range = /^\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*$/;

/** One part: a range of integers, or a value as it stands. */
const valuesOf = (text: string): Pick<Alternatives, "size" | "at"> => {
  const [, low = "", high = ""] = range.exec(text) ?? [];
  const size = Number(high) - Number(low) + 1;
  return low === "" || size < 1
    ? { size: 1, at: () => text.trim() }
    : { size, at: (position) => String(Number(low) + position) };
};

/** The first range of `NAME=VALUES` that has no values, if there is one. */
export const emptyRange = (word: string): string | undefined =>
  parts(word.slice(word.indexOf("=") + 1)).find((it) => {
    const [, low, high] = range.exec(it) ?? [];
    return low !== undefined && Number(high) < Number(low);
  });

/** `N=1..5`, `N=1,2,8..9`, `STATE=A,B`, `N=3`. */
export const alternativesOf = (word: string): Alternatives => {
  const split = word.indexOf("=");
  const all = parts(word.slice(split + 1)).map(valuesOf);
  const at = (position: number): string => {
    let left = position;
    for (const it of all) {
      if (left < it.size) return it.at(left);
      left -= it.size;
    }
    throw new Error("impossible: a value beyond the last");
  };
  const name = word.slice(0, split).trim();
  return { name, size: all.reduce((sum, it) => sum + it.size, 0), at };
};

/** How many combinations there are: a count, or Infinity beyond what can be counted. */
export const combinationsOf = (all: readonly Alternatives[]): number =>
  all.reduce((product, it) => product * it.size, 1);

/** A combination as `--set` words, by its number: the last constant varies fastest. */
const combination = (all: readonly Alternatives[], number: number): readonly string[] => {
  let left = number;
  return all
    .toReversed()
    .map(({ name, size, at }) => {
      const position = left % size;
      left = Math.floor(left / size);
      return `${name}=${at(position)}`;
    })
    .toReversed();
};

/**
 * Which combinations are taken: all of them where there are at most `most`, otherwise so many by lot,
 * no two the same. The same seed takes the same.
 */
export const configurationsOf = (
  words: readonly string[],
  most: number,
  seed: number,
): readonly (readonly string[])[] => {
  const all = words.map(alternativesOf);
  const count = combinationsOf(all);
  if (count <= most) return Array.from({ length: count }, (_, number) => combination(all, number));
  const random = randomOf(seed, drawing);
  const drawn = new Map<string, readonly string[]>();
  while (drawn.size < most) {
    const taken = all.map(({ name, size, at }) => `${name}=${at(random.below(size))}`);
    drawn.set(taken.join("\n"), taken);
  }
  return [...drawn.values()];
};

/** The stream that draws configurations; walks have those from 0 on. */
const drawing = -1;
