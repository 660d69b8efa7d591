// The words of the command line as a command: what commander knows of `check`, and nothing else does.

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import * as E from "fp-ts/lib/Either.js";
import type { ReductionName } from "../pipeline.ts";
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
import { keeping, type KeepingOptions, keepingOptions, type KeepingWords } from "./keeping-line.ts";
import { colorOption } from "./colour-option.ts";
import { bytes, counterexamples, seconds, states, threads } from "./quantities.ts";
import { reductions } from "./reduction-words.ts";
import { conformCommand, interpretConform, type ConformLine } from "./conform-line.ts";
import { interpretReplay, replayCommand, type ReplayLine } from "./replay-line.ts";
import { reporting, type ReportOptions, reportOptions, type ReportWords } from "./report-line.ts";
import { interpretSimulate, simulateCommand, type SimulateLine } from "./simulate-line.ts";
import { interpretTranslate, translateCommand, type TranslateLine } from "./translate-line.ts";

/** Words that are commands when they come first; everything else is a file or a folder. */
export const commandWords = [
  "conform",
  "explain",
  "export",
  "format",
  "graph",
  "refresh",
  "replay",
  "simulate",
  "sweep",
  "translate",
] as const;

export interface CheckOptions {
  /** Files, folders, or `-`. */
  readonly inputs: readonly string[];
  /** Glob over titles of checks and sweeps. */
  readonly check?: string;
  readonly only: readonly string[];
  /** `NAME=VALUE`, as written. */
  readonly set: readonly string[];
  readonly list: boolean;
  /** Only sweeps, and a drawing of them. */
  readonly sweeps?: { readonly svg?: string };
  readonly trace: "diff" | "full" | "ladder";
  /** Counterexamples of each check, of different kinds; 1: the shortest of each property. */
  readonly all: number;
  /** Of what counterexamples have the least. */
  readonly minimal: "steps" | "faults";
  /** The folder for trace files. */
  readonly out?: string;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: "always" | "never" | "auto";
  readonly maxStates?: number;
  readonly timeoutSeconds?: number;
  readonly memoryBytes?: number;
  readonly engine: "auto" | "javascript" | "webassembly" | "interpreter";
  readonly threads?: number;
  /** Which reductions may be used; none where nothing is said. */
  readonly reductions?: readonly ReductionName[];
  /** Does the line ask for counterexamples in words of its own? */
  readonly isTraceNamed?: true;
  /** Reports for other programs, beside `json`. */
  readonly reports?: ReportOptions;
  readonly keeping?: KeepingOptions;
}

export type CommandLine =
  | { readonly kind: "check"; readonly options: CheckOptions }
  | { readonly kind: "explain"; readonly code: string; readonly color: CheckOptions["color"] }
  | FormatLine
  | TranslateLine
  | ExportLine
  | GraphLine
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

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

const assignment = (text: string, before?: readonly string[]): readonly string[] => {
  if (!/^[^=]+=[^=]/.test(text)) throw new InvalidArgumentError("write NAME=VALUE.");
  return collect(text, before);
};

/** A command that neither prints nor exits by itself. */
const quietly = (command: Command, heard: string[]): Command =>
  command.exitOverride().configureOutput({
    writeOut: (text) => heard.push(text),
    writeErr: (text) => heard.push(text),
  });

/** The options of everything that searches. */
const searching = (command: Command): Command =>
  keeping(reporting(searchOptions(command))).helpOption("--help", "print this help");

const searchOptions = (command: Command): Command =>
  command
    .argument("[input...]", "files, folders, or -")
    .option("--check <glob>", "only checks and sweeps whose title matches")
    .option("--only <property>", "judge only this property (repeatable)", collect)
    .option("--set <name=value>", "give a constant another value (repeatable)", assignment)
    .option("--list", "list checks and sweeps without running them")
    .addOption(
      new Option("--trace <form>", "how counterexamples are shown (default: ladder)").choices([
        "ladder",
        "diff",
        "full",
      ]),
    )
    .addOption(
      new Option(
        "--minimal <what>",
        "counterexamples with the fewest steps, or faults and then steps",
      )
        .choices(["steps", "faults"])
        .default("steps"),
    )
    .option(
      "--all <n>",
      "up to n counterexamples of a check, different in what fails or in the cases taken",
      counterexamples,
    )
    .option("--out <folder>", "write a trace file per violation into this folder")
    .option("--json", "print the result as one JSON document")
    .option("--quiet", "no progress")
    .addOption(colorOption())
    .option("--max-states <n>", "end a search with the level that passes this many states", states)
    .option("--timeout <time>", "stop searching after this time in all: 90, 90s, 5m, 1h", seconds)
    .option("--memory <size>", "stop a search at this size of its states: 500M, 4G", bytes)
    .option(
      "--threads <n>",
      "search large models with this many threads; default: all cores",
      threads,
    )
    .addOption(
      new Option("--engine <form>", "what explores: generated code of a form, or the interpreter")
        .choices(["auto", "javascript", "webassembly", "interpreter"])
        .default("auto"),
    )
    .option(
      "--reduce <names>",
      "count states alike as one: all, none, or some of dead,rotation,interchange",
      reductions,
    );

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
        "                       15 finding           65 specification    130 interrupted",
        "                                            69 not available    143 terminated",
      ].join("\n"),
    );

