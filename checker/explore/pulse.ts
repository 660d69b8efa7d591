// The heartbeat of a search: reports, lets the caller breathe, and notices the end of the time.

import type { Limit } from "./result.ts";
import type { Search } from "./search.ts";

export interface Pulse {
  /**
   * When it is time to, reports and waits for the caller; answers why the search must end, if it
   * must. Cheap, and asked often.
   */
  readonly pause: () => Promise<Limit | undefined> | undefined;
  readonly seconds: () => number;
}

const restEveryMs = 60;

export const pulseOf = (search: Search): Pulse => {
  const { now, limits, breathe } = search.options;
  const begin = now();
  let rested = begin;
  let reported = 0;
  const seconds = () => (now() - begin) / 1000;
  const { space } = search;
  const rest = async (): Promise<Limit | undefined> => {
    const since = Math.max(now() - rested, 1);
    const states = space.count();
    const answer = await breathe({
      depth: Math.max(0, search.levels.length - 1),
      states,
      statesPerSecond: Math.round(((states - reported) * 1000) / since),
      transitions: space.transitions(),
      queue: space.waiting(),
      memoryBytes: space.memoryBytes(),
      seconds: seconds(),
      ...(search.phase === undefined ? {} : { phase: { ...search.phase } }),
    });
    reported = states;
    rested = now();
    if (answer === "stop") return "interrupted";
    return seconds() >= (limits.seconds ?? Infinity) ? "time" : undefined;
  };
  return { pause: () => (now() - rested >= restEveryMs ? rest() : undefined), seconds };
};
