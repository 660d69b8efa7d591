// Ways out that are looked for forwards: what they spare, and what they leave to the sweeps.

import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import {
  beginPart,
  clearSeen,
  crewWord,
  dealOut,
  endPart,
  field,
  ownWord,
  setCrewWord,
  takeSlice,
  type TierOptions,
} from "../engine/index.ts";
import { compiled, coreOf, essence, generated } from "../test/run-text.ts";
import type { ExploreOptions } from "./index.ts";
import { searchedSpace } from "./testing/searched-space.ts";
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

/** Who is at the beginning of one of these lines is to come to an end of some kind. */
const lines = (count: number, length: number, end: string) =>
  coreOf(
    "lines.tw",
    `var line : 0..${count}
var n : 0..${length}
rule begin(to: 1..${count}) when line == 0 { line = to }
rule go when line > 0 and n < ${length} { n += 1 }
recoverable out : line > 0 and n == 0 can reach ${end}
`,
  );

/** A call of the generated search in this thread. */
interface Call {
  readonly name: string;
  readonly values: readonly number[];
  /** The first state that it left alone. */
  readonly next: number;
}

/** Has it left states alone? */
const isCut = ({ values: [, to = 0], next }: Call): boolean => next < to;

/** All states of a model with one recoverable, and what this thread calls until everybody is out. */
const callsOf = async (core: Core, options: Omit<TierOptions, "memoryBytes">) => {
  const groups = [{ from: [0], to: [1], withoutFaults: 0 }];
  const { tiers, space, levels } = await searchedSpace(core, groups, {
    ...options,
    memoryBytes: 2 ** 26,
  });
  const { engine } = tiers;
  const calls: Call[] = [];
  engine.thread = {
    ...engine.thread,
    code: Object.fromEntries(
      Object.entries(engine.thread.code).map(([name, run]) => [
        name,
        (...values: number[]) => {
          const answer = run(...values);
          calls.push({ name, values, next: field(engine, "next") });
          return answer;
        },
      ]),
    ),
  };
  const all = { from: 0, to: space.end() };
  const trapped = () => space.trapped(0, 0, all);
  const before = trapped();
  await space.sweep(
    0,
    levels,
    () => undefined,
    () => trapped() === all.to,
  );
  const found = { before, states: space.count(), left: all.to - trapped() };
  space.close();
  return {
    ...found,
    isHelped: tiers.crew() !== undefined,
    outs: calls.filter((it) => it.name.startsWith("searchOut")),
    sweeps: calls.filter((it) => it.name.startsWith("searchSave")).length,
  };
};

describe.each(["javascript", "webassembly"] as const)("ways out, in %s", (form) => {
  test("that are found spare all sweeps", async () => {
    const { before, states, sweeps, left } = await callsOf(ring(500), { form });
    expect({ before, states, sweeps, left }).toEqual({
      before: 1,
      states: 500,
      sweeps: 0,
      left: 0,
    });
  });

  test("that are too long are left to the sweeps", async () => {
    const { before, states, sweeps, left } = await callsOf(ring(5000), { form });
    expect({ before, states, left }).toEqual({ before: 1, states: 5000, left: 0 });
    expect(sweeps).toBeGreaterThan(0);
  });

  test("are looked for in calls that end soon, as long as that is worth it", async () => {
    const found = await callsOf(lines(100, 100, "n == 100"), { form });
    expect(found).toMatchObject({ left: 0, sweeps: 0 });
    // 100 ways of 100 looks each.
    expect(found.outs.filter(isCut).length).toBe(2);
    const futile = await callsOf(lines(100, 100, "line == 0"), { form });
    expect(futile.outs.map(isCut)).toEqual([...futile.outs.slice(1).map(() => false), true]);
    expect(futile.sweeps).toBeGreaterThan(0);
    expect(futile.left).toBeGreaterThan(0);
  });

  test("are given up where they are long, without the way back", async () => {
    const { outs } = await callsOf(lines(10, 1000, "line == 0"), { form });
    // In 4,096 looks: 1,024 from each of the first four lines, of which the first begins in state 1.
    expect(outs.filter(isCut).map((it) => it.next)).toEqual([5]);
  });
});

describe("with another thread, ways out", () => {
  const together = { form: "webassembly", threads: threadsOf(2), ...early } as const;

  test("are looked for until all are found", async () => {
    const { isHelped, left } = await callsOf(lines(120, 120, "n == 120"), together);
    expect({ isHelped, left }).toEqual({ isHelped: true, left: 0 });
  });

  /** This thread alone, at the command that looks for ways out; the others sleep. */
  const commanded = async (end: string) => {
    const groups = [{ from: [0], to: [1], withoutFaults: 0 }];
    const { tiers, space } = await searchedSpace(lines(120, 120, end), groups, {
      ...together,
      memoryBytes: 2 ** 26,
    });
    const part = tiers.crew()?.part;
    if (part === undefined) throw new Error("no threads");
    const to = crewWord(part, "stateNext");
    expect(clearSeen(tiers.engine, to, crewWord(part, "edgeNext"))).toBe(true);
    setCrewWord(part, "group", 0);
    setCrewWord(part, "bit", 1);
    const slices = dealOut(part, "out", [{ from: 0, to }]);
    beginPart(part);
    const rest = () => ownWord(part, 0, "restTo") - ownWord(part, 0, "restFrom");
    return { part, slices, rest, close: space.close };
  };

  test("of a slice are looked for in pieces", async () => {
    const { part, slices, rest, close } = await commanded("n == 120");
    const left: boolean[] = [];
    while (takeSlice(part)) left.push(rest() > 0);
    // 120 ways of 120 looks begin in the first slice.
    expect(left).toEqual([true, true, true, ...Array.from({ length: slices }, () => false)]);
    close();
  });

  test("are left alone at a halt: what is left of a slice, too", async () => {
    const { part, rest, close } = await commanded("n == 120");
    expect([takeSlice(part), rest() > 0]).toEqual([true, true]);
    setCrewWord(part, "halt", 1);
    expect(takeSlice(part)).toBe(false);
    endPart(part);
    expect(rest()).toBe(0);
    close();
  });

  test("that nobody finds have all halt", async () => {
    const { part, close } = await commanded("line == 0");
    expect([takeSlice(part), crewWord(part, "halt"), takeSlice(part)]).toEqual([true, 1, false]);
    endPart(part);
    close();
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