const sweepCommand = (): Command =>
  searching(new Command("check sweep"))
    .usage("[options] FILE|DIR… [--svg OUTPUT]")
    .description(
      "Runs the sweeps and not the checks, and draws them: a row per combination, a column per value.",
    )
    .option("--svg <path>", "draw the sweeps into this file");

const explainCommand = (): Command =>
  new Command("check explain")
    .usage("CODE")
    .description("Explains a diagnostic, such as TW0203.")
    .argument("<code>", "the code of a diagnostic")
    .addOption(colorOption())
    .helpOption("--help", "print this help");

interface CheckWords extends ReportWords, KeepingWords {
  readonly check?: string;
  readonly list?: boolean;
  readonly trace?: CheckOptions["trace"];
  readonly minimal: CheckOptions["minimal"];
  readonly all?: number;
  readonly out?: string;
  readonly quiet?: boolean;
  readonly color: CheckOptions["color"];
  readonly maxStates?: number;
  readonly timeout?: number;
  readonly memory?: number;
  readonly engine: CheckOptions["engine"];
  readonly threads?: number;
  readonly reduce?: readonly ReductionName[];
}

/** Ends like any other mistake on the command line. */
const orComplain = <A>(command: Command, result: E.Either<string, A>): A =>
  E.isRight(result) ? result.right : command.error(`error: ${result.left}`);

const isEmpty = (it: object): boolean => Object.keys(it).length === 0;

const interpretCheck = (command: Command): CommandLine => {
  const it = command.opts<CheckWords>();
  const { check, only = [], set = [], trace = "ladder", minimal, color, engine } = it;
  const { list = false, json = false, quiet = false } = it;
  const reports = orComplain(command, reportOptions(it));
  const kept = orComplain(command, keepingOptions(it));
  return {
    kind: "check",
    options: {
      inputs: command.args,
      ...(check === undefined ? {} : { check }),
      ...(it.maxStates === undefined ? {} : { maxStates: it.maxStates }),
      ...(it.timeout === undefined ? {} : { timeoutSeconds: it.timeout }),
      ...(it.out === undefined ? {} : { out: it.out }),
      ...(it.memory === undefined ? {} : { memoryBytes: it.memory }),
      ...(it.threads === undefined ? {} : { threads: it.threads }),
      ...(it.reduce === undefined ? {} : { reductions: it.reduce }),
      ...(it.trace === undefined ? {} : { isTraceNamed: true }),
      ...(isEmpty(reports) ? {} : { reports }),
      ...(isEmpty(kept) ? {} : { keeping: kept }),
      only,
      set,
      list,
      trace,
      minimal,
      all: it.all ?? 1,
      json,
      quiet,
      color,
      engine,
    },
  };
};

const interpretSweep = (command: Command): CommandLine => {
  const { svg } = command.opts<{ svg?: string }>();
  const line = interpretCheck(command);
  const sweeps = svg === undefined ? {} : { svg };
  return line.kind === "check" ? { ...line, options: { ...line.options, sweeps } } : line;
};

const interpretExplain = (command: Command): CommandLine => ({
  kind: "explain",
  code: command.args[0] ?? "",
  color: command.opts<{ color: CheckOptions["color"] }>().color,
});

const parseWith = (
  command: Command,
  words: readonly string[],
  interpret: (command: Command) => CommandLine,
): E.Either<UsageError, CommandLine> => {
  const heard: string[] = [];
  try {
    quietly(command, heard).parse(words, { from: "user" });
    return E.right(interpret(command));
  } catch (thrown) {
    // Commander reports help, version and mistakes alike by throwing; anything else is ours.
    if (!(thrown instanceof CommanderError)) throw thrown;
    return thrown.exitCode === 0
      ? E.right({ kind: "print", text: heard.join("") })
      : E.left({
          message: heard
            .join("")
            .trim()
            .replace(/^error: /, ""),
        });
  }
};

/** Understands the words after `check`. */
export const parseCommandLine = (
  words: readonly string[],
  version: string,
): E.Either<UsageError, CommandLine> => {
  const [first, ...rest] = words;
  if (first === "explain") return parseWith(explainCommand(), rest, interpretExplain);
  if (first === "conform") return parseWith(conformCommand(), rest, interpretConform);
  if (first === "export") return parseWith(exportCommand(), rest, interpretExport);
  if (first === "graph") return parseWith(graphCommand(assignment), rest, interpretGraph);
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
    return E.left({
      message: "--all looks for the fewest steps: it cannot be used with --minimal faults",
    });
  }
  return parsed;
};
