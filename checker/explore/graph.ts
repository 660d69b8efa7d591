// States with the edges between them, kept level by level: for questions about many ways, which plain searches cannot answer.

import type { Machine } from "../machine/index.ts";
import { emptyIndex, indexSize, lookUp, rebuildIndex, type StateIndex } from "./state-index.ts";
import {
  chunkOf,
  emptyStore,
  offsetOf,
  reserveStates,
  stateAt,
  type StateStore,
  storeBytes,
} from "./state-store.ts";

/** A list of integers that grows. */
interface Column {
  values: Int32Array;
  length: number;
}

const column = (): Column => ({ values: new Int32Array(1 << 12), length: 0 });

const push = (list: Column, value: number): void => {
  if (list.length === list.values.length) {
    const larger = new Int32Array(list.values.length * 2);
    larger.set(list.values);
    list.values = larger;
  }
  list.values[list.length] = value;
  list.length += 1;
};

/** Steps out of a state that end a way: by an event, or in a model error. */
export interface Ending {
  readonly state: number;
  readonly events: Int32Array;
  /** -1: no model error. */
  readonly site: number;
}

export interface Graph {
  readonly machine: Machine;
  readonly count: () => number;
  /** States of at most this depth have been expanded. */
  readonly depth: () => number;
  readonly isWhole: () => boolean;
  /** Expands the next level. False where `mayGo` says no, or memory ends: then nothing more is learned. */
  readonly grow: (mayGo: () => Promise<boolean>) => Promise<boolean>;
  readonly stateAt: (state: number) => Int32Array;
  /** -1: it has not been found. */
  readonly numberOf: (words: Int32Array) => number;
  /** By state, formulas that are true, as bits of words; those that cannot be evaluated are false. */
  readonly judgement: (state: number, out: Int32Array) => void;
  readonly endings: readonly Ending[];
  /** States without steps. */
  readonly stuck: readonly number[];
  /**
   * The fewest steps from each state into one of the given, along edges that have been found; -1: none.
   * `begin` says how many each of them counts for itself. Gives a beat now and then, for others to have their turn.
   */
  readonly distances: (
    begin: ReadonlyMap<number, number>,
    isWithoutFaults: boolean,
  ) => Generator<undefined, Int32Array>;
}

/** States or edges that are looked at between two beats. */
const betweenBeats = 1 << 16;

const isBeat = (at: number): boolean => at % betweenBeats === 0;

/** By target, where edges come from: a list in one piece, with where each state's part begins. */
function* reversed(
  count: number,
  offsets: Column,
  targets: Column,
  isKept: (edge: number) => boolean,
): Generator<undefined, { readonly begins: Int32Array; readonly sources: Int32Array }> {
  const begins = new Int32Array(count + 1);
  for (let edge = 0; edge < targets.length; edge += 1) {
    if (isBeat(edge)) yield;
    const at = (targets.values[edge] ?? 0) + 1;
    if (isKept(edge)) begins[at] = (begins[at] ?? 0) + 1;
  }
  for (let state = 0; state < count; state += 1) {
    begins[state + 1] = (begins[state + 1] ?? 0) + (begins[state] ?? 0);
  }
  const next = begins.slice();
  const sources = new Int32Array(begins[count] ?? 0);
  for (let source = 0; source + 1 < offsets.length; source += 1) {
    if (isBeat(source)) yield;
    const end = offsets.values[source + 1] ?? 0;
    for (let edge = offsets.values[source] ?? 0; edge < end; edge += 1) {
      if (!isKept(edge)) continue;
      const target = targets.values[edge] ?? 0;
      const at = next[target] ?? 0;
      sources[at] = source;
      next[target] = at + 1;
    }
  }
  return { begins, sources };
}

/** States that are expanded between two looks at the clock. */
const slice = 1024;

const noEvents = new Int32Array();

