// A search on one heap: what the generated code cannot do for itself, such as making room.

import type { Exports } from "../code/index.ts";
import {
  batchSize,
  type Control,
  controlOf,
  type Field,
  fieldShiftOf,
  formulaWordsOf,
  type Shape,
  strideOf,
} from "./control.ts";
import { type Block, blockOf, loadLimit, type Plan, planOf } from "./heap.ts";

/** Makes the exports of the generated search on a heap. */
export type Link = (heap: Int32Array) => Exports;

/** The words of one thread, and its instance of the code. */
export interface Thread {
  readonly block: Block;
  /** Where the block begins. */
  at: number;
  code: Exports;
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
  /** Words at the top of the heap down to the lowest block of another thread, or 0. */
  blocks: number;
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
}

/** Where the control block of a thread begins. */
export const controlAt = ({ at, block }: Pick<Thread, "at" | "block">): number =>
  at + block.control;

export const field = (
  engine: Engine,
  name: Field,
  thread: Pick<Thread, "at" | "block"> = engine.thread,
): number => engine.heap[controlAt(thread) + engine.fields.at[name]] ?? 0;

export const setField = (
  engine: Engine,
  name: Field,
  value: number,
  thread: Pick<Thread, "at" | "block"> = engine.thread,
): void => {
  engine.heap[controlAt(thread) + engine.fields.at[name]] = value;
};

