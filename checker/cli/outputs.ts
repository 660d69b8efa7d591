// Which files a run would write over although it reads them, write twice, or take for a lock: paths -> what is wrong.

import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { CheckOptions } from "./check-line.ts";
import type { Outcome } from "./exit-codes.ts";
import { expandInputs } from "./input.ts";
import { writeOutput } from "./output.ts";
import type { Library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/** Where a path leads, also through links. */
const realPlace = (path: string): string => {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
};

/** A device or a pipe is not written over. What cannot be there, as below a file, is told by who writes. */
const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
};

/** Do both names mean one file? */
const isSameFile = (left: string, right: string): boolean =>
  isFile(left) && realPlace(left) === realPlace(right);

const wouldOverwrite = (what: string, path: string): string =>
  `${what} would overwrite \`${path}\`, which is read; name another file`;

/** Writes what a command made of files, but into none of them. */
export const writeApart = (
  path: string,
  content: string | Uint8Array,
  terminal: Terminal,
  read: readonly string[],
): readonly Outcome[] => {
  if (!read.some((it) => isSameFile(resolve(path), resolve(it)))) {
    return writeOutput(path, content, terminal);
  }
  terminal.remark(`check: ${wouldOverwrite("this", path)}\n`);
  return ["usage"];
};

/** The places of all texts that were read. */
export const placesOf = ({ texts, place }: Library): readonly string[] =>
  [...texts.keys()].map((it) => place(it) ?? it);

interface Output {
  readonly option: string;
  readonly path: string;
}

const outputsOf = ({ reports, coverage, sweeps }: CheckOptions): readonly Output[] =>
  (
    [
      ["--sarif", reports?.sarif],
      ["--junit", reports?.junit],
      ["--coverage-html", coverage?.html],
      ["--svg", sweeps?.svg],
    ] as const
  ).flatMap(([option, path]) => (path === undefined || path === "-" ? [] : [{ option, path }]));

/** What a run reads, as far as that is known: files of the command line, and all that was read until now. */
const readBy = ({ inputs }: CheckOptions, folder: string, library: Library): readonly string[] => [
  ...expandInputs(inputs, folder).inputs.map((it) => it.path),
  ...placesOf(library),
];

/**
 * A slip, as `--lock a.tw` for `a.tw --lock a.lock`: whoever reads there that a damaged lock is to be deleted
 * deletes a model.
 */
const misplacedLock = (
  { inputs, keeping }: CheckOptions,
  folder: string,
  at: (path: string) => string,
): string | undefined => {
  const path = keeping?.lock?.path;
  if (path === undefined) return undefined;
  const isInput = expandInputs(inputs, folder).inputs.some((it) =>
    isSameFile(at(path), at(it.path)),
  );
  const isSpecification = [path, realPlace(at(path))].some((it) => it.endsWith(".tw"));
  return isInput || isSpecification
    ? `--lock names \`${path}\`, which is a specification and not a lock; name another file`
    : undefined;
};

/** Why the lock or the reports of a run cannot be where they are wanted; undefined where they can. */
export const misplacedOutput = (
  options: CheckOptions,
  folder: string,
  library: Library,
): string | undefined => {
  const at = (path: string): string => resolve(folder, path);
  const slip = misplacedLock(options, folder, at);
  if (slip !== undefined) return slip;
  const outputs = outputsOf(options);
  if (outputs.length === 0) return undefined;
  const lock = options.keeping?.lock?.path;
  const read = readBy(options, folder, library);
  for (const [position, { option, path }] of outputs.entries()) {
    const isIt = (other: string): boolean => isSameFile(at(path), at(other));
    if (lock !== undefined && isIt(lock)) {
      return `${option} would overwrite the lock file \`${path}\`; name another file`;
    }
    if (read.some(isIt)) {
      return wouldOverwrite(option, path);
    }
    const twin = outputs.slice(0, position).find((it) => isIt(it.path));
    if (twin !== undefined) {
      return `${twin.option} and ${option} cannot share the file \`${path}\``;
    }
  }
  return undefined;
};
