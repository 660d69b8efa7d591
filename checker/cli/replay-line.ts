// The words of `check replay`: what commander knows of it.

import { Command, Option } from "commander";

export type ReplayTarget = "model";

export interface ReplayLine {
  readonly kind: "replay";
  readonly trace: string;
  readonly on: ReplayTarget;
  /** The file of the model, where it is not the one that the trace names. */
  readonly model?: string;
  readonly color: "always" | "never" | "auto";
}

export const replayCommand = (): Command =>
  new Command("check replay")
    .usage("TRACE --on model")
    .description(
      "Plays a trace that `check --out` wrote against the model as it is now, and says " +
        "where the two part.",
    )
    .argument("<trace>", "a trace file, or -")
    .addOption(new Option("--on <what>", "what plays it").choices(["model"]).makeOptionMandatory())
    .option("--model <path>", "the model, where the trace does not find it")
    .addOption(
      new Option("--color <when>", "colour on standard output and error")
        .choices(["always", "never", "auto"])
        .default("auto"),
    )
    .helpOption("--help", "print this help");

export const interpretReplay = (command: Command): ReplayLine => {
  const it = command.opts<{
    on: ReplayTarget;
    model?: string;
    color: ReplayLine["color"];
  }>();
  return {
    kind: "replay",
    trace: command.args[0] ?? "",
    on: it.on,
    ...(it.model === undefined ? {} : { model: it.model }),
    color: it.color,
  };
};
