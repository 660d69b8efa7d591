// Where everything stands in the heap: index and states below, blocks and edges above, room between.

import type { Shape } from "./control.ts";
import {
  controlOf,
  fieldShiftOf,
  filterSize,
  mostNotes,
  mostSources,
  noteWords,
  pendingWords,
  recentSize,
  strideOf,
} from "./control.ts";

/** The index is never fuller than this. */
export const loadLimit = 0.7;

/** The places of what grows, for a heap of a size. */
export interface Plan {
  /** Words of the heap. */
  readonly size: number;
  readonly index: number;
  /** Entries that the index can have. */
  readonly indexCapacity: number;
  /** By group: fields of who is out, and of who must be able to get out. */
  readonly saved: readonly number[];
  readonly asked: readonly number[];
  readonly states: number;
}

/** The words before are nobody's: the index begins with a line of the caches. */
const firstWord = 16;
const smallestIndex = 1 << 8;
const largestIndex = 1 << 30;

/** Bits that a state has in the fields of all groups. */
export const fieldBitsOf = ({ groups }: Pick<Shape, "groups">): number =>
  groups.reduce((sum, it) => sum + 2 * 2 ** fieldShiftOf(it), 0);

/** The index that lets the most states into a heap of so many words. */
export const planOf = (shape: Shape, size: number): Plan => {
  const stride = strideOf(shape);
  const statesBeside = (entries: number): number =>
    Math.max(0, Math.floor((size - firstWord - entries) / (stride + fieldBitsOf(shape) / 32)));
  const most = (entries: number): number => Math.min(statesBeside(entries), loadLimit * entries);
  let indexCapacity = smallestIndex;
  while (indexCapacity < largestIndex && most(2 * indexCapacity) > most(indexCapacity)) {
    indexCapacity *= 2;
  }
  const states = Math.floor(most(indexCapacity));
  let next = firstWord + indexCapacity;
  const takeFields = () =>
    shape.groups.map((group) => {
      const at = next;
      next += Math.ceil((states * 2 ** fieldShiftOf(group)) / 32);
      return at;
    });
  const [saved, asked] = [takeFields(), takeFields()];
  return { size, index: firstWord, indexCapacity, saved, asked, states: next };
};

/** The words of one thread: by name, from the beginning of its block. */
export const blockOf = (shape: Shape, capacity: number) => {
  let words = 0;
  const take = (count: number): number => {
    words += count;
    return words - count;
  };
  const control = take(controlOf(shape).words);
  const area = take(shape.program.area.words);
  const batch = take(capacity * shape.program.stepWords);
  const pending = take(capacity * pendingWords);
  const maybe = take(capacity);
  const sources = take(2 * (mostSources + 1));
  const recent = take(2 * recentSize);
  const filter = take(filterSize / 32);
  const notes = take(2 * noteWords * mostNotes(shape, capacity));
  return { control, area, batch, pending, maybe, sources, recent, filter, notes, words: take(0) };
};

export type Block = ReturnType<typeof blockOf>;
