// The words of the command line as a command: what commander knows of `check`, and nothing else does.

import { Command, CommanderError } from "commander";
import * as E from "fp-ts/lib/Either.js";
import {
  allWithFaults,
  assignment,
  type CheckLine,
  type CheckOptions,
  interpretCheck,
  interpretSweep,
  searching,
  searchWords,
  sweepCommand,
} from "./check-line.ts";
import {
  exportCommand,
  type ExportLine,
  graphCommand,
  type GraphLine,
  interpretExport,
  interpretGraph,
  interpretRefresh,
  refreshCommand,
  type RefreshLine,
} from "./export-line.ts";
import { formatCommand, type FormatLine, interpretFormat } from "./format-line.ts";
import { commandWords } from "./command-words.ts";
import { colorOption } from "./colour-option.ts";
import { conformCommand, interpretConform, type ConformLine } from "./conform-line.ts";
import { merging, type MergeLine, mergeOf } from "./merge-line.ts";
import { interpretMutate, mutateCommand, type MutateLine } from "./mutate-line.ts";
import { interpretReplay, replayCommand, type ReplayLine } from "./replay-line.ts";
import { interpretSimulate, simulateCommand, type SimulateLine } from "./simulate-line.ts";
import { interpretTranslate, translateCommand, type TranslateLine } from "./translate-line.ts";

export type { CheckOptions } from "./check-line.ts";

export type CommandLine =
  | CheckLine
  | { readonly kind: "explain"; readonly code: string; readonly color: CheckOptions["color"] }
  | FormatLine
  | TranslateLine
  | ExportLine
  | GraphLine
  | MergeLine
  | MutateLine
  | RefreshLine
  | ReplayLine
  | ConformLine
  | SimulateLine
  /** `--help` and `--version`: the text is the result. */
  | { readonly kind: "print"; readonly text: string };

/** What is wrong with the words, with commander's suggestion of the nearest option. */
export interface UsageError {
  readonly message: string;
}

