// The lock file of a folder as a run of the program finds it, to compare with the one that is kept there.

import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { repository } from "./run-text.ts";

export interface FoundLock {
  /** To put behind the files that are checked, in as many runs as there are. */
  readonly words: readonly string[];
  /** What was found by all of them, as it stands in the folder. */
  readonly text: () => string;
  /** Files of the folder that it says nothing of. */
  readonly missing: (files: readonly string[]) => readonly string[];
}

/** `at` is outside the repository: runs that fail leave nothing behind. */
export const foundLock = (folder: string, at: string): FoundLock => {
  const path = join(at, "check.lock");
  const from = `${relative(at, join(repository, folder)).split(sep).join("/")}/`;
  const text = (): string =>
    existsSync(path) ? readFileSync(path, "utf8").replaceAll(`["${from}`, '["') : "";
  return {
    words: ["--lock", path, "--update-lock"],
    text,
    missing: (files) =>
      files.filter((it) => !text().includes(`["${it.slice(folder.length + 1)}"]\n`)),
  };
};
