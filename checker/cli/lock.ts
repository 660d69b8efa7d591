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
import type { Diagnostic, Span } from "../source/index.ts";
import { digest } from "./cache.ts";
import type { CheckOptions } from "./command-line.ts";
import type { Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { readText } from "./input.ts";
import type { LockOptions } from "./keeping-line.ts";
import { damagedLock, lockMoved, lockStale } from "./lock-diagnostics.ts";
import { isFolder } from "./make-folder.ts";
import type { Library } from "./sources.ts";

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
  type Facts = Parameters<typeof damagedLock>[1];
  const refuse = (outcome: Outcome, span: Span, facts: Facts): E.Either<Refusal, never> =>
    E.left({ outcome, diagnostics: [damagedLock(span, facts)], texts });
  const top = { file: path, start: 0, end: 0 };
  const text = readText(resolve(folder, path), path);
  if (E.isLeft(text)) {
    const isThere = existsSync(resolve(folder, path));
    if (!isThere && update) return E.right({ options, lock: [] });
    const { kind, reason } = text.left;
    const unread = isFolder(resolve(folder, path)) ? "folder" : "unreadable";
    return refuse(kind === "missing" ? "missing-input" : "specification", top, {
      reason: `cannot read \`${path}\`: ${reason}`,
      what: kind === "content" ? "damaged" : !isThere ? "missing" : unread,
    });
  }
  texts.set(path, text.right);
  const lock = readLock(text.right);
  if (!("line" in lock)) return E.right({ options, lock });
  const lines = text.right.split("\n");
  const start = lines.slice(0, lock.line - 1).reduce((sum, it) => sum + it.length + 1, 0);
  const end = start + (lines[lock.line - 1] ?? "").length;
  return refuse(
    "specification",
    { file: path, start, end },
    { reason: lock.reason, what: "damaged" },
  );
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
  /** What moved and is no failure, and what was written; "" for nothing. */
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

/** What is told with one sentence: a check, or all of a file of which nothing was known, or nothing is left. */
interface Difference extends Pick<Change, "file" | "title" | "why" | "moves"> {
  /** Of a whole file: its checks. */
  readonly checks?: number;
}

const differencesOf = (changes: readonly Change[], lock: Lock): readonly Difference[] => {
  const known = new Set(lock.map((it) => it.file));
  const isOfWhole = (it: Change): boolean =>
    it.why === "removed" || (it.why === "new" && !known.has(it.file));
  const wholes = new Map<string, Change[]>();
  for (const it of changes.filter(isOfWhole)) {
    wholes.set(it.file, [...(wholes.get(it.file) ?? []), it]);
  }
  return [
    ...changes.filter((it) => !isOfWhole(it)),
    ...[...wholes.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ ...first, title: "", checks: 1 + others.length }],
    ),
  ];
};

const amountText = (checks: number): string => (checks === 1 ? "1 check" : `all ${checks} checks`);

const wholeWhy = ({ why: is }: Difference): string =>
  is === "removed" ? why.removed : "the lock file does not have the file yet";

const differenceText = (it: Difference): string => {
  if (it.checks !== undefined) {
    const joint = it.why === "removed" ? ", and with it " : ", ";
    return `${it.file}: ${wholeWhy(it)}${joint}${amountText(it.checks)}\n`;
  }
  const moves = it.moves.map((move) => `  ${moveText(move)}\n`);
  return [`${it.file} "${it.title}": ${why[it.why]}\n`, ...moves].join("");
};

const hasCuts = ({ obligations, notRun }: FileResult): boolean =>
  notRun.length > 0 ||
  obligations.some((it) =>
    it.concerns.some(({ kind }) => kind === "incomplete" || kind === "interrupted"),
  );

const topOf = ({ file }: Lockable): Span => ({ file, start: 0, end: 0 });

/** Did it move though nothing that it is about did? */
const isMoved = (it: Difference): boolean => it.why === "unchanged";

/** What is said of a difference, with the file of the run that has this name in the lock. */
const diagnosticOf = (file: Lockable, it: Difference, name: string): Diagnostic => {
  if (it.checks !== undefined) {
    const moves = [amountText(it.checks)];
    return lockStale(topOf(file), { title: it.file, why: wholeWhy(it), moves });
  }
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
  const differences = differencesOf(changes, lock);
  const textOf = (some: readonly Difference[]): string => some.map(differenceText).join("");
  const written = lockText(renewed(lock, found, changes, about));
  const isCurrent = lock.length > 0 && written === lockText(lock);
  if (options.update) {
    const outcomes = isCurrent ? [] : write(path, written);
    const isWritten = outcomes.length === 0 ? `${options.path} is written.\n` : "";
    const said = isCurrent
      ? `${options.path} is up to date.\n`
      : `${textOf(differences)}${isWritten}`;
    return { moved: new Map(), text: said, outcomes };
  }
  const isRenamed = options.isFrozen && !isCurrent && changes.length === 0;
  const isWrong = (it: Difference): boolean => isMoved(it) || options.isFrozen;
  const wrong = differences.filter(isWrong);
  const first = files[0]?.file;
  /** What concerns no file of the run is told with the first one. */
  const isOf = (it: Lockable, { file }: Difference): boolean =>
    file === nameOf(it.file) || (it.file === first && !known.has(file));
  const moved = new Map(
    files.map((it): readonly [string, readonly Diagnostic[]] => [
      it.file,
      [
        ...wrong
          .filter((one) => isOf(it, one))
          .map((one) => diagnosticOf(it, one, nameOf(it.file))),
        ...(isRenamed && it.file === first
          ? [lockStale(topOf(it), { title: options.path, why: renamedOnly, moves: [] })]
          : []),
      ],
    ]),
  );
  const said = textOf(differences.filter((it) => !isWrong(it)));
  const advice =
    said === "" || wrong.length > 0 ? "" : `--update-lock writes ${options.path} anew.\n`;
  const outcomes = isRenamed || wrong.length > 0 ? (["differs"] as const) : [];
  return { moved, text: `${said}${advice}`, outcomes };
};
