// Room in the heap: it grows, its index and batches grow, and edges make way for states.

import {
  crewWords,
  describe,
  type Engine,
  field,
  hasRoomIn,
  type Member,
  moveTo,
  setField,
  unlessRefused,
} from "./engine.ts";
import { type Block, blockOf, loadLimit } from "./heap.ts";

/** Words between the states and what grows down to meet them. */
const gap = (engine: Engine): number =>
  engine.plan.size -
  field(engine, "edgeNext") -
  (engine.plan.states + field(engine, "count") * engine.stride);

/** Whether all edges once more, and their states, find room between states and edges. */
export const hasRoomForList = (engine: Engine): boolean => {
  const [edges, states] = [field(engine, "edgeNext"), field(engine, "count")];
  return field(engine, "keepsEdges") !== 0 && edges + states <= gap(engine);
};

/**
 * Clears a bit for each of so many states, in the room between them and the words `used` of the top; false
 * where there is no such room.
 */
export const clearSeen = (engine: Engine, states: number, used: number): boolean => {
  const { plan, heap, thread, mates, stride } = engine;
  const at = plan.states + states * stride;
  const end = at + Math.ceil(states / 32);
  if (end > plan.size - used) return false;
  heap.fill(0, at, end);
  for (const member of [thread, ...mates]) setField(engine, "seen", at, member);
  return true;
};

/** Begins the list of states that are not out. */
export const beginList = (engine: Engine): void => {
  const first = engine.plan.states + field(engine, "count") * engine.stride;
  setField(engine, "listTo", first);
};

/** What was written from `first` on, in a direction, is read next, in the other one. */
export const turnList = (engine: Engine, first: number, isDown: boolean): void => {
  const last = isDown ? 1 : -1;
  const to = field(engine, "listTo") + last;
  setField(engine, "listNext", to);
  setField(engine, "listEnd", first + last);
  setField(engine, "listTo", to);
};

const growth = 16;

/** A heap that is larger, and has room for what there is; false when there can be none. */
const growHeap = (engine: Engine): boolean => {
  const { length } = engine.heap;
  // Where the machine refuses one, it may have less.
  for (let times = growth; times > 1; times /= 2) {
    const size = Math.min(engine.largest, Math.floor(length * times));
    if (size <= length) return false;
    if (!hasRoomIn(engine, size)) continue;
    const heap = unlessRefused(() => engine.newHeap(size));
    if (heap === undefined) continue;
    moveTo(engine, heap, engine.link);
    return true;
  }
  return false;
};

/** Puts the blocks of all threads below what is used of the top of the heap, and says how they move. */
const placeBlocks = (
  engine: Engine,
  used: number,
  block: Block,
  move: (from: Member, to: Member) => void,
): void => {
  const { thread, mates, plan } = engine;
  const place = (from: Member, id: number): Member => {
    const to = { block, at: plan.size - used - (id + 1) * block.words };
    move(from, to);
    return to;
  };
  engine.thread = { ...place(thread, 0), code: thread.code };
  engine.mates = mates.map((it, id) => place(it, id + 1));
  describe(engine);
};

/** Words of the blocks of all threads. */
const blockWords = ({ mates }: Engine, block: Block): number => (mates.length + 1) * block.words;

/** Larger blocks below the words `used` of the top; answers how many are used then. */
export const enlargeBlocks = (engine: Engine, used: number, block: Block): number => {
  const { heap } = engine;
  placeBlocks(engine, used, block, (from, to) => {
    // Control block and area stand first, and are as long as before.
    const kept = Math.max(from.block.area, from.block.batch);
    heap.copyWithin(to.at, from.at, from.at + kept);
    heap.fill(0, to.at + kept, to.at + block.words);
  });
  return used + blockWords(engine, block);
};

/**
 * Gives up the edges: the verdicts can do without, since what is missing is computed anew. Blocks
 * move up over them; answers how many words of the top are used then.
 */
export const forgetEdges = (engine: Engine): number => {
  const { heap } = engine;
  const { block } = engine.thread;
  const top = crewWords(engine.mates.length + 1);
  // The highest block first: none is written over before it has moved.
  placeBlocks(engine, top, block, (from, to) => {
    heap.copyWithin(to.at, from.at, from.at + block.words);
  });
  for (const member of [engine.thread, ...engine.mates]) setField(engine, "keepsEdges", 0, member);
  return top + blockWords(engine, block);
};

/** More room for a single thread; false when there is none. */
const growRoom = (engine: Engine): boolean => {
  if (growHeap(engine)) return true;
  if (field(engine, "keepsEdges") === 0) return false;
  setField(engine, "edgeNext", forgetEdges(engine));
  return true;
};

/** Gives the batch room for more records; false when memory ends. */
export const growBatch = (engine: Engine): boolean => {
  const block = blockOf(engine.shape, 2 * field(engine, "capacity"));
  while (gap(engine) < blockWords(engine, block)) if (!growRoom(engine)) return false;
  setField(engine, "edgeNext", enlargeBlocks(engine, field(engine, "edgeNext"), block));
  return true;
};

/** Makes the index as large as `states` states need; false when it cannot be. Then it must be cleared. */
export const isIndexLarger = (engine: Engine, states: number): boolean => {
  let size = engine.mask + 1;
  // Small tables grow in larger steps: filling them anew is what growth costs.
  while (states > loadLimit * size) size *= size < 2 ** 24 ? 4 : 2;
  size = Math.min(size, engine.plan.indexCapacity);
  if (states > loadLimit * size) return false;
  engine.mask = size - 1;
  setField(engine, "mask", engine.mask);
  return true;
};

/**
 * The words of the index. All are cleared, also those that are zeros already: a page that is read first is
 * one that all share, and the write that then makes a page of it has all threads forget where it was,
 * which costs several times as much as a write at once.
 */
export const indexWords = ({ plan, mask }: Engine) => ({
  from: plan.index,
  to: plan.index + mask + 1,
});

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
    if (!growRoom(engine)) return "full";
    if (keeps && field(engine, "keepsEdges") === 0) return makeRoom(engine);
  }
  const count = field(engine, "count");
  let answer: "ready" | "rebuild" = "ready";
  if (count + capacity > loadLimit * (engine.mask + 1)) {
    while (!isIndexLarger(engine, count + capacity)) if (!growRoom(engine)) return "full";
    const { from, to } = indexWords(engine);
    engine.heap.fill(0, from, to);
    answer = "rebuild";
  }
  const free = gap(engine);
  const states = Math.floor((field(engine, "keepsEdges") === 0 ? free : free / 2) / stride);
  setField(engine, "room", Math.min(count + states, Math.floor(loadLimit * (engine.mask + 1))));
  setField(engine, "edgeRoom", field(engine, "edgeNext") + Math.floor(free / 2));
  return answer;
};
