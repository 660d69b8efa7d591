// The words of `check merge`: those of everything that searches, without what its shards have been asked.

import type { Command } from "commander";
import type { CheckOptions } from "./command-line.ts";
import { percent } from "./mutate-line.ts";

export interface MergeLine {
  readonly kind: "merge";
  readonly folder: string;
  /** How the report is to look; what was asked for, the shards say. */
  readonly options: CheckOptions;
  readonly minScore: number;
}

export const merging = (command: Command): Command =>
  command
    .usage("DIR [--json] [--out FOLDER]")
    .description(
      "Puts the files that `--shard` wrote into one folder together, and reports as one run would have. What was " +
        "searched for, the shards say; the options say how the report is to look.",
    )
    .option("--svg <path>", "draw the sweeps into this file")
    .option("--min-score <percent>", "of mutants: exit with 17 below this score", percent, 95);

/** What a merge cannot ask anew. */
const asked = ["check", "only", "set", "list", "minimal", "maxStates", "reduce", "shard"] as const;

export const mergeOf = (command: Command, options: CheckOptions): MergeLine => {
  const [folder, ...others] = options.inputs;
  if (asked.some((it) => command.getOptionValueSource(it) === "cli")) {
    return command.error("error: a merge reports what its shards were asked for: ask them");
  }
  if (folder === undefined || others.length > 0) {
    return command.error("error: name one folder, with the files that --shard wrote");
  }
  const { minScore } = command.opts<{ minScore: number }>();
  return { kind: "merge", folder, options, minScore };
};
