// Finds a packed state among the stored ones: an exact open-addressing index.

import type { StateStore } from "./state-store.ts";
import { addState, chunkOf, offsetOf } from "./state-store.ts";

/*
 * An entry is 0 (free), or a state's number + 1 in the low bits that address the table, and in the
 * bits above them the same bits of the state's hash. These tell nearly every other state apart
 * without a look into the store; equal bits are confirmed by comparing all words, so the index is
 * exact. Collisions go to the next entry. The table never holds more than `loadLimit` of its size,
 * so the number + 1 always fits below the mask and a search always meets a free entry.
 */
export interface StateIndex {
  table: Int32Array;
  /** Size - 1; the size is a power of two. */
  mask: number;
}

const loadLimit = 0.6;
const smallestSize = 1 << 12;
const largestSize = 2 ** 30;

export const emptyIndex = (): StateIndex => ({
  table: new Int32Array(smallestSize),
  mask: smallestSize - 1,
});

export const hashWords = (words: Int32Array, at: number, count: number): number => {
  let hash = 0x2545f491;
  for (let word = 0; word < count; word += 1) {
    hash = Math.imul(hash ^ (words[at + word] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

/** The table size that holds `count` states; Infinity when none does. */
export const indexSize = (index: StateIndex, count: number): number => {
  let size = index.mask + 1;
  while (count > size * loadLimit) size *= 2;
  return size > largestSize ? Infinity : size;
};

/** Gives the index a table of `size` entries that finds every stored state. */
export const rebuildIndex = (index: StateIndex, store: StateStore, size: number): void => {
  const table = new Int32Array(size);
  const mask = size - 1;
  for (let state = 0; state < store.count; state += 1) {
    const hash = hashWords(chunkOf(store, state), offsetOf(store, state), store.words);
    let slot = hash & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = (state + 1) | (hash & ~mask);
  }
  index.table = table;
  index.mask = mask;
};

const isState = (store: StateStore, state: number, words: Int32Array, at: number): boolean => {
  const chunk = chunkOf(store, state);
  const offset = offsetOf(store, state);
  let word = 0;
  while (word < store.words && chunk[offset + word] === words[at + word]) word += 1;
  return word === store.words;
};

/** The number of the state at `words[at..]`; -1 if it is not stored, or with `store` then stored. */
export const lookUp = (
  { table, mask }: StateIndex,
  store: StateStore,
  words: Int32Array,
  at: number,
  isStored: boolean,
): number => {
  const hash = hashWords(words, at, store.words);
  let slot = hash & mask;
  for (let entry = table[slot] ?? 0; entry !== 0; entry = table[slot] ?? 0) {
    if (((entry ^ hash) & ~mask) === 0) {
      const state = (entry & mask) - 1;
      if (isState(store, state, words, at)) return state;
    }
    slot = (slot + 1) & mask;
  }
  if (!isStored) return -1;
  const state = addState(store, words, at);
  table[slot] = (state + 1) | (hash & ~mask);
  return state;
};
