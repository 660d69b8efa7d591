// Several threads on one heap: how work is dealt out to them, and what each of them does with it.

import type { CompiledModule, Exports, Memory } from "../code/index.ts";
import { linkWebAssembly } from "../code/index.ts";
import { type Control, type Field, noBatch, reason } from "./control.ts";

/*
 * All threads work on one command at a time: a function of the generated code for all states of
 * some ranges, or the clearing of the words of one. The ranges are dealt out in slices by a ticket counter. Who has no room, or whose
 * notes are full, puts the rest of its slice aside and asks for a halt; then all come together, the
 * first thread makes room, and deals out what is left. So nothing grows while anybody works.
 */
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

type CrewWord = (typeof words)[number];

const offsets = Object.fromEntries(words.map((it, at) => [it, at])) as Record<CrewWord, number>;

/** Ranges of a command: each has from, to, and the number of its first slice. */
export const mostRanges = 2048;
const rangeWords = 3;

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

/** Slices are aligned, so that no two of them share a word of a field of bits. */
const sweepSlice = 4096;
/** Words that are cleared at once. */
export const clearSlice = 1 << 16;

/** What one thread works with. */
export interface Part {
  readonly heap: Int32Array;
  readonly code: Exports;
  readonly fields: Control;
  /** Where the block of the crew begins. */
  readonly crew: number;
  readonly thread: number;
  /** Where its control block is, as the code was told. */
  control: number;
}

export const crewWord = ({ heap, crew }: Pick<Part, "heap" | "crew">, name: CrewWord): number =>
  Atomics.load(heap, crew + offsets[name]);

export const setCrewWord = (
  { heap, crew }: Pick<Part, "heap" | "crew">,
  name: CrewWord,
  value: number,
): void => {
  Atomics.store(heap, crew + offsets[name], value);
};

export const crewAddress = (crew: number, name: CrewWord): number => crew + offsets[name];

const rangesAt = (crew: number): number => crew + words.length;

const ownAt = (crew: number, thread: number): number =>
  rangesAt(crew) + mostRanges * rangeWords + thread * own;

export const ownWord = (
  { heap, crew }: Pick<Part, "heap" | "crew">,
  thread: number,
  name: OwnWord,
): number => heap[ownAt(crew, thread) + ownOffsets[name]] ?? 0;

export const setOwnWord = (
  { heap, crew }: Pick<Part, "heap" | "crew">,
  thread: number,
  name: OwnWord,
  value: number,
): void => {
  heap[ownAt(crew, thread) + ownOffsets[name]] = value;
};

