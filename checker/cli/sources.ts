// Reads and keeps the texts of one run, so that a file is read once and every diagnostic can show its line.

import { join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { type Override, parseOverride, type Read } from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import { type ReadProblem, readStandardInput, readText, standardInput } from "./input.ts";

export interface Library {
  readonly read: Read;
  /** As `read`, with what is wrong in full. */
  readonly open: (path: string) => E.Either<ReadProblem, string>;
  /** The texts read so far, by the names that spans use. */
  readonly texts: Map<string, string>;
}

const packagePrefix = "timewait:";

interface Folders {
  /** The current one: paths are relative to it. */
  readonly folder: string;
  readonly packageFolder: string;
}

/** `timewait:` paths lead into the package and nowhere else. */
const realPath = (path: string, { folder, packageFolder }: Folders): string | undefined => {
  if (!path.startsWith(packagePrefix)) return resolve(folder, path);
  const inside = path.slice(packagePrefix.length);
  return inside.split("/").includes("..") ? undefined : join(packageFolder, inside);
};

/** The texts of a run; `timewait:` paths are read from the package. */
export const library = (folders: Folders): Library => {
  const known = new Map<string, E.Either<ReadProblem, string>>();
  const texts = new Map<string, string>();
  const readFresh = (path: string): E.Either<ReadProblem, string> => {
    if (path === standardInput) return readStandardInput();
    const real = realPath(path, folders);
    return real === undefined
      ? E.left({ kind: "missing", reason: "it lies outside the package" })
      : readText(real, path);
  };
  const open = (path: string) => {
    const text = known.get(path) ?? readFresh(path);
    known.set(path, text);
    if (E.isRight(text)) texts.set(path, text.right);
    return text;
  };
  return { open, texts, read: open };
};

/** The pseudo-file that holds all `--set` overrides, one a line, for diagnostics to point into. */
export const commandLineFile = "<command line>";

/** Parses the `--set` overrides, each standing behind blanks where it stands in the pseudo-file. */
export const parseOverrides = (
  words: readonly string[],
  { texts }: Library,
): { readonly overrides: readonly Override[]; readonly diagnostics: readonly Diagnostic[] } => {
  texts.set(commandLineFile, words.join("\n"));
  const parsed = words.map((it, at) => {
    const start = words.slice(0, at).reduce((sum, word) => sum + word.length + 1, 0);
    const { value, diagnostics } = parseOverride(commandLineFile, " ".repeat(start) + it);
    const placed = diagnostics.map((one) => ({
      ...one,
      span: { ...one.span, start: Math.max(start, one.span.start) },
    }));
    return { value, diagnostics: placed };
  });
  return {
    overrides: parsed.map((it) => it.value),
    diagnostics: parsed.flatMap((it) => it.diagnostics),
  };
};
