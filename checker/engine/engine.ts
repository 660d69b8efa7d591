// A search on one heap: what the generated code cannot do for itself, such as making room.

import type { Exports } from "../code/index.ts";
import {
  batchSize,
  type Control,
  controlOf,
  type Field,
  formulaWordsOf,
  type Shape,
  strideOf,
} from "./control.ts";
import { crewBlockWords } from "./crew-words.ts";
import { type Block, blockOf, fieldBitsOf, type Plan, planOf } from "./heap.ts";

/** Makes the exports of the generated search on a heap. */
export type Link = (heap: Int32Array) => Exports;

/** What the heap knows of a thread. */
export interface Member {
  readonly block: Block;
  /** Where the block begins. */
  readonly at: number;
}

/** The words of this thread, and its instance of the code. */
export interface Thread extends Member {
  readonly code: Exports;
}

export interface Engine {
  readonly shape: Shape;
  readonly stride: number;
  /** Where the fields of a control block stand. */
  readonly fields: Control;
  heap: Int32Array;
  plan: Plan;
  /** Entries of the index - 1. */
  mask: number;
  link: Link;
  thread: Thread;
  /** Room for other threads, reserved from the beginning; none where there is none for them. */
  mates: readonly Member[];
  /** Words that the heap may have in the end. */
  readonly largest: number;
  readonly newHeap: (words: number) => Int32Array;
}

export interface EngineOptions {
  readonly link: Link;
  readonly newHeap: (words: number) => Int32Array;
  /** Words of the first heap, and of the largest. */
  readonly smallest: number;
  readonly largest: number;
  /** Records that the first batch has room for. */
  readonly records?: number;
  /** Threads that may search together (default: this one alone). */
  readonly threads?: number;
}

/** Where the control block of a thread begins. */
export const controlAt = ({ at, block }: Member): number => at + block.control;

export const field = (engine: Engine, name: Field, thread: Member = engine.thread): number =>
  engine.heap[controlAt(thread) + engine.fields.at[name]] ?? 0;

export const setField = (
  engine: Engine,
  name: Field,
  value: number,
  thread: Member = engine.thread,
): void => {
  engine.heap[controlAt(thread) + engine.fields.at[name]] = value;
};

/** Words of the control block that begin at one of its lists. */
export const listAt = (
  engine: Engine,
  name: "judgement" | "open" | "expected" | "finals" | "events",
  thread: Member = engine.thread,
): number => controlAt(thread) + engine.fields[name];

/** The words of a control block that say what is news, from its beginning. */
export const wordsOfShown = ({ fields, shape }: Engine): readonly number[] => {
  const formulas = formulaWordsOf(shape);
  return [
    ...[fields.open, fields.expected, fields.finals].flatMap((at) =>
      Array.from({ length: formulas }, (_, word) => at + word),
    ),
    ...Array.from({ length: shape.program.eventWords }, (_, word) => fields.events + word),
  ];
};

const firstIndex = 1 << 9;

/** Where the block of the crew begins: at the top, where it never moves within a heap. */
export const crewAt = ({ plan, mates }: Engine): number =>
  plan.size - crewBlockWords(mates.length + 1);

/** Words of a block of the crew, where there is one. */
export const crewWords = (threads: number): number => (threads > 1 ? crewBlockWords(threads) : 0);

/** How many threads the heap has room for, all or one. */
const threadsIn = (shape: Shape, largest: number, block: Block, wanted: number): number => {
  const needed = crewWords(wanted) + wanted * block.words;
  return largest - planOf(shape, largest).states < 8 * needed ? 1 : wanted;
};

/** An engine without states; undefined when not even one batch fits the largest heap. */
export const newEngine = (shape: Shape, options: EngineOptions): Engine | undefined => {
  const { link, newHeap, largest } = options;
  const block = blockOf(shape, options.records ?? 2 * batchSize);
  const threads = threadsIn(shape, largest, block, options.threads ?? 1);
  // Blocks stand above all edges, so that edges which are given up leave one room behind.
  const crew = crewWords(threads);
  const reserved = crew + threads * block.words;
  let size = Math.min(largest, Math.max(options.smallest, 2 * reserved));
  if (size - planOf(shape, size).states < reserved + block.words) size = largest;
  const plan = planOf(shape, size);
  if (size - reserved < plan.states) return undefined;
  const heap = newHeap(size);
  const member = (id: number): Member => ({ block, at: size - crew - (id + 1) * block.words });
  const engine: Engine = {
    shape,
    stride: strideOf(shape),
    fields: controlOf(shape),
    heap,
    plan,
    mask: firstIndex - 1,
    link,
    thread: { ...member(0), code: link(heap) },
    mates: Array.from({ length: threads - 1 }, (_, id) => member(id + 1)),
    largest,
    newHeap,
  };
  setField(engine, "edgeNext", reserved);
  setField(engine, "keepsEdges", Number(shape.groups.length > 0));
  describe(engine);
  shape.finals.forEach((formula) => {
    const word = listAt(engine, "finals") + (formula >> 5);
    heap[word] = (heap[word] ?? 0) | (1 << (formula & 31));
  });
  return engine;
};

