// What the file system, or a pipe, holds for the program: paths -> texts.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { decodeUtf8, define, type Diagnostic, type Explanation } from "../source/index.ts";

/** Beyond this a file is a mistake: the parser keeps every word of it in memory. */
const largestFile = 4 * 2 ** 20;

export const unreadableInput = define<{ readonly path: string; readonly reason: string }>(
  {
    code: "TW0190",
    severity: "error",
    title: "input that cannot be read",
    text: "A file or folder of the command line is missing or cannot be read. Paths are relative to the current folder; `-` is standard input.",
  },
  ({ path, reason }) => ({ message: `cannot read \`${path}\`: ${reason}` }),
);

export const nothingToCheck = define<{ readonly path: string }>(
  {
    code: "TW0191",
    severity: "error",
    title: "a folder without specifications",
    text: "A folder stands for the `.tw` files in it and below it, and this one has none.",
  },
  ({ path }) => ({ message: `there is no .tw file in \`${path}\`` }),
);

export const emptyInput = define<Record<never, never>>(
  {
    code: "TW0192",
    severity: "error",
    title: "an empty specification",
    text: "The file declares nothing, so there is nothing to check: not even one state to rest in. Perhaps it was not saved, or the wrong file was named.",
    example: "// Only a comment.\n",
  },
  () => ({
    message: "the file declares nothing",
    help: "declare variables, rules and properties",
  }),
);

export const inputDefinitions: readonly Explanation[] = [
  unreadableInput,
  nothingToCheck,
  emptyInput,
].map((it) => it.explanation);

/** Why a text is not to be had. */
export interface ReadProblem {
  /** `missing`: the path itself; `content`: what it holds. */
  readonly kind: "missing" | "content";
  /** The end of a sentence: "there is no such file". */
  readonly reason: string;
  /** Of content: where the text goes wrong. */
  readonly diagnostic?: Diagnostic;
}

/** The name of standard input in messages. */
export const standardInput = "<stdin>";

const reasonOf = (thrown: unknown): string => {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder, not a file";
    case "EACCES":
    case "EPERM":
      return "reading it is not permitted";
    case "ELOOP":
      return "it is a link that leads back to itself";
    default:
      return typeof code === "string" ? `the system says ${code}` : "the system cannot read it";
  }
};

/** Runs what may fail for reasons of the file system; anything else is a defect and goes on. */
const attempt = <A>(work: () => A): E.Either<ReadProblem, A> => {
  try {
    return E.right(work());
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return E.left({ kind: "missing", reason: reasonOf(thrown) });
  }
};

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

const tooLarge = (bytes: number): ReadProblem => ({
  kind: "content",
  reason: `it has ${megabytes(bytes)} MB, more than ${megabytes(largestFile)} MB`,
});

const textOf = (file: string, bytes: Uint8Array): E.Either<ReadProblem, string> => {
  if (bytes.length > largestFile) return E.left(tooLarge(bytes.length));
  const text = decodeUtf8(file, bytes);
  if (E.isRight(text)) return text;
  const { message } = text.left;
  return E.left({ kind: "content", reason: message, diagnostic: text.left });
};

/** The text of a file; of a named pipe too, but not of a device that may never end. */
export const readText = (path: string, shownAs: string): E.Either<ReadProblem, string> => {
  const about = attempt(() => statSync(path));
  if (E.isLeft(about)) return about;
  if (about.right.size > largestFile) return E.left(tooLarge(about.right.size));
  if (about.right.isCharacterDevice() || about.right.isBlockDevice()) {
    return E.left({ kind: "missing", reason: "it is a device, not a file" });
  }
  const bytes = attempt(() => readFileSync(path));
  return E.isLeft(bytes) ? bytes : textOf(shownAs, bytes.right);
};

/** The names of what is in a folder. */
export const namesIn = (path: string): E.Either<ReadProblem, readonly string[]> => {
  const about = attempt(() => statSync(path));
  if (E.isRight(about) && !about.right.isDirectory()) {
    return E.left({ kind: "missing", reason: "it is a file, not a folder" });
  }
  return attempt(() => readdirSync(path));
};

/** All of standard input. */
export const readStandardInput = (): E.Either<ReadProblem, string> => {
  const bytes = attempt(() => readFileSync(0));
  return E.isLeft(bytes) ? bytes : textOf(standardInput, bytes.right);
};

/** A path as diagnostics show it: relative to the current folder where it lies below, with `/`. */
export const shownPath = (path: string, folder: string, separator: string = sep): string => {
  // Elsewhere a backslash is a letter like any other.
  const withSlashes = (it: string): string => it.split(separator).join("/");
  const slashed = withSlashes(path).replace(/^(\.\/+)+(?=.)/, "");
  const home = `${withSlashes(folder).replace(/\/$/, "")}/`;
  return slashed.startsWith(home) && slashed.length > home.length
    ? slashed.slice(home.length)
    : slashed;
};

/** The `.tw` files of `path` (seen from `folder`) and of the folders below it, by name. */
const filesBelow = (path: string, folder: string): readonly string[] => {
  const entries = readdirSync(resolve(folder, path), { withFileTypes: true }).toSorted(
    (left, right) => (left.name < right.name ? -1 : 1),
  );
  const prefix = path === "." ? "" : `${path.replace(/\/+$/, "")}/`;
  return entries.flatMap((it): readonly string[] => {
    if (it.isDirectory()) {
      const isOurs = it.name !== "node_modules" && !it.name.startsWith(".");
      return isOurs ? filesBelow(prefix + it.name, folder) : [];
    }
    return it.name.endsWith(".tw") ? [prefix + it.name] : [];
  });
};

/** One file of the command line, and whether it was named itself or found in a folder. */
export interface Input {
  readonly path: string;
  readonly isNamed: boolean;
}

const expandOne = (path: string, folder: string): E.Either<Diagnostic, readonly Input[]> => {
  if (path === "-") return E.right([{ path: standardInput, isNamed: true }]);
  const shown = shownPath(path, folder);
  const span = { file: shown, start: 0, end: 0 };
  const kind = attempt(() => statSync(resolve(folder, shown)).isDirectory());
  if (E.isLeft(kind)) {
    return E.left(unreadableInput(span, { path: shown, reason: kind.left.reason }));
  }
  if (!kind.right) return E.right([{ path: shown, isNamed: true }]);
  const found = attempt(() => filesBelow(shown, folder));
  if (E.isLeft(found)) {
    return E.left(unreadableInput(span, { path: shown, reason: found.left.reason }));
  }
  return found.right.length === 0
    ? E.left(nothingToCheck(span, { path: shown }))
    : E.right(found.right.map((it) => ({ path: it, isNamed: false })));
};

/** The files that the words of the command line mean, each once, in their order; and what is not there. */
export const expandInputs = (
  words: readonly string[],
  folder: string,
): { readonly inputs: readonly Input[]; readonly problems: readonly Diagnostic[] } => {
  const expanded = words.map((it) => expandOne(it, folder));
  const all = expanded.flatMap((it) => (E.isRight(it) ? it.right : []));
  return {
    inputs: all.filter((it, at) => all.findIndex(({ path }) => path === it.path) === at),
    problems: expanded.flatMap((it) => (E.isLeft(it) ? [it.left] : [])),
  };
};
