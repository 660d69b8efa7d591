// Packed states at work in normal forms: slots, segments in locals, and their order.

import type { Code, Local, Part, Value } from "../code/index.ts";
import {
  advance,
  both,
  constant,
  either,
  equal,
  greater,
  i32,
  less,
  load,
  or,
  place,
  pointer,
  set,
  shiftLeft,
  store,
  when,
} from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Layout, Slot } from "../machine/index.ts";
import type { Likeness } from "../reduce/index.ts";
import { areaGlobal } from "./functions.ts";
import { rawOf } from "./slots.ts";

export const record = pointer("record");
export const target = pointer("target");
export const count = i32("count");

export interface Normal {
  readonly core: Core;
  readonly layout: Layout;
  readonly likeness: Likeness;
  /** Where in the area the states stand. */
  readonly image: number;
  readonly start: number;
  readonly candidate: number;
}

export const inArea = (at: number): Value => advance(place(areaGlobal), at);

export const copied = ({ layout }: Normal, from: Value, to: Value): Code =>
  Array.from({ length: layout.words }, (_, word) => store(to, word, load(from, word)));

export const slotValue = (from: Value, slot: Slot): Value => rawOf(load(from, slot.word), slot);

/** A word of the state at `record` in a local: code that looks at it more than once loads it once. */
export const wordName = (word: number): Local => i32(`n${word}`);

/** Likewise of a slot in such a word. */
export const slotInName = (slot: Slot): Value => rawOf(wordName(slot.word), slot);

/** What goes into a word of a state: the values of slots, in place. */
export const assembled = (
  parts: readonly { readonly slot: Slot; readonly value: Value }[],
): Value =>
  parts.reduce<Value>(
    (sum, { slot, value }) => (slot.bits === 0 ? sum : or(sum, shiftLeft(value, slot.shift))),
    constant(0),
  );

export const segmentName = (network: number, position: number, word: number): Local =>
  i32(`s${network}_${position}_${word}`);

export interface Segments {
  readonly locals: readonly Local[];
  readonly read: Code;
  readonly parts: readonly { readonly slot: Slot; readonly value: Local }[];
}

/** The segments of a network in locals, and where they go. */
export const segmentsOf = ({ layout }: Normal, network: number, from: Value): Segments => {
  const places = layout.networks[network]?.places ?? [];
  const parts = places.flatMap((slots, position) =>
    slots.map((slot, word) => ({ slot, value: segmentName(network, position, word) })),
  );
  return {
    parts,
    locals: parts.map((it) => it.value),
    read: parts.map(({ slot, value }) => set(value, slotValue(from, slot))),
  };
};

/** Sorts the segments of a bag, the greatest first; absent ones are 0 and stay behind. */
export const sortedCode = ({ core, layout }: Normal, network: number): Code => {
  if (core.networks[network]?.kind === "fifo") return [];
  const capacity = core.networks[network]?.capacity ?? 0;
  const words = layout.networks[network]?.segment.words ?? 0;
  const swaps: Part[] = [];
  for (let last = capacity - 1; last > 0; last -= 1) {
    for (let at = 0; at < last; at += 1) swaps.push(swapCode(network, at, words));
  }
  return swaps;
};

/** Puts the segments of a FIFO in order of their receivers; those of one keep their order. */
export const queuedCode = ({ core, layout }: Normal, network: number): Code => {
  const [found, declared] = [layout.networks[network], core.networks[network]];
  const to = found?.segment.slots[declared?.lifetime === undefined ? 0 : 1];
  if (declared?.kind !== "fifo" || found === undefined || to === undefined) return [];
  const receiver = (position: number): Value =>
    rawOf(segmentName(network, position, to.word), to, 31);
  const words = found.segment.words;
  const swaps: Part[] = [];
  for (let last = declared.capacity - 1; last > 0; last -= 1) {
    for (let at = 0; at < last; at += 1) {
      const isThere = greater(slotValue(record, found.count), at + 1);
      const isBehind = both(isThere, greater(receiver(at), receiver(at + 1)));
      swaps.push(when(isBehind, exchanged(network, at, words)));
    }
  }
  return swaps;
};

export const exchanged = (network: number, at: number, words: number): Code =>
  Array.from({ length: words }, (_, word): Code => {
    const [left, right] = [segmentName(network, at, word), segmentName(network, at + 1, word)];
    return [set(held, left), set(left, right), set(right, held)].flat();
  });

export const held = i32("held");

export const swapCode = (network: number, at: number, words: number): Part => {
  const name = (position: number, word: number): Local => segmentName(network, position, word);
  const isBehind = (word: number): Value => {
    const [left, right] = [name(at, word), name(at + 1, word)];
    return word === words - 1
      ? less(left, right)
      : either(less(left, right), both(equal(left, right), isBehind(word + 1)));
  };
  if (words === 0) return [];
  return when(isBehind(0), exchanged(network, at, words));
};