/** `memoryBytes`: of states, index and edges; `watched`: events that end ways, as bits of words. */
export const graphOf = (machine: Machine, memoryBytes: number, watched: Int32Array): Graph => {
  const { layout, stepWords, eventWords } = machine;
  const store: StateStore = emptyStore(layout.words);
  const index: StateIndex = emptyIndex();
  const offsets = column();
  const targets = column();
  const faults = column();
  const endings: Ending[] = [];
  const stuck: number[] = [];
  let out = new Int32Array(1 << 14);
  let level = { from: 0, to: 0 };
  let depth = -1;
  const room = (more: number): boolean => {
    const count = store.count + more;
    const size = indexSize(index, count);
    const edges = (targets.values.length + faults.values.length + offsets.values.length) * 4;
    // Columns that grow are there twice; a search backwards needs as much again.
    if (storeBytes(store, count) + size * 4 + edges * 3 > memoryBytes) return false;
    if (size !== index.mask + 1) rebuildIndex(index, store, size);
    reserveStates(store, count);
    return true;
  };
  const records = (write: (into: Int32Array) => number): number => {
    let count = write(out);
    while (count < 0) {
      out = new Int32Array(out.length * 2);
      count = write(out);
    }
    return count;
  };
  const isWatched = (at: number): boolean => {
    for (let word = 0; word < eventWords; word += 1) {
      if (((out[at + word] ?? 0) & (watched[word] ?? 0)) !== 0) return true;
    }
    return false;
  };
  const take = (state: number, count: number): boolean => {
    if (!room(count)) return false;
    for (let record = 0; record < count * stepWords; record += stepWords) {
      const info = out[record + layout.words] ?? 0;
      const site = (info >>> 1) - 1;
      const eventsAt = record + layout.words + 1;
      if (site >= 0 || isWatched(eventsAt)) {
        const events = site >= 0 ? noEvents : out.slice(eventsAt, eventsAt + eventWords);
        endings.push({ state, events, site });
      }
      if (site >= 0) continue;
      const target = lookUp(index, store, out, record, true);
      if (state < 0) continue;
      push(targets, target);
      push(faults, info & 1);
    }
    return true;
  };
  const isWhole = (): boolean => depth >= 0 && level.from === level.to;
  const grow: Graph["grow"] = async (mayGo) => {
    if (depth < 0) {
      if (
        !take(
          -1,
          records((into) => machine.initial(into)),
        )
      )
        return false;
      push(offsets, 0);
      depth = 0;
      level = { from: 0, to: store.count };
      return true;
    }
    for (let state = level.from; state < level.to; state += 1) {
      if ((state - level.from) % slice === 0 && !(await mayGo())) return false;
      const [chunk, at] = [chunkOf(store, state), offsetOf(store, state)];
      const count = records((into) => machine.expand(chunk, at, into));
      if (count === 0) stuck.push(state);
      if (!take(state, count)) return false;
      push(offsets, targets.length);
    }
    depth += 1;
    level = { from: level.to, to: store.count };
    return true;
  };
  return {
    machine,
    count: () => store.count,
    depth: () => depth,
    isWhole,
    grow,
    stateAt: (state) => stateAt(store, state),
    numberOf: (words) => lookUp(index, store, words, 0, false),
    judgement: (state, bits) => {
      machine.judge(chunkOf(store, state), offsetOf(store, state), bits);
    },
    endings,
    stuck,
    *distances(begin, isWithoutFaults) {
      const { begins, sources } = yield* reversed(
        store.count,
        offsets,
        targets,
        (edge) => !isWithoutFaults || faults.values[edge] === 0,
      );
      const found = new Int32Array(store.count).fill(-1);
      const rings: number[][] = [];
      const meet = (state: number, distance: number): void => {
        if (state < 0 || found[state] !== -1) return;
        found[state] = distance;
        (rings[distance] ??= []).push(state);
      };
      const ordered = [...begin].toSorted(([, one], [, other]) => one - other);
      let [next, looks] = [0, 0];
      for (let distance = 0; distance < rings.length || next < ordered.length; distance += 1) {
        for (let it = ordered[next]; it !== undefined && it[1] <= distance; it = ordered[next]) {
          meet(it[0], distance);
          next += 1;
        }
        for (const state of rings[distance] ?? []) {
          if (isBeat((looks += 1))) yield;
          for (let at = begins[state] ?? 0; at < (begins[state + 1] ?? 0); at += 1) {
            meet(sources[at] ?? -1, distance + 1);
          }
        }
      }
      return found;
    },
  };
};
