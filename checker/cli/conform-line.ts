// The words of `check conform`: what commander knows of it.

import { Command, InvalidArgumentError, Option } from "commander";
import { colorOption } from "./colour-option.ts";
import { type ReplayTarget, replayTarget } from "./replay-line.ts";

export interface ConformLine {
  readonly kind: "conform";
  readonly file: string;
  readonly on: Exclude<ReplayTarget, { readonly kind: "model" }>;
  /** Glob over titles: the configurations in which the model is looked at. */
  readonly check: string;
  /** The host that the stack under test plays. */
  readonly as?: string;
  /** Stacks at a time; absent: as many as the machine is good for. */
  readonly jobs?: number;
  readonly quiet: boolean;
  readonly color: "always" | "never" | "auto";
}

const target = (text: string): ConformLine["on"] => {
  const read = replayTarget(text);
  if (read.kind === "model") throw new InvalidArgumentError("write linux, or external:COMMAND.");
  return read;
};

const jobs = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 256) {
    throw new InvalidArgumentError("write a number from 1 to 256.");
  }
  return count;
};

export const conformCommand = (): Command =>
  new Command("check conform")
    .usage("FILE --on linux|external:COMMAND [--check GLOB] [--as HOST]")
    .description(
      "Makes the shortest trace into each case of TIME_WAIT and FIN_WAIT_2, and into each outcome of connect(), " +
        "under every switch that the checks and sweeps called `conform…` ask for, plays all of them on the Linux " +
        "kernel of this machine or on another TCP, and says which were covered and where the two part.",
    )
    .argument("<file>", "a model with a binding to TCP")
    .addOption(
      new Option("--on <what>", "linux, or external:COMMAND")
        .argParser(target)
        .makeOptionMandatory(),
    )
    .option(
      "--check <glob>",
      "the checks and sweeps whose configurations are asked for",
      "conform*",
    )
    .option("--as <host>", "the host that the TCP under test plays; default: the first")
    .option("--jobs <n>", "how many stacks run at a time", jobs)
    .option("--quiet", "no progress")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretConform = (command: Command): ConformLine => {
  const it = command.opts<{
    on: ConformLine["on"];
    check: string;
    as?: string;
    jobs?: number;
    quiet?: boolean;
    color: ConformLine["color"];
  }>();
  return {
    kind: "conform",
    file: command.args[0] ?? "",
    on: it.on,
    check: it.check,
    ...(it.as === undefined ? {} : { as: it.as }),
    ...(it.jobs === undefined ? {} : { jobs: it.jobs }),
    quiet: it.quiet ?? false,
    color: it.color,
  };
};