/** Words of the control block that begin at one of its lists. */
export const listAt = (
  engine: Engine,
  name: "judgement" | "open" | "expected" | "finals" | "events",
  thread: Pick<Thread, "at" | "block"> = engine.thread,
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

const firstIndex = 1 << 8;

/** An engine without states; undefined when not even one batch fits the largest heap. */
export const newEngine = (shape: Shape, options: EngineOptions): Engine | undefined => {
  const { link, newHeap, largest } = options;
  const block = blockOf(shape, options.records ?? 2 * batchSize);
  let size = Math.min(largest, Math.max(options.smallest, 2 * block.words));
  if (size - planOf(shape, size).states < 2 * block.words) size = largest;
  const plan = planOf(shape, size);
  const at = size - block.words;
  if (at < plan.states) return undefined;
  const heap = newHeap(size);
  const stride = strideOf(shape);
  const thread = { block, at, code: link(heap) };
  const engine: Engine = {
    shape,
    stride,
    fields: controlOf(shape),
    heap,
    plan,
    mask: firstIndex - 1,
    link,
    thread,
    blocks: 0,
    largest,
    newHeap,
  };
  setField(engine, "edgeNext", block.words);
  setField(engine, "keepsEdges", Number(shape.groups.length > 0));
  describe(engine);
  shape.finals.forEach((formula) => {
    const word = listAt(engine, "finals") + (formula >> 5);
    heap[word] = (heap[word] ?? 0) | (1 << (formula & 31));
  });
  return engine;
};

/** Tells the code of this thread where everything stands now. */
const describe = (engine: Engine): void => {
  const { thread } = engine;
  describeTo(engine, thread);
  thread.code["searchAttach"]?.(controlAt(thread));
  thread.code["enter"]?.(thread.at + thread.block.area);
};

/** Writes into the control block of a thread where everything stands now. */
export const describeTo = (engine: Engine, thread: Pick<Thread, "at" | "block">): void => {
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
  fields.saved.forEach((it, group) => {
    heap[controlAt(thread) + it] = plan.saved[group] ?? 0;
  });
};

/** Words between the states and what grows down to meet them. */
const gap = (engine: Engine): number =>
  engine.plan.size -
  field(engine, "edgeNext") -
  (engine.plan.states + field(engine, "count") * engine.stride);

/** Moves everything to a larger heap, or to code that is linked otherwise. */
export const moveTo = (engine: Engine, heap: Int32Array, link: Link): void => {
  const { heap: old, plan: before, shape, thread } = engine;
  const used = field(engine, "edgeNext");
  const states = field(engine, "count");
  engine.link = link;
  if (heap !== old) {
    const plan = planOf(shape, heap.length);
    const statesEnd = before.states + states * engine.stride;
    heap.set(old.subarray(before.index, before.index + engine.mask + 1), plan.index);
    shape.groups.forEach((_, group) => {
      const end = before.saved[group + 1] ?? before.states;
      heap.set(old.subarray(before.saved[group], end), plan.saved[group]);
    });
    heap.set(old.subarray(before.states, statesEnd), plan.states);
    heap.set(old.subarray(before.size - used), plan.size - used);
    thread.at += plan.size - before.size;
    engine.heap = heap;
    engine.plan = plan;
  }
  thread.code = link(heap);
  describe(engine);
};

const growth = 16;

/** A heap that is larger; false when there can be none. */
const growHeap = (engine: Engine): boolean => {
  if (engine.heap.length >= engine.largest) return false;
  const size = Math.min(engine.largest, engine.heap.length * growth);
  const heap = unlessRefused(() => engine.newHeap(size));
  if (heap === undefined) return false;
  moveTo(engine, heap, engine.link);
  return true;
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

/** Gives the batch room for more records; false when memory ends. */
export const growBatch = (engine: Engine): boolean => {
  const block = blockOf(engine.shape, 2 * field(engine, "capacity"));
  while (gap(engine) < block.words) if (!growHeap(engine)) return false;
  const { heap, thread, plan } = engine;
  const used = field(engine, "edgeNext") + block.words;
  const at = plan.size - used;
  const { control: from, area, batch } = thread.block;
  // Control block and area stand first, and are as long as before.
  heap.copyWithin(at, thread.at + from, thread.at + Math.max(area, batch));
  heap.fill(0, at + block.batch, at + block.words);
  engine.thread = { block, at, code: thread.code };
  setField(engine, "edgeNext", used);
  describe(engine);
  return true;
};

/** Makes the index as large as `states` states need; false when it cannot be. Then it is empty. */
export const isIndexLarger = (engine: Engine, states: number): boolean => {
  let size = engine.mask + 1;
  // Small tables grow in larger steps: filling them anew is what growth costs.
  while (states > loadLimit * size) size *= size < 2 ** 24 ? 4 : 2;
  size = Math.min(size, engine.plan.indexCapacity);
  if (states > loadLimit * size) return false;
  engine.heap.fill(0, engine.plan.index, engine.plan.index + engine.mask + 1);
  engine.mask = size - 1;
  setField(engine, "mask", engine.mask);
  return true;
};

/**
 * Makes room for at least one batch. "rebuild": the index is larger now, and must be told of all
 * states (`searchIndex`). "full": there is no more memory.
 */
export const makeRoom = (engine: Engine): "ready" | "rebuild" | "full" => {
  const { stride } = engine;
  const capacity = field(engine, "capacity");
  const keeps = field(engine, "keepsEdges") !== 0;
  const needed = 2 * capacity * (stride + (keeps ? 1 : 0));
  while (gap(engine) < needed) {
    if (growHeap(engine)) continue;
    if (!keeps) return "full";
    // The verdicts can do without edges: what is missing is computed anew.
    setField(engine, "keepsEdges", 0);
    setField(engine, "edgeNext", Math.max(engine.plan.size - engine.thread.at, engine.blocks));
    return makeRoom(engine);
  }
  const count = field(engine, "count");
  let answer: "ready" | "rebuild" = "ready";
  if (count + capacity > loadLimit * (engine.mask + 1)) {
    while (!isIndexLarger(engine, count + capacity)) if (!growHeap(engine)) return "full";
    answer = "rebuild";
  }
  const free = gap(engine);
  const states = Math.floor((keeps ? free / 2 : free) / stride);
  setField(engine, "room", Math.min(count + states, Math.floor(loadLimit * (engine.mask + 1))));
  setField(engine, "edgeRoom", field(engine, "edgeNext") + Math.floor(free / 2));
  return answer;
};

/** Bytes of the heap that are in use: up to a state, and an edge. */
export const bytesUpTo = (engine: Engine, count: number, above: number): number => {
  const fieldBits = engine.shape.groups.reduce((sum, it) => sum + 2 ** fieldShiftOf(it), 0);
  const words = engine.mask + 1 + count * (engine.stride + fieldBits / 32);
  return 4 * Math.ceil(words + above);
};

/** What `searchDigest` has summed up in all threads: four digits of 32 bits, the lowest first. */
export const digestSums = (
  engine: Engine,
  threads: readonly Pick<Thread, "at" | "block">[] = [engine.thread],
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

export const clearDigest = (engine: Engine, thread: Pick<Thread, "at" | "block">): void => {
  const at = controlAt(thread) + engine.fields.at.digest;
  engine.heap.fill(0, at, at + 8);
};
