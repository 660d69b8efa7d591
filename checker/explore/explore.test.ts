// The search on toy machines: every rule of searching, judging and tie-breaking on a graph for it.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coreOf, essence, generated } from "../test/run-text.ts";
import type { Toy, ToyStep } from "./testing/toy.ts";
import { graph, numbersOf } from "./testing/toy.ts";
import {
  brief,
  definedTrace,
  exploreToy,
  figures,
  invariant,
  never,
} from "./testing/toy-search.ts";

describe("counting", () => {
  test("a diamond has its meeting point once, and every step counts", async () => {
    expect(await figures(graph({ 0: [1, 2], 1: [3], 2: [3], 3: [3, 0] }))).toEqual({
      states: 4,
      transitions: 6,
      depth: 2,
      wholeDepth: 2,
      complete: true,
      stopped: undefined,
    });
  });

  test("equal initial states merge and are no transitions", async () => {
    const toy = { ...graph({}), initial: [{ to: 5 }, { to: 4 }, { to: 5 }] };
    expect(await figures(toy)).toMatchObject({ states: 2, transitions: 0, depth: 0 });
  });

  test("without any initial state there is nothing", async () => {
    expect(await figures({ ...graph({}), initial: [] })).toMatchObject({
      states: 0,
      transitions: 0,
      depth: 0,
      complete: true,
    });
  });

  test("without any initial state nothing holds, is reached or recovers", async () => {
    const toy = graph({}, [
      invariant(() => false),
      never(0),
      { kind: "reachable-state", holds: () => true },
      { kind: "recoverable", from: () => true, to: () => true },
    ]);
    const { verdicts, deadlock } = await exploreToy({ ...toy, initial: [] }, { deadlock: true });
    const unknown = { kind: "unknown", why: "no-initial-state" };
    expect(verdicts).toEqual([unknown, unknown, unknown, unknown]);
    expect(deadlock).toEqual(unknown);
  });

  test("where every initial step ends in a model error, that is why nothing is known", async () => {
    const toy = { ...graph({}, [invariant(() => true)]), initial: [{ error: 3 }] };
    expect((await exploreToy(toy)).verdicts).toEqual([{ kind: "unknown", why: "model-error" }]);
  });

  test("error steps are no transitions", async () => {
    expect(await figures(graph({ 0: [1, { error: 3 }] }))).toMatchObject({ transitions: 1 });
  });

  test("more steps than fit the first buffer are all taken", async () => {
    const many = Array.from({ length: 5000 }, (_, index) => index + 1);
    expect(await figures(graph({ 0: many }))).toMatchObject({ states: 5001, transitions: 5000 });
  });

  test("walking back does not count as searching", async () => {
    const toy = graph({ 0: [1], 1: [2], 2: [3] }, [invariant((it) => it < 3)]);
    // The toy counts expansions as drops; three levels are expanded again for the trace.
    expect((await exploreToy(toy)).dropped).toEqual([4]);
  });

  test("the set of states has the same sum in whatever order they are found", async () => {
    const sumOf = async (toy: Toy) => (await exploreToy(toy)).stateSet;
    const sum = await sumOf(graph({ 0: [1, 2] }));
    expect(sum).toMatch(/^[0-9a-f]{32}$/);
    expect(await sumOf(graph({ 0: [2], 2: [1] }))).toBe(sum);
    expect(await sumOf(graph({ 0: [1, 3] }))).not.toBe(sum);
    expect(await sumOf({ ...graph({ 0: [1, 2] }), words: 2 })).not.toBe(sum);
  });

  test("only the sum is missing where nobody compares it", async () => {
    const core = coreOf("it.tw", `var x : 0..9\nrule go { x = (x + 1) % 10 }`);
    const named = essence(await generated(core));
    expect(essence(await generated(core, { withoutStateSet: true }))).toEqual({
      ...named,
      stateSet: "",
    });
  });
});

/** A pseudo-random graph that is the same every time. */
const tangle = (size: number, words: number): Toy => ({
  initial: [{ to: 0 }],
  steps: (state) =>
    [1, 2, 3].map((it): ToyStep => ({ to: (state * 7919 + it * 104_729 + (state >> 3)) % size })),
  properties: [],
  words,
});

