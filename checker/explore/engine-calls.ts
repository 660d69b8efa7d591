// What the parts of an engine's space share: its figures, and calls of the generated code.

import type { Engine, Tiers } from "../engine/index.ts";
import { field, noBatch } from "../engine/index.ts";
import type { Range } from "./space.ts";

/** States between two looks at the clock: so many that the code runs for a few milliseconds. */
export const pacer = (now: () => number, most: number) => {
  let states = Math.min(64, most);
  return {
    states: () => states,
    /** Runs a piece of work, and chooses the length of the next. */
    run: <Result>(work: () => Result): Result => {
      const begin = now();
      const result = work();
      const milliseconds = now() - begin;
      if (milliseconds < 2) states = Math.min(2 * states, most);
      if (milliseconds > 8) states = Math.max(1, states >> 1);
      return result;
    },
  };
};

export interface EngineSpace {
  readonly tiers: Tiers;
  readonly pace: ReturnType<typeof pacer>;
  transitions: number;
  expanded: number;
  /** All states of the levels so far, and how many: kept when several threads search. */
  known: Range[];
  counted: number;
  readonly dropped: number[];
  readonly cut: number[];
  readonly taken: Uint8Array;
  targets: Int32Array;
}

export const callOf = (engine: Engine, name: string): ((...values: number[]) => number) => {
  const found = engine.thread.code[name];
  if (found === undefined) throw new Error(`the generated search has no ${name}`);
  return found;
};

export const placeOf = ({ plan, stride }: Engine, state: number): number =>
  plan.states + state * stride;

export const steps = (engine: Engine, state: number): number => {
  const place = placeOf(engine, state);
  const batch = field(engine, "batch");
  const count = callOf(engine, "expand")(place, batch, field(engine, "batchEnd"));
  if (count < 0) throw new Error(noBatch);
  return count;
};
