// The words of `check format`: what commander knows of it.

import { Command, Option } from "commander";
import { colorOption } from "./colour-option.ts";

export interface FormatLine {
  readonly kind: "format";
  readonly files: readonly string[];
  readonly mode: "print" | "write" | "check";
  readonly color: "always" | "never" | "auto";
}

export const formatCommand = (): Command =>
  new Command("check format")
    .usage("FILE… [--write|--check]")
    .description(
      "Prints files in the one style. With --write they are rewritten, with --check compared.",
    )
    .argument("<file...>", "files, or -")
    .addOption(new Option("--write", "rewrite the files").conflicts("check"))
    .addOption(new Option("--check", "exit with 16 if a file would change").conflicts("write"))
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretFormat = (command: Command): FormatLine => {
  const { write, check, color } = command.opts<{
    write?: boolean;
    check?: boolean;
    color: FormatLine["color"];
  }>();
  const mode = write === true ? "write" : check === true ? "check" : "print";
  return { kind: "format", files: command.args, mode, color };
};
