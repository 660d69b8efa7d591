// Processes are measured in turn; who fails or takes too long is told, not counted.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { afterAll, expect, test } from "vitest";
import type { Contestant, Group } from "./contestant.ts";
import { run } from "./process.ts";
import type { Row } from "./results.ts";
import { measure } from "./schedule.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shell = (line: string) => ({ program: "sh", words: ["-c", line], folder });

const contestant = (name: string, line: string, more: Partial<Contestant> = {}): Contestant => ({
  name,
  isOurs: name.startsWith("ours"),
  prepare: () =>
    E.right({
      command: shell(line),
      read: (output) => {
        const [states = 0, transitions = 0] = output.split(" ").map(Number);
        return E.right({ states, transitions });
      },
    }),
  ...more,
});

const rowsOf = (rounds: number, ...contestants: readonly Contestant[]): Promise<readonly Row[]> => {
  const group: Group = {
    id: "g",
    title: "a group",
    family: "narrow",
    isQuick: true,
    contestants,
  };
  return measure({
    groups: [group],
    rounds,
    limitSeconds: 20,
    say: () => undefined,
    counted: () => undefined,
    progress: () => undefined,
  });
};

test("rounds are interleaved, and what is for information runs once", async () => {
  const told = (name: string) => `echo ${name} >> log; echo 1 2`;
  const rows = await rowsOf(
    2,
    contestant("a", told("a")),
    contestant("b", told("b")),
    contestant("c", told("c"), { once: true }),
  );
  expect(readFileSync(join(folder, "log"), "utf8").split("\n")).toEqual([
    "a",
    "b",
    "c",
    "a",
    "b",
    "",
  ]);
  expect(rows.map((it) => it.samples.length)).toEqual([2, 2, 1]);
});

test("counts are compared with ours, as far as they can be", async () => {
  const rows = await rowsOf(
    1,
    contestant("ours", "echo 10 20"),
    contestant("equal", "echo 10 20"),
    contestant("different", "echo 10 21"),
    contestant("fewer transitions", "echo 10 19", { counting: "fewer transitions" }),
    contestant("reduced", "echo 3 4", { counting: "reduced" }),
  );
  expect(rows.map((it) => it.isEqual)).toEqual([true, true, false, true, undefined]);
});

test("who fails has a problem instead of a figure", async () => {
  const rows = await rowsOf(
    1,
    contestant("fails", "echo 1 2; exit 3"),
    contestant("is missing", "", { prepare: () => E.left("skipped: not installed") }),
  );
  expect(rows.map((it) => [it.problem, it.samples.length])).toEqual([
    ["exit code 3", 0],
    ["skipped: not installed", 0],
  ]);
});

test("a process is measured: its time, its memory, what it prints", async () => {
  const busy = `node -e 'const a = Buffer.alloc(2 ** 27, 1); const t = Date.now();
    while (Date.now() - t < 200); console.log(a.length)'`;
  const ended = await run(shell(busy), 20);
  if (E.isLeft(ended)) throw new Error(ended.left);
  const { sample, code, output } = ended.right;
  expect([code, output]).toEqual([0, `${2 ** 27}\n`]);
  expect(sample.wallSeconds).toBeGreaterThan(0.2);
  expect(sample.cpuSeconds).toBeGreaterThan(0.02);
  expect(sample.peakBytes).toBeGreaterThan(2 ** 27);
});

test("a process that takes too long is ended, and its children with it", async () => {
  const late = await run(shell("sh -c 'sleep 3; echo late > late'; true"), 1);
  expect(late).toEqual(E.left("no answer in 1 s"));
});
