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

export const damagedLock = define<{ readonly reason: string; readonly isMissing: boolean }>(
  {
    code: "TW0193",
    severity: "error",
    title: "a lock file that cannot be read",
    text: "A lock file is written by `check --lock FILE --update-lock` and by nothing else. Where it was damaged, or a merge left its marks in it, take one of the two versions from version control and renew it with `--update-lock`, or delete it and write it anew, and look at what changed.",
  },
  ({ reason, isMissing }) => ({
    message: reason,
    help: isMissing
      ? "`--update-lock` writes it"
      : "restore it, or delete it, and then `--update-lock` renews it",
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

export const lockStale = define<{
  readonly title: string;
  readonly why: string;
  readonly moves: readonly string[];
}>(
  {
    code: "TW1016",
    severity: "finding",
    title: "a lock that was not renewed",
    text: "With `--frozen-lock` the lock file has to be what `--update-lock` would write. It is not: the specification changed, or checks came and went, and the lock still says what was found before. Renew it with `--update-lock` and look at the difference, which shows what the edit did.",
  },
  ({ title, why, moves }) => ({
    message: [`${title}: ${why}`, ...(moves.length === 0 ? [] : [moves.join("; ")])].join(": "),
    help: "`--update-lock` renews the lock file",
  }),
);

export const lockDefinitions: readonly Explanation[] = [damagedLock, lockMoved, lockStale].map(
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
    E.left({
      outcome,
      diagnostics: [damagedLock(span, { reason, isMissing: outcome === "missing-input" })],
      texts,
    });
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

const why: Readonly<Record<Change["why"], string>> = {
  unchanged: "the specification did not change",
  model: "the specification changed",
  new: "the lock file does not have it yet",
  gone: "the file does not have it any more",
  removed: "the file is there no more",
};

const renamedOnly = "no number moved, but the specification is not the one that it names";

/** Changes as lines; a file of which nothing was known, or nothing is left, has one line. */
const changesText = (changes: readonly Change[], lock: Lock): string => {
  const known = new Set(lock.map((it) => it.file));
  const isOfWhole = (it: Change): boolean =>
    it.why === "removed" || (it.why === "new" && !known.has(it.file));
  const wholes = new Map<string, Change[]>();
  for (const it of changes.filter(isOfWhole)) {
    wholes.set(it.file, [...(wholes.get(it.file) ?? []), it]);
  }
  return [
    ...changes
      .filter((it) => !isOfWhole(it))
      .flatMap((it) => [
        `${it.file} "${it.title}": ${why[it.why]}\n`,
        ...it.moves.map((move) => `  ${moveText(move)}\n`),
      ]),
    ...[...wholes].map(([file, all]) => {
      const count = all.length === 1 ? "1 check" : `all ${all.length} checks`;
      const isRemoved = all[0]?.why === "removed";
      return isRemoved
        ? `${file}: ${why.removed}, and with it ${count}\n`
        : `${file}: the lock file does not have the file yet, ${count}\n`;
    }),
  ].join("");
};

const hasCuts = ({ obligations, notRun }: FileResult): boolean =>
  notRun.length > 0 ||
  obligations.some((it) =>
    it.concerns.some(({ kind }) => kind === "incomplete" || kind === "interrupted"),
  );

const topOf = ({ file }: Lockable): Span => ({ file, start: 0, end: 0 });

/** Did it move though nothing that it is about did? */
const isMoved = (it: Change): boolean => it.why === "unchanged";

/** What is said of a change, with the file of the run that has this name in the lock. */
const diagnosticOf = (file: Lockable, it: Change, name: string): Diagnostic => {
  const span = file.result.obligations.find(({ title }) => title === it.title)?.span;
  const title = it.file === name ? `"${it.title}"` : `${it.file} "${it.title}"`;
  const moves = it.moves.map(moveText);
  return isMoved(it)
    ? lockMoved(span ?? topOf(file), { title, moves })
    : lockStale(span ?? topOf(file), { title, why: why[it.why], moves });
};

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
  const about = {
    isWhole: (name: string): boolean => {
      const file = known.get(name);
      return file?.isWhole === true && !hasCuts(file.result);
    },
    isRemoved: (name: string): boolean => !existsSync(join(dirname(path), name)),
  };
  const changes = changesBetween(lock, found, about);
  const text = changesText(changes, lock);
  const written = lockText(renewed(lock, found, changes, about));
  const isCurrent = lock.length > 0 && written === lockText(lock);
  if (options.update) {
    const outcomes = isCurrent ? [] : write(path, written);
    const isWritten = outcomes.length === 0 ? `${options.path} is written.\n` : "";
    const said = isCurrent ? `${options.path} is up to date.\n` : `${text}${isWritten}`;
    return { moved: new Map(), text: said, outcomes };
  }
  const isRenamed = options.isFrozen && !isCurrent && changes.length === 0;
  const told = changes.filter((it) => isMoved(it) || options.isFrozen);
  const first = files[0]?.file;
  /** What concerns no file of the run is told with the first one. */
  const isOf = (it: Lockable, { file }: Change): boolean =>
    file === nameOf(it.file) || (it.file === first && !known.has(file));
  const moved = new Map(
    files.map((it): readonly [string, readonly Diagnostic[]] => [
      it.file,
      [
        ...told.filter((one) => isOf(it, one)).map((one) => diagnosticOf(it, one, nameOf(it.file))),
        ...(isRenamed && it.file === first
          ? [lockStale(topOf(it), { title: options.path, why: renamedOnly, moves: [] })]
          : []),
      ],
    ]),
  );
  const differs = isRenamed || told.length > 0;
  const said = isRenamed ? `${options.path}: ${renamedOnly}\n` : text;
  const advice =
    said === "" || changes.some(isMoved) ? "" : `--update-lock writes ${options.path} anew.\n`;
  return { moved, text: `${said}${advice}`, outcomes: differs ? ["differs"] : [] };
};
