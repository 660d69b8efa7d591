// Breadth-first search, level by level, until nothing is new or a limit ends it.

import {
  allDecided,
  closeDecided,
  foundSoFar,
  isSurprised,
  offerDeadlock,
  offerError,
  offerEvents,
  restore,
} from "./findings.ts";
import { isJudging, judgeState, mayRest } from "./judge.ts";
import type { Pulse } from "./pulse.ts";
import type { Exploration } from "./result.ts";
import { figuresOf, type Search } from "./search.ts";
import type { Listener, Pause, Watch } from "./space.ts";

const watchOf = (search: Search): Watch => {
  const { openEvents, openFormulas, expected, deadlock } = search.findings;
  return {
    openEvents,
    openFormulas,
    expected,
    isJudging: isJudging(search),
    isDeadlockOpen: search.options.deadlock && deadlock === undefined,
  };
};

/** Notes what is found: of equal findings the one that counts. */
const listenerOf = (search: Search): Listener => {
  const { findings, space, core } = search;
  const steps = (): number => search.level + 1;
  return {
    onError: (state, site) => offerError(findings, space, site, { steps: steps(), state }),
    onEvents: (state, word, events) =>
      offerEvents(findings, space, core, word, events, { steps: steps(), state }),
    onJudged: (state) => judgeState(search, state),
    onStuck: (state) => {
      if (!mayRest(search, state)) offerDeadlock(findings, space, search.level, state);
    },
  };
};

/**
 * Runs the search; answers why it ended before everything was expanded, if it did.
 *
 * How much of a level has been found when it is cut depends on the moment and on the threads. A
 * limit of states must not: a level that brings more than twice as many is left out as a whole.
 */
export const breadthFirst = async (
  search: Search,
  pulse: Pulse,
): Promise<Exploration["stopped"]> => {
  const { space, findings, core, options, levels } = search;
  const listener = listenerOf(search);
  const most = options.limits.maxStates ?? Infinity;
  const isTooMany = (): boolean => space.count() > 2 * most;
  const pause: Pause = () => (isTooMany() ? Promise.resolve("states") : pulse.pause());
  const initial = await space.begin(watchOf(search), listener);
  levels.push(initial.level);
  search.isLevelWhole = initial.isWhole;
  if (initial.ended !== undefined) return initial.ended;
  for (let { level } = initial; level.length > 0;) {
    search.level += 1;
    closeDecided(findings, space.formulas, core);
    if (options.stopWhenDecided && allDecided(findings, core, options)) return "stopped";
    if (isSurprised(findings, core, options)) return "stopped";
    if (space.count() > most) return "states";
    const before =
      most === Infinity ? undefined : { ...figuresOf(search), ...foundSoFar(findings) };
    const found = await space.expand(level, watchOf(search), listener, pause);
    search.isLevelWhole = found.isWhole;
    if (before !== undefined && isTooMany()) {
      search.before = before;
      search.isLevelWhole = false;
      restore(findings, before);
      return "states";
    }
    ({ level } = found);
    if (level.length > 0) levels.push(level);
    // What ends a search that has found everything has come too late.
    if (found.ended !== undefined && !(found.isWhole && level.length === 0)) return found.ended;
  }
  return undefined;
};
