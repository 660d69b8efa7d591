// Several threads on one heap: how work is dealt out to them, and what each of them does with it.

import type { CompiledModule, Exports, Memory } from "../code/index.ts";
import { linkWebAssembly } from "../code/index.ts";
import { type Control, type Field, isFutile, looksAtOnce, noBatch, reason } from "./control.ts";
import {
  addToCrewWord,
  crewAddress,
  type CrewBlock,
  type CrewWord,
  crewWord,
  mostFound,
  noteFound,
  ownWord,
  setCrewWord,
  setOwnWord,
} from "./crew-words.ts";
import { command, takeTicket } from "./dealing.ts";

/*
 * All threads work on one command at a time: a function of the generated code for all states of
 * some ranges, or the clearing of the words of one. The ranges are dealt out in slices by a ticket counter. Who has no room, or whose
 * notes are full, puts the rest of its slice aside and asks for a halt; then all come together, the
 * first thread makes room, and deals out what is left. So nothing grows while anybody works.
 */

/** What one thread works with. */
export interface Part extends CrewBlock {
  readonly code: Exports;
  readonly fields: Control;
  readonly thread: number;
  /** Where its control block is, as the code was told. */
  control: number;
}

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
  const address = crewAddress(part.crew, next);
  const size = crewWord(part, chunk);
  for (;;) {
    const begin = Atomics.load(part.heap, address);
    if (begin + size > crewWord(part, end)) return -1;
    if (Atomics.compareExchange(part.heap, address, begin, begin + size) === begin) return begin;
  }
};

/** Notes the states that were found from `first` up to now as a range. */
const closeRange = (part: Part): void => {
  const first = ownWord(part, part.thread, "first");
  const count = get(part, "count");
  if (count === first) return;
  noteFound(part, part.thread, first, count);
  setOwnWord(part, part.thread, "first", count);
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

/** Sweeps along the edges of a slice, for the group of the command. */
const sweepStates = (part: Part, name: string, from: number, to: number): void => {
  const changed = call(part, `${name}${crewWord(part, "group")}`, from, to);
  if (changed < 0) throw new Error(noBatch);
  addToCrewWord(part, "changed", changed);
};

/** Looks for ways out of a slice, for a while; the rest of it stays with the thread. */
const lookOut = (part: Part, from: number, to: number): void => {
  const name = `searchOut${crewWord(part, "group")}`;
  const marked = call(part, name, from, to, crewWord(part, "bit"), looksAtOnce);
  if (marked < 0) throw new Error(noBatch);
  const next = get(part, "next");
  if (next < to && isFutile(marked)) setCrewWord(part, "halt", 1);
  setRest(part, next, to);
};

/** What this thread has begun to look at; undefined when that is done. */
const restOf = (part: Part): { readonly from: number; readonly to: number } | undefined => {
  const [from, to] = [ownWord(part, part.thread, "restFrom"), ownWord(part, part.thread, "restTo")];
  return from < to ? { from, to } : undefined;
};

const setRest = (part: Part, from: number, to: number): void => {
  setOwnWord(part, part.thread, "restFrom", from);
  setOwnWord(part, part.thread, "restTo", to);
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

/** Takes one slice of the command and does it, or some of it; false when there is none left, or a halt. */
export const takeSlice = (part: Part): boolean => {
  if (crewWord(part, "halt") !== 0) return false;
  const slice = restOf(part) ?? takeTicket(part);
  if (slice === undefined) return false;
  const { from, to } = slice;
  switch (crewWord(part, "command")) {
    case command.expand:
      expandSlice(part, from, to);
      return true;
    case command.clear:
      part.heap.fill(0, from, to);
      return true;
    case command.index:
      call(part, "searchIndex", from, to);
      return true;
    case command.down:
      sweepStates(part, "searchSaveDown", from, to);
      return true;
    case command.up:
      sweepStates(part, "searchSaveUp", from, to);
      return true;
    case command.out:
      lookOut(part, from, to);
      return true;
    case command.digest:
      call(part, "searchDigest", from, to);
      return true;
    default:
      throw new Error("no such command");
  }
};

/** Ends a command: after it, everything that was found is noted, and nothing is left that was begun. */
export const endPart = (part: Part): void => {
  if (crewWord(part, "command") === command.expand) closeRange(part);
  setRest(part, 0, 0);
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
  addToCrewWord(part, "ready", 1);
  for (let seen = 0; ;) {
    Atomics.wait(heap, crewAddress(crew, "epoch"), seen);
    seen = crewWord(part, "epoch");
    if (seen === 0) continue;
    if (crewWord(part, "command") === command.end) return;
    beginPart(part);
    while (takeSlice(part));
    endPart(part);
    addToCrewWord(part, "arrived", 1);
    Atomics.notify(heap, crewAddress(crew, "arrived"));
  }
};
