// Finds a packed state among the stored ones: an exact open-addressing index.

import type { StateStore } from "./state-store.ts";
import { chunkMask, chunkOf } from "./state-store.ts";

/*
 * An entry is 0 (free), or a state's index + 1 in the low bits that address the table, and in the
 * bits above them the same bits of the state's hash. These tell nearly every other state apart
 * without a look into the store; equal bits are confirmed by comparing all words, so the index is
 * exact. Collisions go to the next entry. The table never holds more than `loadLimit` of its size,
 * so the index + 1 always fits below the mask and a search always meets a free entry.
 */
export interface StateIndex {
  table: Int32Array;
  /** Size - 1; the size is a power of two. */
  mask: number;
  /** Keeps loops that only touch memory from being optimised away. */
  touched: number;
}

const loadLimit = 0.6;
const smallestSize = 1 << 12;
const largestSize = 2 ** 30;

export const emptyIndex = (): StateIndex => ({
  table: new Int32Array(smallestSize),
  mask: smallestSize - 1,
  touched: 0,
});

/** The hash that `hashWords` continues, word by word, and `finish` ends. */
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
  // Small tables grow in larger steps: filling them anew is what growth costs.
  while (count > size * loadLimit) size *= size < 2 ** 22 ? 4 : 2;
  return size > largestSize ? Infinity : size;
};

/**
 * How many states are put into a new table at a time, so that the memory they need is fetched at
 * once.
 */
const rebuildBatch = 64;

/** Gives the index a table of `size` entries that finds every stored state. */
export const rebuildIndex = (index: StateIndex, store: StateStore, size: number): void => {
  const { words, count } = store;
  const table = new Int32Array(size);
  const mask = size - 1;
  const hashes = new Int32Array(rebuildBatch);
  let touched = 0;
  for (let from = 0; from < count; from += rebuildBatch) {
    const batch = Math.min(rebuildBatch, count - from);
    for (let item = 0; item < batch; item += 1) {
      const state = from + item;
      hashes[item] = hashWords(chunkOf(store, state), (state & chunkMask) * words, words);
    }
    for (let item = 0; item < batch; item += 1) touched ^= table[(hashes[item] ?? 0) & mask] ?? 0;
    for (let item = 0; item < batch; item += 1) {
      const hash = hashes[item] ?? 0;
      let slot = hash & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = (from + item + 1) | (hash & ~mask);
    }
  }
  index.table = table;
  index.mask = mask;
  index.touched = touched;
};
