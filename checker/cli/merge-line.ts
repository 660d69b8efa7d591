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
  /** The options that the line gives, in the words of its help. */
  readonly given: readonly string[];
}

/** What of a report is made when its parts are there, and not before; everything else was for the shards. */
const looks: ReadonlySet<string> = new Set([
  "json",
  "jsonLines",
  "sarif",
  "junit",
  "annotations",
  "lock",
  "updateLock",
  "frozenLock",
  "trace",
  "all",
  "out",
  "coverage",
  "coverageHtml",
  "quiet",
  "color",
  "svg",
  "minScore",
]);

/** A merge searches nothing and so remembers nothing, whether that is said or not. */
const isTrue = "cache";

export const merging = (command: Command): Command => {
  const merge = command
    .usage("DIR [options]")
    .argument("[dir...]", "the folder with the files that `--shard` wrote")
    .description(
      "Puts the files that `--shard` wrote into one folder together, and reports as one run would have. What was " +
        "searched for, the shards say; the options say how the report is to look.",
    )
    .option("--svg <path>", "of shards of `check sweep`: draw the sweeps into this file")
    .option("--min-score <percent>", "of mutants: exit with 17 below this score", percent, 95);
  for (const option of merge.options) {
    if (!looks.has(option.attributeName())) option.hideHelp();
  }
  return merge;
};

export const mergeOf = (command: Command, options: CheckOptions): MergeLine => {
  const [folder, ...others] = options.inputs;
  const given = command.options.filter(
    (it) => command.getOptionValueSource(it.attributeName()) === "cli",
  );
  const foreign = given.find((it) => it.hidden && it.attributeName() !== isTrue);
  if (foreign !== undefined) {
    return command.error(
      `error: ${foreign.long ?? ""} is nothing for a merge, which reports what its shards were asked for: ask them`,
    );
  }
  if (folder === undefined || others.length > 0) {
    return command.error("error: name one folder, with the files that --shard wrote");
  }
  const { minScore } = command.opts<{ minScore: number }>();
  const words = given.flatMap(({ long, hidden }) => (hidden ? [] : [long ?? ""]));
  return { kind: "merge", folder, options, minScore, given: words };
};
