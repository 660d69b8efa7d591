// A run that a signal, or the end of its time, ends while the models are still built: no report of it may look whole.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  hasXmllint,
  junitProblems,
  resultProblems,
  sarifProblems,
} from "../test/report-schemas.ts";
import { parseCommandLine } from "./command-line.ts";
import { commandOf } from "./commands.ts";
import { exitCodeOf } from "./exit-codes.ts";
import type { Shell } from "./shell.ts";

const model = (checks: string): string =>
  `var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : true\n${checks}`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "interrupted-"));
  writeFileSync(join(folder, "a.tw"), model(""));
  writeFileSync(
    join(folder, "b c.tw"),
    model('check "one" expect holds\ncheck "two" expect holds\n'),
  );
  writeFileSync(
    join(folder, "walks.tw"),
    `var n, m : 0..5
rule up when n < 5 { n += 1 }
rule down when n > 0 { n -= 1 }
rule over when m < 5 { m += 1 }
fault rule jump when n < 4 { n += 2 }
final : true
invariant small : n + m < 4
`,
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** The clock of these runs goes on by a tenth of a second whenever somebody looks. */
const never = Number.POSITIVE_INFINITY;

/** Ends with the exit code, and how often it looked; the signal is there when the program looks for the `nth` time. */
const check = async (
  nth: number,
  ...words: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly looks: number }> => {
  let [time, looks, out] = [0, 0, ""];
  const shell: Shell = {
    words,
    environment: { CHECK_CACHE: "off", GITHUB_STEP_SUMMARY: join(folder, "summary.md") },
    folder,
    packageFolder: folder,
    version: "0",
    out: { write: (text: string) => ((out += text), true), isTTY: false },
    err: { write: () => true, isTTY: false },
    writeBytes: () => undefined,
    now: () => (time += 100),
    memoryBytes: 2 ** 28,
    cores: 1,
    startThread: () => {
      throw new Error("no thread is needed");
    },
    pause: () => Promise.resolve((looks += 1) >= nth ? "interrupted" : undefined),
  };
  const line = parseCommandLine(words, "0");
  if (E.isLeft(line) || line.right.kind === "print") throw new Error("not understood");
  const outcomes = await commandOf(line.right, shell)();
  return { code: exitCodeOf(E.isRight(outcomes) ? outcomes.right : ["internal"]), out, looks };
};

const words = ["a.tw", "b c.tw", "--json", "--sarif", "s.sarif", "--junit", "j.xml"];

beforeEach(() => {
  for (const name of ["s.sarif", "j.xml", "summary.md"])
    rmSync(join(folder, name), { force: true });
});

test.each([1, 2])("while models are built: at look %i", async (nth) => {
  const { code, out } = await check(nth, ...words);
  expect(code).toBe(130);
  const document = JSON.parse(out) as object;
  expect(resultProblems(document)).toEqual([]);
  expect(document).toMatchObject({
    ended: "interrupted",
    files: [
      { file: "a.tw", checks: [], notRun: [""] },
      { file: "b c.tw", checks: [], notRun: ["one", "two"] },
    ],
  });

  expect(sarifProblems(read("s.sarif"))).toEqual([]);
  expect(JSON.parse(read("s.sarif"))).toMatchObject({
    runs: [
      {
        invocations: [
          {
            executionSuccessful: false,
            toolExecutionNotifications: [
              { message: { text: "The run was interrupted before it was finished." } },
              {
                message: { text: '1 check of a.tw not run: "all properties".' },
                locations: [{ physicalLocation: { artifactLocation: { uri: "a.tw" } } }],
              },
              {
                message: { text: '2 checks of b c.tw not run: "one", "two".' },
                locations: [{ physicalLocation: { artifactLocation: { uri: "b%20c.tw" } } }],
              },
            ],
          },
        ],
        results: [],
      },
    ],
  });

  expect(hasXmllint ? junitProblems(read("j.xml")) : "").toBe("");
  expect(read("j.xml")).toMatch(/^<testsuites name="check" tests="3" failures="0" errors="0" /m);
  expect(read("j.xml").match(/<skipped message="not run"\/>/g)).toHaveLength(3);
  expect(read("summary.md")).toContain("the run was interrupted before it was finished");
});

test("between two files: what was found stands beside what was not run", async () => {
  const { code, out } = await check(1000, ...words);
  expect([code, (JSON.parse(out) as { readonly ended: string }).ended]).toEqual([0, "finished"]);
  expect(JSON.parse(read("s.sarif"))).toMatchObject({
    runs: [{ invocations: [{ executionSuccessful: true }] }],
  });
  for (let nth = 3; ; nth += 1) {
    const ended = await check(nth, ...words);
    if (ended.code === 0) break;
    expect(ended.code).toBe(130);
    const { files } = JSON.parse(ended.out) as {
      readonly files: readonly { readonly notRun?: readonly string[] }[];
    };
    expect(files).toHaveLength(2);
    const { runs } = JSON.parse(read("s.sarif")) as {
      readonly runs: readonly { readonly invocations: readonly object[] }[];
    };
    expect(runs[0]?.invocations[0]).toMatchObject({ executionSuccessful: false });
  }
});

/** Figures of time, and what depends on when it was asked for. */
const timeless = (out: string): string => out.replaceAll(/"(?:seconds|memoryBytes)": [^,\n]*/g, "");

test.each([
  ["--all", "6"],
  ["--minimal", "faults"],
])(
  "while %s %s looks for more than the verdict: it says so, or nothing is missing",
  async (...asked) => {
    const wanted = ["walks.tw", ...asked, "--json", "--sarif", "s.sarif"];
    const whole = await check(never, ...wanted);
    expect(whole.code).toBe(12);
    const heard: number[] = [];
    for (let nth = 1; ; nth += 1) {
      const { code, out, looks } = await check(nth, ...wanted);
      if (looks < nth) break;
      const { ended } = JSON.parse(out) as { readonly ended: string };
      const { runs } = JSON.parse(read("s.sarif")) as {
        readonly runs: readonly {
          readonly invocations: readonly { readonly executionSuccessful: boolean }[];
        }[];
      };
      const isWhole = timeless(out) === timeless(whole.out);
      const expected = isWhole ? [12, "finished", true] : [130, "interrupted", false];
      expect([code, ended, runs[0]?.invocations[0]?.executionSuccessful]).toEqual(expected);
      if (!isWhole) heard.push(nth);
    }
    expect(heard.length).toBeGreaterThan(5);
  },
);

test("the time that building models takes counts: what it leaves no time for is not run", async () => {
  const { code, out } = await check(never, ...words, "--timeout", "0.1");
  expect(code).toBe(20);
  const document = JSON.parse(out) as object;
  expect(resultProblems(document)).toEqual([]);
  expect(document).toMatchObject({
    ended: "incomplete",
    files: [
      { file: "a.tw", checks: [], notRun: [""] },
      { file: "b c.tw", checks: [], notRun: ["one", "two"] },
    ],
  });
  expect(sarifProblems(read("s.sarif"))).toEqual([]);
  expect(read("s.sarif")).toContain("The time was over before the run was finished.");
  expect(read("j.xml").match(/<skipped message="not run"\/>/g)).toHaveLength(3);
  const shard = ["--shard", "1/1", "--out", "parts", "--timeout", "0.1"];
  expect((await check(never, "a.tw", "b c.tw", ...shard)).code).toBe(20);
});

test("a shard does not count a search whose fewest faults a signal cut short", async () => {
  const asked = ["walks.tw", "--minimal", "faults", "--shard", "1/1", "--out", "parts"];
  const whole = await check(never, ...asked);
  expect([whole.code, whole.out]).toEqual([0, "shard 1 of 1: 1 of 1 searches made\n"]);
  const made = new Set<number>();
  for (let nth = 1; ; nth += 1) {
    const { code, out, looks } = await check(nth, ...asked);
    if (looks < nth) break;
    // Nothing was searched where there is no such line.
    const [, count = "0"] = /(\d) of 1 searches made/.exec(out) ?? [];
    made.add(Number(count));
    expect([nth, code, count]).toEqual([nth, count === "1" ? 0 : 130, count]);
  }
  expect(made).toContain(0);
});

test("whenever the time is over: what was found stands beside what was not run", async () => {
  let isBetween = false;
  for (let tenths = 1; ; tenths += 1) {
    const limit = ["--timeout", String(tenths / 10)];
    const { code, out } = await check(never, ...words, ...limit);
    if (code === 0) break;
    expect(code).toBe(20);
    const { ended, files } = JSON.parse(out) as {
      readonly ended: string;
      readonly files: readonly { readonly checks: readonly object[]; readonly notRun?: object }[];
    };
    const isLeft = files.some((it) => it.notRun !== undefined);
    expect(ended).toBe(isLeft ? "incomplete" : "finished");
    isBetween ||= isLeft && files.some((it) => it.checks.length > 0);
  }
  expect(isBetween).toBe(true);
});

test("a GitHub annotation tells it", async () => {
  const { out } = await check(1, "a.tw", "b c.tw", "--annotations");
  expect(out).toContain(
    "::warning title=check::the run was interrupted before it was finished; " +
      "checks not run: 1 of a.tw, 2 of b c.tw\n",
  );
});
