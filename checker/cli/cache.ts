// What outlives a run: small sealed files in one folder, written whole or not at all.

import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Memory } from "../prove/index.ts";
import { cacheLimit, prune } from "./cache-pruning.ts";
import type { CheckOptions } from "./command-line.ts";
import { isFolder, makeFolder } from "./make-folder.ts";
import type { Shell } from "./shell.ts";

/** Names a text: SHA-256, in hexadecimal. */
export const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Raised when what is written means something else, although the program is the same. */
const format = 1;

/** `node_modules` of the package that a folder belongs to, if it has been installed. */
const packageCache = (folder: string): string | undefined => {
  const modules = join(folder, "node_modules");
  if (isFolder(modules)) return join(modules, ".cache", "timewait");
  const above = dirname(folder);
  return above === folder ? undefined : packageCache(above);
};

const userCache = (environment: Shell["environment"]): string | undefined => {
  const named = environment["XDG_CACHE_HOME"] ?? "";
  if (isAbsolute(named)) return join(named, "timewait");
  const home = environment["HOME"] ?? environment["LOCALAPPDATA"] ?? "";
  return isAbsolute(home) ? join(home, ".cache", "timewait") : undefined;
};

/** The folder of the cache; undefined: there shall be none. */
export const cacheFolder = (
  { keeping }: Pick<CheckOptions, "keeping">,
  { environment, folder }: Pick<Shell, "environment" | "folder">,
): string | undefined => {
  const asked = keeping?.cache;
  if (asked === false) return undefined;
  if (asked !== undefined) return resolve(folder, asked.folder);
  const named = environment["CHECK_CACHE"] ?? "";
  if (named === "off") return undefined;
  if (named !== "") return resolve(folder, named);
  return packageCache(folder) ?? userCache(environment);
};

/** Removes what is left of a file, if it can. */
const discard = (path: string): void => {
  try {
    rmSync(path, { force: true });
  } catch {
    // Its folder is none, or cannot be written: then nothing is left there.
  }
};

/** What is kept in a folder. */
export interface Cache extends Memory {
  /** At the end of a run: what was not used for long may go. */
  readonly tidy: () => void;
}

/** Notes that an entry was used, if it can. */
const touch = (path: string): void => {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // A cache that may only be read is never pruned either.
  }
};

/**
 * A cache that only what this very build of the program wrote is read from. Every entry carries its
 * key and a digest of its text, so that one that is damaged or foreign is as good as none; it is
 * replaced by renaming, so that two programs may write at once.
 */
export const cacheIn = (folder: string, fingerprint: string): Cache => {
  let isWritable = true;
  let hasGrown = false;
  const placeOf = (key: string): string => join(folder, key.slice(0, 2), key.slice(2));
  const sealOf = (key: string, text: string): string =>
    `timewait ${format} ${fingerprint} ${key} ${digest(text)}\n`;
  return {
    recall: (key) => {
      try {
        const content = readFileSync(placeOf(key), "utf8");
        const text = content.slice(content.indexOf("\n") + 1);
        if (content !== sealOf(key, text) + text) return undefined;
        touch(placeOf(key));
        return text;
      } catch {
        // Missing, not to be read, no text: in every case nothing is known.
        return undefined;
      }
    },
    keep: (key, text) => {
      if (!isWritable) return;
      const place = placeOf(key);
      const beside = `${place}.${process.pid}.tmp`;
      try {
        makeFolder(dirname(place));
        writeFileSync(beside, sealOf(key, text) + text);
        renameSync(beside, place);
        hasGrown = true;
      } catch {
        // A full or read-only disk costs time later, and nothing now.
        isWritable = false;
        discard(beside);
      }
    },
    tidy: () => {
      if (hasGrown) prune(folder, cacheLimit, Date.now());
    },
  };
};
