// Makes shortest traces after the search: from a state back to an initial state, level by level.

import { compareStates, wordsOf } from "./findings.ts";
import type { Pulse } from "./pulse.ts";
import type { Limit } from "./result.ts";
import type { Search } from "./search.ts";
import type { Level, Pause, Space } from "./space.ts";

/*
 * Links to parents would cost memory for every state and would say who came first, not who is
 * least. So the levels before a wanted state are expanded once more, for all wanted states
 * together, and of the states that lead to it the least in canonical order is its predecessor
 * (ruling 17).
 */

/** A trace in the making: where it stands, and the states from there to its end. */
interface Walk {
  state: number;
  /** The level of the state. */
  level: number;
  best: number;
  readonly path: Int32Array[];
}

/** Seconds for which walks go on when the search is to end: what was found is worth a way to it. */
const patience = 5;

const levelOf = (levels: readonly Level[], state: number): number =>
  levels.findIndex((level) => level.some(({ from, to }) => from <= state && state < to));

/** Answers what is to end the walks: not before they had their time. */
const patientPause = (pulse: Pulse): Pause => {
  let heard: number | undefined;
  return async () => {
    const limit = await pulse.pause();
    if (limit === undefined) return undefined;
    heard ??= pulse.seconds();
    return pulse.seconds() - heard > patience ? limit : undefined;
  };
};

/** The paths from an initial state to each of the states, or what ended the work. */
export const walkBack = async (
  search: Search,
  pulse: Pulse,
  states: readonly number[],
): Promise<readonly (readonly Int32Array[])[] | Limit> => {
  const { space, levels } = search;
  const walks = states.map((state): Walk => ({
    state,
    level: levelOf(levels, state),
    best: -1,
    path: [wordsOf(space, state)],
  }));
  const deepest = Math.max(0, ...walks.map((it) => it.level));
  const pause = patientPause(pulse);
  search.phase = { name: "making traces", done: 0, all: deepest };
  for (let level = deepest; level > 0; level -= 1) {
    const active = walks.filter((it) => it.level === level);
    const limit = await findPredecessors(space, pause, levels[level - 1] ?? [], active);
    if (limit !== undefined) return limit;
    for (const walk of active) {
      if (walk.best < 0)
        throw new Error("no state of the level before leads to a state of a level");
      walk.state = walk.best;
      walk.level = level - 1;
      walk.best = -1;
      walk.path.push(wordsOf(space, walk.state));
    }
    search.phase.done = deepest - level + 1;
  }
  return walks.map(({ path }) => path.toReversed());
};

const findPredecessors = (
  space: Space,
  pause: Pause,
  level: Level,
  walks: readonly Walk[],
): Promise<Limit | undefined> => {
  const wanted = walks.map(({ state }) => state);
  const visit = (state: number): void => {
    const isUseful = walks.some(({ best }) => best < 0 || compareStates(space, state, best) < 0);
    if (isUseful) offerPredecessor(space, state, walks);
  };
  return space.seek(level, wanted, visit, pause);
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
