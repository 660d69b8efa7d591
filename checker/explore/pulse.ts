// The heartbeat of a search: reports, lets the caller breathe, and notices the end of the time.

import type { Limit } from "./result.ts";
import type { Search } from "./search.ts";
import { memoryBytes } from "./search.ts";

export interface Pulse {
  /** Whether it is time to rest: cheap, asked every few hundred states. */
  readonly isDue: () => boolean;
  /** Reports and waits for the caller; answers why the search must end, if it must. */
  readonly rest: () => Promise<Limit | undefined>;
  readonly seconds: () => number;
}

const restEveryMs = 60;

export const pulseOf = (search: Search): Pulse => {
  const { now, limits, breathe } = search.options;
  const begin = now();
  let rested = begin;
  let reported = 0;
  const seconds = () => (now() - begin) / 1000;
  return {
    isDue: () => now() - rested >= restEveryMs,
    rest: async () => {
      const since = Math.max(now() - rested, 1);
      const states = search.store.count;
      const answer = await breathe({
        depth: search.levelStarts.length - 1,
        states,
        statesPerSecond: Math.round(((states - reported) * 1000) / since),
        transitions: search.transitions,
        queue: states - search.expanded,
        memoryBytes: memoryBytes(search),
        seconds: seconds(),
      });
      reported = states;
      rested = now();
      if (answer === "stop") return "interrupted";
      return seconds() >= (limits.seconds ?? Infinity) ? "time" : undefined;
    },
    seconds,
  };
};
