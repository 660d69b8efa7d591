// Where every integer of a state stands in its packed words: core -> machine.

import type { Core } from "../core/index.ts";

/**
 * One integer: stored as `value - low` in `bits` bits of `word` from bit `shift` (0 is the least).
 */
export interface Slot {
  readonly word: number;
  readonly shift: number;
  /** 1..32; 0 when low = high: then nothing is stored. */
  readonly bits: number;
  readonly low: number;
}

/**
 * One segment of a network inside its own words of at most 31 bits, most significant first, so
 * that comparing those words as integers compares the segment's integers lexicographically.
 */
export interface SegmentLayout {
  /** Words per segment; each is at most 31 bits wide, so it is a small non-negative integer. */
  readonly words: number;
  /** Bits used in each word. */
  readonly wordBits: readonly number[];
  /**
   * The integers in stored order (age, to, from, fields); `word` counts from 0 within the segment.
   */
  readonly slots: readonly Slot[];
}

export interface NetworkLayout {
  /** How many segments are present: 0..capacity. */
  readonly count: Slot;
  readonly segment: SegmentLayout;
  /** `places[k][w]`: where word w of segment k stands in the state. Absent segments are 0. */
  readonly places: readonly (readonly Slot[])[];
}

/** The packed form of a state: 32-bit words. Exact: distinct states have distinct words. */
export interface Layout {
  readonly words: number;
  /** Bits in use, before padding. */
  readonly bits: number;
  /** By variable id. */
  readonly variables: readonly Slot[];
  /** By network id. */
  readonly networks: readonly NetworkLayout[];
}

/** Bits for the integers low..high; 64 for ranges that are not exact integers. */
export const bitsFor = (low: number, high: number): number => {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high)) return 64;
  let bits = 0;
  while (high - low >= 2 ** bits) bits += 1;
  return bits;
};

/** Hands out bit ranges; none straddles a word, so that one shift and one mask read a slot. */
const allocator = () => {
  const used: number[] = [];
  // Every word before this one is full, so that many narrow slots do not search from the beginning.
  let full = 0;
  return {
    used,
    place: (bits: number, low: number): Slot => {
      if (bits === 0) return { word: 0, shift: 0, bits: 0, low };
      while (used[full] === 32) full += 1;
      let word = full;
      while (word < used.length && (used[word] ?? 0) + bits > 32) word += 1;
      if (word === used.length) used.push(0);
      const shift = used[word] ?? 0;
      used[word] = shift + bits;
      return { word, shift, bits, low };
    },
  };
};

const segmentLayout = (ranges: readonly { readonly low: number; readonly high: number }[]) => {
  const wordBits: number[] = [];
  const rough: { word: number; end: number; bits: number; low: number }[] = [];
  for (const { low, high } of ranges) {
    const bits = bitsFor(low, high);
    let word = Math.max(wordBits.length - 1, 0);
    if (wordBits.length === 0 || (wordBits[word] ?? 0) + bits > 31) word = wordBits.push(0) - 1;
    const end = (wordBits[word] ?? 0) + bits;
    wordBits[word] = end;
    rough.push({ word, end, bits, low });
  }
  // The first integer of a word is its most significant.
  const slots = rough.map(({ word, end, bits, low }): Slot => {
    const shift = bits === 0 ? 0 : (wordBits[word] ?? 0) - end;
    return { word, shift, bits, low };
  });
  return { words: wordBits.length, wordBits, slots };
};

/** The integers of one segment of a network, in stored order, with their ranges. */
export const segmentRanges = (
  network: Core["networks"][number],
): readonly { readonly name: string; readonly low: number; readonly high: number }[] => [
  ...(network.lifetime === undefined ? [] : [{ name: "age", low: 0, high: network.lifetime }]),
  ...(network.addresses === undefined
    ? []
    : [
        { name: "to", low: network.addresses.low, high: network.addresses.high },
        { name: "from", low: network.addresses.low, high: network.addresses.high },
      ]),
  ...network.fields,
];

/** Plans the packed form of the states of a core: total, and the same for the same core. */
export const layoutOf = (core: Pick<Core, "variables" | "networks">): Layout => {
  const words = allocator();
  const networks = core.networks.map((network): NetworkLayout => {
    const segment = segmentLayout(segmentRanges(network));
    const places = Array.from({ length: network.capacity }, () =>
      segment.wordBits.map((bits) => words.place(bits, 0)),
    );
    return { count: words.place(bitsFor(0, network.capacity), 0), segment, places };
  });
  const variables = core.variables.map(({ low, high }) => words.place(bitsFor(low, high), low));
  return {
    words: Math.max(words.used.length, 1),
    bits: words.used.reduce((sum, it) => sum + it, 0),
    variables,
    networks,
  };
};
