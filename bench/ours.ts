// Our own command as a contestant.

import { spawnSync } from "node:child_process";
import * as E from "fp-ts/lib/Either.js";
import type { Contestant } from "./contestant.ts";
import { readOurs } from "./outputs.ts";

const program = "bin/check.js";

const help = (): string => spawnSync("node", [program, "--help"], { encoding: "utf8" }).stdout;

/** Which of its options this version of the command has. */
const known = new Set((help() ?? "").match(/--[a-z-]+/g) ?? []);

export interface Options {
  /** Option and value; without the option the contestant does not take part. */
  readonly needs?: readonly (readonly [string, string])[];
  /** The same, but left out where it is unknown: then there is only one way anyhow. */
  readonly wishes?: readonly (readonly [string, string])[];
}

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
    const { needs = [], wishes = [] } = options;
    const missing = needs.filter(([option]) => !known.has(option));
    if (missing.length > 0) {
      return E.left(`not available: ${missing.map(([option]) => option).join(", ")}`);
    }
    const words = [...needs, ...wishes.filter(([option]) => known.has(option))].flat();
    const fresh = known.has("--no-cache") ? ["--no-cache"] : [];
    const fixed = [program, file, "--check", title, "--json", "--quiet", ...fresh];
    return E.right({
      command: { program: "node", words: [...fixed, ...words], folder: process.cwd() },
      read: readOurs,
    });
  },
});

const plain = ["--reduce", "none"] as const;
const thread = (count: 1 | 2) => ["--threads", String(count)] as const;

export const javascript = (file: string, title: string): Contestant =>
  ours("ours, JavaScript, 1 thread", file, title, {
    wishes: [["--engine", "javascript"], thread(1), plain],
  });

export const webAssembly = (file: string, title: string, threads: 1 | 2): Contestant =>
  ours(`ours, WebAssembly, ${threads} thread${threads === 1 ? "" : "s"}`, file, title, {
    needs: [["--engine", "webassembly"], ...(threads === 1 ? [] : [thread(threads)])],
    wishes: [thread(threads), plain],
  });

/** As people call it, with all that it can do. */
export const asItComes = (file: string, title: string, name = "ours, as it comes"): Contestant =>
  ours(name, file, title, {}, { counting: "reduced" });

export const reduced = (file: string, title: string, threads: 1 | 2): Contestant =>
  ours(
    `ours, reduced, ${threads} thread${threads === 1 ? "" : "s"}`,
    file,
    title,
    {
      needs: [["--reduce", "all"], ...(threads === 1 ? [] : [thread(threads)])],
      wishes: [thread(threads)],
    },
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
