// The options about what outlives a run: the lock file, and the cache of verdicts.

import { type Command, InvalidArgumentError } from "commander";
import * as E from "fp-ts/lib/Either.js";

/** What results are compared with, or are written to. */
export interface LockOptions {
  readonly path: string;
  readonly update: boolean;
  /** Whether it is an error that `update` would change it. */
  readonly isFrozen: boolean;
}

export interface KeepingOptions {
  readonly lock?: LockOptions;
  /** Undefined: the cache of the package, or of the user. */
  readonly cache?: false | { readonly folder: string };
}

const path = (text: string): string => {
  if (text === "") throw new InvalidArgumentError("name a path.");
  return text;
};

export const keeping = (command: Command): Command =>
  command
    .option("--lock <file>", "compare verdicts and counts with this file; 16 if one moved", path)
    .option("--update-lock", "write verdicts and counts to the lock file")
    .option("--frozen-lock", "16 too if the lock file was not renewed after an edit")
    .option("--no-cache", "search again what is known, and remember nothing")
    .option("--cache-dir <folder>", "remember verdicts there", path);

export interface KeepingWords {
  readonly lock?: string;
  readonly updateLock?: boolean;
  readonly frozenLock?: boolean;
  readonly cache?: boolean;
  readonly cacheDir?: string;
  /** What changes the numbers of every check. */
  readonly set?: readonly string[];
  readonly only?: readonly string[];
  readonly reduce?: readonly string[];
  readonly minimal?: string;
}

export type Changes = Pick<KeepingWords, "set" | "only" | "reduce" | "minimal">;

/** A lock speaks of what the files say, so nothing on the command line may change that. */
const changing = (words: Changes): readonly string[] => [
  ...((words.set ?? []).length > 0 ? ["--set"] : []),
  ...((words.only ?? []).length > 0 ? ["--only"] : []),
  ...((words.reduce ?? []).length > 0 ? ["--reduce"] : []),
  ...(words.minimal === "faults" ? ["--minimal faults"] : []),
];

/** Why words of a run, or of its shards, do not go with a lock file; undefined where they do. */
export const lockMisfit = (words: Changes): string | undefined => {
  const [first] = changing(words);
  return first === undefined
    ? undefined
    : `${first} changes what a lock file is about: leave it or --lock out`;
};

export const keepingOptions = (words: KeepingWords): E.Either<string, KeepingOptions> => {
  const { lock, updateLock = false, frozenLock = false, cache = true, cacheDir } = words;
  if (updateLock && lock === undefined) {
    return E.left("--update-lock needs --lock FILE, the file that is written");
  }
  if (frozenLock && lock === undefined) {
    return E.left("--frozen-lock needs --lock FILE, the file that is compared");
  }
  if (frozenLock && updateLock) {
    return E.left("--frozen-lock and --update-lock contradict each other");
  }
  const misfit = lock === undefined ? undefined : lockMisfit(words);
  if (misfit !== undefined) return E.left(misfit);
  if (!cache && cacheDir !== undefined) {
    return E.left("--no-cache and --cache-dir contradict each other");
  }
  return E.right({
    ...(lock === undefined
      ? {}
      : { lock: { path: lock, update: updateLock, isFrozen: frozenLock } }),
    ...(cache ? {} : { cache }),
    ...(cacheDir === undefined ? {} : { cache: { folder: cacheDir } }),
  });
};
