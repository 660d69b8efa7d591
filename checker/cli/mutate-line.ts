// The words of `check mutate`: what commander knows of them.

import { Command, InvalidArgumentError } from "commander";
import { collect } from "./check-line.ts";
import { colorOption } from "./colour-option.ts";
import { seconds, states, threads } from "./quantities.ts";
import { type ShardWord, shardWord } from "./shard-words.ts";

export interface MutateLine {
  readonly kind: "mutate";
  readonly file: string;
  /** Globs over titles: only these checks try the mutants. */
  readonly check?: readonly string[];
  readonly set: readonly string[];
  /** Checks that visit more states than this without a mistake are left out. */
  readonly maxStates: number;
  /** Of a hundred; below it the run fails. */
  readonly minScore: number;
  readonly timeoutSeconds?: number;
  readonly shard?: ShardWord;
  /** The folder for the file of a shard. */
  readonly out: string;
  readonly list: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly threads?: number;
  readonly color: "always" | "never" | "auto";
}

type Assignment = (text: string, before?: readonly string[]) => readonly string[];

/** Leaves the largest checks to `check` itself: what the others do not tell, they rarely do. */
const defaultStates = 500_000;
const defaultScore = 95;

export const percent = (text: string): number => {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 100)) {
    throw new InvalidArgumentError("a score is 0 to 100.");
  }
  return value;
};

export const mutateCommand = (assignment: Assignment): Command =>
  new Command("check mutate")
    .usage("FILE [--shard I/N] [--min-score PERCENT]")
    .description(
      "Makes one small mistake at a time in a specification, and tells which of them no check notices.",
    )
    .argument("<file>", "a file with checks; what it imports from its own folder is mutated too")
    .option(
      "--check <glob>",
      "only checks and sweeps whose title matches try the mutants (repeatable)",
      collect,
    )
    .option("--set <name=value>", "give a constant another value (repeatable)", assignment)
    .option(
      "--max-states <n>",
      "leave out checks that visit more states than this",
      states,
      defaultStates,
    )
    .option("--min-score <percent>", "exit with 17 below this score", percent, defaultScore)
    .option("--timeout <time>", "stop after this time: 90, 90s, 5m, 1h", seconds)
    .option(
      "--shard <i/n>",
      "only mutants of one of n parts; the result goes into a file",
      shardWord,
    )
    .option("--out <folder>", "the folder for the file of a shard", ".")
    .option("--list", "list the mutants without trying them")
    .option("--threads <n>", "try so many mutants at once; default: all cores", threads)
    .option("--json", "print the result as one JSON document")
    .option("--quiet", "no progress")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretMutate = (command: Command): MutateLine => {
  const it = command.opts<{
    check?: readonly string[];
    set?: readonly string[];
    maxStates: number;
    minScore: number;
    timeout?: number;
    shard?: ShardWord;
    out: string;
    list?: boolean;
    json?: boolean;
    quiet?: boolean;
    threads?: number;
    color: MutateLine["color"];
  }>();
  const { maxStates, minScore, out, color, set = [] } = it;
  const { list = false, json = false, quiet = false } = it;
  return {
    kind: "mutate",
    file: command.args[0] ?? "",
    ...(it.check === undefined ? {} : { check: it.check }),
    ...(it.timeout === undefined ? {} : { timeoutSeconds: it.timeout }),
    ...(it.shard === undefined ? {} : { shard: it.shard }),
    ...(it.threads === undefined ? {} : { threads: it.threads }),
    set,
    maxStates,
    minScore,
    out,
    list,
    json,
    quiet,
    color,
  };
};
