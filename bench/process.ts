// Runs one process from start to exit and says what it cost.

/*
 * CPU and wall seconds are what bash's `time` has from wait4, to the millisecond. The peak of the
 * resident memory is wait4's too where GNU time is installed. Elsewhere the process and its children
 * are asked every few milliseconds for the peak that the kernel keeps for them: that misses only what
 * the last of these milliseconds added.
 */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { readTimes } from "./outputs.ts";
import type { Machine, Sample } from "./results.ts";

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly folder: string;
}

export interface Ended {
  readonly sample: Sample;
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

const gnuTime = "/usr/bin/time";

export const memoryBy: Machine["memoryBy"] = /GNU/.test(
  String(spawnSync(gnuTime, ["--version"], { encoding: "utf8" }).output),
)
  ? "wait4"
  : "polling";

/** Standard error of the program goes where it would go; what `time` prints goes to $1, peak to $2. */
const script = (inner: string): string => `
  TIMEFORMAT='%3R %3U %3S'; LC_ALL=C
  times=$1; peak=$2; shift 2
  { time ${inner} "$@" 2>&3; } 3>&2 2>"$times"
`;

const peakOf = (pid: string): number => {
  try {
    const status = readFileSync(join("/proc", pid, "status"), "utf8");
    const children = readdirSync(join("/proc", pid, "task")).flatMap((thread) =>
      readFileSync(join("/proc", pid, "task", thread, "children"), "utf8")
        .split(" ")
        .filter((it) => it !== ""),
    );
    const own = Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
    return Math.max(own, ...children.map(peakOf));
  } catch {
    // It has ended between two looks.
    return 0;
  }
};

/** Process groups that still run: they end with us. */
const running = new Set<number>();
const endGroup = (pid: number): void => {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
};
process.on("exit", () => running.forEach(endGroup));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

const watch = (pid: number | undefined): { readonly stop: () => number } => {
  let peak = 0;
  const look = (): void => {
    if (pid !== undefined) peak = Math.max(peak, peakOf(String(pid)));
  };
  const timer = memoryBy === "polling" ? setInterval(look, 4) : undefined;
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
};

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  const parts: string[] = [];
  stream.setEncoding("utf8");
  stream.on("data", (part: string) => parts.push(part));
  return () => parts.join("");
};

/** Left: why there are no figures. */
export const run = (command: Command, limitSeconds: number): Promise<E.Either<string, Ended>> => {
  const scratch = mkdtempSync(join(tmpdir(), "bench-"));
  const [times, peak] = [join(scratch, "times"), join(scratch, "peak")];
  const inner = memoryBy === "wait4" ? `${gnuTime} -q -f %M -o "$peak"` : "";
  const child = spawn(
    "bash",
    ["-c", script(inner), "bench", times, peak, command.program, ...command.words],
    // Ours is read as it prints without colours.
    {
      cwd: command.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" },
    },
  );
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  const [output, complaints] = [collect(child.stdout), collect(child.stderr)];
  const watched = watch(pid);
  return new Promise((done) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (pid !== undefined) endGroup(pid);
    }, limitSeconds * 1000);
    const finish = (code: number | null): void => {
      clearTimeout(timer);
      if (pid !== undefined) running.delete(pid);
      const polled = watched.stop();
      const text = isLate || !existsSync(times) ? "" : readFileSync(times, "utf8");
      const kilobytes = memoryBy === "wait4" && !isLate ? Number(readFileSync(peak, "utf8")) : 0;
      rmSync(scratch, { recursive: true, force: true });
      const measured = readTimes(text);
      if (isLate) return done(E.left(`no answer in ${limitSeconds} s`));
      if (measured === undefined) return done(E.left(`cannot be measured: ${text.slice(0, 200)}`));
      const sample = { ...measured, peakBytes: Math.max(polled, kilobytes * 1024) };
      done(E.right({ sample, code: code ?? -1, output: output(), complaints: complaints() }));
    };
    child.on("close", finish);
    child.on("error", () => finish(null));
  });
};
