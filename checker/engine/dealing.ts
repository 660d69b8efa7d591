// How the ranges of a command are dealt out to the threads of a crew, slice by slice.

import {
  addToCrewWord,
  type CrewBlock,
  crewWord,
  rangesAt,
  rangeWords,
  setCrewWord,
} from "./crew-words.ts";

export const command = {
  expand: 1,
  /** Of the words of the index. */
  clear: 2,
  index: 3,
  down: 4,
  up: 5,
  out: 6,
  digest: 7,
  end: 8,
} as const;

/*
 * Slices are aligned, so that only at the ends of ranges two of them share a word of a field of bits. There one of two
 * sweeping threads may write over a bit of the other's: that bit was counted as a change, so another sweep
 * follows, and the last sweep of all writes nothing.
 */
const sweepSlice = 4096;
/** Words that are cleared at once. */
export const clearSlice = 1 << 16;

/** Prepares a command for at most `mostRanges` ranges; answers how many slices there are. */
export const dealOut = (
  part: CrewBlock,
  kind: keyof typeof command,
  ranges: readonly { readonly from: number; readonly to: number }[],
  size = sweepSlice,
): number => {
  const { heap, crew } = part;
  const at = rangesAt(crew);
  let count = 0;
  ranges.forEach(({ from, to }, index) => {
    heap[at + rangeWords * index] = from;
    heap[at + rangeWords * index + 1] = to;
    heap[at + rangeWords * index + 2] = count;
    count += Math.ceil(to / size) - Math.floor(from / size);
  });
  setCrewWord(part, "command", command[kind]);
  setCrewWord(part, "slice", size);
  setCrewWord(part, "rangeCount", ranges.length);
  setCrewWord(part, "slices", count);
  setCrewWord(part, "ticket", 0);
  setCrewWord(part, "halt", 0);
  setCrewWord(part, "arrived", 0);
  return count;
};

/** The states of a slice, or the words. */
const sliceOf = (part: CrewBlock, slice: number) => {
  const { heap, crew } = part;
  const at = rangesAt(crew);
  const size = crewWord(part, "slice");
  // The last range whose first slice is not behind this one.
  let low = 0;
  for (let high = crewWord(part, "rangeCount") - 1; low < high;) {
    const middle = (low + high + 1) >> 1;
    if ((heap[at + rangeWords * middle + 2] ?? 0) <= slice) low = middle;
    else high = middle - 1;
  }
  const range = at + rangeWords * low;
  const [from = 0, to = 0, first = 0] = [heap[range], heap[range + 1], heap[range + 2]];
  const begin = (Math.floor(from / size) + slice - first) * size;
  return { from: Math.max(from, begin), to: Math.min(to, begin + size) };
};

/** Takes the next slice of the command: of states, or of words. Undefined when there is none left. */
export const takeTicket = (
  part: CrewBlock,
): { readonly from: number; readonly to: number } | undefined => {
  const ticket = addToCrewWord(part, "ticket", 1);
  const count = crewWord(part, "slices");
  if (ticket >= count) return undefined;
  return sliceOf(part, crewWord(part, "command") === command.down ? count - 1 - ticket : ticket);
};

/** The slices that nobody has taken. */
export const untaken = (
  part: CrewBlock,
): readonly { readonly from: number; readonly to: number }[] => {
  const { heap, crew } = part;
  const at = rangesAt(crew);
  const [ticket, size] = [crewWord(part, "ticket"), crewWord(part, "slice")];
  return Array.from({ length: crewWord(part, "rangeCount") }, (_, range) => {
    const from = heap[at + rangeWords * range] ?? 0;
    const to = heap[at + rangeWords * range + 1] ?? 0;
    const taken = ticket - (heap[at + rangeWords * range + 2] ?? 0);
    const begin = (Math.floor(from / size) + Math.max(0, taken)) * size;
    return { from: Math.max(from, begin), to };
  }).filter(({ from, to }) => from < to);
};
