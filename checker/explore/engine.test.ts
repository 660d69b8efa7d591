// A generated search finds what the plain one finds, however it grows and however many threads search.

import type { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { compiled, coreOf, essence, generated, readRepository } from "../test/run-text.ts";
import type { ExploreOptions } from "./index.ts";
import { early, mebibyte, restless, threadsOf } from "./testing/threads.ts";

const file = "models/classics/narrow-time-wait.tw";

/**
 * 152,613 states, 59 levels; properties of every kind, met and not met. Twelve are recoverables:
 * eight are decided together, so that a second group is left, with others in it.
 */
const core: Core = coreOf(
  file,
  `${readRepository(file)}
event reopened(times: 0..3)
never thrice : reopened(n) when n >= 2
reachable again : reopened(n) when n == 1
extend_open
invariant honest : not stale
reachable twice_open : a == ESTAB and b == B_ESTAB and opened == 2
reachable nowhere : a == ESTAB and opened == 0
recoverable closes : a == TIME_WAIT can reach a == CLOSED
recoverable closes_alone : a == TIME_WAIT can reach a == CLOSED without faults
recoverable opens : a == CLOSED can reach a == ESTAB
recoverable listens : b == LAST_ACK can reach b == LISTEN
recoverable hears : b == SYN_RCVD can reach b == B_ESTAB
recoverable sends : a == ESTAB can reach a == DATA_SENT
recoverable empties : net[0] != 0 can reach net[0] == 0
recoverable starts : a == SYN_SENT can reach a == ESTAB
recoverable rests : true can reach a == CLOSED and b == LISTEN
recoverable ends : a == FIN_WAIT_1 can reach a == TIME_WAIT
recoverable leaves : b == CLOSE_WAIT can reach b == LISTEN without faults
recoverable meets : a == SYN_SENT can reach a == ESTAB and b == B_ESTAB
`
    .replace("extend_open\n", "")
    .replace("  opened += 1\n", "  emit reopened(opened)\n  opened += 1\n"),
);

/** Enough for states of three words and 2^18 entries of an index; not for 356,081 edges as well. */
const short = { memoryBytes: 4 * mebibyte };

const variants: readonly (readonly [string, Partial<ExploreOptions>])[] = [
  ["JavaScript", { engine: "javascript" }],
  ["JavaScript that grows often", { engine: "javascript", tuning: restless }],
  ["WebAssembly", { engine: "webassembly" }],
  ["WebAssembly with a small batch", { engine: "webassembly", tuning: { records: 40 } }],
  ["JavaScript, then WebAssembly", { engine: "auto", tuning: restless }],
  ["two threads", { threads: threadsOf(2), tuning: early }],
  ["two threads, small pieces", { threads: threadsOf(2), tuning: restless }],
  ["three threads, small pieces", { threads: threadsOf(3), tuning: restless }],
  ["JavaScript without memory for edges", { engine: "javascript", limits: short }],
  ["WebAssembly without memory for edges", { engine: "webassembly", limits: short }],
];

describe("a generated search is the plain one", () => {
  const plain = compiled(core);

  test("in a model that shows something", async () => {
    const { verdicts, states, transitions } = await plain;
    expect(states).toBe(152_613);
    expect(4 * (3 * states + 2 ** 18 + transitions)).toBeGreaterThan(short.memoryBytes);
    const kinds = verdicts.map((it) => it?.kind);
    for (const kind of ["holds", "violated", "reached", "unreached"]) {
      expect(kinds).toContain(kind);
    }
    const traps = verdicts.flatMap((it) => (it?.kind === "violated" ? [it.trap] : []));
    expect(traps.some((it) => it !== undefined)).toBe(true);
    const recoverables = core.properties.flatMap(({ kind }, id) =>
      kind === "recoverable" ? [verdicts[id]?.kind] : [],
    );
    expect(recoverables.slice(8)).toEqual(["violated", "violated", "holds", "violated"]);
  });

  test.each(variants)("%s", async (_, options) => {
    expect(essence(await generated(core, options))).toEqual(essence(await plain));
  });
});

describe("threads", () => {
  test("are started in runs that pay, and ended with them", async () => {
    const workers: Worker[] = [];
    const ends: Promise<unknown>[] = [];
    const threads = threadsOf(3, (it) => {
      workers.push(it);
      ends.push(new Promise((resolve) => it.once("exit", resolve)));
    });
    await generated(core, { threads, tuning: { ...early, crewAt: 1_000_000 } });
    expect(workers).toHaveLength(0);
    await generated(core, { threads, tuning: early });
    expect(workers).toHaveLength(2);
    await Promise.all(ends);
  });

  test("one that ends makes the search incomplete", async () => {
    const workers: Worker[] = [];
    let time = 0;
    const found = await generated(core, {
      threads: threadsOf(2, (it) => workers.push(it)),
      tuning: early,
      limits: {},
      now: () => (time += 5),
      breathe: async ({ states }) => {
        if (states > 20_000) await workers[0]?.terminate();
        return "go-on";
      },
    });
    expect(found).toMatchObject({ complete: false, stopped: "thread" });
    expect(found.states).toBeGreaterThan(8_000);
    expect(found.verdicts.map((it) => it?.kind)).toContain("unknown");
  });

  test("end when the caller asks for it", async () => {
    let time = 0;
    let breaths = 0;
    const found = await generated(core, {
      threads: threadsOf(2),
      tuning: early,
      limits: {},
      now: () => (time += 5),
      breathe: ({ states }) => {
        breaths += 1;
        return Promise.resolve(states > 50_000 ? "stop" : "go-on");
      },
    });
    expect(found).toMatchObject({ complete: false, stopped: "interrupted" });
    expect(breaths).toBeGreaterThan(2);
    expect(found.states).toBeLessThan(152_613);
  });
});

describe("recoverables by threads that number states in large chunks", () => {
  /*
   * Thousands of states of one level lead to 64 of the next, and these to the pit alone. Where two
   * threads found some of the 64, their numbers are in two chunks; so few are expanded by the first
   * thread alone, and its chunk is the lower one: the pit has a lower number than states that are
   * nearer. Who looks through the levels in order must go back for it.
   */
  const funnel = coreOf(
    "funnel.tw",
    `var depth : 0..15
var lane : 0..8191
rule split(bit: 0..1) when depth < 13 {
  depth += 1
  lane = 2 * lane + bit
}
rule narrow when depth == 13 {
  depth = 14
  lane = lane / 128
}
rule home when depth < 15 {
  depth = 0
  lane = 0
}
rule fall when depth == 14 {
  depth = 15
  lane = 0
}
final : true
recoverable back : true can reach depth == 0
`,
  );
  const sizes = { slice: 32, chunk: 1 << 16, steps: 1 << 28 };
  const tuning = { ...early, shiftAt: 50, crewAt: 100, sizes };

  test("a trapped state is found behind nearer ones with higher numbers", async () => {
    const plain = await compiled(funnel);
    expect(plain.verdicts).toMatchObject([{ kind: "violated", steps: 15, trap: { states: 1 } }]);
    // Which thread has the lower chunk is chance, but mostly it is the first.
    for (let run = 0; run < 5; run += 1) {
      const found = await generated(funnel, { threads: threadsOf(2), tuning });
      expect(essence(found)).toEqual(essence(plain));
    }
  });
});

describe("memory", () => {
  const limited = (memoryBytes: number, options: Partial<ExploreOptions> = {}) =>
    generated(core, { ...options, selected: (it) => it < 4, limits: { memoryBytes } });

  test.each<readonly [string, Partial<ExploreOptions>]>([
    ["JavaScript", { engine: "javascript" }],
    ["WebAssembly", { engine: "webassembly" }],
    ["JavaScript, then WebAssembly", { engine: "auto", tuning: restless }],
    ["two threads", { threads: threadsOf(2), tuning: restless }],
  ])("ends the search before it is used, but not long before: %s", async (_, options) => {
    const found = await limited(mebibyte, options);
    expect(found).toMatchObject({ complete: false, stopped: "memory" });
    expect(found.memoryBytes).toBeLessThanOrEqual(mebibyte);
    expect(found.memoryBytes).toBeGreaterThan(mebibyte / 2);
  });

  test("for hardly anything ends it before it begins", async () => {
    const found = await limited(1000);
    expect(found).toMatchObject({ states: 0, complete: false, stopped: "memory" });
  });
});
