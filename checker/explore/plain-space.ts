// States that a machine expands and that plain code stores: for the interpreter, which defines the language.

import { digestOf } from "./state-set.ts";
import type { Machine } from "../machine/index.ts";
import type { Limit } from "./result.ts";
import type { Found, Level, Listener, Pause, Range, RecoveryGroup, Space, Watch } from "./space.ts";
import type { StateIndex } from "./state-index.ts";
import { emptyIndex, indexSize, lookUp, rebuildIndex } from "./state-index.ts";
import type { StateStore } from "./state-store.ts";
import {
  chunkMask,
  chunkOf,
  chunkShift,
  chunkStates,
  emptyStore,
  offsetOf,
  reserveStates,
  storeBytes,
} from "./state-store.ts";

interface PlainSpace {
  readonly machine: Machine;
  readonly store: StateStore;
  readonly index: StateIndex;
  /** By group: the bits of each state. */
  readonly saved: readonly Uint8Array[][];
  readonly memoryLimit: number;
  readonly judgement: Int32Array;
  /** Step records of one state; replaced by a larger one when they do not fit. */
  out: Int32Array;
  transitions: number;
  expanded: number;
}

/** A number of states that is made room for at a time. */
const roomStep = 2048;

const bytes = ({ store, saved }: PlainSpace, states: number, entries: number): number =>
  storeBytes(store, states) + entries * 4 + saved.length * states;

