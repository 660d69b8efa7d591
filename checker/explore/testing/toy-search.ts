// Toy machines explored in every way that there is, and what the definition says of them.

import { expect } from "vitest";
import { essence } from "../../test/run-text.ts";
import type { Exploration, ExploreOptions, PropertyVerdict } from "../index.ts";
import { exploreToy as explorePlain, numbersOf, type Toy, type ToyProperty } from "./toy.ts";
import { exploreGenerated } from "./toy-program.ts";

/** Explores a toy in every way that there is: all must find the same. */
export const exploreToy = async (
  toy: Toy,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration> => {
  const plain = await explorePlain(toy, options);
  for (const engine of ["javascript", "webassembly"] as const) {
    const generated = await exploreGenerated(toy, { ...options, engine });
    if (generated !== undefined) expect(essence(generated)).toEqual(essence(plain));
  }
  return plain;
};

export const never = (event: number): ToyProperty => ({ kind: "never", event });
export const invariant = (holds: (state: number) => boolean): ToyProperty => ({
  kind: "invariant",
  holds,
});

/** A verdict with its path as numbers. */
export const brief = (verdict: PropertyVerdict | undefined): unknown => {
  if (verdict === undefined || !("path" in verdict)) return verdict;
  const { path, ...rest } = verdict;
  const last = path.lastStep === undefined ? {} : { last: path.lastStep.kind };
  const cycle =
    "trap" in verdict && verdict.trap !== undefined
      ? { trap: { ...verdict.trap, cycle: numbersOf({ states: verdict.trap.cycle }) } }
      : {};
  return { ...rest, path: numbersOf(path), ...last, ...cycle };
};

export const figures = async (toy: Toy, options: Partial<ExploreOptions> = {}) => {
  const { states, transitions, depth, wholeDepth, complete, stopped } = await exploreToy(
    toy,
    options,
  );
  return { states, transitions, depth, wholeDepth, complete, stopped };
};

/** Ruling 17 word for word: levels as sets, the least bad state, then least predecessors. */
export const definedTrace = (
  rows: readonly (readonly number[])[],
  isBad: (state: number) => boolean,
): readonly number[] | undefined => {
  const levels = [[0]];
  const known = new Set([0]);
  for (const level of levels) {
    const next = [...new Set(level.flatMap((it) => rows[it] ?? []))].filter((it) => !known.has(it));
    for (const state of next) known.add(state);
    if (next.length > 0) levels.push(next);
  }
  const first = levels.findIndex((level) => level.some(isBad));
  if (first < 0) return undefined;
  const path = [Math.min(...(levels[first] ?? []).filter(isBad))];
  for (let level = first - 1; level >= 0; level -= 1) {
    const sources = (levels[level] ?? []).filter((it) => rows[it]?.includes(path[0] ?? 0));
    path.unshift(Math.min(...sources));
  }
  return path;
};
