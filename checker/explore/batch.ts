// Found states wait here in small numbers, so that the memory they need is fetched at once.

import type { EdgeStore } from "./edges.ts";
import { setEdge } from "./edges.ts";
import type { RecentStates } from "./recent-states.ts";
import { rememberState } from "./recent-states.ts";
import type { StateIndex } from "./state-index.ts";
import type { StateStore } from "./state-store.ts";
import { chunkMask, chunkOf } from "./state-store.ts";

/*
 * Looking a state up misses the caches twice, in the index and in the store. Done for one state
 * after the other, each miss stalls the search; done for a batch in short loops, the misses
 * overlap.
 */
export const batchSize = 128;

export interface Batch {
  size: number;
  /** `batchSize` states of `words` words. */
  readonly states: Int32Array;
  readonly hashes: Int32Array;
  /** Where in the index the search for each state ends, as far as hashes tell. */
  readonly slots: Int32Array;
  /** The transition that leads to each state, by number, and whether it is a fault. */
  readonly transitions: Float64Array;
  readonly faults: Uint8Array;
  /** Keeps the loops that only touch memory from being optimised away. */
  touched: number;
}

export const emptyBatch = (words: number): Batch => ({
  size: 0,
  states: new Int32Array(batchSize * words),
  hashes: new Int32Array(batchSize),
  slots: new Int32Array(batchSize),
  transitions: new Float64Array(batchSize),
  faults: new Uint8Array(batchSize),
  touched: 0,
});

/** Adds the state at `words[at..]` to a batch that is not full. */
export const addToBatch = (
  batch: Batch,
  words: Int32Array,
  at: number,
  count: number,
  hash: number,
): void => {
  const { size, states } = batch;
  const base = size * count;
  for (let word = 0; word < count; word += 1) states[base + word] = words[at + word] ?? 0;
  batch.hashes[size] = hash;
  batch.size = size + 1;
};

/**
 * Fetches the entries, then the states that they mean. Each loop is short, so that its misses
 * overlap.
 */
const touchBatch = (batch: Batch, index: StateIndex, store: StateStore): void => {
  const { size, hashes, slots } = batch;
  const { table, mask } = index;
  let touched = 0;
  for (let item = 0; item < size; item += 1) touched ^= table[(hashes[item] ?? 0) & mask] ?? 0;
  for (let item = 0; item < size; item += 1) {
    const hash = hashes[item] ?? 0;
    let slot = hash & mask;
    let entry = table[slot] ?? 0;
    while (entry !== 0 && ((entry ^ hash) & ~mask) !== 0) {
      slot = (slot + 1) & mask;
      entry = table[slot] ?? 0;
    }
    slots[item] = slot;
    if (entry === 0) continue;
    const state = (entry & mask) - 1;
    touched ^= chunkOf(store, state)[(state & chunkMask) * store.words] ?? 0;
  }
  batch.touched = touched;
};

/**
 * Stores the states of the batch that are new, in order, and empties it. The store and the index
 * must have room for all of them. With `edges`, each transition is noted there.
 */
export const insertBatch = (
  batch: Batch,
  index: StateIndex,
  store: StateStore,
  recent: RecentStates,
  edges: EdgeStore | undefined,
): void => {
  touchBatch(batch, index, store);
  const { size, hashes, states, slots, transitions, faults } = batch;
  const { table, mask } = index;
  const { words } = store;
  let count = store.count;
  for (let item = 0; item < size; item += 1) {
    const hash = hashes[item] ?? 0;
    const base = item * words;
    // Entries are only added: what was passed over on the way to this slot is still another state.
    let slot = slots[item] ?? 0;
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
      const chunk = chunkOf(store, found);
      const at = (found & chunkMask) * words;
      for (let word = 0; word < words; word += 1) chunk[at + word] = states[base + word] ?? 0;
      table[slot] = (found + 1) | (hash & ~mask);
      count += 1;
    }
    rememberState(recent, hash, found);
    if (edges !== undefined) setEdge(edges, transitions[item] ?? 0, found, faults[item] ?? 0);
  }
  store.count = count;
  batch.size = 0;
};
