// The search on toy machines: every rule of searching, judging and tie-breaking on a graph for it.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coreOf, essence, generated } from "../test/run-text.ts";
import type { Exploration, ExploreOptions, PropertyVerdict } from "./index.ts";
import type { Toy, ToyProperty, ToyStep } from "./testing/toy.ts";
import { exploreToy as explorePlain, graph, numbersOf } from "./testing/toy.ts";
import { exploreGenerated } from "./testing/toy-program.ts";

/** Explores a toy in every way that there is: all must find the same. */
const exploreToy = async (
  toy: Toy,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration> => {
  const plain = await explorePlain(toy, options);
  for (const engine of ["javascript", "webassembly"] as const) {
    const generated = await exploreGenerated(toy, { ...options, engine });
    if (generated !== undefined) expect(essence(generated)).toEqual(essence(plain));
  }
  return plain;
};

const never = (event: number): ToyProperty => ({ kind: "never", event });
const invariant = (holds: (state: number) => boolean): ToyProperty => ({
  kind: "invariant",
  holds,
});

/** A verdict with its path as numbers. */
const brief = (verdict: PropertyVerdict | undefined): unknown => {
  if (verdict === undefined || !("path" in verdict)) return verdict;
  const { path, ...rest } = verdict;
  const last = path.lastStep === undefined ? {} : { last: path.lastStep.kind };
  const cycle =
    "trap" in verdict && verdict.trap !== undefined
      ? { trap: { ...verdict.trap, cycle: numbersOf({ states: verdict.trap.cycle }) } }
      : {};
  return { ...rest, path: numbersOf(path), ...last, ...cycle };
};

const figures = async (toy: Toy, options: Partial<ExploreOptions> = {}) => {
  const { states, transitions, depth, wholeDepth, complete, stopped } = await exploreToy(
    toy,
    options,
  );
  return { states, transitions, depth, wholeDepth, complete, stopped };
};

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

const reachable = (
  from: readonly number[],
  ways: readonly (readonly number[])[],
): ReadonlySet<number> => {
  const found = new Set(from);
  for (const state of found) for (const next of ways[state] ?? []) found.add(next);
  return found;
};

/** Ruling 17 word for word: levels as sets, the least bad state, then least predecessors. */
const definedTrace = (
  rows: readonly (readonly number[])[],
  isBad: (state: number) => boolean,
): readonly number[] | undefined => {
  const levels = [[0]];
  const known = new Set([0]);
  for (const level of levels) {
    const next = [...new Set(level.flatMap((it) => rows[it] ?? []))].filter((it) => !known.has(it));
    for (const state of next) known.add(state);
    if (next.length > 0) levels.push(next);
  }
  const first = levels.findIndex((level) => level.some(isBad));
  if (first < 0) return undefined;
  const path = [Math.min(...(levels[first] ?? []).filter(isBad))];
  for (let level = first - 1; level >= 0; level -= 1) {
    const sources = (levels[level] ?? []).filter((it) => rows[it]?.includes(path[0] ?? 0));
    path.unshift(Math.min(...sources));
  }
  return path;
};

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

describe("limits", () => {
  /** A tree: level n has 2^n states. */
  const tree: Toy = {
    initial: [{ to: 1 }],
    steps: (state) => (state < 2 ** 15 ? [{ to: 2 * state }, { to: 2 * state + 1 }] : []),
    properties: [invariant((it) => it < 2000), invariant(() => true)],
  };
  /** A level of 40,000 states after one of 1. */
  const fan = graph({ 0: Array.from({ length: 40_000 }, (_, index) => index + 1) });

  test("a limit of states ends the search at a whole level", async () => {
    expect(await figures(tree, { limits: { maxStates: 1000 } })).toEqual({
      states: 1023,
      transitions: 1022,
      depth: 9,
      wholeDepth: 9,
      complete: false,
      stopped: "states",
    });
  });

  test("a limit of states that is just reached is none", async () => {
    expect(await figures(tree, { limits: { maxStates: 2 ** 16 - 1 } })).toMatchObject({
      states: 2 ** 16 - 1,
      complete: true,
    });
  });

  test("a level that brings more than twice as many is left out, and what was found in it", async () => {
    const wide: Toy = {
      ...tree,
      steps: (it) => (it === 1 ? [{ to: 2 }, { to: 3 }] : it < 4 ? fan.steps(0) : []),
      properties: [invariant((it) => it < 5), invariant((it) => it < 2)],
    };
    const cut = (maxStates: number) => exploreToy(wide, { limits: { maxStates } });
    const { verdicts, ...rest } = await cut(1000);
    expect(rest).toMatchObject({
      states: 3,
      transitions: 2,
      depth: 1,
      wholeDepth: 1,
      complete: false,
      stopped: "states",
    });
    expect(verdicts.map((it) => it?.kind)).toEqual(["unknown", "violated"]);
    const found = await cut(20_000);
    expect([found.states, found.stopped, found.wholeDepth]).toEqual([40_000, "states", 2]);
    expect(found.verdicts.map((it) => it?.kind)).toEqual(["violated", "violated"]);
  });

  test("what is found before the end stands, the rest is unknown", async () => {
    const { verdicts } = await exploreToy(tree, { limits: { maxStates: 3000 }, deadlock: true });
    expect(verdicts.map((it) => it?.kind)).toEqual(["violated", "unknown"]);
  });

  test("a recoverable is unknown in a search that a limit cut, though it sees a trap", async () => {
    const toy: Toy = {
      ...tree,
      properties: [
        { kind: "recoverable", from: () => true, to: () => false },
        { kind: "recoverable", from: () => true, to: () => true },
      ],
    };
    expect((await exploreToy(toy, { limits: { maxStates: 100 } })).verdicts).toEqual([
      { kind: "unknown", why: "states" },
      { kind: "unknown", why: "states" },
    ]);
  });

  test("memory ends the search before it is used", async () => {
    const memoryBytes = 600_000;
    const result = await exploreToy(tree, { limits: { memoryBytes } });
    expect(result).toMatchObject({ complete: false, stopped: "memory" });
    expect(result.memoryBytes).toBeLessThanOrEqual(memoryBytes);
    expect(result.states).toBeGreaterThan(1000);
  });

  test("the caller hears of progress and can stop, the clock can too", async () => {
    let time = 0;
    const now = () => (time += 25);
    const heard: number[] = [];
    const stopped = await figures(tree, {
      now,
      breathe: ({ states }) => {
        heard.push(states);
        return Promise.resolve(heard.length < 3 ? "go-on" : "stop");
      },
    });
    expect(stopped).toMatchObject({ complete: false, stopped: "interrupted" });
    expect(heard).toHaveLength(3);
    expect(heard).toEqual(heard.toSorted((left, right) => left - right));
    expect(await figures(tree, { now, limits: { seconds: 1 } })).toMatchObject({
      stopped: "time",
    });
  });

  test("what ends a search at its last state has come too late", async () => {
    const chain = graph({ 0: [1], 1: [2], 2: [] });
    let time = 0;
    const asked: number[] = [];
    const found = await figures(chain, {
      now: () => (time += 60),
      breathe: ({ queue }) => {
        asked.push(queue);
        return Promise.resolve(queue === 0 ? "stop" : "go-on");
      },
    });
    expect(asked).toContain(0);
    expect(found).toMatchObject({ complete: true, depth: 2, states: 3 });
  });

  test("a limit that comes while traps are looked for leaves what states decide", async () => {
    const toy: Toy = {
      ...tree,
      properties: [
        invariant(() => true),
        { kind: "recoverable", from: () => true, to: (it) => it > 2 ** 15 },
      ],
    };
    let sinceLast = 0;
    let states = 0;
    const { complete, stopped, verdicts } = await exploreToy(toy, {
      now: () => (sinceLast += 60),
      breathe: (it) => {
        const isSearched = it.states === states;
        ({ states } = it);
        return Promise.resolve(isSearched && it.queue === 0 ? "stop" : "go-on");
      },
    });
    expect({ complete, stopped }).toEqual({ complete: false, stopped: "interrupted" });
    expect(verdicts).toEqual([{ kind: "holds" }, { kind: "unknown", why: "interrupted" }]);
  });

  test("when all is decided the search may end with its level", async () => {
    const options = { selected: (it: number) => it === 0, stopWhenDecided: true };
    const { verdicts, ...rest } = await exploreToy(tree, options);
    expect(verdicts[0]).toMatchObject({ kind: "violated", steps: 10 });
    expect(rest).toMatchObject({ states: 2047, complete: false, stopped: "stopped", depth: 10 });
    expect(await figures(tree, { stopWhenDecided: true })).toMatchObject({ complete: true });
  });
});
