// Makes shortest traces after the search: from a state back to an initial state, level by level.

import type { Pulse } from "./pulse.ts";
import type { Search } from "./search.ts";
import { stepsOf } from "./expand.ts";
import { hashWords } from "./state-index.ts";
import type { StateStore } from "./state-store.ts";
import { chunkOf, compareStates, offsetOf, stateAt } from "./state-store.ts";

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

const filterSize = 1 << 12;
const filterMask = filterSize - 1;

export const levelOf = (levelStarts: readonly number[], state: number): number =>
  levelStarts.findLastIndex((start) => start <= state);

/** The paths from an initial state to each of the states. */
export const walkBack = async (
  search: Search,
  pulse: Pulse,
  states: readonly number[],
): Promise<readonly (readonly Int32Array[])[]> => {
  const { store, levelStarts } = search;
  const walks = states.map((state): Walk => ({ state, best: -1, path: [stateAt(store, state)] }));
  const deepest = Math.max(0, ...states.map((it) => levelOf(levelStarts, it)));
  for (let level = deepest; level > 0; level -= 1) {
    const active = walks.filter((it) => levelOf(levelStarts, it.state) === level);
    await findPredecessors(search, pulse, level - 1, active);
    for (const walk of active) {
      if (walk.best < 0)
        throw new Error("no state of the level before leads to a state of a level");
      walk.state = walk.best;
      walk.best = -1;
      walk.path.push(stateAt(store, walk.state));
    }
  }
  return walks.map(({ path }) => path.toReversed());
};

const findPredecessors = async (
  search: Search,
  pulse: Pulse,
  level: number,
  walks: readonly Walk[],
): Promise<void> => {
  const { store, levelStarts } = search;
  const filter = new Uint8Array(filterSize);
  for (const { state } of walks) {
    const hash = hashWords(chunkOf(store, state), offsetOf(store, state), store.words);
    filter[hash & filterMask] = 1;
  }
  const to = levelStarts[level + 1] ?? store.count;
  for (let state = levelStarts[level] ?? 0; state < to; state += 1) {
    if ((state & 255) === 0 && pulse.isDue()) await pulse.rest();
    const isUseful = walks.some(({ best }) => best < 0 || compareStates(store, state, best) < 0);
    if (isUseful) offerPredecessor(search, state, walks, filter);
  }
};

/**
 * Makes `state` the predecessor of every walk that it leads to and that had none, or a greater one.
 */
const offerPredecessor = (
  search: Search,
  state: number,
  walks: readonly Walk[],
  filter: Uint8Array,
): void => {
  const { machine, store } = search;
  const { words } = store;
  const count = stepsOf(search, state);
  const { out } = search;
  for (let step = 0; step < count; step += 1) {
    const record = step * machine.stepWords;
    if ((out[record + words] ?? 0) > 1) continue;
    if (filter[hashWords(out, record, words) & filterMask] === 0) continue;
    for (const walk of walks) {
      if (!isState(store, walk.state, out, record)) continue;
      if (walk.best < 0 || compareStates(store, state, walk.best) < 0) walk.best = state;
    }
  }
};

const isState = (store: StateStore, state: number, words: Int32Array, at: number): boolean => {
  const chunk = chunkOf(store, state);
  const offset = offsetOf(store, state);
  let word = 0;
  while (word < store.words && chunk[offset + word] === words[at + word]) word += 1;
  return word === store.words;
};
