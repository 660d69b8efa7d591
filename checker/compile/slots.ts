// Code that reads and writes one slot of a packed word held in a JavaScript variable.

import type { Slot } from "../machine/index.ts";

/** The bits of a slot, in place, as a signed word. */
export const maskInPlace = ({ shift, bits }: Slot): number =>
  bits === 32 ? -1 : ((1 << bits) - 1) << shift;

/** The bits of a word that stand above the slot are all unused when it ends at bit `end`. */
const rawText = (word: string, { shift, bits }: Slot, end: number): string => {
  if (shift + bits >= end && end === 32) return `(${word} >>> ${shift})`;
  if (shift + bits >= end) return shift === 0 ? word : `(${word} >> ${shift})`;
  const mask = (1 << bits) - 1;
  return shift === 0 ? `(${word} & ${mask})` : `(${word} >> ${shift} & ${mask})`;
};

/** The integer in a slot. `end` is how many bits of the word are in use at most. */
export const readText = (word: string, slot: Slot, end = 32): string => {
  if (slot.bits === 0) return constantText(slot.low);
  const raw = rawText(word, slot, end);
  return slot.low === 0 ? raw : `(${raw} ${signed(-slot.low)})`;
};

/** What an integer contributes to its word: a text to be combined with `|`. */
export const partText = (value: string, { shift, low }: Slot): string => {
  const raw = low === 0 ? value : `(${value} ${signed(low)})`;
  return shift === 0 ? raw : `${raw} << ${shift}`;
};

/** The word with another integer in the slot. */
export const replacedText = (word: string, slot: Slot, value: string): string =>
  slot.bits === 32
    ? `${partText(value, slot)} | 0`
    : `${word} & ${~maskInPlace(slot)} | ${partText(value, slot)}`;

export const constantText = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** `- 3` or `+ 3`: what subtracts the number. */
const signed = (subtracted: number): string =>
  subtracted >= 0 ? `- ${subtracted}` : `+ ${-subtracted}`;