/** Tells the code of this thread where everything stands now. */
export const describe = (engine: Engine): void => {
  const { thread } = engine;
  describeTo(engine, thread);
  thread.code["searchAttach"]?.(controlAt(thread));
  thread.code["enter"]?.(thread.at + thread.block.area);
};

/** Writes into the control block of a thread where everything stands now. */
export const describeTo = (engine: Engine, thread: Member): void => {
  const { plan, shape, mask, heap, fields } = engine;
  const { block, at } = thread;
  const values: Partial<Record<Field, number>> = {
    index: plan.index,
    mask,
    states: plan.states,
    top: plan.size,
    batch: at + block.batch,
    batchEnd: at + block.pending,
    capacity: (block.pending - block.batch) / shape.program.stepWords,
    pending: at + block.pending,
    maybe: at + block.maybe,
    sources: at + block.sources,
    recent: at + block.recent,
    filter: at + block.filter,
    notes: at + block.notes,
    note: at + block.notes,
    notesEnd: at + block.words,
  };
  for (const [name, value] of Object.entries(values)) {
    setField(engine, name as Field, value, thread);
  }
  for (const name of ["saved", "asked"] as const) {
    fields[name].forEach((it, group) => {
      heap[controlAt(thread) + it] = plan[name][group] ?? 0;
    });
  }
};

/**
 * Whether a heap of so many words has room for what there is now: the index of a larger one may take more than it
 * is larger by, which edges may need.
 */
export const hasRoomIn = (engine: Engine, size: number): boolean => {
  const { states } = planOf(engine.shape, size);
  const used = field(engine, "edgeNext") + field(engine, "count") * engine.stride;
  return states + used <= size;
};

/** Moves everything to a larger heap, or to code that is linked otherwise. */
export const moveTo = (engine: Engine, heap: Int32Array, link: Link): void => {
  const { heap: old, plan: before, shape } = engine;
  const used = field(engine, "edgeNext");
  const states = field(engine, "count");
  engine.link = link;
  if (heap !== old) {
    const plan = planOf(shape, heap.length);
    const statesEnd = before.states + states * engine.stride;
    heap.set(old.subarray(before.index, before.index + engine.mask + 1), plan.index);
    const fieldsOf = (it: Plan) => [...it.saved, ...it.asked, it.states];
    const [from, to] = [fieldsOf(before), fieldsOf(plan)];
    from.slice(0, -1).forEach((at, one) => {
      heap.set(old.subarray(at, from[one + 1]), to[one]);
    });
    heap.set(old.subarray(before.states, statesEnd), plan.states);
    heap.set(old.subarray(before.size - used), plan.size - used);
    const moved = plan.size - before.size;
    engine.mates = engine.mates.map((it) => ({ ...it, at: it.at + moved }));
    engine.thread = { ...engine.thread, at: engine.thread.at + moved };
    engine.heap = heap;
    engine.plan = plan;
  }
  engine.thread = { ...engine.thread, code: link(heap) };
  describe(engine);
};

/** What is made, or undefined when the machine has no memory for it. */
export const unlessRefused = <Made>(make: () => Made): Made | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Bytes of the heap that are in use: up to a state, and an edge. */
export const bytesUpTo = (engine: Engine, count: number, above: number): number => {
  const words = engine.mask + 1 + count * (engine.stride + fieldBitsOf(engine.shape) / 32);
  return 4 * Math.ceil(words + above);
};

/** What `searchDigest` has summed up in all threads: four digits of 32 bits, the lowest first. */
export const digestSums = (
  engine: Engine,
  threads: readonly Member[] = [engine.thread],
): readonly number[] => {
  const digits: number[] = [];
  let carry = 0;
  for (let lane = 0; lane < 4; lane += 1) {
    let low = carry;
    carry = 0;
    for (const thread of threads) {
      const at = controlAt(thread) + engine.fields.at.digest + 2 * lane;
      low += (engine.heap[at] ?? 0) >>> 0;
      carry += (engine.heap[at + 1] ?? 0) >>> 0;
    }
    digits.push(low % 2 ** 32);
    carry += Math.floor(low / 2 ** 32);
  }
  return digits;
};

export const clearDigest = (engine: Engine, thread: Member): void => {
  const at = controlAt(thread) + engine.fields.at.digest;
  engine.heap.fill(0, at, at + 8);
};
