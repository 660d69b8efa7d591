// A program at work as a machine: states are copied into its heap, records out of it.

import type { Exports } from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Program } from "./program.ts";

/** The functions at work on a heap of their own: the state, the area, then records. */
export interface Running {
  readonly exports: Exports;
  readonly heap: Int32Array;
}

/** Records that the heap holds at first. */
const usualRecords = 256;

export const entryNames: readonly string[] = ["enter", "expand", "initial", "judge"];

const callOf = ({ exports }: Running, name: string): ((...values: number[]) => number) => {
  const found = exports[name];
  if (found === undefined) throw new Error(`the program has no function ${name}`);
  return found;
};

/**
 * The machine of a program that `start` puts to work on a heap of so many words; undefined where it
 * cannot.
 */
export const machineOf = (
  core: Core,
  program: Program,
  start: (words: number) => Running | undefined,
): Machine | undefined => {
  const { layout, eventWords, stepWords, formulas, area } = program;
  const records = layout.words + area.words;
  const startWith = (words: number): Running | undefined => {
    const started = start(records + words);
    if (started !== undefined) callOf(started, "enter")(layout.words);
    return started;
  };
  const begun = startWith(Math.max(usualRecords * stepWords, Math.ceil(formulas.length / 32)));
  if (begun === undefined) return undefined;
  let running = begun;
  const reports = reportsOf(core, program, () => running.heap);
  /** Makes room for as many words of records. */
  const grow = (words: number): void => {
    reports.take();
    running = startWith(words) ?? running;
  };
  const write = (out: Int32Array, call: (end: number) => number): number => {
    for (;;) {
      const room = running.heap.length - records;
      const count = call(records + Math.min(room, out.length));
      if (count >= 0) out.set(running.heap.subarray(records, records + count * stepWords));
      if (count >= 0 || room >= out.length) return count;
      grow(Math.min(2 * room, out.length));
    }
  };
  const failure = { site: 0 };
  const enter = (states: Int32Array, at: number): void => {
    for (let word = 0; word < layout.words; word += 1) {
      running.heap[word] = states[at + word] ?? 0;
    }
  };
  return {
    layout,
    eventWords,
    stepWords,
    formulas,
    failure,
    initial: (out) => write(out, (end) => callOf(running, "initial")(records, end)),
    expand: (states, at, out) => {
      enter(states, at);
      return write(out, (end) => callOf(running, "expand")(0, records, end));
    },
    judge: (states, at, out, from = 0) => {
      enter(states, at);
      const failed = callOf(running, "judge")(0, records, from);
      const words = Math.ceil(formulas.length / 32);
      out.set(running.heap.subarray(records, records + words));
      if (failed !== 0) failure.site = running.heap[layout.words + area.failure] ?? 0;
      return failed;
    },
    get counters() {
      reports.take();
      return reports.counters;
    },
    get taken() {
      reports.take();
      return reports.taken;
    },
  };
};

/** What the functions have reported so far. They count in the heap, from where it is taken. */
const reportsOf = (core: Core, { layout, area }: Program, heapNow: () => Int32Array) => {
  const counters = {
    dropped: new Float64Array(core.networks.length),
    cut: new Float64Array(core.bounds.length),
  };
  const taken = new Uint8Array(core.branches.length);
  const drain = (at: number, counts: Float64Array): void => {
    const heap = heapNow();
    for (let id = 0; id < counts.length; id += 1) {
      counts[id] = (counts[id] ?? 0) + ((heap[layout.words + at + id] ?? 0) >>> 0);
      heap[layout.words + at + id] = 0;
    }
  };
  const take = (): void => {
    drain(area.dropped, counters.dropped);
    drain(area.cut, counters.cut);
    const heap = heapNow();
    for (let id = 0; id < taken.length; id += 1) {
      if (heap[layout.words + area.taken + id] === 1) taken[id] = 1;
      heap[layout.words + area.taken + id] = 0;
    }
  };
  return { counters, taken, take };
};