/** The ranges of states that a thread has found since they were taken away. */
export const takeFound = (
  { heap, crew }: Pick<Part, "heap" | "crew">,
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

/** Prepares a command for at most `mostRanges` ranges; answers how many slices there are. */
export const dealOut = (
  part: Pick<Part, "heap" | "crew">,
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
const sliceOf = (part: Pick<Part, "heap" | "crew">, slice: number) => {
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

/** The slices that nobody has taken. */
export const untaken = (
  part: Pick<Part, "heap" | "crew">,
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

const get = ({ heap, control, fields }: Part, name: Field): number =>
  heap[control + fields.at[name]] ?? 0;

const put = ({ heap, control, fields }: Part, name: Field, value: number): void => {
  heap[control + fields.at[name]] = value;
};

const call = ({ code }: Part, name: string, ...values: readonly number[]): number => {
  const found = code[name];
  if (found === undefined) throw new Error(`the generated search has no ${name}`);
  return found(...values);
};

/** Takes `chunk` of what is counted at `next` and ends at `end`; -1 when there is not so much. */
const takeChunk = (part: Part, next: CrewWord, end: CrewWord, chunk: CrewWord): number => {
  const address = part.crew + offsets[next];
  const size = crewWord(part, chunk);
  for (;;) {
    const begin = Atomics.load(part.heap, address);
    if (begin + size > crewWord(part, end)) return -1;
    if (Atomics.compareExchange(part.heap, address, begin, begin + size) === begin) return begin;
  }
};

/** Notes the states that were found from `first` up to now as a range. */
const closeRange = (part: Part): void => {
  const { heap, crew, thread } = part;
  const first = ownWord(part, thread, "first");
  const count = get(part, "count");
  if (count === first) return;
  const found = ownWord(part, thread, "found");
  const at = ownAt(crew, thread) + ownWords.length + 2 * found;
  heap[at] = first;
  heap[at + 1] = count;
  setOwnWord(part, thread, "found", found + 1);
  setOwnWord(part, thread, "first", count);
};

/** A new chunk of states: false when there is none, or no room to note where it is. */
const takeStates = (part: Part): boolean => {
  if (ownWord(part, part.thread, "found") + 2 > mostFound) return false;
  const begin = takeChunk(part, "stateNext", "stateEnd", "stateChunk");
  if (begin < 0) return false;
  // A chunk right behind the old one continues it.
  if (begin !== get(part, "room")) {
    closeRange(part);
    put(part, "count", begin);
    setOwnWord(part, part.thread, "first", begin);
  }
  put(part, "room", begin + crewWord(part, "stateChunk"));
  return true;
};

const takeEdges = (part: Part): boolean => {
  const begin = takeChunk(part, "edgeNext", "edgeEnd", "edgeChunk");
  if (begin < 0) return false;
  put(part, "edgeNext", begin);
  put(part, "edgeRoom", begin + crewWord(part, "edgeChunk"));
  return true;
};

/** Expands a slice; what cannot be expanded now is put aside. */
const expandSlice = (part: Part, from: number, to: number): void => {
  for (let state = from; state < to;) {
    const before = get(part, "count");
    const why = call(part, "searchRun", state, to);
    const total = ownWord(part, part.thread, "total") + get(part, "count") - before;
    setOwnWord(part, part.thread, "total", total);
    state = get(part, "next");
    if (get(part, "transitions") >>> 0 >= crewWord(part, "steps")) setCrewWord(part, "halt", 1);
    if (why === reason.done) continue;
    if (why === reason.states && takeStates(part)) continue;
    if (why === reason.edges && takeEdges(part)) continue;
    setOwnWord(part, part.thread, "leftFrom", state);
    setOwnWord(part, part.thread, "leftTo", to);
    setOwnWord(part, part.thread, "why", why);
    setCrewWord(part, "halt", 1);
    return;
  }
};

/** Calls what goes along the edges of a slice, for the group of the command. */
const follow = (part: Part, name: string, ...values: readonly number[]): void => {
  const changed = call(part, `${name}${crewWord(part, "group")}`, ...values);
  if (changed < 0) throw new Error(noBatch);
  Atomics.add(part.heap, part.crew + offsets.changed, changed);
};

/** Begins a command: the block may have moved since the last one. */
export const beginPart = (part: Part): void => {
  const { heap, crew, thread, code } = part;
  const control = ownWord({ heap, crew }, thread, "control");
  if (control === part.control) return;
  part.control = control;
  code["searchAttach"]?.(control);
  code["enter"]?.(ownWord(part, thread, "area"));
};

/** Takes one slice of the command and does it; false when there is none left, or a halt. */
export const takeSlice = (part: Part): boolean => {
  const { heap, crew } = part;
  if (crewWord(part, "halt") !== 0) return false;
  const ticket = Atomics.add(heap, crew + offsets.ticket, 1);
  const count = crewWord(part, "slices");
  if (ticket >= count) return false;
  const kind = crewWord(part, "command");
  const { from, to } = sliceOf(part, kind === command.down ? count - 1 - ticket : ticket);
  switch (kind) {
    case command.expand:
      expandSlice(part, from, to);
      return true;
    case command.clear:
      heap.fill(0, from, to);
      return true;
    case command.index:
      call(part, "searchIndex", from, to);
      return true;
    case command.down:
      follow(part, "searchSaveDown", from, to);
      return true;
    case command.up:
      follow(part, "searchSaveUp", from, to);
      return true;
    case command.out:
      follow(part, "searchOut", from, to, crewWord(part, "bit"), 2 ** 31 - 1);
      return true;
    case command.digest:
      call(part, "searchDigest", from, to);
      return true;
    default:
      throw new Error("no such command");
  }
};

/** Ends a command: after it, everything that was found is noted. */
export const endPart = (part: Part): void => {
  if (crewWord(part, "command") === command.expand) closeRange(part);
};

/** What another thread is told when it starts; all of it can be sent to a worker. */
export interface Assignment {
  readonly memory: Memory;
  readonly module: CompiledModule;
  readonly fields: Control;
  readonly crew: number;
  readonly thread: number;
}

/** The whole life of another thread; blocks it until the crew is dismissed. */
export const serve = ({ memory, module, fields, crew, thread }: Assignment): void => {
  const heap = new Int32Array(memory.buffer);
  const code = linkWebAssembly(module, memory);
  const part: Part = { heap, code, fields, crew, thread, control: -1 };
  Atomics.add(heap, crew + offsets.ready, 1);
  for (let seen = 0; ;) {
    Atomics.wait(heap, crew + offsets.epoch, seen);
    seen = crewWord(part, "epoch");
    if (seen === 0) continue;
    if (crewWord(part, "command") === command.end) return;
    beginPart(part);
    while (takeSlice(part));
    endPart(part);
    Atomics.add(heap, crew + offsets.arrived, 1);
    Atomics.notify(heap, crew + offsets.arrived);
  }
};
