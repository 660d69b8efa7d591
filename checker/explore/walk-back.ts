// Makes shortest traces after the search: from a state back to an initial state, level by level.

import { compareStates, wordsOf } from "./findings.ts";
import type { Pulse } from "./pulse.ts";
import type { Search } from "./search.ts";
import type { Level, Space } from "./space.ts";

/*
 * Links to parents would cost memory for every state and would say who came first, not who is
 * least. So the levels before a wanted state are expanded once more, for all wanted states
 * together, and of the states that lead to it the least in canonical order is its predecessor
 * (ruling 17).
 */

/** A trace in the making: where it stands, and the states from there to its end. */
interface Walk {
  state: number;
  best: number;
  readonly path: Int32Array[];
}

export const levelOf = (levels: readonly Level[], state: number): number =>
  levels.findIndex((level) => level.some(({ from, to }) => from <= state && state < to));

/** The paths from an initial state to each of the states. */
export const walkBack = async (
  { space, levels }: Search,
  pulse: Pulse,
  states: readonly number[],
): Promise<readonly (readonly Int32Array[])[]> => {
  const walks = states.map((state): Walk => ({ state, best: -1, path: [wordsOf(space, state)] }));
  const deepest = Math.max(0, ...states.map((it) => levelOf(levels, it)));
  for (let level = deepest; level > 0; level -= 1) {
    const active = walks.filter((it) => levelOf(levels, it.state) === level);
    if (active.length === 0) continue;
    await findPredecessors(space, pulse, levels[level - 1] ?? [], active);
    for (const walk of active) {
      if (walk.best < 0)
        throw new Error("no state of the level before leads to a state of a level");
      walk.state = walk.best;
      walk.best = -1;
      walk.path.push(wordsOf(space, walk.state));
    }
  }
  return walks.map(({ path }) => path.toReversed());
};

const findPredecessors = (
  space: Space,
  pulse: Pulse,
  level: Level,
  walks: readonly Walk[],
): Promise<void> => {
  const wanted = walks.map(({ state }) => state);
  const visit = (state: number): void => {
    const isUseful = walks.some(({ best }) => best < 0 || compareStates(space, state, best) < 0);
    if (isUseful) offerPredecessor(space, state, walks);
  };
  return space.seek(level, wanted, visit, pulse.pause);
};

/**
 * Makes `state` the predecessor of every walk that it leads to and that had none, or a greater one.
 */
const offerPredecessor = (space: Space, state: number, walks: readonly Walk[]): void => {
  const count = space.steps(state);
  const { words, at } = space.records();
  for (let step = 0; step < count; step += 1) {
    const record = at + step * space.stepWords;
    if ((words[record + space.words] ?? 0) > 1) continue;
    for (const walk of walks) {
      if (!isState(space, walk.state, words, record)) continue;
      if (walk.best < 0 || compareStates(space, state, walk.best) < 0) walk.best = state;
    }
  }
};

const isState = (space: Space, state: number, words: Int32Array, at: number): boolean => {
  const place = space.place(state);
  let word = 0;
  while (word < space.words && place.words[place.at + word] === words[at + word]) word += 1;
  return word === space.words;
};
