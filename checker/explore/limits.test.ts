// What ends a search early, and what is known then.

import { describe, expect, test } from "vitest";
import type { Exploration, ExploreOptions } from "./index.ts";
import type { Toy } from "./testing/toy.ts";
import { graph } from "./testing/toy.ts";
import { exploreToy, figures, invariant } from "./testing/toy-search.ts";

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
    const three = await exploreToy({ ...wide, steps: (it) => (it === 1 ? wide.steps(1) : []) });
    expect(rest.stateSet).toBe(three.stateSet);
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

  describe("while traces are made", () => {
    const long: Toy = {
      initial: [{ to: 0 }],
      steps: (state) => (state < 1000 ? [{ to: state + 1 }] : []),
      properties: [invariant((it) => it < 1000), invariant(() => true)],
    };
    /** Asked to stop as soon as traces are made; so much time goes by between two looks at the clock. */
    const stopped = (milliseconds: number): Promise<Exploration> => {
      let time = 0;
      return exploreToy(long, {
        now: () => (time += milliseconds),
        breathe: ({ phase }) => Promise.resolve(phase?.name === "making traces" ? "stop" : "go-on"),
      });
    };

    test("what ends a search has them finished, if that is soon", async () => {
      const { complete, verdicts } = await stopped(1);
      expect(complete).toBe(true);
      expect(verdicts.map((it) => it?.kind)).toEqual(["violated", "holds"]);
    });

    test("and does not wait for ever: what has no trace is unknown", async () => {
      const { complete, stopped: why, states, verdicts } = await stopped(10_000);
      expect({ complete, why, states }).toEqual({
        complete: false,
        why: "interrupted",
        states: 1001,
      });
      expect(verdicts).toEqual([
        { kind: "unknown", why: "interrupted" },
        { kind: "unknown", why: "interrupted" },
      ]);
    });
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

  describe("while somebody looks at all states", () => {
    const seen: Toy = { ...fan, properties: [invariant(() => true)] };
    const looked = (options: Partial<ExploreOptions>): Promise<Exploration> => {
      let time = 0;
      return exploreToy(seen, {
        now: () => (time += 100),
        breathe: ({ phase }) =>
          Promise.resolve(phase?.name === "looking at all states" ? "stop" : "go-on"),
        look: () => false,
        ...options,
      });
    };

    test("what ends that leaves the search incomplete: what was not seen may be there", async () => {
      const { complete, stopped, isSeen, states, verdicts } = await looked({});
      expect({ complete, stopped, isSeen, states }).toEqual({
        complete: false,
        stopped: "interrupted",
        isSeen: undefined,
        states: 40_001,
      });
      expect(verdicts).toEqual([{ kind: "unknown", why: "interrupted" }]);
    });

    test("a limit of time does so, too", async () => {
      let time = 0;
      const { complete, stopped } = await exploreToy(seen, {
        now: () => time,
        limits: { seconds: 1 },
        look: () => {
          time += 1;
          return false;
        },
      });
      expect({ complete, stopped }).toEqual({ complete: false, stopped: "time" });
    });

    test("who has seen enough lets the search be complete", async () => {
      const { complete, isSeen } = await looked({ look: () => true });
      expect({ complete, isSeen }).toEqual({ complete: true, isSeen: true });
    });
  });

  test("when all is decided the search may end with its level", async () => {
    const options = { selected: (it: number) => it === 0, stopWhenDecided: true };
    const { verdicts, ...rest } = await exploreToy(tree, options);
    expect(verdicts[0]).toMatchObject({ kind: "violated", steps: 10 });
    expect(rest).toMatchObject({ states: 2047, complete: false, stopped: "stopped", depth: 10 });
    expect(await figures(tree, { stopWhenDecided: true })).toMatchObject({ complete: true });
  });
});
