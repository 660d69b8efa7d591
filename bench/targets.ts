// What the bench is to show, and whether it does.

import type { Results, Row } from "./results.ts";
import { least, median, ratio } from "./statistics.ts";

export interface Verdict {
  readonly measure: string;
  /** In words, such as `at least 5 ×`; empty where the figure is for information. */
  readonly wanted: string;
  /** With its unit; undefined: not measured. */
  readonly found: string | undefined;
  readonly isMet: boolean | undefined;
}

interface Target {
  readonly measure: string;
  /** Undefined: for information. */
  readonly limit: number | undefined;
  readonly direction: "at least" | "at most";
  readonly unit: string;
  readonly value: (look: Look) => number | undefined;
}

/** Medians by group and contestants; of several contestants the best, that is the least. */
interface Look {
  readonly cpu: (group: string, ...names: readonly string[]) => number | undefined;
  readonly wall: (group: string, ...names: readonly string[]) => number | undefined;
  readonly peak: (group: string, ...names: readonly string[]) => number | undefined;
  readonly states: (group: string, ...names: readonly string[]) => number | undefined;
  /** How many contestants counted something else; undefined: nobody ran. */
  readonly unequal: () => number | undefined;
}

const isJudged = (row: Row): boolean => row.samples.length > 0 && row.counts !== undefined;

const lookInto = ({ rows }: Results): Look => {
  const judged = rows.filter(isJudged);
  const best =
    (of: (row: Row) => number | undefined) =>
    (group: string, ...names: readonly string[]): number | undefined =>
      least(judged.filter((it) => it.group === group && names.includes(it.contestant)).map(of));
  return {
    cpu: best((it) => median(it.samples.map(({ cpuSeconds }) => cpuSeconds))),
    wall: best((it) => median(it.samples.map(({ wallSeconds }) => wallSeconds))),
    peak: best((it) => median(it.samples.map(({ peakBytes }) => peakBytes))),
    states: best((it) => it.counts?.states),
    unequal: () =>
      judged.length === 0 ? undefined : judged.filter((it) => it.isEqual === false).length,
  };
};

const single = ["ours, WebAssembly, 1 thread", "ours, JavaScript, 1 thread"] as const;
const spinDfs = ["SPIN DFS, -O2", "SPIN DFS, -O3, lean"] as const;
const rumurOne = ["rumur, pack-state off, 1 thread", "rumur, pack-state on, 1 thread"] as const;

const perCpuSecond = (measure: string, limit: number, value: Target["value"]): Target => ({
  measure,
  limit,
  direction: "at least",
  unit: " ×",
  value,
});

const cost = (
  measure: string,
  limit: number,
  direction: Target["direction"],
  unit: string,
  value: Target["value"],
): Target => ({ measure, limit, direction, unit, value });

const largest = "narrow L";
const reduced = ["ours, reduced, 1 thread", "ours, reduced, 2 threads"] as const;
/** The compiler as the target has it, and as it is done soonest. */
const usual = ["spin -a, gcc -O2, pan"] as const;
const soonest = ["-O0", "-O1", "-O2"].map((it) => `spin -a, gcc ${it}, pan`);
const asItComes = ["ours, as it comes"] as const;
const chain = (
  measure: string,
  group: string,
  names: readonly string[],
  limit?: number,
): Target => ({
  measure,
  limit,
  direction: "at least",
  unit: " ×",
  value: ({ wall }) => ratio(wall(group, ...names), wall(group, ...asItComes)),
});

