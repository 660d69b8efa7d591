// `check --watch FILE…`: proves again whenever a file that was read, or an import of one, is saved.

import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import type { CheckOptions } from "./check-line.ts";
import type { Outcome } from "./exit-codes.ts";
import { isFolder } from "./make-folder.ts";
import type { Shell } from "./shell.ts";
import type { Terminal } from "./terminal.ts";

/** Editors save in several steps; what comes within so many milliseconds is one save. */
const settleMs = 80;

/** What tells that a file was saved: its place on the disk, size and time; "" where it is missing. */
const signature = (path: string): string => {
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return [ino, size, mtimeMs].join(" ");
  } catch {
    // Missing now, or for the moment between the two steps of a rename: another state of the file.
    return "";
  }
};

const specifications = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((it) => it.endsWith(".tw"));
  } catch {
    return [];
  }
};

/** The files of a run and how they were when it read them. */
interface Sight {
  readonly files: ReadonlyMap<string, string>;
  /** Of the folders on the command line, the specifications that are in them. */
  readonly folders: ReadonlyMap<string, string>;
}

/** The first file that differs, by name; undefined where all is as it was seen. */
const changed = ({ files, folders }: Sight): string | undefined => {
  for (const [path, before] of files) if (signature(path) !== before) return basename(path);
  for (const [path, before] of folders) {
    if (specifications(path).join("\n") !== before) return basename(path);
  }
  return undefined;
};

/**
 * Listens to folders, not to files: an editor that renames a new file into place puts another one
 * there, of which a listener to the old one would never hear.
 */
const listen = (paths: readonly string[], onEvent: () => void): (() => void) => {
  const watchers = [...new Set(paths)].flatMap((path): readonly FSWatcher[] => {
    try {
      const watcher = watch(path, onEvent);
      watcher.on("error", onEvent);
      return [watcher];
    } catch {
      return [];
    }
  });
  return () => {
    for (const it of watchers) it.close();
  };
};

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((wake) => {
    setTimeout(wake, milliseconds);
  });

/** How often a signal is looked for, and files whose folder cannot be listened to. */
const pollMs = 100;
const slowPolls = 10;

type Signal = Awaited<ReturnType<Shell["pause"]>>;

/** Waits until something is saved and the saving is over; answers what, or the signal that came. */
const nextSave = async (sight: Sight, shell: Shell): Promise<string | { signal: Signal }> => {
  let isHeard = true;
  const folders = [...[...sight.files.keys()].map(dirname), ...sight.folders.keys()];
  const close = listen(folders, () => {
    isHeard = true;
  });
  try {
    for (let poll = 0; ; poll += 1) {
      const signal = await shell.pause();
      if (signal !== undefined) return { signal };
      if (isHeard || poll % slowPolls === 0) {
        isHeard = false;
        if (changed(sight) !== undefined) {
          await sleep(settleMs);
          const name = changed(sight);
          if (name !== undefined && !isHeard) return name;
        }
        continue;
      }
      await sleep(pollMs);
    }
  } finally {
    close();
  }
};

/**
 * Runs again and again until a signal comes. A save during a run ends it early, like an
 * interruption; a file that is missing or broken in the middle of editing is waited for.
 */
export const watching = async (
  shell: Shell,
  terminal: Terminal,
  { inputs }: CheckOptions,
  run: (shell: Shell) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> => {
  const named = inputs.map((it) => resolve(shell.folder, it));
  for (;;) {
    const files = new Map(
      named.filter((it) => !isFolder(it)).map((it) => [it, signature(it)] as const),
    );
    const folders = new Map(
      named.filter(isFolder).map((it) => [it, specifications(it).join("\n")] as const),
    );
    const sight: Sight = { files, folders };
    let looked = shell.now();
    let isStale = false;
    const pause = async (): Promise<Signal> => {
      const signal = await shell.pause();
      if (signal !== undefined) return signal;
      if (!isStale && shell.now() - looked > settleMs) {
        looked = shell.now();
        isStale = changed(sight) !== undefined;
      }
      return isStale ? "interrupted" : undefined;
    };
    await run({ ...shell, pause, onRead: (path) => void files.set(path, signature(path)) });
    const ended = await shell.pause();
    if (ended !== undefined) return [ended];
    terminal.clearProgress();
    const what = files.size === 1 ? "1 file" : `${files.size} files`;
    terminal.remark(`\ncheck: watching ${what}; Ctrl-C ends it\n`);
    const save = await nextSave(sight, shell);
    if (typeof save !== "string") return save.signal === undefined ? [] : [save.signal];
    terminal.remark(`check: ${save} was saved\n\n`);
  }
};
