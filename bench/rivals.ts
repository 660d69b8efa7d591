// SPIN and rumur as contestants, with the options that serve them best.

import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type { Contestant, Job } from "./contestant.ts";
import { type Extra, readRumur, readSpin } from "./outputs.ts";

/** A text, and what is known of it. */
export interface Text {
  /** Goes into names of files. */
  readonly slug: string;
  readonly text: () => E.Either<string, string>;
  readonly extra: Extra;
  /** About how many states it has: tables are made to fit. */
  readonly states: () => number;
}

interface Program {
  readonly name: string;
  /** The Debian package that brings it. */
  readonly package: string;
  readonly version: string;
}

const programs: readonly Program[] = [
  { name: "gcc", package: "gcc", version: "--version" },
  { name: "spin", package: "spin", version: "-V" },
  { name: "rumur", package: "rumur", version: "--version" },
];

const versionOf = ({ name, version }: Program): string | undefined => {
  const { stdout, error } = spawnSync(name, [version], { encoding: "utf8" });
  return error === undefined ? (stdout.split("\n")[0] ?? "").trim() : undefined;
};

const versions = new Map(programs.map((it) => [it.name, versionOf(it)]));

export const toolVersions = (): readonly string[] =>
  [...versions.values()].filter((it) => it !== undefined);

/** In words; undefined when all are there. */
const missing = (...names: readonly string[]): string | undefined => {
  const packages = programs
    .filter((it) => names.includes(it.name) && versions.get(it.name) === undefined)
    .map((it) => it.package);
  return packages.length === 0
    ? undefined
    : `skipped: not installed (Debian package ${packages.join(", ")})`;
};

const powerOfTwo = (least: number): number => Math.ceil(Math.log2(Math.max(least, 2 ** 16)));

/** Runs a step of the preparation. */
const step = (
  folder: string,
  program: string,
  words: readonly string[],
): E.Either<string, undefined> => {
  const { status, stderr } = spawnSync(program, [...words], { cwd: folder, encoding: "utf8" });
  return status === 0
    ? E.right(undefined)
    : E.left(`${program} fails: ${stderr.trim().slice(0, 200)}`);
};

const folderOf = (workshop: string, ...parts: readonly string[]): string => {
  const folder = join(workshop, parts.join("-").replaceAll(/[^a-z0-9]+/gi, "-"));
  mkdirSync(folder, { recursive: true });
  return folder;
};

const written = (
  { text }: Text,
  folder: string,
  name: string,
  change: (text: string) => string = (it) => it,
): E.Either<string, undefined> =>
  E.map((it: string) => {
    writeFileSync(join(folder, name), change(it));
    return undefined;
  })(text());

export interface SpinFlags {
  readonly name: string;
  readonly flags: readonly string[];
  readonly once?: boolean;
}

const safety = ["-DSAFETY", "-DNOREDUCE"];
/** State vectors are hashed as they are, indices of arrays are not looked at. */
const lean = [...safety, "-DNOCOMP", "-DNOBOUNDCHECK"];
export const spinDfs: SpinFlags = { name: "SPIN DFS, -O2", flags: ["-O2", ...safety] };
export const spinDfsBest: SpinFlags = {
  name: "SPIN DFS, -O3, lean",
  flags: ["-O3", "-march=native", ...lean],
};
export const spinBfs: SpinFlags = {
  name: "SPIN BFS, -O3, lean",
  flags: ["-O3", "-march=native", "-DBFS", ...lean],
};
export const spinCollapse: SpinFlags = {
  name: "SPIN DFS, -O2, COLLAPSE",
  flags: ["-O2", ...safety, "-DCOLLAPSE"],
  once: true,
};

/** Breadth-first search refuses `hidden`; these variables are zero between steps, and add no states. */
const shown = (text: string): string => text.replaceAll(/\bhidden (?=short|byte)/g, "");

/** A table with about two slots per state: half of that costs time, double costs its clearing. */
const panWords = (text: Text): readonly string[] => [
  "-E",
  "-n",
  "-m200000",
  `-w${powerOfTwo(text.states()) + 1}`,
];

const before = (...steps: readonly (() => E.Either<string, undefined>)[]) =>
  steps.reduce(
    (soFar, next) => (E.isLeft(soFar) ? soFar : next()),
    E.right(undefined) as E.Either<string, undefined>,
  );

