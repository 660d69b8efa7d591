// Reads and keeps the texts of one run, so that a file is read once and every diagnostic can show its line.

import { join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { type Override, parseOverride, type Read } from "../pipeline.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { type ReadProblem, readStandardInput, readText, standardInput } from "./input.ts";

export interface Library {
  readonly read: Read;
  /** As `read`, with what is wrong in full. */
  readonly open: (path: string) => E.Either<ReadProblem, string>;
  /** Where a path leads, whether it is relative or begins with `timewait:`. */
  readonly place: (path: string) => string | undefined;
  /** The texts read so far, by the names that spans use. */
  readonly texts: Map<string, string>;
}

/** A word of the command line as the name of a text: `-` is standard input. */
export const standardInputOr = (word: string): string => (word === "-" ? standardInput : word);

const packagePrefix = "timewait:";

interface Folders {
  /** The current one: paths are relative to it. */
  readonly folder: string;
  readonly packageFolder: string;
  /** Hears of every file before it is read, by its place. */
  readonly onRead?: (path: string) => void;
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
    if (real === undefined) {
      return E.left({ kind: "missing", reason: "it lies outside the package" });
    }
    folders.onRead?.(real);
    return readText(real, path);
  };
  const open = (path: string) => {
    const text = known.get(path) ?? readFresh(path);
    known.set(path, text);
    if (E.isRight(text)) texts.set(path, text.right);
    return text;
  };
  return { open, texts, read: open, place: (path) => realPath(path, folders) };
};

/** The pseudo-file that holds what the command line says of specifications, one option a line. */
export const commandLineFile = "<command line>";

/** What the options say, each with its place in the pseudo-file. */
export interface CommandLineText {
  readonly overrides: readonly Override[];
  /** Where the k-th `--check`, `*` where there is none, and the k-th `--only` stand. */
  readonly check: readonly Span[];
  readonly only: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Words {
  readonly set: readonly string[];
  readonly only: readonly string[];
  readonly check?: readonly string[];
}

/** Parses the `--set` overrides, each standing behind blanks where it stands in the pseudo-file. */
export const readCommandLine = (
  { set, only, check = ["*"] }: Words,
  { texts }: Library,
): CommandLineText => {
  let text = "";
  const place = (option: string, word: string): Span => {
    const start = text.length + option.length + 1;
    text += `${option} ${word}\n`;
    return { file: commandLineFile, start, end: start + word.length };
  };
  const parsed = set.map((word) => {
    const { start } = place("--set", word);
    const { value, diagnostics } = parseOverride(commandLineFile, " ".repeat(start) + word);
    const placed = diagnostics.map((it) => ({
      ...it,
      span: { ...it.span, start: Math.max(start, it.span.start) },
    }));
    return { value, diagnostics: placed };
  });
  const places = {
    only: only.map((it) => place("--only", it)),
    check: check.map((it) => place("--check", it)),
  };
  texts.set(commandLineFile, text);
  return {
    ...places,
    overrides: parsed.map((it) => it.value),
    diagnostics: parsed.flatMap((it) => it.diagnostics),
  };
};
