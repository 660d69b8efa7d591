// The first thread of a crew: forms it, makes room while all halt, and knows what all have found.

import type { CompiledModule, Memory } from "../code/index.ts";
import { type Assignment, beginPart, type Part } from "./crew.ts";
import {
  crewAddress,
  crewBlockWords,
  crewWord,
  ownWord,
  setCrewWord,
  setOwnWord,
} from "./crew-words.ts";
import {
  bytesUpTo,
  controlAt,
  crewAt,
  describeTo,
  type Engine,
  field,
  type Member,
  setField,
  wordsOfShown,
} from "./engine.ts";
import { blockOf, loadLimit } from "./heap.ts";
import { enlargeBlocks, forgetEdges, isIndexLarger } from "./room.ts";

/** Another thread, as the one that started it sees it. */
export interface Mate {
  /** Ends it at once; it has ended when the promise is kept. */
  readonly end: () => Promise<unknown>;
  /** Why it ended by itself, if it did. */
  readonly failure: () => string | undefined;
}

/** Starts a thread that serves as it is told. */
export type StartMate = (assignment: Assignment) => Mate;

export interface Crew {
  readonly part: Part;
  /** The first is this thread. */
  members: readonly Member[];
  readonly mates: readonly Mate[];
  readonly sizes: CrewSizes;
  /** Whether the first thread has given up room of its own. */
  isStarted: boolean;
  /** States that were found before that. */
  before: number;
  /** Whether one of the others has ended: the first goes on alone. */
  isBroken: boolean;
}

/** How much is given out at once, at most. */
export interface CrewSizes {
  /** States that are expanded together. */
  readonly slice: number;
  /** States that a thread gets room for; a multiple of 32. */
  readonly chunk: number;
  /** Steps that a thread counts before all halt: what it counts must stay far below 2^32. */
  readonly steps: number;
}

export const usualSizes: CrewSizes = { slice: 512, chunk: 1 << 16, steps: 1 << 28 };

/**
 * Starts the other threads of an engine that is linked with a shared memory. They take part when
 * they are ready; undefined when there is no room for them.
 */
export const formCrew = (
  engine: Engine,
  module: CompiledModule,
  memory: Memory,
  start: StartMate,
  sizes: CrewSizes,
): Crew | undefined => {
  const { thread, mates, plan, fields, heap } = engine;
  const threads = mates.length + 1;
  if (threads === 1) return undefined;
  const free =
    plan.size - field(engine, "edgeNext") - plan.states - field(engine, "count") * engine.stride;
  if (free < 4 * threads * thread.block.words) return undefined;
  const crew = crewAt(engine);
  heap.fill(0, crew, crew + crewBlockWords(threads));
  const part: Part = {
    heap,
    code: thread.code,
    fields,
    crew,
    thread: 0,
    control: controlAt(thread),
  };
  return {
    part,
    members: [thread, ...mates],
    mates: mates.map((_, id) => start({ memory, module, fields, crew, thread: id + 1 })),
    sizes,
    isStarted: false,
    before: 0,
    isBroken: false,
  };
};

/** Tells all threads, when the next command begins, where their blocks are. */
const introduceAll = (engine: Engine, crew: Crew): void => {
  const { part } = crew;
  crew.members = [engine.thread, ...engine.mates];
  crew.members.forEach((member, id) => {
    if (id > 0) describeTo(engine, member);
    setOwnWord(part, id, "control", controlAt(member));
    setOwnWord(part, id, "area", member.at + member.block.area);
  });
  part.control = -1;
  beginPart(part);
};

/** Waits until all threads are ready, but not for ever: meanwhile nothing is heard of them. */
export const awaitCrew = (crew: Crew): void => {
  const { heap, crew: at } = crew.part;
  const ready = crewAddress(at, "ready");
  for (let naps = 0; !isReady(crew) && naps < 1000; naps += 1) {
    Atomics.wait(heap, ready, Atomics.load(heap, ready), 10);
  }
};

export const isReady = ({ part, mates }: Crew): boolean => crewWord(part, "ready") === mates.length;

/** From now on room is shared: this thread has none of its own left. */
export const startCrew = (engine: Engine, crew: Crew): void => {
  const { part } = crew;
  crew.isStarted = true;
  for (const { at, block } of engine.mates) engine.heap.fill(0, at, at + block.words);
  introduceAll(engine, crew);
  const count = field(engine, "count");
  crew.before = count;
  setCrewWord(part, "steps", crew.sizes.steps);
  setCrewWord(part, "stateNext", Math.ceil(count / 32) * 32);
  setCrewWord(part, "edgeNext", field(engine, "edgeNext"));
  setField(engine, "room", count);
  setOwnWord(part, 0, "first", count);
  setField(engine, "edgeRoom", field(engine, "edgeNext"));
};

