// What is measured: contestants in groups, each a command and a way to read what it prints.

import type * as E from "fp-ts/lib/Either.js";
import type { Reading } from "./outputs.ts";
import type { Command } from "./process.ts";
import type { Counts } from "./results.ts";

export interface Job {
  readonly command: Command;
  readonly read: (output: string) => Reading;
  /** Exit codes besides 0 with which an output counts. */
  readonly codes?: readonly number[];
}

export interface Contestant {
  readonly name: string;
  readonly isOurs: boolean;
  /** For information: once is enough. */
  readonly once?: boolean;
  /** Its counts are not those of the group, and `why` says so in the table. */
  readonly counting?: "reduced" | "fewer transitions";
  /** Generates and compiles what can be made ready beforehand. Left: why it does not take part. */
  readonly prepare: () => E.Either<string, Job>;
}

export type Family = "narrow" | "spec" | "start";

export interface Group {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  /** Part of the quick run. */
  readonly isQuick: boolean;
  /** What every contestant has to count; undefined: what the first of ours counts. */
  readonly counts?: Counts;
  readonly contestants: readonly Contestant[];
}
