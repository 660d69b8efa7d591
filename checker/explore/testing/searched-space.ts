// Support for tests: a search by generated code, with a look at what it left behind.

import type { Core } from "../../core/index.ts";
import { type Group, type TierOptions, type Tiers, tiersOf } from "../../engine/index.ts";
import { programsOf } from "../../test/run-text.ts";
import { engineSpace } from "../engine-space.ts";
import type { Limit } from "../result.ts";
import type { Level, Space, Watch } from "../space.ts";

export interface SearchedSpace {
  readonly tiers: Tiers;
  readonly space: Space;
  readonly levels: readonly Level[];
  /** What ended the search before its end. */
  readonly ended: Limit | undefined;
}

const deaf = () => undefined;

const listener = { onError: deaf, onEvents: deaf, onJudged: deaf, onStuck: deaf };

/** Nothing is sought in any state; all recoverables are judged. */
const watchOf = (core: Core): Watch => {
  const none = new Int32Array(core.properties.length + 1);
  return {
    openEvents: none,
    openFormulas: none,
    expected: none,
    isJudging: true,
    isDeadlockOpen: false,
  };
};

/** All states of a model, or as many as memory holds, before anybody has asked for ways out. */
export const searchedSpace = async (
  core: Core,
  groups: readonly Group[],
  options: TierOptions,
): Promise<SearchedSpace> => {
  const tiers = tiersOf(programsOf(core), { finals: [], groups }, options);
  if (typeof tiers === "string") throw new Error(tiers);
  const space = engineSpace(tiers, groups, core, { now: () => 0 });
  const watch = watchOf(core);
  const first = await space.begin(watch, listener);
  const levels: Level[] = [first.level];
  let { ended } = first;
  for (let level = first.level; ended === undefined && level.length > 0;) {
    const found = await space.expand(level, watch, listener, () => undefined);
    ({ level, ended } = found);
    levels.push(level);
  }
  return { tiers, space, levels, ended };
};
