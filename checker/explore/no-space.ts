// A space without room for a single state: what a limit of next to nothing leaves.

import type { Program } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import type { Found, Space } from "./space.ts";

const nothing: Found = { level: [], ended: "memory", isWhole: false };

const impossible = (): never => {
  throw new Error("there are no states in it");
};

export const noSpace = ({ layout, stepWords, formulas }: Program, core: Core): Space => ({
  words: layout.words,
  stepWords,
  formulas,
  count: () => 0,
  end: () => 0,
  transitions: () => 0,
  waiting: () => 0,
  memoryBytes: () => 0,
  counters: () => ({
    dropped: core.networks.map(() => 0),
    cut: core.bounds.map(() => 0),
    taken: new Uint8Array(core.branches.length),
  }),
  place: impossible,
  begin: () => Promise.resolve(nothing),
  expand: () => Promise.resolve(nothing),
  seek: () => Promise.resolve(undefined),
  steps: impossible,
  records: impossible,
  targets: impossible,
  judge: impossible,
  judgement: impossible,
  failedAt: impossible,
  sweep: () => Promise.resolve("memory"),
  trapped: (_, __, { to }) => to,
  digest: () => Promise.resolve([0, 0, 0, 0]),
  close: () => undefined,
});
