// Shows the states of a search to whoever wants to look at them: search -> whether all were seen, or what ended that.

import type { Pulse } from "./pulse.ts";
import type { Exploration, Limit } from "./result.ts";
import type { Search } from "./search.ts";

/** States between two looks at the clock. */
const slice = 1 << 12;

/** Levels whose states were all expanded, so that nobody counts steps that the search did not make. */
const expandedLevels = ({ levels, level }: Search, ended: Exploration["stopped"]) =>
  ended === undefined ? levels : levels.slice(0, Math.max(0, level));

/** "unseen" where nobody wants to look; the limit where one ended it before all were shown. */
export const lookAll = async (
  search: Search,
  ended: Exploration["stopped"],
  pulse: Pulse,
): Promise<"seen" | "unseen" | Limit> => {
  const { space, options } = search;
  const { look } = options;
  if (look === undefined) return "unseen";
  if (ended === "interrupted") return ended;
  const ranges = expandedLevels(search, ended).flat();
  const all = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const phase = { name: "looking at all states", done: 0, all };
  search.phase = phase;
  for (const { from, to } of ranges) {
    for (let begin = from; begin < to; begin += slice) {
      const end = Math.min(begin + slice, to);
      for (let state = begin; state < end; state += 1) {
        const { words, at } = space.place(state);
        if (look(words, at)) return "seen";
      }
      phase.done += end - begin;
      const limit = await pulse.pause();
      if (limit !== undefined) return limit;
    }
  }
  return "seen";
};
