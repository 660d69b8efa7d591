// What there is to say of a lock file: that it cannot be read, that a number moved, that it is stale.

import { define, type Explanation, type Note } from "../source/index.ts";

/** What helps where no lock can be read. */
const lockCures = {
  missing: "`--update-lock` writes it",
  folder: "name a file in it, as `check.lock`",
  unreadable: "name a file that can be read, or make this one readable",
  damaged: "restore it, or delete it, and then `--update-lock` renews it",
} as const;

export const damagedLock = define<{
  readonly reason: string;
  readonly what: keyof typeof lockCures;
}>(
  {
    code: "TW0193",
    severity: "error",
    title: "a lock file that cannot be read",
    text: "A lock file is written by `check --lock FILE --update-lock` and by nothing else. Where it was damaged, or a merge left its marks in it, take one of the two versions from version control and renew it with `--update-lock`, or delete it and write it anew, and look at what changed.",
  },
  ({ reason, what }) => ({ message: reason, help: lockCures[what] }),
);

/** The message stays what it is from edit to edit: pipelines know a failure by its name. */
const movesAsNotes = (moves: readonly string[]): readonly Note[] =>
  moves.map((message) => ({ message }));

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
        : `${title} moved, though the specification did not`,
    notes: movesAsNotes(moves),
    help: "where it is meant, `--update-lock` writes the lock file anew",
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
    message: `${title}: ${why}`,
    notes: movesAsNotes(moves),
    help: "`--update-lock` renews the lock file",
  }),
);

export const lockDefinitions: readonly Explanation[] = [damagedLock, lockMoved, lockStale].map(
  (it) => it.explanation,
);
