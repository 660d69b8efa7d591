// One slot of a packed word: reading the integer in it, and the word with another one.

import type { Value } from "../code/index.ts";
import {
  add,
  and,
  constant,
  or,
  shiftLeft,
  shiftRightUnsigned,
  subtract,
  wide,
  widenUnsigned,
} from "../code/index.ts";
import type { Slot } from "../machine/index.ts";
import type { Num, Range } from "./number.ts";
import { asWide, asWord, fitsWord, known, ranged } from "./number.ts";
import { narrow } from "../code/index.ts";

export const maskOf = (bits: number): number => (bits === 32 ? -1 : (1 << bits) - 1);

/** The bits of a slot, in place, as a signed word. */
export const maskInPlace = ({ shift, bits }: Slot): number => maskOf(bits) << shift;

/** What the integer in a slot is stored as. `end` is how many bits of the word can be in use. */
export const rawOf = (word: Value, { shift, bits }: Slot, end = 32): Value => {
  if (bits === 0) return constant(0);
  const moved = shiftRightUnsigned(word, shift);
  return shift + bits >= end ? moved : and(moved, maskOf(bits));
};

/** From what is stored to the integer. */
export const integerOf = (raw: Value, low: number, range: Range, bits: number): Num => {
  // What fits 32 bits is found modulo 2^32.
  if (fitsWord(range)) return ranged(low === 0 ? raw : add(raw, low | 0), range);
  if (bits < 32 && raw.kind === "constant") return known(raw.value + low);
  return ranged(add(widenUnsigned(raw), wide(low)), range);
};

/** The integer in a slot, which lies in `range`. */
export const readNumber = (word: Value, slot: Slot, range: Range, end = 32): Num =>
  slot.bits === 0 ? known(slot.low) : integerOf(rawOf(word, slot, end), slot.low, range, slot.bits);

/** What an integer is stored as. */
export const storedAs = (num: Num, low: number): Value => {
  if (low === 0) return asWord(num);
  if (fitsWord({ low, high: low }) && fitsWord(num)) return subtract(num.value, low);
  return narrow(subtract(asWide(num), wide(low)));
};

/** What an integer contributes to its word: to be combined with `or`. */
export const partOf = (num: Num, { shift, low }: Slot): Value =>
  shiftLeft(storedAs(num, low), shift);

/** The word with another integer in the slot. */
export const replaced = (word: Value, slot: Slot, num: Num): Value =>
  slot.bits === 32 ? partOf(num, slot) : or(and(word, ~maskInPlace(slot)), partOf(num, slot));
