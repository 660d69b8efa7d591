// The words of `check translate`: what commander knows of them.

import { Command, Option } from "commander";
import { colorOption } from "./colour-option.ts";

export interface TranslateLine {
  readonly kind: "translate";
  readonly file: string;
  readonly to: "murphi" | "promela";
  /** Glob over titles; it must match one. */
  readonly check?: string;
  readonly set: readonly string[];
  /** Absent: standard output. */
  readonly output?: string;
  readonly color: "always" | "never" | "auto";
}

type Assignment = (text: string, before?: readonly string[]) => readonly string[];

export const translateCommand = (assignment: Assignment): Command =>
  new Command("check translate")
    .usage("FILE --to murphi|promela [--check TITLE] [-o OUTPUT]")
    .description(
      "Prints one check as the input of another checker, with the same states and transitions.",
    )
    .argument("<file>", "a file, or -")
    .addOption(
      new Option("--to <language>", "the language of rumur or of SPIN")
        .choices(["murphi", "promela"])
        .makeOptionMandatory(),
    )
    .option("--check <glob>", "the check whose title matches")
    .option("--set <name=value>", "give a constant another value (repeatable)", assignment)
    .option("-o, --output <path>", "write into this file")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretTranslate = (command: Command): TranslateLine => {
  const it = command.opts<{
    to: "murphi" | "promela";
    check?: string;
    set?: readonly string[];
    output?: string;
    color: TranslateLine["color"];
  }>();
  return {
    kind: "translate",
    file: command.args[0] ?? "",
    to: it.to,
    ...(it.check === undefined ? {} : { check: it.check }),
    set: it.set ?? [],
    ...(it.output === undefined ? {} : { output: it.output }),
    color: it.color,
  };
};
