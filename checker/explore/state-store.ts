// Every state found, in order of discovery: queue, closed set and source of traces in one.

import { compareWords } from "../machine/index.ts";

/*
 * State `index` stands at word `(index & chunkMask) * words` of `chunks[index >>> chunkShift]`.
 * Chunks are added and never moved: growth copies nothing, and no single array has to hold more
 * than 2^31 bytes.
 */
export const chunkShift = 16;
export const chunkStates = 1 << chunkShift;
export const chunkMask = chunkStates - 1;

export interface StateStore {
  /** Words of a state. */
  readonly words: number;
  readonly chunks: Int32Array[];
  count: number;
}

export const emptyStore = (words: number): StateStore => ({ words, chunks: [], count: 0 });

/** The chunk in which a state stands. */
export const chunkOf = (store: StateStore, index: number): Int32Array => {
  const chunk = store.chunks[index >>> chunkShift];
  if (chunk === undefined) throw new Error(`no state has the index ${index}`);
  return chunk;
};

/** Where in its chunk a state begins. */
export const offsetOf = (store: StateStore, index: number): number =>
  (index & chunkMask) * store.words;

/** A copy of the packed words of a state. */
export const stateAt = (store: StateStore, index: number): Int32Array => {
  const at = offsetOf(store, index);
  return chunkOf(store, index).slice(at, at + store.words);
};

/** The canonical order of two stored states. */
export const compareStates = (store: StateStore, left: number, right: number): number =>
  compareWords(
    chunkOf(store, left),
    offsetOf(store, left),
    chunkOf(store, right),
    offsetOf(store, right),
    store.words,
  );

/** How many bytes the store would need to hold `count` states. */
export const storeBytes = (store: StateStore, count: number): number =>
  Math.ceil(count / chunkStates) * chunkStates * store.words * 4;

/** Makes room for states up to `count`. */
export const reserveStates = (store: StateStore, count: number): void => {
  while (store.chunks.length * chunkStates < count) {
    store.chunks.push(new Int32Array(chunkStates * store.words));
  }
};

/** Stores the state at `words[at..]`, for which there is room, and answers its number. */
export const addState = (store: StateStore, words: Int32Array, at: number): number => {
  const number = store.count;
  const chunk = chunkOf(store, number);
  const offset = offsetOf(store, number);
  for (let word = 0; word < store.words; word += 1) chunk[offset + word] = words[at + word] ?? 0;
  store.count = number + 1;
  return number;
};
