// Breadth-first search, level by level, until nothing is new or a limit ends it.

import { expandStates, findInitial, flush } from "./expand.ts";
import { allDecided, closeDecided } from "./findings.ts";
import type { Pulse } from "./pulse.ts";
import type { Exploration, Limit } from "./result.ts";
import type { Search } from "./search.ts";

/** How many states of so many words are expanded between two looks at the clock. */
const sliceOf = (words: number): number => Math.max(1, Math.min(256, Math.floor(4096 / words)));

/**
 * Expands the states of the level that ends before index `to`; answers the limit that ended it
 * early.
 */
const expandLevel = async (
  search: Search,
  pulse: Pulse,
  to: number,
): Promise<Limit | undefined> => {
  const { store, options } = search;
  const most = 2 * (options.limits.maxStates ?? Infinity);
  const slice = sliceOf(store.words);
  let limit: Limit | undefined;
  while (search.expanded < to && limit === undefined) {
    const end = Math.min(search.expanded + slice, to);
    if (!expandStates(search, search.expanded, end)) return "memory";
    search.expanded = end;
    if (store.count > most) limit = "states";
    else if (pulse.isDue()) limit = await pulse.rest();
  }
  return flush(search) ? limit : "memory";
};

/** Runs the search; answers why it ended before everything was expanded, if it did. */
export const breadthFirst = async (
  search: Search,
  pulse: Pulse,
): Promise<Exploration["stopped"]> => {
  const { store, findings, machine, core, options, levelStarts } = search;
  if (!findInitial(search)) return "memory";
  for (let from = 0, to = store.count; from < to; from = to, to = store.count) {
    search.level += 1;
    closeDecided(findings, machine, core);
    if (options.stopWhenDecided && allDecided(findings, core, options)) return "stopped";
    if (to > (options.limits.maxStates ?? Infinity)) return "states";
    const limit = await expandLevel(search, pulse, to);
    if (store.count > to) levelStarts.push(to);
    if (limit !== undefined) return limit;
  }
  return undefined;
};
