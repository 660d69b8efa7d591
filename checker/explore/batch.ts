// Found states wait here in small numbers, so that the memory they need is fetched at once.

import type { EdgeStore } from "./edges.ts";
import { appendEdge } from "./edges.ts";
import type { StateIndex } from "./state-index.ts";
import { hashWords } from "./state-index.ts";
import type { StateStore } from "./state-store.ts";
import { chunkMask, chunkOf, chunkShift } from "./state-store.ts";

/*
 * Looking a state up misses the caches twice, in the index and in the store. Done for one state after the
 * other, each miss stalls the search; done for a batch in three short loops, the misses overlap.
 */
export const batchSize = 128;

export interface Batch {
  size: number;
  /** `batchSize` states of `words` words. */
  readonly states: Int32Array;
  readonly hashes: Int32Array;
  /** The entry of the index at which the search for each state begins. */
  readonly entries: Int32Array;
  /** 1 where the step into the state is a fault. */
  readonly faults: Uint8Array;
  /** Keeps the loop that only touches memory from being optimised away. */
  touched: number;
}

export const emptyBatch = (words: number): Batch => ({
  size: 0,
  states: new Int32Array(batchSize * words),
  hashes: new Int32Array(batchSize),
  entries: new Int32Array(batchSize),
  faults: new Uint8Array(batchSize),
  touched: 0,
});

/** Adds the state at `words[at..]` to a batch that is not full. */
export const addToBatch = (
  batch: Batch,
  words: Int32Array,
  at: number,
  count: number,
  fault: number,
): void => {
  const { size, states } = batch;
  const base = size * count;
  for (let word = 0; word < count; word += 1) states[base + word] = words[at + word] ?? 0;
  batch.hashes[size] = hashWords(words, at, count);
  batch.faults[size] = fault;
  batch.size = size + 1;
};

const touchBatch = (batch: Batch, index: StateIndex, store: StateStore): void => {
  const { size, hashes, entries } = batch;
  const { table, mask } = index;
  for (let item = 0; item < size; item += 1) {
    entries[item] = table[(hashes[item] ?? 0) & mask] ?? 0;
  }
  let touched = 0;
  for (let item = 0; item < size; item += 1) {
    const entry = entries[item] ?? 0;
    if (entry === 0 || ((entry ^ (hashes[item] ?? 0)) & ~mask) !== 0) continue;
    const state = (entry & mask) - 1;
    touched ^= chunkOf(store, state)[(state & chunkMask) * store.words] ?? 0;
  }
  batch.touched = touched;
};

/**
 * Stores the states of the batch that are new, in order, and empties it. The store and the index must have
 * room for all of them. With `edges`, each state of the batch is also the target of the next edge.
 */
export const insertBatch = (
  batch: Batch,
  index: StateIndex,
  store: StateStore,
  edges: EdgeStore | undefined,
): void => {
  touchBatch(batch, index, store);
  const { size, hashes, states, faults } = batch;
  const { table, mask } = index;
  const { words, chunks } = store;
  let count = store.count;
  for (let item = 0; item < size; item += 1) {
    const hash = hashes[item] ?? 0;
    const base = item * words;
    let slot = hash & mask;
    let found = -1;
    for (let entry = table[slot] ?? 0; entry !== 0; entry = table[slot] ?? 0) {
      if (((entry ^ hash) & ~mask) === 0) {
        const state = (entry & mask) - 1;
        const chunk = chunkOf(store, state);
        const at = (state & chunkMask) * words;
        let word = 0;
        while (word < words && chunk[at + word] === states[base + word]) word += 1;
        if (word === words) {
          found = state;
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
    if (found < 0) {
      found = count;
      const chunk = chunks[found >>> chunkShift];
      if (chunk === undefined)
        throw new Error("a batch is inserted only after room was made for it");
      const at = (found & chunkMask) * words;
      for (let word = 0; word < words; word += 1) chunk[at + word] = states[base + word] ?? 0;
      table[slot] = (found + 1) | (hash & ~mask);
      count += 1;
    }
    if (edges !== undefined) appendEdge(edges, found, faults[item] ?? 0);
  }
  store.count = count;
  batch.size = 0;
};
