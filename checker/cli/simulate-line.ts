// The words of `check simulate`: what commander knows of them.

import { Command, InvalidArgumentError, Option } from "commander";
import { emptyRange } from "./alternatives.ts";
import { type CheckOptions, collect } from "./check-line.ts";
import { colorOption } from "./colour-option.ts";
import { natural, seconds } from "./quantities.ts";

export interface SimulateLine {
  readonly kind: "simulate";
  readonly inputs: readonly string[];
  /** Globs over titles of checks. */
  readonly check?: readonly string[];
  readonly only: readonly string[];
  /** `NAME=VALUES`, as written. */
  readonly set: readonly string[];
  readonly seed: number;
  /** In all; without a number and without a time, `usualWalks`. */
  readonly walks?: number;
  /** Steps of a walk at most. */
  readonly depth: number;
  /** Configurations that are drawn where `--set` leaves more of them. */
  readonly configurations: number;
  readonly timeoutSeconds?: number;
  readonly trace: CheckOptions["trace"];
  readonly out?: string;
  readonly engine: CheckOptions["engine"];
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: CheckOptions["color"];
}

export const usualWalks = 10_000;

type Assignment = (text: string, before?: readonly string[]) => readonly string[];

const atLeastOne =
  (what: string, most: number) =>
  (text: string): number => {
    const value = natural(what)(text);
    if (value < 1 || value > most) throw new InvalidArgumentError(`${what} is from 1 to ${most}.`);
    return value;
  };

const assignments =
  (assignment: Assignment): Assignment =>
  (text, before) => {
    const empty = emptyRange(text);
    if (empty === undefined) return assignment(text, before);
    throw new InvalidArgumentError(`the range ${empty.trim()} is empty: write the smaller first.`);
  };

export const simulateCommand = (assignment: Assignment): Command =>
  new Command("check simulate")
    .usage("FILE|DIR… [--seed N] [--walks N] [--depth N] [--set NAME=VALUES]")
    .description(
      "Takes random walks through models that are too large to be searched, over the configurations " +
        "of their checks. What it finds is true, and replayed; what it does not find is no proof. " +
        "The same seed makes the same walks.",
    )
    .argument("<input...>", "files, folders, or -")
    .option("--check <glob>", "only checks whose title matches (repeatable)", collect)
    .option("--only <property>", "judge only this property (repeatable)", collect)
    .option(
      "--set <name=values>",
      "give a constant a value, or several to choose from: N=1..9, MODE=A,B (repeatable)",
      assignments(assignment),
    )
    .option("--seed <n>", "which walks", natural("the seed"), 1)
    .option(
      "--walks <n>",
      `how many walks in all; default: ${usualWalks}, or as many as --timeout allows`,
      atLeastOne("the number of walks", 1e12),
    )
    .option("--depth <n>", "steps of a walk", atLeastOne("the depth", 1_000_000), 200)
    .option(
      "--configurations <n>",
      "how many combinations of the values of --set are drawn",
      atLeastOne("the number of configurations", 100_000),
      16,
    )
    .option("--timeout <time>", "stop walking after this time in all: 90, 90s, 5m, 1h", seconds)
    .addOption(
      new Option("--trace <form>", "how counterexamples are shown")
        .choices(["ladder", "diff", "full"])
        .default("ladder"),
    )
    .option("--out <folder>", "write a trace file per violation into this folder")
    .addOption(
      new Option("--engine <form>", "what walks: generated code of a form, or the interpreter")
        .choices(["auto", "javascript", "webassembly", "interpreter"])
        .default("auto"),
    )
    .option("--json", "print the result as one JSON document")
    .option("--quiet", "no progress")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretSimulate = (command: Command): SimulateLine => {
  const it = command.opts<{
    check?: readonly string[];
    only?: readonly string[];
    set?: readonly string[];
    seed: number;
    walks?: number;
    depth: number;
    configurations: number;
    timeout?: number;
    trace: CheckOptions["trace"];
    out?: string;
    engine: CheckOptions["engine"];
    json?: boolean;
    quiet?: boolean;
    color: CheckOptions["color"];
  }>();
  const { seed, depth, configurations, trace, engine, color } = it;
  return {
    kind: "simulate",
    inputs: command.args,
    ...(it.check === undefined ? {} : { check: it.check }),
    only: it.only ?? [],
    set: it.set ?? [],
    seed,
    ...(it.walks === undefined ? {} : { walks: it.walks }),
    depth,
    configurations,
    ...(it.timeout === undefined ? {} : { timeoutSeconds: it.timeout }),
    trace,
    ...(it.out === undefined ? {} : { out: it.out }),
    engine,
    json: it.json ?? false,
    quiet: it.quiet ?? false,
    color,
  };
};