/** An option with a value may stand once, unless its help says otherwise: nothing of a line is ignored. */
const once = (command: Command): Command => {
  for (const option of command.options) {
    if (!option.required || option.description.includes("(repeatable)")) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: ${option.long ?? option.flags} is given twice`);
      isGiven = true;
    });
  }
  return command;
};

/** A command that neither prints nor exits by itself. */
const quietly = (command: Command, heard: string[]): Command =>
  command.exitOverride().configureOutput({
    writeOut: (text) => heard.push(text),
    writeErr: (text) => heard.push(text),
  });

const checkCommand = (version: string): Command =>
  searching(new Command("check"))
    .usage("[options] FILE|DIR…")
    .description(
      "Explores every behaviour of the models and tells which properties hold, with the shortest counterexample of " +
        "those that do not. A folder stands for its .tw files; `-` is standard input.",
    )
    .version(version, "--version", "print the version")
    .addHelpText(
      "after",
      [
        "",
        "Commands (as the first word; a file of that name is written ./name):",
        "  conform FILE --on WHAT               play every case of TIME_WAIT on a real TCP",
        "  explain CODE                         what a diagnostic means and how to mend it",
        "  export TRACE --to FORM               make a test, a capture, a drawing of a trace",
        "  format FILE… [--write|--check]       print in the one style, rewrite, or compare",
        "  graph FILE --to dot|svg              draw the states and transitions of a check",
        "  help [COMMAND]                       what check, or a command, takes",
        "  merge DIR                            one report of the files that --shard wrote",
        "  mutate FILE                          make mistakes on purpose: does any check notice?",
        "  refresh [DIR] [--check]              search again for the counterexamples that are kept",
        "  replay TRACE --on WHAT               play a trace on its model, or on a real TCP",
        "  simulate FILE… [--seed N]            random walks where a search would not end: no proof",
        "  sweep FILE [--svg FILE]              only the sweeps, and a drawing of them",
        "  translate FILE --to murphi|promela   print a check as input of rumur or SPIN",
        "",
        "Exit codes:",
        "  0 as expected        12 safety violated   16 differs          66 no such input",
        "  10 assumption false  13 no recovery       20 incomplete       70 internal error",
        "  11 deadlock          14 model error       64 command line     74 input, output",
        "  73 cannot write      15 finding           65 specification    130 interrupted",
        "                       17 mutants survive   69 not available    143 terminated",
      ].join("\n"),
    );

const explainCommand = (): Command =>
  new Command("check explain")
    .usage("CODE")
    .description("Explains a diagnostic, such as TW0203.")
    .argument("<code>", "the code of a diagnostic")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

const interpretMerge = (command: Command): MergeLine =>
  mergeOf(command, interpretSweep(command).options);

const interpretExplain = (command: Command): CommandLine => ({
  kind: "explain",
  code: command.args[0] ?? "",
  color: command.opts<{ color: CheckOptions["color"] }>().color,
});

const complaintOf = (heard: readonly string[]): string =>
  heard
    .join("")
    .trim()
    .replace(/^error: /, "");

/** What is misspelt is not missing: commander says only that it is, and never looks further. */
const unknownOption = (command: Command, words: readonly string[]): readonly string[] => {
  for (const it of command.options) it.makeOptionMandatory(false);
  const heard: string[] = [];
  try {
    quietly(command, heard).parse(words, { from: "user" });
    return [];
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.code === "commander.unknownOption" ? heard : [];
  }
};

const parseWith = (
  command: Command,
  words: readonly string[],
  interpret: (command: Command) => CommandLine,
): E.Either<UsageError, CommandLine> => {
  const heard: string[] = [];
  try {
    once(quietly(command, heard)).parse(words, { from: "user" });
    return E.right(interpret(command));
  } catch (thrown) {
    // Commander reports help, version and mistakes alike by throwing; anything else is ours.
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.code === "commander.missingMandatoryOptionValue") {
      const misspelt = unknownOption(command, words);
      if (misspelt.length > 0) return E.left({ message: complaintOf(misspelt) });
    }
    return thrown.exitCode === 0
      ? E.right({ kind: "print", text: heard.join("") })
      : E.left({ message: complaintOf(heard) });
  }
};

/** `check help mutate` is `check mutate --help`, as with git, cargo and npm. */
const helpWords = (
  first: string | undefined,
  rest: readonly string[],
): E.Either<UsageError, readonly string[]> => {
  if (first === undefined || first === "--help") return E.right(["--help"]);
  const isCommand = commandWords.some((it) => it === first);
  return isCommand && rest.length === 0
    ? E.right([first, "--help"])
    : E.left({ message: `help is for one command, and \`${[first, ...rest].join(" ")}\` is none` });
};

/** Understands the words after `check`. */
export const parseCommandLine = (
  words: readonly string[],
  version: string,
): E.Either<UsageError, CommandLine> => {
  const [first, ...rest] = words;
  if (first === "help") {
    const asked = helpWords(rest[0], rest.slice(1));
    return E.isLeft(asked) ? asked : parseCommandLine(asked.right, version);
  }
  if (first === "explain") return parseWith(explainCommand(), rest, interpretExplain);
  if (first === "conform") return parseWith(conformCommand(), rest, interpretConform);
  if (first === "export") return parseWith(exportCommand(), rest, interpretExport);
  if (first === "graph") return parseWith(graphCommand(assignment), rest, interpretGraph);
  if (first === "merge") {
    return parseWith(merging(searchWords(new Command("check merge"))), rest, interpretMerge);
  }
  if (first === "mutate") return parseWith(mutateCommand(assignment), rest, interpretMutate);
  if (first === "refresh") return parseWith(refreshCommand(), rest, interpretRefresh);
  if (first === "replay") return parseWith(replayCommand(), rest, interpretReplay);
  if (first === "simulate") return parseWith(simulateCommand(assignment), rest, interpretSimulate);
  if (first === "format") return parseWith(formatCommand(), rest, interpretFormat);
  if (first === "translate")
    return parseWith(translateCommand(assignment), rest, interpretTranslate);
  const parsed =
    first === "sweep"
      ? parseWith(sweepCommand(), rest, interpretSweep)
      : parseWith(checkCommand(version), words, interpretCheck);
  if (E.isLeft(parsed) || parsed.right.kind !== "check") return parsed;
  const { inputs, all, minimal } = parsed.right.options;
  if (inputs.length === 0) return E.left({ message: "no file given; try `check --help`" });
  if (all > 1 && minimal === "faults") {
    return E.left({ message: allWithFaults });
  }
  return parsed;
};
