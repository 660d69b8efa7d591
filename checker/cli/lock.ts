// `--lock FILE`: results compared with the ones that were kept, or kept in their place.

import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type { FileResult } from "../pipeline.ts";
import {
  type Change,
  changesBetween,
  type Lock,
  lockOf,
  lockText,
  moveText,
  readLock,
  renewed,
} from "../report/index.ts";
import { define, type Diagnostic, type Explanation, type Span } from "../source/index.ts";
import { digest } from "./cache.ts";
import type { CheckOptions } from "./command-line.ts";
import type { Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { readText } from "./input.ts";
import type { LockOptions } from "./keeping-line.ts";
import type { Library } from "./sources.ts";

export const damagedLock = define<{ readonly reason: string }>(
  {
    code: "TW0193",
    severity: "error",
    title: "a lock file that cannot be read",
    text: "A lock file is written by `check --lock FILE --update-lock` and by nothing else. Where it was damaged, or a merge left its marks in it, restore it from version control, or write it again and look at what changed.",
  },
  ({ reason }) => ({
    message: reason,
    help: "`check --lock FILE --update-lock` writes it again",
  }),
);

export const lockMoved = define<{ readonly title: string; readonly moves: readonly string[] }>(
  {
    code: "TW1013",
    severity: "finding",
    title: "moved number",
    text: "The lock file says what this check found when it was written. The specification still says the same, and yet another verdict or count was found: the tool is another, or the lock was edited. Where nobody knows why, this is a defect; where it is meant, renew the lock with `--update-lock`.",
  },
  ({ title, moves }) => ({
    message:
      moves.length === 0
        ? `${title} is not in the lock file`
        : `${title} moved, though the specification did not: ${moves.join("; ")}`,
    help: "`--update-lock` writes the lock file anew",
  }),
);

export const lockDefinitions: readonly Explanation[] = [damagedLock, lockMoved].map(
  (it) => it.explanation,
);

/** A lock file that was read. */
export interface OpenLock {
  readonly options: LockOptions;
  readonly lock: Lock;
}

/** Read before anything is searched: a damaged one must not cost an hour. */
export const openLock = (
  { keeping }: CheckOptions,
  folder: string,
  { texts }: Library,
): E.Either<Refusal, OpenLock | undefined> => {
  const options = keeping?.lock;
  if (options === undefined) return E.right(undefined);
  const { path, update } = options;
  const refuse = (outcome: Outcome, span: Span, reason: string): E.Either<Refusal, never> =>
    E.left({ outcome, diagnostics: [damagedLock(span, { reason })], texts });
  const top = { file: path, start: 0, end: 0 };
  const text = readText(resolve(folder, path), path);
  if (E.isLeft(text)) {
    const isNew = !existsSync(resolve(folder, path));
    if (isNew && update) return E.right({ options, lock: [] });
    const outcome = text.left.kind === "missing" ? "missing-input" : "specification";
    return refuse(outcome, top, `cannot read \`${path}\`: ${text.left.reason}`);
  }
  texts.set(path, text.right);
  const lock = readLock(text.right);
  if (!("line" in lock)) return E.right({ options, lock });
  const lines = text.right.split("\n");
  const start = lines.slice(0, lock.line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  const end = start + (lines[lock.line - 1] ?? "").length;
  return refuse("specification", { file: path, start, end }, lock.reason);
};

/** A file of the run as locks know it. */
export interface Lockable {
  /** As diagnostics name it. */
  readonly file: string;
  readonly digest: string;
  readonly result: FileResult;
  /** Were all its checks to run? */
  readonly isWhole: boolean;
}

export interface Locked {
  /** By the name of the file. */
  readonly moved: ReadonlyMap<string, readonly Diagnostic[]>;
  /** What moved because the specification did, and what was written; "" for nothing. */
  readonly text: string;
  readonly outcomes: readonly Outcome[];
}

const why = {
  unchanged: "the specification did not change",
  model: "the specification changed",
  new: "the lock file does not have it yet",
  gone: "the file does not have it any more",
} as const;

const changeText = (it: Change): string =>
  [
    `${it.file} "${it.title}": ${why[it.why]}\n`,
    ...it.moves.map((move) => `  ${moveText(move)}\n`),
  ].join("");

const isUnfinished = ({ obligations, notRun }: FileResult): boolean =>
  notRun.length > 0 ||
  obligations.some((it) =>
    it.concerns.some(({ kind }) => kind === "incomplete" || kind === "interrupted"),
  );

const spanOf = ({ result, file }: Lockable, title: string): Span =>
  result.obligations.find((it) => it.title === title)?.span ?? { file, start: 0, end: 0 };

/** Compares a run with its lock, or writes it. */
export const locked = (
  { options, lock }: OpenLock,
  files: readonly Lockable[],
  folder: string,
  write: (path: string, text: string) => readonly Outcome[],
): Locked => {
  const path = resolve(folder, options.path);
  const nameOf = (file: string): string =>
    relative(dirname(path), resolve(folder, file)).split(sep).join("/");
  const found = lockOf(
    files.map((it) => ({ ...it, file: nameOf(it.file) })),
    digest,
  );
  const known = new Map(files.map((it) => [nameOf(it.file), it]));
  const isWhole = (name: string): boolean => {
    const file = known.get(name);
    return file?.isWhole === true && !isUnfinished(file.result);
  };
  const changes = changesBetween(lock, found, isWhole);
  const text = changes.map(changeText).join("");
  if (options.update) {
    const gone = changes.filter((it) => it.why === "gone");
    const kept = renewed(lock, found, gone).filter(
      ({ file }) => known.has(file) || existsSync(join(dirname(path), file)),
    );
    const written = lockText(kept);
    const isSame = lock.length > 0 && written === lockText(lock);
    return {
      moved: new Map(),
      text: isSame ? `${options.path} is up to date.\n` : `${text}${options.path} is written.\n`,
      outcomes: isSame ? [] : write(path, written),
    };
  }
  const moved = new Map(
    files.map((it): readonly [string, readonly Diagnostic[]] => [
      it.file,
      changes
        .filter((one) => one.file === nameOf(it.file) && one.why === "unchanged")
        .map((one) =>
          lockMoved(spanOf(it, one.title), {
            title: `"${one.title}"`,
            moves: one.moves.map(moveText),
          }),
        ),
    ]),
  );
  const isMoved = [...moved.values()].some((it) => it.length > 0);
  const advice = text === "" || isMoved ? "" : `--update-lock writes ${options.path} anew.\n`;
  return { moved, text: `${text}${advice}`, outcomes: isMoved ? ["differs"] : [] };
};
