// Whatever ends a run early: a clear report, the right exit code, no stack trace, and the process is gone.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { workshop } from "./program.ts";
import { readRepository, repository } from "./run-text.ts";

const launcher = join(import.meta.dirname, "../../bin/check.js");

/** 3,168,725 states, and recoverables: some seconds, most of them with several threads. */
const slow = `${readRepository("models/classics/narrow-time-wait.tw")}
recoverable closes : a == TIME_WAIT can reach a == CLOSED
recoverable opens : a == CLOSED can reach a == ESTAB
check "slow" { MSL = 1, CAP = 3, MAXLOSS = 1, MAXDUP = 1 } only ages, closes, opens expect violated opens
sweep "many" { RTO in 2..3, TW in 1..2, MAXDUP in 0..1, MSL = 1 } only ages
`;

/** What happens in a worker, when it has taken its tenth piece of work. */
const mishap = (deed: string): string => `
  const { isMainThread } = require("node:worker_threads");
  const { add, notify } = Atomics;
  let pieces = 0;
  if (!isMainThread) Atomics.add = (...words) => {
    pieces += 1;
    if (pieces === 10) { ${deed} }
    return add(...words);
  };
`;

const shop = workshop({
  "slow.tw": slow.replaceAll(/^check "MSL[^]*?transitions$/gm, ""),
  "throws.cjs": mishap(`throw new Error("the worker has had enough")`),
  "exits.cjs": mishap(`process.exit(0)`),
  "memory.cjs": mishap(`for (const all = [];;) all.push(new Array(100000).fill({}))`),
  "hangs.cjs": mishap(`for (;;);`),
  // Says twice that its work is done: what no thread can do.
  "lies.cjs": `
    const { isMainThread } = require("node:worker_threads");
    const { add, notify } = Atomics;
    if (!isMainThread) Atomics.notify = (heap, at) => {
      add(heap, at, 1);
      return notify(heap, at);
    };
  `,
});

afterAll(shop.close);

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

interface Start {
  readonly node?: readonly string[];
  /** A signal, and after how many milliseconds it is sent. */
  readonly signals?: readonly (readonly [NodeJS.Signals, number])[];
}

/** Runs the program; its end is that of the process and of all that holds its streams. */
const run = (words: readonly string[], { node = [], signals = [] }: Start = {}): Promise<End> =>
  new Promise((resolve) => {
    const begin = performance.now();
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [...node, launcher, ...words], {
      cwd: shop.folder,
      env: { PATH, HOME, CHECK_CACHE: "off" },
    });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    for (const [signal, after] of signals) setTimeout(() => child.kill(signal), after);
    child.on("close", (code, signal) => {
      resolve({ code, signal, out, err, seconds: (performance.now() - begin) / 1000 });
    });
  });

const trace = /^\s+at .*\d+:\d+/m;
const slowCheck = ["slow.tw", "--check", "slow", "--threads", "2"] as const;
const required = (name: string): readonly string[] => ["--require", join(shop.folder, name)];

describe("a worker", () => {
  test.each([["throws.cjs"], ["exits.cjs"], ["memory.cjs"]])(
    "that is lost leaves an incomplete search: %s",
    async (name) => {
      const node = [...required(name), "--max-old-space-size=64"];
      const { code, out, err } = await run(slowCheck, { node });
      expect(code).toBe(20);
      expect(out).toMatch(/incomplete: a thread of the search ended/);
      expect(out).not.toMatch(/holds$|as expected/m);
      expect(out + err).not.toMatch(trace);
    },
  );

  test("that hangs does not keep the program from ending", async () => {
    const signals = [["SIGINT", 3000]] as const;
    const { code, out, seconds } = await run(slowCheck, { node: required("hangs.cjs"), signals });
    expect(code).toBe(130);
    expect(out).toMatch(/interrupted/);
    expect(seconds).toBeLessThan(20);
  });

  test("whose figures cannot be is an internal error", async () => {
    const { code, out, err } = await run(slowCheck, { node: required("lies.cjs") });
    expect(code).toBe(70);
    expect(err).toMatch(/internal error: .*threads of a search contradict each other/);
    expect(out).not.toMatch(/holds$|as expected/m);
  });

  test("whose figures cannot be is an internal error in every report", async () => {
    const words = [...slowCheck, "--json", "--sarif", "lies.sarif", "--junit", "lies.xml"];
    const { code, out } = await run(words, { node: required("lies.cjs") });
    expect(code).toBe(70);
    expect(out).not.toMatch(trace);
    const { failure } = JSON.parse(out) as { readonly failure?: { readonly code?: string } };
    expect(failure?.code).toBe("TW0901");
    for (const name of ["lies.sarif", "lies.xml"]) {
      expect(readFileSync(join(shop.folder, name), "utf8")).toContain("internal error");
    }
  });
});

