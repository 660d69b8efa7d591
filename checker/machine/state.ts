// A state as plain lists, and its exact translation to and from packed words.

import type { Layout, Slot } from "./layout.ts";

export interface State {
  /** By variable id. */
  readonly variables: readonly number[];
  /**
   * By network id: the segments in stored order, each its integers in stored order (age, to, from,
   * fields).
   */
  readonly networks: readonly (readonly (readonly number[])[])[];
}

const maskOf = (bits: number): number => (bits === 32 ? -1 : (1 << bits) - 1);

const read = (words: Int32Array, at: number, slot: Slot): number =>
  slot.bits === 0
    ? slot.low
    : slot.low + ((((words[at + slot.word] ?? 0) >>> slot.shift) & maskOf(slot.bits)) >>> 0);

const write = (words: Int32Array, slot: Slot, value: number): void => {
  if (slot.bits === 0) return;
  words[slot.word] = (words[slot.word] ?? 0) | ((value - slot.low) << slot.shift);
};

/** The packed words of a state whose integers are all in range and whose bags are sorted. */
export const pack = (layout: Layout, state: State): Int32Array => {
  const words = new Int32Array(layout.words);
  layout.variables.forEach((slot, id) => write(words, slot, state.variables[id] ?? slot.low));
  layout.networks.forEach((network, id) => {
    const segments = state.networks[id] ?? [];
    write(words, network.count, segments.length);
    segments.forEach((segment, position) => {
      const place = network.places[position] ?? [];
      segment.forEach((value, field) => {
        const inner = network.segment.slots[field];
        const outer = inner === undefined ? undefined : place[inner.word];
        if (inner === undefined || outer === undefined || inner.bits === 0) return;
        write(words, { ...outer, low: 0 }, (value - inner.low) << inner.shift);
      });
    });
  });
  return words;
};

/** The inverse of `pack`, for the state at `words[at..]`. */
export const unpack = (layout: Layout, words: Int32Array, at = 0): State => ({
  variables: layout.variables.map((slot) => read(words, at, slot)),
  networks: layout.networks.map((network) =>
    Array.from({ length: read(words, at, network.count) }, (_, position) =>
      network.segment.slots.map((inner) => {
        const outer = network.places[position]?.[inner.word];
        if (outer === undefined || inner.bits === 0) return inner.low;
        const word = read(words, at, outer);
        return inner.low + ((word >>> inner.shift) & maskOf(inner.bits));
      }),
    ),
  ),
});

/**
 * Order of packed states: negative, zero or positive; words compare as unsigned, the first decides
 * first.
 */
export const compareWords = (
  left: Int32Array,
  leftAt: number,
  right: Int32Array,
  rightAt: number,
  words: number,
): number => {
  for (let word = 0; word < words; word += 1) {
    const difference = ((left[leftAt + word] ?? 0) >>> 0) - ((right[rightAt + word] ?? 0) >>> 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
