// Ways out where memory is short: by edges or by steps taken anew, with faults, and where it stands who was seen.

import { expect, test } from "vitest";
import { crewWord, field, type Form } from "../engine/index.ts";
import { coreOf } from "../test/run-text.ts";
import { searchedSpace, type SearchedSpace } from "./testing/searched-space.ts";
import { early, threadsOf } from "./testing/threads.ts";

/*
 * Who is stuck can turn round, and gets out by a fault alone, at the next step or behind the first that is none. The
 * steps are many, so that edges need far more room than states.
 */
const stuck = coreOf(
  "stuck.tw",
  `type I = 0..4
var a : array[I] of 0..8
var stuck, late : bool
rule up(i: I, by: 1..4) when not stuck and a[i] + by <= 8 { a[i] = a[i] + by }
rule down(i: I, by: 1..4) when not stuck and a[i] >= by { a[i] = a[i] - by }
rule stick when a[0] == 3 and not stuck { stuck = true }
rule turn when stuck { late = true }
fault rule loosen when stuck and late { stuck = false  late = false }
recoverable out : stuck can reach not stuck
recoverable out_alone : stuck can reach not stuck without faults
recoverable down : not stuck can reach a[0] == 0 and not stuck without faults
`,
);

const groups = [{ from: [0, 2, 4], to: [1, 3, 5], withoutFaults: 0b110 }];

/** How many states each recoverable keeps in, after the ways and the sweeps. */
const keptIn = ({ space }: SearchedSpace): readonly number[] =>
  [0, 1, 2].map((member) => {
    let count = 0;
    for (let state = 0; ; state += 1, count += 1) {
      state = space.trapped(0, member, { from: state, to: space.end() });
      if (state === space.end()) return count;
    }
  });

const swept = async (memoryBytes: number, form: Form, threads = 1) => {
  const found = await searchedSpace(stuck, groups, {
    form,
    memoryBytes,
    ...(threads === 1 ? {} : { ...early, threads: threadsOf(threads) }),
  });
  const { space, tiers, levels } = found;
  try {
    if (found.ended !== undefined) return { kind: "cut" } as const;
    await space.sweep(
      0,
      levels,
      () => undefined,
      () => false,
    );
    const { engine } = tiers;
    const { plan, stride } = engine;
    const part = tiers.crew()?.part;
    const [states, used] =
      part === undefined
        ? [field(engine, "count"), field(engine, "edgeNext")]
        : [crewWord(part, "stateNext"), crewWord(part, "edgeNext")];
    return {
      kind: "swept",
      isHelped: part !== undefined,
      keepsEdges: field(engine, "keepsEdges") !== 0,
      /** Of every thread. */
      seen: [engine.thread, ...engine.mates].map((it) => field(engine, "seen", it)),
      room: {
        from: plan.states + states * stride,
        to: plan.size - used - Math.ceil(states / 32),
      },
      keptIn: keptIn(found),
    } as const;
  } finally {
    space.close();
  }
};

const kibibyte = 1024;

/** The least memory in which the search comes to its end: to half a percent, for threads leave gaps. */
const leastMemory = async (form: Form, threads: number): Promise<number> => {
  let [cut, enough] = [100 * kibibyte, 8000 * kibibyte];
  while (enough - cut > 4 * kibibyte) {
    const middle = Math.floor((cut + enough) / 2);
    if ((await swept(middle, form, threads)).kind === "cut") cut = middle;
    else enough = middle;
  }
  return enough;
};

test.each<readonly [Form, number, readonly string[]]>([
  ["javascript", 1, ["steps, not noted", "steps, noted", "edges, noted"]],
  ["webassembly", 1, ["steps, noted", "edges, noted"]],
  ["webassembly", 2, ["steps, noted, helped", "edges, noted, helped"]],
])(
  "ways out are the same in any memory, and who was seen is noted in free room: %s, %i",
  async (form, threads, expected) => {
    const truth = await swept(2 ** 26, "webassembly");
    if (truth.kind === "cut") throw new Error("there is room for all");
    expect(truth.keptIn).toEqual([0, 2 * 9 ** 4, 0]);
    const least = await leastMemory(form, threads);
    const close = Array.from({ length: 24 }, (_, it) => least + it * kibibyte);
    const far = Array.from({ length: 24 }, (_, it) => Math.floor(least * 1.15 ** it));
    const met = new Set<string>();
    for (const memoryBytes of [...close, ...far]) {
      const found = await swept(memoryBytes, form, threads);
      if (found.kind === "cut") continue;
      expect({ memoryBytes, keptIn: found.keptIn }).toEqual({ memoryBytes, keptIn: truth.keptIn });
      const { seen, room } = found;
      const [first = 0] = seen;
      const isNoted = first !== 0;
      expect({ memoryBytes, isNoted, seen }).toEqual({
        memoryBytes,
        isNoted: room.from <= room.to,
        seen: seen.map(() => (isNoted ? room.from : 0)),
      });
      const how = [found.keepsEdges ? "edges" : "steps", isNoted ? "noted" : "not noted"];
      met.add([...how, ...(found.isHelped ? ["helped"] : [])].join(", "));
    }
    expect([...met]).toEqual(expect.arrayContaining([...expected]));
  },
);