/** Gives every thread what only the first one was told. */
export const shareWatch = (engine: Engine, crew: Crew): void => {
  const { heap, fields } = engine;
  const from = controlAt(engine.thread);
  for (const member of crew.members.slice(1)) {
    const to = controlAt(member);
    for (const at of wordsOfShown(engine)) heap[to + at] = heap[from + at] ?? 0;
    for (const name of ["judging", "deadlocks", "keepsEdges", "mask"] as const) {
      heap[to + fields.at[name]] = heap[from + fields.at[name]] ?? 0;
    }
  }
};

/**
 * Makes room for every thread. "rebuild": the index is larger now, and must be cleared and told of all states.
 * "full": there is no more memory.
 */
export const makeCrewRoom = (engine: Engine, crew: Crew): "ready" | "rebuild" | "full" => {
  const { plan, stride } = engine;
  const { part, members, sizes } = crew;
  const keeps = field(engine, "keepsEdges") !== 0;
  const threads = members.length;
  const capacity = field(engine, "capacity");
  const next = crewWord(part, "stateNext");
  const free = plan.size - crewWord(part, "edgeNext") - (plan.states + next * stride);
  // A batch must fit; what is left of a chunk then is lost, so towards the end they are smaller.
  const most = Math.floor(loadLimit * plan.indexCapacity) - next;
  const left = Math.min((keeps ? free / 2 : free) / stride, most);
  const fair = Math.floor(left / threads / 8);
  const chunk = Math.ceil(Math.max(2 * capacity, Math.min(sizes.chunk, fair)) / 32) * 32;
  const edges = Math.max(1 << 14, 4 * capacity);
  const needed = threads * (chunk * stride + (keeps ? edges : 0));
  if (free < needed) {
    if (!keeps) return "full";
    dropEdges(engine, crew);
    return makeCrewRoom(engine, crew);
  }
  let answer: "ready" | "rebuild" = "ready";
  if (next + threads * chunk > loadLimit * (engine.mask + 1)) {
    if (!isIndexLarger(engine, next + threads * chunk)) return "full";
    answer = "rebuild";
  }
  const states = Math.floor((keeps ? free / 2 : free) / stride);
  const limit = Math.floor(loadLimit * (engine.mask + 1));
  setCrewWord(part, "stateChunk", chunk);
  setCrewWord(part, "stateEnd", Math.min(next + states, limit));
  setCrewWord(part, "edgeChunk", edges);
  setCrewWord(part, "edgeEnd", crewWord(part, "edgeNext") + Math.floor(free / 2));
  return answer;
};

/** Gives every thread a batch with room for more records; false when memory ends. */
export const growCrewBatches = (engine: Engine, crew: Crew): boolean => {
  const { part, members } = crew;
  const { plan, shape, stride } = engine;
  const block = blockOf(shape, 2 * field(engine, "capacity"));
  const used = crewWord(part, "edgeNext");
  const free = plan.size - used - (plan.states + crewWord(part, "stateNext") * stride);
  if (free < members.length * block.words) {
    if (field(engine, "keepsEdges") === 0) return false;
    dropEdges(engine, crew);
    return growCrewBatches(engine, crew);
  }
  setCrewWord(part, "edgeNext", enlargeBlocks(engine, used, block));
  introduceAll(engine, crew);
  return true;
};

const dropEdges = (engine: Engine, crew: Crew): void => {
  setCrewWord(crew.part, "edgeNext", forgetEdges(engine));
  introduceAll(engine, crew);
};

/** States that all threads have found; while they work, those whose numbers they have handed in. */
export const foundByCrew = ({ part, members, before }: Crew): number =>
  members.reduce((sum, _, thread) => sum + ownWord(part, thread, "total"), before);

/** Bytes of the heap that are in use. */
export const bytesInUse = (engine: Engine, crew: Crew | undefined): number =>
  crew === undefined
    ? bytesUpTo(engine, field(engine, "count"), field(engine, "edgeNext"))
    : bytesUpTo(engine, crewWord(crew.part, "stateNext"), crewWord(crew.part, "edgeNext"));
