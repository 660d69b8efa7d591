// Writes a file whole or not at all; for the edge of the program.

import { lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";

/** What the codes of the system mean to somebody who wants a file written. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  ENOTDIR: "what stands above it is a file, not a folder",
  EISDIR: "it is a folder",
  EEXIST: "a file has that name",
  EACCES: "there is no permission",
  EPERM: "there is no permission",
  EROFS: "nothing can be written there",
  ENOSPC: "there is no room left",
};

/** Why the system refused to write, in words; what it throws otherwise is thrown on. */
export const refusalOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
  const code = String(thrown.code);
  return reasons[code] ?? `the system says ${code}`;
};

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** A new file, or a regular one: only such a file may be exchanged for another. */
const place = (path: string): { readonly path: string; readonly mode?: number } | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { path };
  // A link stays a link, and its target is what changes.
  return stat.isFile() ? { path: realpathSync(path), mode: stat.mode } : undefined;
};

/**
 * Writes beside the file and renames, so that nobody ever sees half of it. A device, a pipe or a
 * link to nothing is written into and stays what it is. Left: why it cannot be written, in words.
 */
export const writeWhole = (path: string, content: string | Uint8Array): E.Either<string, void> => {
  let beside: string | undefined;
  try {
    const to = place(path);
    if (to === undefined || isLink(to.path)) {
      writeFileSync(path, content);
      return E.right(undefined);
    }
    beside = `${to.path}.${process.pid}.tmp`;
    writeFileSync(beside, content, to.mode === undefined ? {} : { mode: to.mode });
    renameSync(beside, to.path);
    return E.right(undefined);
  } catch (thrown) {
    if (beside !== undefined) rmSync(beside, { force: true });
    return E.left(refusalOf(thrown));
  }
};