const targets: readonly Target[] = [
  perCpuSecond("states per CPU second, one thread, L, against SPIN DFS", 5, ({ cpu }) =>
    ratio(cpu(largest, ...spinDfs), cpu(largest, ...single)),
  ),
  {
    measure: "the same, against SPIN compiled with -O2",
    limit: undefined,
    direction: "at least",
    unit: " ×",
    value: ({ cpu }) => ratio(cpu(largest, "SPIN DFS, -O2"), cpu(largest, ...single)),
  },
  perCpuSecond("states per CPU second, one thread, L, against rumur", 15, ({ cpu }) =>
    ratio(cpu(largest, ...rumurOne), cpu(largest, ...single)),
  ),
  perCpuSecond("JavaScript against SPIN DFS, L", 2.5, ({ cpu }) =>
    ratio(cpu(largest, ...spinDfs), cpu(largest, "ours, JavaScript, 1 thread")),
  ),
  perCpuSecond("two threads against one, L, wall", 1.6, ({ wall }) =>
    ratio(
      wall(largest, "ours, WebAssembly, 1 thread"),
      wall(largest, "ours, WebAssembly, 2 threads"),
    ),
  ),
  cost("memory per state, L, beyond that of a trivial file", 26, "at most", " bytes", (look) => {
    const [whole, empty] = [look.peak(largest, ...single), look.peak("trivial", ...asItComes)];
    return whole === undefined || empty === undefined
      ? undefined
      : ratio(whole - empty, look.states(largest, ...single));
  }),
  cost("`recoverable` on top of exploration, M, CPU", 15, "at most", " %", ({ cpu }) => {
    const both = ratio(
      cpu("recoverable", "ours, with recoverable"),
      cpu("recoverable", "ours, without recoverable"),
    );
    return both === undefined ? undefined : (both - 1) * 100;
  }),
  cost(
    "text to verdict, reductions on, L, against SPIN's search, wall",
    30,
    "at least",
    " ×",
    (look) =>
      ratio(look.wall(largest, ...spinDfs, "SPIN BFS, -O3, lean"), look.wall(largest, ...reduced)),
  ),
  perCpuSecond("specification, one thread, against SPIN DFS on its translation", 3, ({ cpu }) =>
    ratio(cpu("spec wide", ...spinDfs), cpu("spec wide", ...single)),
  ),
  chain(
    "text to verdict, narrow XS, against spin -a, gcc -O2, pan, wall",
    "start narrow",
    usual,
    4,
  ),
  chain("the same, against gcc at its quickest", "start narrow", soonest),
  chain(
    "text to verdict, small specification, against spin -a, gcc -O2, pan, wall",
    "start spec",
    usual,
    4,
  ),
  chain("the same, against gcc at its quickest", "start spec", soonest),
  cost("a trivial file, start to exit", 0.35, "at most", " s", ({ wall }) =>
    wall("trivial", ...asItComes),
  ),
  cost(
    "SPIN DFS on our translation against the text by hand, M, CPU",
    1.2,
    "at most",
    " ×",
    (look) =>
      ratio(
        look.cpu("narrow M", ...spinDfs.map((it) => `${it}, translated`)),
        look.cpu("narrow M", ...spinDfs),
      ),
  ),
  cost("rumur on our translation against the text by hand, M, CPU", 1.2, "at most", " ×", (look) =>
    ratio(
      look.cpu("narrow M", "rumur, pack-state off, 1 thread, translated"),
      look.cpu("narrow M", "rumur, pack-state off, 1 thread"),
    ),
  ),
  cost("contestants whose counts differ", 0, "at most", "", ({ unequal }) => unequal()),
];

const rounded = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

export const judge = (results: Results): readonly Verdict[] => {
  const look = lookInto(results);
  return targets.map(({ measure, limit, direction, unit, value }) => {
    const found = value(look);
    const isEnough = (it: number): boolean | undefined => {
      if (limit === undefined) return undefined;
      return direction === "at least" ? it >= limit : it <= limit;
    };
    return {
      measure,
      wanted: limit === undefined ? "" : `${direction} ${limit}${unit}`,
      found: found === undefined ? undefined : `${rounded(found)}${unit}`,
      isMet: found === undefined ? undefined : isEnough(found),
    };
  });
};
