// With what a run of mutants ends that was cut short: the score alone does not decide then.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MutantOutcome } from "../mutate/index.ts";
import { openLine, reportMutation } from "./mutate-command.ts";
import type { MutateLine } from "./mutate-line.ts";
import type { Shell } from "./shell.ts";
import { terminal } from "./terminal.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mutants-"));
  const rules = ["a", "b", "c"].map((it) => `rule ${it} when n < 3 and n > 0 { n += 1 }\n`);
  writeFileSync(join(folder, "m.tw"), `var n : 0..3\n${rules.join("")}final : true\n`);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const shell = (): Shell => ({
  words: [],
  environment: {},
  folder,
  packageFolder: folder,
  version: "0",
  out: { write: () => true },
  err: { write: () => true },
  writeBytes: () => undefined,
  now: () => 0,
  memoryBytes: 2 ** 28,
  cores: 1,
  startThread: () => {
    throw new Error("no thread is needed");
  },
  pause: () => Promise.resolve(undefined),
});

const killed: MutantOutcome = { kind: "killed", by: "verdict", check: "c", why: "w" };
const survived: MutantOutcome = { kind: "survived" };

/** The outcomes of a run that tried so many mutants, of which the first survives; of a least score in percent. */
const ended = (tried: (all: number) => number, minScore: number, json: boolean) => {
  const line: MutateLine = {
    kind: "mutate",
    file: "m.tw",
    set: [],
    maxStates: 100,
    minScore,
    out: ".",
    list: false,
    json,
    quiet: false,
    color: "never",
  };
  const streams = shell();
  const { out, err, environment, now } = streams;
  const look = terminal(out, err, { color: "never", quiet: false, environment, now });
  const run = openLine(line, streams, look);
  if (E.isLeft(run)) throw new Error("not opened");
  const count = tried(run.right.opened.mutants.length);
  const found = Array.from({ length: count }, (_, at) => (at === 0 ? survived : killed));
  const facts = { checks: 1, states: 10, leftOut: [], maxStates: 100 };
  return reportMutation(run.right, facts, new Map(found.entries()));
};

test.each([
  ["cut, and the others may lift the score", () => 2, 60, []],
  ["cut, and they cannot", () => 2, 95, ["mutants"]],
  ["all tried", (all: number) => all, 95, ["mutants"]],
  ["all tried, and enough", (all: number) => all, 60, []],
])("a score below the bar: %s", (_, tried, minScore, outcomes) => {
  expect(ended(tried, minScore, false)).toEqual(outcomes);
  expect(ended(tried, minScore, true)).toEqual(outcomes);
});
