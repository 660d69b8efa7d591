// A trace by the numbers of its steps: the way into the initial state, then which of the steps each time, in label order.

import type { Core } from "../core/index.ts";
import { type Telling, tellings } from "./trace-of.ts";
import type { Trace } from "./trace.ts";

/** Told, and so taken, by the reference interpreter. */
export const traceAlong = (core: Core, way: readonly number[]): Trace => {
  let ways: readonly Telling[] = tellings(core);
  const told = way.map((step) => {
    const telling = ways[step];
    if (telling === undefined) throw new Error("impossible: a step that the model does not take");
    ways = telling.next();
    return telling.told;
  });
  const [initial, ...steps] = told;
  if (initial === undefined) throw new Error("impossible: a way without a beginning");
  return { initial, steps };
};
