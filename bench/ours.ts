// Our own command as a contestant.

import { spawnSync } from "node:child_process";
import * as E from "fp-ts/lib/Either.js";
import type { Contestant } from "./contestant.ts";
import { readOurs } from "./outputs.ts";

const program = "bin/check.js";

/** Options of the command and their values. */
export type Options = Readonly<Partial<Record<"--engine" | "--reduce" | "--threads", string>>>;

export const ours = (
  name: string,
  file: string,
  title: string,
  options: Options,
  rest: Pick<Contestant, "once" | "counting"> = {},
): Contestant => ({
  name,
  isOurs: true,
  ...rest,
  prepare: () => {
    const fixed = [program, file, "--check", title, "--no-cache"];
    const words = [...fixed, ...Object.entries(options).flat()];
    return E.right({
      command: { program: "node", words, folder: process.cwd() },
      read: readOurs,
    });
  },
});

const inThreads = (threads: number): string => `${threads} thread${threads === 1 ? "" : "s"}`;

export const javascript = (file: string, title: string): Contestant =>
  ours("ours, JavaScript, 1 thread", file, title, {
    "--engine": "javascript",
    "--threads": "1",
    "--reduce": "none",
  });

export const webAssembly = (file: string, title: string, threads: 1 | 2): Contestant =>
  ours(`ours, WebAssembly, ${inThreads(threads)}`, file, title, {
    "--engine": "webassembly",
    "--threads": String(threads),
    "--reduce": "none",
  });

/** As people call it, with all that it can do. */
export const asItComes = (file: string, title: string, name = "ours, as it comes"): Contestant =>
  ours(name, file, title, {}, { counting: "reduced" });

export const reduced = (file: string, title: string, threads: 1 | 2): Contestant =>
  ours(
    `ours, reduced, ${inThreads(threads)}`,
    file,
    title,
    { "--reduce": "all", "--threads": String(threads) },
    { counting: "reduced" },
  );

/** A goal that is never reached is a mistake for rumur; no contestant looks for any. */
const withoutCovers = (text: string): string => text.replaceAll(/^cover .*$/gm, "");

/** One of our models as the text of another checker. */
export const translation = (
  file: string,
  title: string,
  language: "murphi" | "promela",
): E.Either<string, string> => {
  const words = [program, "translate", file, "--check", title, "--to", language];
  const { stdout, stderr, status } = spawnSync("node", words, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return status === 0
    ? E.right(withoutCovers(stdout))
    : E.left(`no translation: ${stderr.trim().slice(0, 200)}`);
};
