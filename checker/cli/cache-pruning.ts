// Keeps the folder of the cache from growing without end: entries that nobody used for long go first.

import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** Bytes of all entries, beyond which the oldest are removed. */
export const cacheLimit = 512 * 2 ** 20;

/** What a killed run left behind; no run takes that long between writing a file and renaming it. */
const abandonedMs = 3_600_000;

/** Only what has the name of an entry is one: the folder may be anybody's. */
const isGroup = (name: string): boolean => /^[0-9a-f]{2}$/.test(name);
const isEntry = (name: string): boolean => /^[0-9a-f]{62}$/.test(name);
const isTemporary = (name: string): boolean => /^[0-9a-f]{62}\.\d+\.tmp$/.test(name);

interface Entry {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

const filesIn = (folder: string, isWanted: (name: string) => boolean): readonly Entry[] =>
  readdirSync(folder)
    .filter(isGroup)
    .flatMap((group) => {
      const inside = join(folder, group);
      return readdirSync(inside)
        .filter(isWanted)
        .flatMap((name): readonly Entry[] => {
          const path = join(inside, name);
          const found = statSync(path, { throwIfNoEntry: false });
          return found === undefined ? [] : [{ path, bytes: found.size, usedAt: found.mtimeMs }];
        });
    });

/**
 * Removes what was left half written, and the entries that were used longest ago where all together
 * have more bytes than the limit. Another run may do the same: an entry that is gone is searched again.
 * @param now milliseconds since 1970
 */
export const prune = (folder: string, limit: number, now: number): void => {
  try {
    for (const { path, usedAt } of filesIn(folder, isTemporary)) {
      if (now - usedAt > abandonedMs) rmSync(path, { force: true });
    }
    const entries = filesIn(folder, isEntry);
    let bytes = entries.reduce((sum, it) => sum + it.bytes, 0);
    if (bytes <= limit) return;
    // Some room to grow, so that not every run has to remove something.
    const wanted = limit * 0.8;
    for (const it of entries.toSorted((left, right) => left.usedAt - right.usedAt)) {
      if (bytes <= wanted) return;
      rmSync(it.path, { force: true });
      bytes -= it.bytes;
    }
  } catch {
    // A folder that cannot be read or written stays as it is.
  }
};