export const spin = (
  workshop: string,
  text: Text,
  { name, flags, once }: SpinFlags,
  suffix = "",
): Contestant => ({
  name: `${name}${suffix}`,
  isOurs: false,
  ...(once === undefined ? {} : { once }),
  prepare: () => {
    const why = missing("spin", "gcc");
    if (why !== undefined) return E.left(why);
    const folder = folderOf(workshop, text.slug, name);
    const change = flags.includes("-DBFS") ? shown : undefined;
    const ready = before(
      () => written(text, folder, "model.pml", change),
      () => step(folder, "spin", ["-a", "model.pml"]),
      () => step(folder, "gcc", ["-w", ...flags, "-o", "pan", "pan.c"]),
    );
    return E.map((): Job => ({
      command: { program: "./pan", words: panWords(text), folder },
      read: readSpin(text.extra),
    }))(ready);
  },
});

const rumurSearch = "--deadlock-detection off --output-format machine-readable".split(" ");
const doubleWord = process.arch === "x64" ? ["-mcx16"] : [];

export interface RumurOptions {
  readonly name: string;
  readonly threads: 1 | 2;
  /** The default, in which states are compressed; off is faster. */
  readonly isPacked: boolean;
  readonly once?: boolean;
}

export const rumurs: readonly RumurOptions[] = [
  { name: "rumur, pack-state off, 1 thread", threads: 1, isPacked: false },
  { name: "rumur, pack-state on, 1 thread", threads: 1, isPacked: true },
  { name: "rumur, pack-state off, 2 threads", threads: 2, isPacked: false },
];

export const rumur = (
  workshop: string,
  text: Text,
  { name, threads, isPacked, once }: RumurOptions,
  suffix = "",
): Contestant => ({
  name: `${name}${suffix}`,
  isOurs: false,
  ...(once === undefined ? {} : { once }),
  prepare: () => {
    const why = missing("rumur", "gcc");
    if (why !== undefined) return E.left(why);
    const folder = folderOf(workshop, text.slug, name);
    // Slots of eight bytes, filled to three quarters at most: the set never grows.
    const capacity = 2 ** powerOfTwo((text.states() * 8) / 0.74);
    const options = ["--threads", String(threads), "--set-capacity", String(capacity)];
    const packing = ["--pack-state", isPacked ? "on" : "off", "--counterexample-trace", "off"];
    const ready = before(
      () => written(text, folder, "model.m"),
      () =>
        step(folder, "rumur", [...rumurSearch, ...options, ...packing, "model.m", "-o", "model.c"]),
      () =>
        step(
          folder,
          "gcc",
          "-w -O3 -march=native model.c -o model -lpthread".split(" ").concat(doubleWord),
        ),
    );
    return E.map((): Job => ({
      command: { program: "./model", words: [], folder },
      read: readRumur,
    }))(ready);
  },
});

const shell = (
  workshop: string,
  text: Text,
  name: string,
  tool: "spin" | "rumur",
  line: string,
): Contestant => ({
  name,
  isOurs: false,
  prepare: () => {
    const why = missing(tool, "gcc");
    if (why !== undefined) return E.left(why);
    const folder = folderOf(workshop, text.slug, name);
    return E.map((): Job => ({
      command: { program: "sh", words: ["-c", line], folder },
      read: tool === "spin" ? readSpin(text.extra) : readRumur,
    }))(written(text, folder, tool === "spin" ? "model.pml" : "model.m"));
  },
});

/** From the text to the verdict: generator, C compiler and search in one. */
export const chains = (workshop: string, promela: Text, murphi: Text): readonly Contestant[] => [
  ...["-O0", "-O1", "-O2"].map((level) =>
    shell(
      workshop,
      promela,
      `spin -a, gcc ${level}, pan`,
      "spin",
      `spin -a model.pml && gcc -w ${level} ${lean.join(" ")} -o pan pan.c && ./pan -E -n -w18`,
    ),
  ),
  shell(
    workshop,
    murphi,
    "rumur, gcc -O1, search",
    "rumur",
    `rumur ${rumurSearch.join(" ")} --threads 1 --pack-state off model.m -o model.c &&
     gcc -w -O1 ${doubleWord.join(" ")} model.c -o model -lpthread && ./model`,
  ),
];