/** States, transitions and depth as a set and a queue find them. */
const naiveFigures = (toy: Toy) => {
  const distances = new Map<number, number>();
  const arrive = (step: ToyStep, distance: number): void => {
    if (!("error" in step) && !distances.has(step.to)) distances.set(step.to, distance);
  };
  for (const step of toy.initial) arrive(step, 0);
  let transitions = 0;
  for (const [state, distance] of distances) {
    const steps = toy.steps(state);
    transitions += steps.length;
    for (const step of steps) arrive(step, distance + 1);
  }
  return { states: distances.size, transitions, depth: [...distances.values()].at(-1) };
};

describe("states of many words", () => {
  test.each([2, 3, 16, 17, 40])("%i words", async (words) => {
    const rows = Object.fromEntries(
      Array.from({ length: 90 }, (_, it) => [it, [(it * 7) % 90, (it * 11 + 1) % 90, it ^ 3]]),
    );
    const toy = {
      ...graph(rows, [invariant((it) => it !== 85)]),
      words,
      first: (it: number) => ~it,
    };
    expect(await figures(toy)).toMatchObject(naiveFigures(toy));
  });
});

describe("large graphs", () => {
  test.each([1, 2, 3, 5, 17])("agree with a naive search in states of %i words", async (words) => {
    const toy = tangle(150_001, words);
    const naive = naiveFigures(toy);
    expect(naive.states).toBeGreaterThan(70_000);
    expect(await figures(toy)).toMatchObject(naive);
  });
});

