// What moved since a lock was written, and why: two locks -> changes.

import type { Fact, Lock, Section } from "./lock.ts";

export interface Move {
  readonly fact: string;
  /** Absent: there was, or is, none. */
  readonly before?: Fact;
  readonly after?: Fact;
}

export interface Change {
  readonly file: string;
  readonly title: string;
  /**
   * "unchanged": the specification is what it was, so nothing may have moved. "model": what this
   * check is about is another. "new", "gone": the check itself came or went. "removed": its file is
   * there no more.
   */
  readonly why: "unchanged" | "model" | "new" | "gone" | "removed";
  readonly moves: readonly Move[];
}

const keyOf = ({ file, title }: Pick<Section, "file" | "title">): string =>
  JSON.stringify([file, title]);

/** Names of texts, which move whenever a text does: what tells why, not what moved. */
const isName = (fact: string): boolean => fact === "model" || fact === "digest";

const movesBetween = (before: Section, after: Section): readonly Move[] =>
  [...new Set([...before.facts.keys(), ...after.facts.keys()])]
    .filter((it) => !isName(it) && before.facts.get(it) !== after.facts.get(it))
    .toSorted((left, right) => (left < right ? -1 : 1))
    .map((fact) => {
      const [was, is] = [before.facts.get(fact), after.facts.get(fact)];
      return {
        fact,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      };
    });

const digestIn = (lock: Lock, file: string): Fact | undefined =>
  lock.find((it) => it.file === file && it.title === "")?.facts.get("digest");

/** What a lock cannot know of files. */
export interface Files {
  /** Did all checks of a file run to their end? What the lock has besides is gone. */
  readonly isWhole: (file: string) => boolean;
  /** Is a file that did not run there no more? */
  readonly isRemoved: (file: string) => boolean;
}

/** Compares what was found with what the lock says of the same files. */
export const changesBetween = (
  lock: Lock,
  found: Lock,
  { isWhole, isRemoved }: Files,
): readonly Change[] => {
  const known = new Map(lock.map((it) => [keyOf(it), it]));
  const now = new Set(found.map(keyOf));
  const isSame = (file: string): boolean =>
    digestIn(lock, file) !== undefined && digestIn(lock, file) === digestIn(found, file);
  const changes = found.flatMap((after): readonly Change[] => {
    const { file, title } = after;
    if (title === "") return [];
    const before = known.get(keyOf(after));
    if (before === undefined) {
      return [{ file, title, why: isSame(file) ? "unchanged" : "new", moves: [] }];
    }
    const moves = movesBetween(before, after);
    const isModel = before.facts.get("model") === after.facts.get("model");
    const why = isModel || isSame(file) ? "unchanged" : "model";
    return moves.length === 0 ? [] : [{ file, title, why, moves }];
  });
  const files = new Set(found.map((it) => it.file));
  const removed = new Set(
    lock.map((it) => it.file).filter((it) => !files.has(it) && isRemoved(it)),
  );
  const gone = lock.flatMap(({ file, title }): readonly Change[] => {
    if (title === "" || now.has(keyOf({ file, title }))) return [];
    if (removed.has(file)) return [{ file, title, why: "removed", moves: [] }];
    return files.has(file) && isWhole(file) ? [{ file, title, why: "gone", moves: [] }] : [];
  });
  return [...changes, ...gone];
};

/**
 * The lock after a run: what was found, and what the run did not concern. What a file says is known
 * by a digest; it stays as it was, or away, unless all that the lock has of the file is of this run:
 * under a new digest an old number would look as if it had moved by itself.
 */
export const renewed = (
  lock: Lock,
  found: Lock,
  changes: readonly Change[],
  { isWhole, isRemoved }: Files,
): Lock => {
  const gone = changes.filter((it) => it.why === "gone");
  const files = new Set(found.map((it) => it.file));
  const kept = found.filter(({ file, title }) => title !== "" || isWhole(file));
  const now = new Set([...kept.map(keyOf), ...gone.map(keyOf)]);
  const rest = lock.filter(
    (it) => !now.has(keyOf(it)) && (files.has(it.file) || !isRemoved(it.file)),
  );
  return [...rest, ...kept];
};

const factText = (fact: Fact | undefined): string =>
  fact === undefined ? "nothing" : String(fact);

/** "states 10 -> 12" */
export const moveText = ({ fact, before, after }: Move): string =>
  `${fact}: ${factText(before)} -> ${factText(after)}`;
