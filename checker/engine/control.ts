// The block of words through which the generated search and its caller speak with each other.

import type { Program } from "../compile/index.ts";

/** What the generated search is specialised to, beside the model. */
export interface Shape {
  readonly program: Program;
  /** Formulas that are a final condition. */
  readonly finals: readonly number[];
  /** Recoverables that are decided together; none: no edges are kept. */
  readonly groups: readonly Group[];
  /** Whether other threads work on the same heap. */
  readonly isShared: boolean;
}

/** Up to eight recoverables: each is one bit in a small field per state. */
export interface Group {
  /** By member: the formulas that say who must be able to get out, and who is out. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Bits of the members whose ways out may use no fault. */
  readonly withoutFaults: number;
}

/** Words of a state in the store: its own, and the number of its first edge. */
export const strideOf = ({ program, groups }: Shape): number =>
  program.layout.words + (groups.length > 0 ? 1 : 0);

/** Words in which each formula has a bit. */
export const formulaWordsOf = ({ program }: Shape): number =>
  Math.ceil(program.formulas.length / 32);

/** Log2 of the bits that a state has in the field of a group. */
export const fieldShiftOf = ({ to }: Group): number => Math.ceil(Math.log2(to.length));

/*
 * All places are word indices. A state `id` stands at `states + id * stride`; edge `number` at
 * `top - 1 - number`: states grow upwards, edges and blocks downwards, until they meet. An edge has
 * its target from bit 2 on; bit 0: it is a fault; bit 1: it is the last of its state. A step that
 * ends in an error is a faulty edge from the state to itself, which means nothing to a sweep.
 */
const fields = [
  /** Why the last call returned, one of `reason`. */
  "reason",
  /** The first state that the last call left alone. */
  "next",
  /** Steps without errors since the caller took the number away. */
  "transitions",
  /** Where the next note goes. */
  "note",
  /** The next state that this thread stores, and the first that it may not. */
  "count",
  "room",
  /** The same of edges; edges are kept where `keepsEdges` is not 0. */
  "edgeNext",
  "edgeRoom",
  "keepsEdges",
  "states",
  "index",
  /** Entries of the index - 1. */
  "mask",
  "top",
  /** Step records that wait: from, to. */
  "batch",
  "batchEnd",
  /** Records that fit a batch. */
  "capacity",
  /** Per record that must be looked up: hash, record, slot. */
  "pending",
  /** Where states stand that pending ones may be equal to. */
  "maybe",
  /** Per expanded state of the batch: the state, and the record after its last. */
  "sources",
  /** By the low bits of a hash: hash, and state + 1. */
  "recent",
  "notes",
  "notesEnd",
  /** Not 0: new states are judged. */
  "judging",
  /** Not 0: states without steps are noted. */
  "deadlocks",
  /** Keeps loads that only fetch memory from being left out. */
  "touched",
  /** Of the list of states that are not out: what is read next, where that ends, what is written. */
  "listNext",
  "listEnd",
  "listTo",
  /** Where the bits begin of who was seen while ways out were looked for. */
  "seen",
  /** `filterSize` bits: hashes of the states that are sought. */
  "filter",
  /** Four sums of 64 bits. */
  "digest",
] as const;

export type Field = (typeof fields)[number];

export interface Control {
  readonly at: Readonly<Record<Field, number>>;
  /** By group: where the fields of who is out begin, and of who must be able to get out. */
  readonly saved: readonly number[];
  readonly asked: readonly number[];
  readonly judgement: number;
  readonly open: number;
  readonly expected: number;
  readonly finals: number;
  readonly events: number;
  readonly words: number;
}

const digestWords = 8;

/** Where everything stands in the control block of a shape. */
export const controlOf = (shape: Shape): Control => {
  const at = Object.fromEntries(fields.map((it, offset) => [it, offset])) as Record<Field, number>;
  let words = fields.length - 1 + digestWords;
  const take = (count: number): number => {
    words += count;
    return words - count;
  };
  const formulas = formulaWordsOf(shape);
  return {
    at,
    saved: shape.groups.map(() => take(1)),
    asked: shape.groups.map(() => take(1)),
    judgement: take(formulas),
    open: take(formulas),
    expected: take(formulas),
    finals: take(formulas),
    events: take(shape.program.eventWords),
    words: take(0),
  };
};

/** What is wrong where a call answers -1 after the search. */
export const noBatch = "the steps of a state fit when it was expanded";

/** Why a call of the generated search returned. */
export const reason = {
  done: 0,
  /** There may be no room for the states of another batch. */
  states: 1,
  edges: 2,
  notes: 3,
  /** The steps of one state do not fit the batch. */
  batch: 4,
} as const;

export const noteWords = 4;

/** The first word of a note; then the state, and what else there is to know. */
export const note = {
  /** A step of the state ends in an error: info of the step. */
  error: 1,
  /** A step of the state signals events: number of the word, its bits that are open. */
  event: 2,
  /** The state has a formula that is news, or that fails. */
  judged: 3,
  /** The state has no step. */
  stuck: 4,
  /** A step of the state may lead to a state that is sought. */
  sought: 5,
} as const;

/** Records after which a batch is looked up. */
export const batchSize = 128;
/** States expanded into one batch at most. */
export const mostSources = 128;
export const pendingWords = 3;
export const recentSize = 1 << 11;
export const filterSize = 1 << 12;

/** Where the start of a state's edges is not known. */
export const noStart = -1;

/** Notes that one batch can cause, at most. */
export const mostNotes = (shape: Shape, capacity: number): number =>
  capacity * (2 + shape.program.eventWords) + mostSources;

/** Looks at states that one call takes to find ways out; its last way may take a quarter more. */
export const looksAtOnce = 1 << 12;

/**
 * Whether a call that marked so many states as out, and had all its looks, says that the sweeps had better do
 * it: they look at every state some times, all recoverables of a group at once.
 */
export const isFutile = (marked: number): boolean => marked < looksAtOnce / 16;