describe("tie-breaks", () => {
  test("of the violating states of the first bad level the least in unsigned order counts", async () => {
    const toy = graph({ 0: [2 ** 31 + 5, 7, 3], 3: [1], 7: [1] }, [
      invariant((it) => it === 0 || it === 3),
    ]);
    const { verdicts } = await exploreToy(toy);
    expect(verdicts.map(brief)).toEqual([{ kind: "violated", steps: 1, path: [0, 7] }]);
  });

  test("walking back takes the least predecessor, not the first", async () => {
    const rows = { 0: [9, 8, 4, 5], 9: [20], 8: [20], 5: [21, 20], 4: [21] };
    const { verdicts } = await exploreToy(graph(rows, [invariant((it) => it !== 20)]));
    expect(verdicts.map(brief)).toEqual([{ kind: "violated", steps: 2, path: [0, 5, 20] }]);
  });

  test("an event counts at the least source state of the level before", async () => {
    const mark: ToyStep = { to: 0, events: [33] };
    const rows = { 0: [9, 8], 9: [mark], 8: [mark] };
    const { verdicts } = await exploreToy(graph(rows, [never(33), never(1)]));
    expect(verdicts.map(brief)).toEqual([
      { kind: "violated", steps: 2, path: [0, 8], last: "event" },
      { kind: "holds" },
    ]);
  });

  test("traces are what the definition says, on any graph", async () => {
    const states = 12;
    const steps = fc.array(fc.array(fc.integer({ min: 0, max: states - 1 }), { maxLength: 4 }), {
      minLength: states,
      maxLength: states,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: states - 1 }), async (rows, bad) => {
        const toy = graph(Object.fromEntries(rows.map((row, index) => [index, row])), [
          invariant((it) => it < bad),
        ]);
        const { verdicts } = await exploreToy(toy);
        const expected = definedTrace(rows, (it) => it >= bad);
        const found = verdicts[0];
        expect(found?.kind === "violated" ? numbersOf(found.path) : undefined).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

describe("verdicts", () => {
  test("properties of states and events, met and not met", async () => {
    const toy = graph({ 0: [1], 1: [{ to: 2, events: [0] }], 2: [2] }, [
      { kind: "reachable-state", holds: (it) => it === 2 },
      { kind: "reachable-state", holds: (it) => it === 3 },
      { kind: "reachable-event", event: 0 },
      { kind: "reachable-event", event: 1 },
      invariant(() => true),
    ]);
    const { verdicts } = await exploreToy(toy);
    expect(verdicts.map(brief)).toEqual([
      { kind: "reached", steps: 2, path: [0, 1, 2] },
      { kind: "unreached" },
      { kind: "reached", steps: 2, path: [0, 1], last: "event" },
      { kind: "unreached" },
      { kind: "holds" },
    ]);
  });

  test("an event on the way into an initial state has no state before it", async () => {
    const toy = { ...graph({}, [never(0)]), initial: [{ to: 0, events: [0] }] };
    expect((await exploreToy(toy)).verdicts.map(brief)).toEqual([
      { kind: "violated", steps: 0, path: [], last: "event" },
    ]);
  });

  test("what is not selected is not judged", async () => {
    const toy = graph({ 0: [1] }, [invariant(() => false), invariant(() => false)]);
    const { verdicts, deadlock } = await exploreToy(toy, { selected: (it) => it === 1 });
    expect(verdicts.map((it) => it?.kind)).toEqual([undefined, "violated"]);
    expect(deadlock).toBeUndefined();
  });

  test("a property whose evaluation fails says where", async () => {
    const failing =
      (failsAt: number) =>
      (state: number): boolean | { failsAt: number } =>
        state === 2 ? { failsAt } : true;
    const toy = graph({ 0: [1, 2] }, [
      { kind: "invariant", holds: failing(7) },
      invariant((it) => it < 2),
      { kind: "recoverable", from: () => false, to: failing(8) },
      invariant(() => true),
    ]);
    expect((await exploreToy(toy)).verdicts.map(brief)).toEqual([
      { kind: "error", steps: 1, site: 7, path: [0, 2] },
      { kind: "violated", steps: 1, path: [0, 2] },
      { kind: "error", steps: 1, site: 8, path: [0, 2] },
      { kind: "holds" },
    ]);
  });

  test("model errors: the first per site, and what is not violated becomes unknown", async () => {
    const rows = {
      0: [{ to: 2 }, { to: 1 }],
      1: [{ error: 4 }],
      2: [{ error: 4 }, { error: 3 }, 9],
    };
    const toy = graph(rows, [invariant((it) => it < 9), invariant(() => true)]);
    const { verdicts, errors } = await exploreToy(toy);
    expect(verdicts.map(brief)).toEqual([
      { kind: "violated", steps: 2, path: [0, 2, 9] },
      { kind: "unknown", why: "model-error" },
    ]);
    expect(errors.map(({ site, steps, path }) => [site, steps, numbersOf(path)])).toEqual([
      [3, 2, [0, 2]],
      [4, 2, [0, 1]],
    ]);
  });
});

describe("deadlock", () => {
  const deadlockOf = async (toy: Toy) =>
    brief((await exploreToy(toy, { deadlock: true })).deadlock);

  test("is a state without steps, the nearest, of those the least", async () => {
    expect(await deadlockOf(graph({ 0: [3, 2, 1], 1: [1] }))).toEqual({
      kind: "violated",
      steps: 1,
      path: [0, 2],
    });
  });

  test("is no state that a final allows", async () => {
    const toy = { ...graph({ 0: [2] }), final: (state: number) => state === 2 };
    expect(await deadlockOf(toy)).toEqual({ kind: "holds" });
  });

  test("is undecided, and a model error, where a final cannot be evaluated", async () => {
    const toy: Toy = {
      ...graph({ 0: [5, 2] }, [invariant(() => true)]),
      final: (state) => (state === 0 ? true : { failsAt: 7 }),
    };
    const { deadlock, verdicts, errors } = await exploreToy(toy, { deadlock: true });
    const unknown = { kind: "unknown", why: "model-error" };
    expect([deadlock, ...verdicts]).toEqual([unknown, unknown]);
    expect(errors.map(({ site, steps, path }) => [site, steps, numbersOf(path)])).toEqual([
      [7, 1, [0, 2]],
    ]);
    expect(errors.map((it) => it.path.lastStep)).toEqual([undefined]);
  });

  test("a final that cannot be evaluated is a model error also where there are steps", async () => {
    const toy: Toy = { ...graph({ 0: [0] }), final: () => ({ failsAt: 7 }) };
    const { errors } = await exploreToy(toy, { deadlock: true });
    expect(errors.map(({ site, steps }) => [site, steps])).toEqual([[7, 0]]);
    expect((await exploreToy(toy)).errors).toEqual([]);
  });

  test("is no state with a self-loop or an error step", async () => {
    expect(await deadlockOf(graph({ 0: [1], 1: [1] }))).toEqual({ kind: "holds" });
    expect(await deadlockOf(graph({ 0: [{ error: 0 }] }))).toEqual({
      kind: "unknown",
      why: "model-error",
    });
  });
});
