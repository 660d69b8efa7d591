// What can be reached again: traps, and ways out of them, on toy machines.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Toy, ToyProperty } from "./testing/toy.ts";
import { graph, numbersOf } from "./testing/toy.ts";
import { brief, definedTrace, exploreToy, invariant } from "./testing/toy-search.ts";

const reachable = (
  from: readonly number[],
  ways: readonly (readonly number[])[],
): ReadonlySet<number> => {
  const found = new Set(from);
  for (const state of found) for (const next of ways[state] ?? []) found.add(next);
  return found;
};

describe("recoverable", () => {
  const verdictOf = async (toy: Toy) => brief((await exploreToy(toy)).verdicts[0]);
  const back = (withoutFaults = false): ToyProperty => ({
    kind: "recoverable",
    from: (state) => state > 0,
    to: (state) => state === 0,
    withoutFaults,
  });

  test("holds where every state gets out, however long the way", async () => {
    const rows = { 0: [1], 1: [5, 2], 5: [4], 4: [3], 3: [2], 2: [6], 6: [0] };
    expect(await verdictOf(graph(rows, [back()]))).toEqual({ kind: "holds" });
  });

  test("the nearest trapped state is shown, with its trap and a cycle in it", async () => {
    const rows = { 0: [1], 1: [0, 2], 2: [3, 9], 3: [4, 5], 4: [3], 5: [6], 6: [5, 4] };
    expect(await verdictOf(graph(rows, [back()]))).toEqual({
      kind: "violated",
      steps: 2,
      path: [0, 1, 2],
      trap: { states: 6, cycle: [3, 4, 3] },
    });
  });

  test("a trap that only ends has no cycle", async () => {
    expect(await verdictOf(graph({ 0: [1], 1: [2], 2: [3] }, [back()]))).toEqual({
      kind: "violated",
      steps: 1,
      path: [0, 1],
      trap: { states: 3, cycle: [] },
    });
  });

  test("error steps lead nowhere", async () => {
    expect(await verdictOf(graph({ 0: [1], 1: [{ error: 0 }] }, [back()]))).toMatchObject({
      kind: "violated",
      trap: { states: 1 },
    });
  });

  test("is unknown when a bound cut steps, with a way out and without one", async () => {
    for (const rows of [
      { 0: [1], 1: [0] },
      { 0: [1], 1: [1] },
    ]) {
      expect(await verdictOf({ ...graph(rows, [back()]), cuts: [0] })).not.toEqual({
        kind: "unknown",
        why: "bound",
      });
      expect(await verdictOf({ ...graph(rows, [back()]), cuts: [0, 2] })).toEqual({
        kind: "unknown",
        why: "bound",
      });
    }
  });

  test("a bound leaves the verdicts of other properties as they are", async () => {
    const toy = { ...graph({ 0: [1], 1: [0] }, [invariant((it) => it < 5)]), cuts: [2] };
    expect((await exploreToy(toy, { deadlock: true })).verdicts).toEqual([{ kind: "holds" }]);
  });

  test("without faults, the way out may not use one, and the trap is what is left", async () => {
    const rows = { 0: [1], 1: [{ to: 0, fault: true }, 1] };
    expect(await verdictOf(graph(rows, [back()]))).toEqual({ kind: "holds" });
    expect(await verdictOf(graph(rows, [back(true)]))).toEqual({
      kind: "violated",
      steps: 1,
      path: [0, 1],
      trap: { states: 1, cycle: [1, 1] },
    });
  });

  test("any number of them is judged at once, each by its own rule", async () => {
    const rows = { 0: [1], 1: [2], 2: [3], 3: [{ to: 1, fault: true }] };
    const properties = Array.from({ length: 20 }, (_, index): ToyProperty => {
      const withoutFaults = index >= 10;
      return { kind: "recoverable", from: (it) => it >= 2, to: (it) => it === 1, withoutFaults };
    });
    const { verdicts } = await exploreToy(graph(rows, properties));
    expect(verdicts.map((it) => it?.kind)).toEqual([
      ...Array.from({ length: 10 }, () => "holds"),
      ...Array.from({ length: 10 }, () => "violated"),
    ]);
  });

  test("agrees with sets on any graph", async () => {
    const states = 10;
    const step = fc.record({ to: fc.integer({ min: 0, max: states - 1 }), fault: fc.boolean() });
    const table = fc.array(fc.array(step, { maxLength: 3 }), {
      minLength: states,
      maxLength: states,
    });
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, withoutFaults) => {
        const property: ToyProperty = {
          kind: "recoverable",
          from: (state) => state % 3 !== 0,
          to: (state) => state === 7 || state === 0,
          withoutFaults,
        };
        const toy = graph(Object.fromEntries(rows.map((row, index) => [index, row])), [property]);
        const saved = new Set([0, 7]);
        for (let size = 0; size !== saved.size;) {
          size = saved.size;
          rows.forEach((row, state) => {
            const isSaved = row.some((it) => saved.has(it.to) && !(withoutFaults && it.fault));
            if (isSaved) saved.add(state);
          });
        }
        const next = rows.map((row) => row.map(({ to }) => to));
        const expected = definedTrace(next, (it) => it % 3 !== 0 && !saved.has(it));
        const found = (await exploreToy(toy)).verdicts[0];
        expect(found?.kind === "violated" ? numbersOf(found.path) : undefined).toEqual(expected);
        const trap = found?.kind === "violated" ? found.trap : undefined;
        if (trap === undefined || expected === undefined) return;
        const ways = rows.map((row) =>
          row.flatMap((it) => (withoutFaults && it.fault ? [] : [it.to])),
        );
        const inside = reachable(expected.slice(-1), ways);
        expect(trap.states).toBe(inside.size);
        const cycle = numbersOf({ states: trap.cycle });
        expect(cycle.every((it) => inside.has(it))).toBe(true);
        expect(cycle.slice(1).every((it, at) => ways[cycle[at] ?? 0]?.includes(it))).toBe(true);
        expect(cycle[0]).toBe(cycle.at(-1));
        // Without a cycle every way ends: then taking away dead ends leaves nothing.
        expect(cycle.length > 0).toBe(
          [...inside].some((it) => reachable(ways[it] ?? [], ways).has(it)),
        );
      }),
      { numRuns: 150 },
    );
  });
});
