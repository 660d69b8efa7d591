// Limits of a generated search: what a cut leaves is the same however many threads search, and so is the memory needed.

import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { coreOf, essence, generated } from "../test/run-text.ts";
import type { ExploreOptions } from "./index.ts";
import { early, mebibyte, restless, threadsOf } from "./testing/threads.ts";

/** (top + 1)^5 states with up to 45 steps each: edges need far more room than states. */
const wideTo = (top: number): Core =>
  coreOf(
    "wide.tw",
    `type I = 0..4
   var a : array[I] of 0..${top}
   rule up(i: I, by: 1..4) when a[i] + by <= ${top} { a[i] = a[i] + by }
   rule down(i: I, by: 1..4) when a[i] >= by { a[i] = a[i] - by }
   rule back(i: I) { a[i] = 0 }
   recoverable home : a[0] == 3 can reach a[0] == 0
   recoverable beyond : a[0] == 3 can reach a[0] + a[1] + a[2] + a[3] + a[4] > 70
   invariant small : a[0] + a[1] + a[2] < 30
   check "it" expect holds`,
  );

const wide = wideTo(14);

const webassembly = (count: number): Partial<ExploreOptions> => ({
  engine: "webassembly",
  ...(count === 1 ? {} : { threads: threadsOf(count) }),
});

describe("edges that are given up while other threads are about to start", () => {
  // Chunks of threads leave gaps, and how many depends on who is quicker: a limit must leave room for them.
  // With less the edges are gone before the threads start, with more after, and between them midway.
  const limits = [17, 18, 20, 28].map((it) => it * mebibyte);

  test.each([2, 3])(
    "leave whole states behind, in any memory: %i threads",
    async (count) => {
      const truth = essence(await generated(wide));
      for (const memoryBytes of limits) {
        const found = await generated(wide, { ...webassembly(count), limits: { memoryBytes } });
        expect(essence(found)).toEqual(truth);
      }
    },
    300_000,
  );

  test("leave all their room behind: threads need no more memory than one", async () => {
    // States alone need 14.1 MiB, edges more than 100; chunks of threads leave gaps.
    const limits = { memoryBytes: 14.7 * mebibyte };
    const [one, ...others] = await Promise.all(
      [1, 2, 3].map((it) => generated(wide, { ...webassembly(it), limits })),
    );
    expect(one?.complete).toBe(true);
    for (const it of others) expect(essence(it)).toEqual(one && essence(one));
  });
});

test("ways out are the same in any memory, also where a list of them has just room or just not", async () => {
  const narrow = wideTo(6);
  const truth = essence(await generated(narrow));
  const sizes = Array.from({ length: 96 }, (_, it) => (4 + it / 32) * mebibyte);
  for (const memoryBytes of sizes) {
    const found = await generated(narrow, { ...webassembly(1), limits: { memoryBytes } });
    expect({ ...essence(found), memoryBytes }).toEqual({ ...truth, memoryBytes });
  }
});

describe("a heap that grows", () => {
  const counters = coreOf(
    "counters.tw",
    `type I = 0..5
     var c : array[I] of 0..10
     var total : 0..480
     rule up(i: I) when c[i] < 10 { c[i] += 1  total += 1 }
     rule back when total == 60 { c = [i in I: 0]  total = 0 }
     recoverable home : total > 0 can reach total == 0
     check "it" expect holds`,
  );

  // From 16 MiB to 18 the index becomes larger by more than the heap, which edges fill.
  test.each([16, 17, 18, 19, 20, 21, 40])(
    "has room for all that there is: %i MiB",
    async (size) => {
      const limits = { memoryBytes: size * mebibyte };
      const found = await generated(counters, { engine: "javascript", limits });
      const [home] = found.verdicts;
      expect([found.complete, found.stopped, home?.kind]).toEqual(
        size === 40 ? [true, undefined, "holds"] : [false, "memory", "unknown"],
      );
    },
    60_000,
  );
});

// The index is filled anew in batches, too: they must not be longer than there is room for.
test.each([1, 5, 20, 100])("a first batch with room for %i records is enough", async (records) => {
  const thin = coreOf(
    "thin.tw",
    `type I = 0..2
     var c : array[I] of 0..40
     rule up(i: I) when c[i] < 40 { c[i] += 1 }
     rule back when c[0] == 40 { c[0] = 0 }
     invariant low : c[0] + c[1] < 80`,
  );
  const truth = essence(await generated(thin));
  for (const engine of ["javascript", "webassembly"] as const) {
    const limits = { memoryBytes: 64 * mebibyte };
    const found = await generated(thin, { engine, limits, tuning: { records } });
    expect(essence(found)).toEqual(truth);
  }
});

describe("a limit of states", () => {
  const ways: readonly Partial<ExploreOptions>[] = [
    { engine: "javascript", tuning: restless },
    webassembly(1),
    { threads: threadsOf(2), tuning: early },
    { threads: threadsOf(2), tuning: { ...restless, crewAt: 100, shiftAt: 50 } },
    { threads: threadsOf(3), tuning: { ...restless, crewAt: 100, shiftAt: 50 } },
  ];

  /** States up to each level, as the search without a limit counts them. */
  test.each([1, 40, 3_000, 17_000, 40_000, 100_000])(
    "of %i leaves the same for every number of threads",
    async (maxStates) => {
      const [first, ...others] = await Promise.all(
        ways.map((it) => generated(wide, { ...it, limits: { maxStates } })),
      );
      if (first === undefined) throw new Error("there are several ways");
      expect(first).toMatchObject({ complete: false, stopped: "states" });
      expect(first.states).toBeLessThanOrEqual(2 * maxStates);
      expect(first.wholeDepth).toBe(first.depth);
      for (const it of others) expect(essence(it)).toEqual(essence(first));
    },
  );
});

describe("progress", () => {
  test("of several threads never goes back", async () => {
    let time = 0;
    const heard: number[] = [];
    const found = await generated(wide, {
      threads: threadsOf(3),
      tuning: restless,
      now: () => (time += 20),
      breathe: ({ states }) => {
        heard.push(states);
        return Promise.resolve("go-on");
      },
    });
    expect(heard.length).toBeGreaterThan(100);
    expect(heard).toEqual(heard.toSorted((left, right) => left - right));
    expect(heard.at(-1)).toBe(found.states);
  });
});
