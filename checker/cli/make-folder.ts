// Makes the folders that results are written into; for the edge of the program.
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Is it a folder that can be looked at? */
export const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

/**
 * Makes `path` and the folders above it that are missing. Each is asked for once: Node's own
 * `recursive` never comes back where a file system refuses new folders with ENOENT, as `/proc` does.
 * @throws what `mkdir` throws, when a folder cannot be made
 */
export const makeFolder = (path: string): void => {
  const missing: string[] = [];
  for (let at = path; !exists(at); at = dirname(at)) missing.unshift(at);
  if (missing.length === 0 && !isFolder(path)) missing.push(path);
  for (const it of missing) {
    try {
      mkdirSync(it);
    } catch (error) {
      // Another process may have been quicker.
      if (!isFolder(it)) throw error;
    }
  }
};
