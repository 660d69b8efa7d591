// The words of `check export` and `check graph`: what commander knows of them.

import { Command, Option } from "commander";
import { colorOption } from "./colour-option.ts";

/** What a trace can be made into. */
export const exportForms = [
  "vitest",
  "itf",
  "json",
  "mermaid",
  "svg",
  "html",
  "pcapng",
  "packetdrill",
] as const;

type Color = "always" | "never" | "auto";

export interface ExportLine {
  readonly kind: "export";
  readonly trace: string;
  readonly to: (typeof exportForms)[number];
  /** The file of the model, where it is not the one that the trace names. */
  readonly model?: string;
  /** Absent: standard output. */
  readonly output?: string;
  readonly itfMbt: boolean;
  /** The host under test. */
  readonly as?: string;
  readonly color: Color;
}

export interface GraphLine {
  readonly kind: "graph";
  readonly file: string;
  readonly to: "dot" | "svg";
  /** Glob over titles; it must match one. */
  readonly check?: string;
  readonly set: readonly string[];
  /** Variables by which states are told apart; empty: all. */
  readonly on: readonly string[];
  readonly force: boolean;
  readonly output?: string;
  readonly color: Color;
}

export interface RefreshLine {
  readonly kind: "refresh";
  readonly folder: string;
  /** Compares and writes nothing. */
  readonly isCheck: boolean;
  readonly quiet: boolean;
  readonly color: Color;
}

export const exportCommand = (): Command =>
  new Command("check export")
    .usage("TRACE --to FORM [-o OUTPUT]")
    .description(
      "Makes something else of a trace that `check --out` wrote: a test, a capture, a drawing. " +
        "The trace is replayed on its model first.",
    )
    .argument("<trace>", "a trace file, or -")
    .addOption(
      new Option("--to <form>", "what to make").choices([...exportForms]).makeOptionMandatory(),
    )
    .option("--model <path>", "the model, where the trace does not find it")
    .option("--itf-mbt", "with --to itf: what quint-connect needs, too")
    .option("--as <host>", "with --to packetdrill: the host that is the kernel under test")
    .option("-o, --output <path>", "write into this file")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretExport = (command: Command): ExportLine => {
  const it = command.opts<{
    to: ExportLine["to"];
    model?: string;
    output?: string;
    itfMbt?: boolean;
    as?: string;
    color: Color;
  }>();
  return {
    kind: "export",
    trace: command.args[0] ?? "",
    to: it.to,
    ...(it.model === undefined ? {} : { model: it.model }),
    ...(it.output === undefined ? {} : { output: it.output }),
    itfMbt: it.itfMbt ?? false,
    ...(it.as === undefined ? {} : { as: it.as }),
    color: it.color,
  };
};

export const graphCommand = (
  assignment: (text: string, before?: readonly string[]) => readonly string[],
): Command =>
  new Command("check graph")
    .usage("FILE --to dot|svg [--check TITLE] [--on VARIABLE,…] [-o OUTPUT]")
    .description("Draws the states and transitions of one check.")
    .argument("<file>", "a file, or -")
    .addOption(
      new Option("--to <form>", "the language of Graphviz, or a drawing")
        .choices(["dot", "svg"])
        .makeOptionMandatory(),
    )
    .option("--check <glob>", "the check whose title matches")
    .option("--set <name=value>", "give a constant another value (repeatable)", assignment)
    .option("--on <variables>", "merge states that differ only in other variables")
    .option("--force", "however many states there are")
    .option("-o, --output <path>", "write into this file")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretGraph = (command: Command): GraphLine => {
  const it = command.opts<{
    to: "dot" | "svg";
    check?: string;
    set?: readonly string[];
    on?: string;
    force?: boolean;
    output?: string;
    color: Color;
  }>();
  return {
    kind: "graph",
    file: command.args[0] ?? "",
    to: it.to,
    ...(it.check === undefined ? {} : { check: it.check }),
    set: it.set ?? [],
    on: (it.on ?? "").split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()])),
    force: it.force ?? false,
    ...(it.output === undefined ? {} : { output: it.output }),
    color: it.color,
  };
};

export const refreshCommand = (): Command =>
  new Command("check refresh")
    .usage("[DIR] [--check]")
    .description(
      "Searches again for every counterexample that is kept in DIR, writes what became of it, and " +
        "says what changed. With --check nothing is written, and a change is exit 16.",
    )
    .argument("[dir]", "the folder with a folder per counterexample", "counterexamples")
    .option("--check", "compare only")
    .option("--quiet", "no progress")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

export const interpretRefresh = (command: Command): RefreshLine => {
  const { check, quiet, color } = command.opts<{
    check?: boolean;
    quiet?: boolean;
    color: Color;
  }>();
  const folder = String(command.processedArgs[0]);
  return { kind: "refresh", folder, isCheck: check ?? false, quiet: quiet ?? false, color };
};
