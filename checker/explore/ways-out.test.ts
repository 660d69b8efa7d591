// Ways out that are looked for forwards: what they spare, and what they leave to the sweeps.

import { describe, expect, test } from "vitest";
import { tiersOf } from "../engine/index.ts";
import { compiled, coreOf, essence, generated, programsOf } from "../test/run-text.ts";
import { engineSpace } from "./engine-space.ts";
import type { ExploreOptions } from "./index.ts";
import type { Level, Watch } from "./space.ts";
import { early, threadsOf } from "./testing/threads.ts";

/** A ring of states, in which each has one step: the way of the second is as long as the ring. */
const ring = (states: number) =>
  coreOf(
    "ring.tw",
    `var n : 0..${states - 1}
rule go { n = (n + 1) % ${states} }
recoverable back : n > 0 can reach n == 0
`,
  );

/** All states of a ring, and how often its generated code sweeps until everybody is out. */
const sweepsOf = async (states: number, form: "javascript" | "webassembly") => {
  const core = ring(states);
  const groups = [{ from: [0], to: [1], withoutFaults: 0 }];
  const tiers = tiersOf(programsOf(core), { finals: [], groups }, { form, memoryBytes: 2 ** 26 });
  if (typeof tiers === "string") throw new Error(tiers);
  const space = engineSpace(tiers, groups, core, { now: () => 0 });
  const none = new Int32Array(1);
  const watch: Watch = {
    openEvents: none,
    openFormulas: none,
    expected: none,
    isJudging: true,
    isDeadlockOpen: false,
  };
  const deaf = () => undefined;
  const listener = { onError: deaf, onEvents: deaf, onJudged: deaf, onStuck: deaf };
  const levels: Level[] = [(await space.begin(watch, listener)).level];
  for (let level = levels[0]; level !== undefined && level.length > 0; level = levels.at(-1)) {
    levels.push((await space.expand(level, watch, listener, () => undefined)).level);
  }
  const { engine } = tiers;
  let sweeps = 0;
  const count = Object.fromEntries(
    Object.entries(engine.thread.code).map(([name, run]) => [
      name,
      (...values: number[]) => {
        if (name.startsWith("searchSave")) sweeps += 1;
        return run(...values);
      },
    ]),
  );
  engine.thread = { ...engine.thread, code: count };
  const all = { from: 0, to: space.end() };
  const trapped = () => space.trapped(0, 0, all);
  const before = trapped();
  await space.sweep(
    0,
    levels,
    () => undefined,
    () => trapped() === all.to,
  );
  return { before, states: space.count(), sweeps, left: all.to - trapped() };
};

describe.each(["javascript", "webassembly"] as const)("ways out, in %s", (form) => {
  test("that are found spare all sweeps", async () => {
    expect(await sweepsOf(500, form)).toEqual({ before: 1, states: 500, sweeps: 0, left: 0 });
  });

  test("that are too long are left to the sweeps", async () => {
    const { sweeps, ...found } = await sweepsOf(5000, form);
    expect(found).toEqual({ before: 1, states: 5000, left: 0 });
    expect(sweeps).toBeGreaterThan(0);
  });
});

describe.each([60, 300, 3000])("a search in depth that turns back, on lines of %i", (length) => {
  /*
   * Seven lines with steps up and down: who goes down first turns back at states that it came through, and
   * knows nothing then of those behind them. On one of them, who is stuck gets out by a fault alone.
   */
  const ladder = coreOf(
    "ladder.tw",
    `var line : 0..7
var n : 0..${length}
var stuck : bool
rule begin(to: 1..7) when line == 0 { line = to }
rule up when line > 0 and n < ${length} and not stuck { n += 1 }
rule down when line > 0 and n > 0 and not stuck { n -= 1 }
rule stick when line == 3 and n == ${length / 2} { stuck = true }
fault rule loosen when stuck { stuck = false }
fault rule slip when n % 7 == 3 and not stuck { n = 0 }
rule leave when line > 0 and n == ${length} { line = 0  n = 0 }
recoverable home : line > 0 can reach line == 0
recoverable home_alone : line > 0 can reach line == 0 without faults
recoverable top : n == 0 can reach n == ${length} and line == 7
recoverable first : line == 1 can reach line == 1 and n == 0 without faults
`,
  );
  const plain = compiled(ladder);

  test.each<readonly [string, Partial<ExploreOptions>]>([
    ["JavaScript", { engine: "javascript" }],
    ["WebAssembly", { engine: "webassembly" }],
    ["two threads", { threads: threadsOf(2), tuning: early }],
  ])("misses nobody: %s", async (_, options) => {
    const expected = await plain;
    const kinds = expected.verdicts.map((it) => it?.kind);
    expect(kinds).toEqual(["holds", "violated", "holds", "holds"]);
    expect(essence(await generated(ladder, options))).toEqual(essence(expected));
  });
});

test.each(["javascript", "webassembly"] as const)(
  "a way that begins with a fault is none without faults, in %s",
  async (engine) => {
    const core = coreOf(
      "slip.tw",
      `var n : 0..2
fault rule slip when n == 0 { n = 1 }
rule go when n == 1 { n = 2 }
final : n != 1
recoverable out : n == 0 can reach n == 2
recoverable out_alone : n == 0 can reach n == 2 without faults
`,
    );
    const found = await generated(core, { engine });
    expect(found.verdicts.map((it) => it?.kind)).toEqual(["holds", "violated"]);
  },
);