/** How a run ended that was sent a signal for which the code is `code`. */
const mannerOf = ({ code, signal, out, err }: End, wanted: number): string => {
  // Before the program listens, and again while Node takes the process down, the signal itself ends it.
  if (signal !== null && out === "") return "as it should: at once";
  if ((code === 0 || signal !== null) && /as expected; .*\n$/.test(out)) {
    return "as it should: after the result";
  }
  if (code === wanted && /interrupted|not run/.test(out + err)) return "as it should: interrupted";
  return `${code} ${signal} ${out} ${err}`;
};

describe("a signal at any moment", () => {
  const delays = [20, 120, 300, 600, 1000, 1700, 2600];

  test.each([
    ["SIGINT", 130, [...slowCheck]],
    ["SIGTERM", 143, ["slow.tw", "--check", "many"]],
    ["SIGINT", 130, ["slow.tw", "--threads", "3"]],
    // More than two hundred models, which are looked at first.
    ["SIGINT", 130, [join(repository, "spec/timewait.tw")]],
  ] as const)("%s ends with %i, or after the result: %j", async (signal, code, words) => {
    for (const after of delays) {
      const end = await run(words, { signals: [[signal, after]] });
      expect([after, mannerOf(end, code)]).toEqual([after, expect.stringMatching(/^as it should/)]);
      expect(end.err).not.toMatch(trace);
    }
  });

  test("a second one ends the program at once", async () => {
    const signals = [
      ["SIGINT", 2500],
      ["SIGINT", 2900],
    ] as const;
    // The first one alone would leave a thread that hangs five seconds to come back.
    const node = required("hangs.cjs");
    const { code, seconds } = await run(slowCheck, { node, signals });
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(7);
  });

  test("two that come together, as `timeout` sends them, are one: the result is told", async () => {
    const rules = ["a", "b", "c"].map((it) => `rule up_${it} { ${it} = (${it} + 1) % 1000 }\n`);
    shop.write("large.tw", `var a, b, c : 0..999\n${rules.join("")}`);
    const signals = Array.from({ length: 2 }, () => ["SIGTERM", 2000] as const);
    const { code, out, err } = await run(["large.tw", "--threads", "1"], { signals });
    expect(code).toBe(143);
    expect(out).toMatch(/interrupted: the search is whole up to depth/);
    expect(err).toBe("check: terminated before everything was done\n");
  });
});

describe("memory", () => {
  test.each(["1", "300K", "4M", "40M"])(
    "of %s is too little, and ends the search as incomplete",
    async (memory) => {
      for (const engine of ["auto", "javascript", "webassembly"]) {
        const words = [...slowCheck, "--memory", memory, "--engine", engine];
        const { code, out, err } = await run(words);
        expect([code, err]).toEqual([20, ""]);
        expect(out).toMatch(
          /incomplete: the limit of memory \(--memory, or the system's\) ended the search/,
        );
      }
    },
  );

  test("that the machine refuses ends the search as incomplete too", async () => {
    const { code, out, err } = shop.shell(
      "ulimit -v 3000000; $CHECK slow.tw --check slow --threads 2 --memory 4G",
    );
    expect(err).not.toMatch(trace);
    expect([0, 20]).toContain(code);
    expect(out).toMatch(code === 0 ? /as expected/ : /incomplete/);
  });
});

describe("an environment without generated code", () => {
  const file = join(repository, "models/classics/die-hard.tw");
  const figures = (out: string): string =>
    out.replaceAll(/, [0-9.]+ (ms|s)\b|in [0-9.]+ s\b/g, "").replaceAll(/\n{2,}/g, "\n");

  test.each([
    ["--disallow-code-generation-from-strings", "javascript"],
    ["--jitless", "webassembly"],
  ])("runs the interpreter, says so, and finds the same: %s, --engine %s", async (flag, engine) => {
    const usual = await run([file]);
    const found = await run([file, "--engine", engine], { node: [flag] });
    expect(usual.err).toBe("");
    expect([found.code, found.out.includes("four gallons")]).toEqual([0, true]);
    expect(found.err).toMatch(/warning\[TW0702\]: check "four gallons" runs in the interpreter/);
    expect(figures(found.out)).toBe(figures(usual.out));
  });

  test.each(["--jitless", "--disallow-code-generation-from-strings"])(
    "has one form of it where only the other is missing: %s",
    async (flag) => {
      const usual = await run([file]);
      const found = await run([file], { node: [flag] });
      expect(found.code).toBe(0);
      expect(found.err).not.toMatch(/TW0702/);
      expect(figures(found.out)).toBe(figures(usual.out));
    },
  );
});
