// Recognises a state that was looked up a short while ago, without the caches missing.

import type { StateStore } from "./state-store.ts";
import { chunkMask, chunkOf } from "./state-store.ts";

/*
 * Two in five steps lead to a state that some step just before led to. By the low bits of a hash:
 * the hash and the index + 1 of the state looked up last. Small enough for the first-level cache.
 */
export interface RecentStates {
  readonly hashes: Int32Array;
  readonly states: Int32Array;
}

const size = 1 << 12;
const mask = size - 1;

export const noRecentStates = (): RecentStates => ({
  hashes: new Int32Array(size),
  states: new Int32Array(size),
});

export const rememberState = (recent: RecentStates, hash: number, state: number): void => {
  recent.hashes[hash & mask] = hash;
  recent.states[hash & mask] = state + 1;
};

/** The index of the state at `words[at..]`, or -1 when it was not looked up lately. */
export const recallState = (
  recent: RecentStates,
  store: StateStore,
  words: Int32Array,
  at: number,
  hash: number,
): number => {
  const state = (recent.states[hash & mask] ?? 0) - 1;
  if (state < 0 || recent.hashes[hash & mask] !== hash) return -1;
  const chunk = chunkOf(store, state);
  const offset = (state & chunkMask) * store.words;
  let word = 0;
  while (word < store.words && chunk[offset + word] === words[at + word]) word += 1;
  return word === store.words ? state : -1;
};