/** Makes room for `more` states; false when the memory limit, or the machine, does not allow it. */
const makeRoom = (space: PlainSpace, more: number): boolean => {
  const { store, index, memoryLimit } = space;
  const states = Math.ceil((store.count + more) / roomStep) * roomStep;
  const size = indexSize(index, states);
  // While the index grows, the old table still occupies its memory.
  const entries = size === index.mask + 1 ? size : size + index.mask + 1;
  if (bytes(space, states, entries) > memoryLimit) return false;
  try {
    if (size !== index.mask + 1) rebuildIndex(index, store, size);
    reserveStates(store, states);
    for (const group of space.saved) {
      while (group.length * chunkStates < states) group.push(new Uint8Array(chunkStates));
    }
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  return true;
};

/** Writes step records to `space.out`, which grows as needed, and returns their number. */
const recordsOf = (space: PlainSpace, write: (out: Int32Array) => number): number => {
  let count = write(space.out);
  while (count < 0) {
    space.out = new Int32Array(space.out.length * 2);
    count = write(space.out);
  }
  return count;
};

const steps = (space: PlainSpace, state: number): number => {
  const { machine, store } = space;
  const [chunk, at] = [chunkOf(store, state), offsetOf(store, state)];
  return recordsOf(space, (out) => machine.expand(chunk, at, out));
};

const judge = ({ machine, store, judgement }: PlainSpace, state: number, from: number): number =>
  machine.judge(chunkOf(store, state), offsetOf(store, state), judgement, from);

const bitOf = (words: Int32Array, bit: number): number =>
  ((words[bit >> 5] ?? 0) >>> (bit & 31)) & 1;

/** Judges a new state, and notes for whom it is out. */
const judgeNew = (
  space: PlainSpace,
  groups: readonly RecoveryGroup[],
  state: number,
  { openFormulas, expected }: Watch,
  listener: Listener,
): void => {
  const { judgement } = space;
  let news = judge(space, state, 0);
  for (let word = 0; word < judgement.length; word += 1) {
    news |= ((judgement[word] ?? 0) ^ (expected[word] ?? 0)) & (openFormulas[word] ?? 0);
  }
  groups.forEach(({ to }, group) => {
    const bits = to.reduce((all, formula, bit) => all | (bitOf(judgement, formula) << bit), 0);
    setSaved(space, group, state, bits);
  });
  if (news !== 0) listener.onJudged(state);
};

const savedOf = ({ saved }: PlainSpace, group: number, state: number): number =>
  saved[group]?.[state >>> chunkShift]?.[state & chunkMask] ?? 0;

const setSaved = ({ saved }: PlainSpace, group: number, state: number, bits: number): void => {
  const chunk = saved[group]?.[state >>> chunkShift];
  if (chunk !== undefined) chunk[state & chunkMask] = bits;
};

/** Takes `count` step records, all out of `state`; false when memory ends. */
const takeSteps = (
  space: PlainSpace,
  groups: readonly RecoveryGroup[],
  state: number,
  count: number,
  watch: Watch,
  listener: Listener,
): boolean => {
  const { machine, store, index, out } = space;
  const { stepWords, eventWords } = machine;
  if (!makeRoom(space, count)) return false;
  for (let record = 0; record < count * stepWords; record += stepWords) {
    const info = out[record + store.words] ?? 0;
    if (info > 1) {
      listener.onError(state, (info >>> 1) - 1);
      continue;
    }
    if (state >= 0) space.transitions += 1;
    for (let word = 0; word < eventWords; word += 1) {
      const events = (out[record + store.words + 1 + word] ?? 0) & (watch.openEvents[word] ?? 0);
      if (events !== 0) listener.onEvents(state, word, events);
    }
    const before = store.count;
    const target = lookUp(index, store, out, record, true);
    if (store.count > before && watch.isJudging) judgeNew(space, groups, target, watch, listener);
  }
  return true;
};

const isResting = (space: PlainSpace, state: number): boolean => {
  const { formulas } = space.machine;
  if (!formulas.some(({ kind }) => kind === "final")) return false;
  judge(space, state, 0);
  return formulas.some(({ kind }, k) => kind === "final" && bitOf(space.judgement, k) === 1);
};

const foundSince = ({ store }: PlainSpace, first: number): Level =>
  store.count > first ? [{ from: first, to: store.count }] : [];

const expandLevel = async (
  space: PlainSpace,
  groups: readonly RecoveryGroup[],
  level: Level,
  watch: Watch,
  listener: Listener,
  pause: Pause,
): Promise<Found> => {
  const first = space.store.count;
  const end = level.at(-1)?.to ?? 0;
  // Of wide states fewer are expanded between two looks at the clock.
  const slice = Math.max(1, Math.min(256, Math.floor(4096 / space.store.words)));
  let ended: Limit | undefined;
  let state = level[0]?.from ?? 0;
  while (state < end && ended === undefined) {
    for (const to = Math.min(end, state + slice); state < to; state += 1) {
      const count = steps(space, state);
      if (count === 0 && watch.isDeadlockOpen && !isResting(space, state)) listener.onStuck(state);
      if (!takeSteps(space, groups, state, count, watch, listener)) {
        return { level: foundSince(space, first), ended: "memory", isWhole: false };
      }
    }
    space.expanded = state;
    ended = await pause();
  }
  return { level: foundSince(space, first), ended, isWhole: state >= end };
};

const targets = (space: PlainSpace, state: number, isWithoutFaults: boolean): Int32Array => {
  const { store, index, machine } = space;
  const count = steps(space, state);
  const found = new Int32Array(count);
  let size = 0;
  for (let record = 0; record < count * machine.stepWords; record += machine.stepWords) {
    const info = space.out[record + store.words] ?? 0;
    if (info > (isWithoutFaults ? 0 : 1)) continue;
    found[size] = lookUp(index, store, space.out, record, false);
    size += 1;
  }
  return found.subarray(0, size);
};

/** What a state can reach in one step, by the members' own rules. */
const reached = (
  space: PlainSpace,
  group: number,
  { withoutFaults, to }: RecoveryGroup,
  state: number,
): number => {
  const all = (1 << to.length) - 1;
  let bits = 0;
  for (const target of targets(space, state, true)) bits |= savedOf(space, group, target);
  if (withoutFaults === all) return bits;
  for (const target of targets(space, state, false)) {
    bits |= savedOf(space, group, target) & ~withoutFaults;
  }
  return bits;
};

/**
 * In reverse order of discovery most ways out are followed to their beginning in one sweep. Edges
 * are not stored: machines that need this search are slow, and their models small.
 */
const sweep = async (
  space: PlainSpace,
  group: number,
  recovery: RecoveryGroup,
  pause: Pause,
  isEnough: () => boolean,
): Promise<Limit | undefined> => {
  const all = (1 << recovery.to.length) - 1;
  for (let isStable = false; !isStable && !isEnough();) {
    isStable = true;
    for (let state = space.store.count - 1; state >= 0; state -= 1) {
      const before = savedOf(space, group, state);
      const bits = before === all ? all : before | reached(space, group, recovery, state);
      if (bits !== before) {
        setSaved(space, group, state, bits);
        isStable = false;
      }
      const limit = state % 256 === 0 ? await pause() : undefined;
      if (limit !== undefined) return limit;
    }
  }
  return undefined;
};

const trapped = (
  space: PlainSpace,
  group: number,
  { from: formulas }: RecoveryGroup,
  member: number,
  { from, to }: Range,
): number => {
  for (let state = from; state < to; state += 1) {
    if (((savedOf(space, group, state) >>> member) & 1) === 1) continue;
    judge(space, state, 0);
    if (bitOf(space.judgement, formulas[member] ?? 0) === 1) return state;
  }
  return to;
};

const firstRecords = 1024;

/** The states of a machine. */
export const plainSpace = (
  machine: Machine,
  groups: readonly RecoveryGroup[],
  memoryLimit = Infinity,
): Space => {
  const store = emptyStore(machine.layout.words);
  const space: PlainSpace = {
    machine,
    store,
    index: emptyIndex(),
    saved: groups.map(() => []),
    memoryLimit,
    judgement: new Int32Array(Math.ceil(machine.formulas.length / 32)),
    out: new Int32Array(firstRecords * machine.stepWords),
    transitions: 0,
    expanded: 0,
  };
  const counters = countersSince(machine);
  return {
    words: store.words,
    stepWords: machine.stepWords,
    formulas: machine.formulas,
    count: () => store.count,
    end: () => store.count,
    transitions: () => space.transitions,
    waiting: () => store.count - space.expanded,
    memoryBytes: () => bytes(space, store.count, space.index.mask + 1),
    counters,
    place: (state) => ({ words: chunkOf(store, state), at: offsetOf(store, state) }),
    begin: (watch, listener) => {
      const count = recordsOf(space, (out) => machine.initial(out));
      const isWhole = takeSteps(space, groups, -1, count, watch, listener);
      const ended = isWhole ? undefined : ("memory" as const);
      return Promise.resolve({ level: foundSince(space, 0), ended, isWhole });
    },
    expand: (level, watch, listener, pause) =>
      expandLevel(space, groups, level, watch, listener, pause),
    seek: async (level, _, visit, pause) => {
      for (const { from, to } of level) {
        for (let state = from; state < to; state += 1) {
          visit(state);
          const limit = state % 256 === 0 ? await pause() : undefined;
          if (limit !== undefined) return limit;
        }
      }
      return undefined;
    },
    steps: (state) => steps(space, state),
    records: () => ({ words: space.out, at: 0 }),
    targets: (state, isWithoutFaults) => targets(space, state, isWithoutFaults),
    judge: (state, from) => judge(space, state, from),
    judgement: () => ({ words: space.judgement, at: 0 }),
    failedAt: () => machine.failure.site,
    sweep: (group, _, pause, isEnough) => {
      const recovery = groups[group];
      if (recovery === undefined) throw new Error(`no group ${group}`);
      return sweep(space, group, recovery, pause, isEnough);
    },
    trapped: (group, member, range) => {
      const recovery = groups[group];
      if (recovery === undefined) throw new Error(`no group ${group}`);
      return trapped(space, group, recovery, member, range);
    },
    digest: (levels) => Promise.resolve(digestOf(store, levels)),
    close: () => undefined,
  };
};

/**
 * What a machine counts from now on; walking back expands states again, which must not count twice.
 */
const countersSince = (machine: Machine): Space["counters"] => {
  const before = {
    dropped: [...machine.counters.dropped],
    cut: [...machine.counters.cut],
  };
  machine.taken.fill(0);
  return () => ({
    dropped: [...machine.counters.dropped].map((it, id) => it - (before.dropped[id] ?? 0)),
    cut: [...machine.counters.cut].map((it, id) => it - (before.cut[id] ?? 0)),
    taken: machine.taken.slice(),
  });
};
