// The block of a crew in the heap: what its threads say to each other, and what each of them notes for the first.

const words = [
  /** Increased with every command; the others wait on it. */
  "epoch",
  "command",
  "group",
  /** The bit of the member that ways out are looked for. */
  "bit",
  /** States of a slice, or words. */
  "slice",
  /** How many slices there are, and how many were taken. */
  "slices",
  "ticket",
  "rangeCount",
  /** How many of the others are ready from the beginning, and have done their part. */
  "ready",
  "arrived",
  /** Not 0: nobody takes another slice. */
  "halt",
  /** A thread that has counted so many steps asks for a halt, so that its counts are taken away. */
  "steps",
  /** The next state for which no thread has room yet, and the first that cannot be had. */
  "stateNext",
  "stateEnd",
  "stateChunk",
  /** The same of edges, and of blocks, which stand among them. */
  "edgeNext",
  "edgeEnd",
  "edgeChunk",
  /** States changed by a sweep. */
  "changed",
] as const;

export type CrewWord = (typeof words)[number];

const offsets = Object.fromEntries(words.map((it, at) => [it, at])) as Record<CrewWord, number>;

/** Ranges of a command: each has from, to, and the number of its first slice. */
export const mostRanges = 2048;
export const rangeWords = 3;

/** Per thread. */
const ownWords = [
  "control",
  "area",
  "leftFrom",
  "leftTo",
  "why",
  /** How many ranges it has found, and the first state that is in none of them yet. */
  "found",
  "first",
  /** States that it has found in all. */
  "total",
  /** Of its slice of states that ways out are looked for: what it has not looked at yet. */
  "restFrom",
  "restTo",
] as const;
type OwnWord = (typeof ownWords)[number];
const ownOffsets = Object.fromEntries(ownWords.map((it, at) => [it, at])) as Record<
  OwnWord,
  number
>;
/** Ranges of states that one thread can find before it asks for a halt. */
export const mostFound = 512;

const own = ownWords.length + 2 * mostFound;

export const crewBlockWords = (threads: number): number =>
  words.length + mostRanges * rangeWords + threads * own;

/** Where the block is. */
export interface CrewBlock {
  readonly heap: Int32Array;
  /** Where the block of the crew begins. */
  readonly crew: number;
}

export const crewWord = ({ heap, crew }: CrewBlock, name: CrewWord): number =>
  Atomics.load(heap, crew + offsets[name]);

export const setCrewWord = ({ heap, crew }: CrewBlock, name: CrewWord, value: number): void => {
  Atomics.store(heap, crew + offsets[name], value);
};

export const crewAddress = (crew: number, name: CrewWord): number => crew + offsets[name];

export const rangesAt = (crew: number): number => crew + words.length;

const ownAt = (crew: number, thread: number): number =>
  rangesAt(crew) + mostRanges * rangeWords + thread * own;

export const ownWord = ({ heap, crew }: CrewBlock, thread: number, name: OwnWord): number =>
  heap[ownAt(crew, thread) + ownOffsets[name]] ?? 0;

export const setOwnWord = (
  { heap, crew }: CrewBlock,
  thread: number,
  name: OwnWord,
  value: number,
): void => {
  heap[ownAt(crew, thread) + ownOffsets[name]] = value;
};

/** Adds to a word; answers what it was. */
export const addToCrewWord = ({ heap, crew }: CrewBlock, name: CrewWord, value: number): number =>
  Atomics.add(heap, crew + offsets[name], value);

/** Notes a range of states that a thread has found; there may be `mostFound` at a time. */
export const noteFound = (block: CrewBlock, thread: number, from: number, to: number): void => {
  const found = ownWord(block, thread, "found");
  const at = ownAt(block.crew, thread) + ownWords.length + 2 * found;
  block.heap[at] = from;
  block.heap[at + 1] = to;
  setOwnWord(block, thread, "found", found + 1);
};

/** The ranges of states that a thread has found since they were taken away. */
export const takeFound = (
  { heap, crew }: CrewBlock,
  thread: number,
): readonly { readonly from: number; readonly to: number }[] => {
  const at = ownAt(crew, thread) + ownWords.length;
  const count = ownWord({ heap, crew }, thread, "found");
  setOwnWord({ heap, crew }, thread, "found", 0);
  return Array.from({ length: count }, (_, index) => ({
    from: heap[at + 2 * index] ?? 0,
    to: heap[at + 2 * index + 1] ?? 0,
  }));
};
