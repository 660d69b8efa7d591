// Results written by hand, for tests of reports: every kind of verdict without a search.

import type { CheckResult, PointResult, SweepResult } from "../prove/index.ts";
import type { Exploration, PropertyVerdict } from "../explore/index.ts";
import { boundsFound } from "../prove/bounds.ts";
import { leastDiffers } from "../prove/findings.ts";
import { judge } from "../prove/judge.ts";
import { goodbye, walk } from "./goodbye.ts";
import { invariant, k, never, recoverable } from "./build-core.ts";

export const madeFile = "made.tw";
export const madeText = 'check "goodbye" expect holds\n';
const span = { file: madeFile, start: 6, end: 15 };

const wire = goodbye.networks[0];
export const madeCore = {
  ...goodbye,
  properties: [
    never("nothing_after_the_end", 0),
    invariant("small", k(1)),
    recoverable(k(1), k(1)),
    { kind: "reachable-state", name: "met", span, condition: k(1), localCount: 0 } as const,
  ],
  bounds: [{ name: "few", condition: k(1), localCount: 0, span }],
  sites: goodbye.sites.map((it) => ({ ...it, span })),
  networks: wire === undefined ? [] : [wire],
};

const late = walk(
  madeCore,
  ["tcp[A].close", "duplicate wire", "tick", "deliver wire@1", "deliver wire@0"],
  { kind: "event", event: 0 },
);
const holds: PropertyVerdict = { kind: "holds" };
const reached: PropertyVerdict = { kind: "reached", steps: 3, path: late };
export const violated: PropertyVerdict = { kind: "violated", steps: 6, path: late };

const exploration: Exploration = {
  complete: true,
  states: 152_613,
  transitions: 356_081,
  depth: 59,
  wholeDepth: 59,
  verdicts: [holds, holds, holds, reached],
  deadlock: holds,
  errors: [],
  dropped: [0],
  cut: [0],
  spent: [{ loss: true, duplication: true }],
  taken: new Uint8Array(),
  stateSet: "0".repeat(32),
  seconds: 1.42,
  memoryBytes: 1e6,
};

/** A check that expects `kind names`, of which the search found something else, or just that. */
export const madeCheck = (
  title: string,
  kind: CheckResult["claim"]["kind"],
  names: readonly string[],
  found: Partial<Exploration>,
): CheckResult => {
  const claim = { span, kind, names, figures: [] };
  const outcome = { ...exploration, ...found };
  const judgement = judge(madeCore, outcome, claim, span);
  return {
    kind: "check",
    title,
    isImplied: false,
    span,
    claim,
    parameters: [
      { name: "MSL", text: "1", source: "default" },
      { name: "TIME_WAIT_LEN", text: "2", source: "check" },
      { name: "RFC1337", text: "false", source: "command-line" },
    ],
    search: {
      core: madeCore,
      exploration: outcome,
      judgement,
      bounds: boundsFound(madeCore, outcome),
      reductions: [],
    },
    concerns: judgement.concerns,
  };
};

export const madeChecks = {
  holds: madeCheck("just over 2 MSL", "holds", [], {}),
  expected: madeCheck("exactly 2 MSL", "violated", ["nothing_after_the_end"], {
    verdicts: [violated, holds, holds, reached],
  }),
  unexpected: madeCheck("too short", "holds", [], {
    verdicts: [violated, holds, holds, { kind: "unreached" }],
    errors: [
      { site: 2, steps: 2, path: walk(madeCore, ["tcp[A].close"], { kind: "error", site: 2 }) },
    ],
    dropped: [12],
    cut: [1],
  }),
  incomplete: madeCheck("too large", "holds", [], {
    verdicts: [0, 1, 2, 3].map(() => ({ kind: "unknown", why: "states" }) as const),
    deadlock: { kind: "unknown", why: "states" },
    complete: false,
    stopped: "states",
    wholeDepth: 40,
  }),
};

const point = (msl: number, length: number): PointResult => ({
  values: [
    { name: "MSL", text: String(msl) },
    { name: "TIME_WAIT_LEN", text: String(length) },
  ],
  outcome: length === 0 ? "skipped" : length > 2 * msl ? "safe" : "unsafe",
  ...(length === 0 ? { why: "it is positive" } : {}),
  violated: length > 2 * msl || length === 0 ? [] : ["p1"],
  states: length === 0 ? 0 : 1000,
  transitions: 2000,
  depth: 10,
  seconds: 0.1,
  stateSet: "",
});

const lengths = [0, 1, 2, 3, 4, 5];

/** Two values of MSL, the least length of which is one more than twice as much. */
export const madeSweep = (isWrong: boolean): SweepResult => ({
  kind: "sweep",
  title: "how long is enough",
  span,
  parameters: [{ name: "RFC1337", text: "true", source: "default" }],
  axes: [
    { name: "MSL", values: ["1", "2"] },
    { name: "TIME_WAIT_LEN", values: lengths.map(String) },
  ],
  points: [1, 2].flatMap((msl) => lengths.map((length) => point(msl, length))),
  least: {
    name: "TIME_WAIT_LEN",
    answers: [1, 2].map((msl) => ({
      others: [{ name: "MSL", text: String(msl) }],
      value: String(2 * msl + 1),
      isDecided: true,
      safeBelow: [],
      expected: isWrong ? "4" : String(2 * msl + 1),
      isMet: !isWrong,
    })),
  },
  concerns: isWrong
    ? ["1", "2"].map((msl) => ({
        kind: "finding",
        diagnostic: leastDiffers(span, {
          name: "TIME_WAIT_LEN",
          found: String(2 * Number(msl) + 1),
          expected: "4",
          where: ` with MSL = ${msl}`,
        }),
      }))
    : [],
});
