// The words of `check replay`: what commander knows of it.

import { Command, InvalidArgumentError, Option } from "commander";
import { colorOption } from "./colour-option.ts";

export type ReplayTarget =
  | { readonly kind: "model" }
  | { readonly kind: "linux" }
  /** A shell command that speaks the protocol. */
  | { readonly kind: "external"; readonly command: string };

export interface ReplayLine {
  readonly kind: "replay";
  readonly trace: string;
  readonly on: ReplayTarget;
  /** The file of the model, where it is not the one that the trace names. */
  readonly model?: string;
  /** The host that the stack under test plays. */
  readonly as?: string;
  /** `NAME=VALUE`: switches that are set otherwise than the model's constants say. */
  readonly sysctl: readonly string[];
  /** Waits for the end of TIME_WAIT instead of removing it. */
  readonly isPatient: boolean;
  readonly color: "always" | "never" | "auto";
}

export const replayTarget = (text: string): ReplayTarget => {
  if (text === "model" || text === "linux") return { kind: text };
  const command = /^external:(.*\S.*)$/s.exec(text)?.[1];
  if (command === undefined) {
    throw new InvalidArgumentError("write model, linux, or external:COMMAND.");
  }
  return { kind: "external", command };
};

/** Only switches of IPv4 exist once per network namespace. */
const sysctl = (text: string, before: readonly string[] = []): readonly string[] => {
  if (!/^(net\.ipv4\.)?[a-z0-9_]+=[-0-9 \t]+$/.test(text)) {
    throw new InvalidArgumentError("write NAME=NUMBER, with a switch of net.ipv4.");
  }
  return [...before, text.startsWith("net.ipv4.") ? text : `net.ipv4.${text}`];
};

export const replayCommand = (): Command =>
  new Command("check replay")
    .usage("TRACE --on model|linux|external:COMMAND [--as HOST]")
    .description(
      "Plays a trace that `check --out` wrote against the model as it is now, against the Linux kernel of this " +
        "machine, or against another TCP, and says where the two part.",
    )
    .argument("<trace>", "a trace file, or -")
    .addOption(
      new Option("--on <what>", "model, linux, or external:COMMAND")
        .argParser(replayTarget)
        .makeOptionMandatory(),
    )
    .option("--as <host>", "the host that the TCP under test plays")
    .option("--model <path>", "the model, where the trace does not find it")
    .option("--sysctl <name=value>", "set a switch otherwise than the model (repeatable)", sysctl)
    .option("--wait", "wait until TIME_WAIT has ended (on Linux a minute), instead of removing it")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretReplay = (command: Command): ReplayLine => {
  const it = command.opts<{
    on: ReplayTarget;
    as?: string;
    model?: string;
    sysctl?: readonly string[];
    wait?: boolean;
    color: ReplayLine["color"];
  }>();
  if (it.on.kind === "model") {
    const [useless] = ["as", "sysctl", "wait"].filter((name) => name in it);
    if (useless !== undefined) {
      command.error(`error: --${useless} is for a TCP under test, and not for --on model`);
    }
  }
  return {
    kind: "replay",
    trace: command.args[0] ?? "",
    on: it.on,
    ...(it.model === undefined ? {} : { model: it.model }),
    ...(it.as === undefined ? {} : { as: it.as }),
    sysctl: it.sysctl ?? [],
    isPatient: it.wait ?? false,
    color: it.color,
  };
};
