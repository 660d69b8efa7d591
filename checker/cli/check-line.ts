// The words of `check` and `check sweep`, which search: what commander knows of them.

import { Command, InvalidArgumentError, Option } from "commander";
import * as E from "fp-ts/lib/Either.js";
import type { ReductionName } from "../pipeline.ts";
import { colorOption } from "./colour-option.ts";
import { keeping, type KeepingOptions, keepingOptions, type KeepingWords } from "./keeping-line.ts";
import { bytes, counterexamples, seconds, states, threads } from "./quantities.ts";
import { reductions } from "./reduction-words.ts";
import { type ShardWord, shardWord } from "./shard-words.ts";
import {
  reporting,
  reportNames,
  type ReportOptions,
  reportOptions,
  type ReportWords,
} from "./report-line.ts";

export interface CheckOptions {
  /** Files, folders, or `-`. */
  readonly inputs: readonly string[];
  /** Globs over titles of checks and sweeps: those that match any. */
  readonly check?: readonly string[];
  readonly only: readonly string[];
  /** `NAME=VALUE`, as written. */
  readonly set: readonly string[];
  readonly list: boolean;
  /** Again whenever a file is saved. */
  readonly watch?: true;
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
  /** Only a part of the searches, whose results go into a file. */
  readonly shard?: ShardWord;
  /** How many searches take each case: as text, and as a page. */
  readonly coverage?: { readonly isText: boolean; readonly html?: string };
}

export interface CheckLine {
  readonly kind: "check";
  readonly options: CheckOptions;
}

export const allWithFaults =
  "--all looks for the fewest steps: it cannot be used with --minimal faults";

/** One more value of an option that may be repeated. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** `NAME=VALUE`, once more. */
export const assignment = (text: string, before?: readonly string[]): readonly string[] => {
  if (!/^[^=]+=[^=]/.test(text)) throw new InvalidArgumentError("write NAME=VALUE.");
  return collect(text, before);
};

/** The options of everything that searches. */
export const searchWords = (command: Command): Command =>
  keeping(reporting(searchOptions(command))).helpOption("--help", "print this help");

/** What it searches, and the options. */
export const searching = (command: Command): Command =>
  searchWords(command.argument("[input...]", "files, folders, or -"));

const searchOptions = (command: Command): Command =>
  command
    .option("--check <glob>", "only checks and sweeps whose title matches (repeatable)", collect)
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
    .option("--watch", "check again whenever a file, or what it imports, is saved")
    .option("--out <folder>", "write a trace file per violation into this folder")
    .option("--json", "print the result as one JSON document")
    .option("--coverage", "print the source with how often everything is taken")
    .option("--coverage-html <file>", "write the same as a page")
    .option(
      "--shard <i/n>",
      "make one of n parts of the searches; `check merge` reports",
      shardWord,
    )
    .option("--quiet", "only what is not as expected, and the last line; no progress")
    .addOption(colorOption())
    .option("--max-states <n>", "end a search with the level that passes this many states", states)
    .option(
      "--timeout <time>",
      "end after this time, building of models included: 90, 90s, 5m, 1h",
      seconds,
    )
    .option(
      "--memory <size>",
      "stop a search whose states take this, Node's 70M not counted: 500M; at most 4G",
      bytes,
    )
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

export const sweepCommand = (): Command =>
  searching(new Command("check sweep"))
    .usage("[options] FILE|DIR… [--svg OUTPUT]")
    .description(
      "Runs the sweeps and not the checks, and draws them: a row per combination, a column per value.",
    )
    .option("--svg <path>", "draw the sweeps into this file");

interface CheckWords extends ReportWords, KeepingWords {
  readonly check?: readonly string[];
  readonly list?: boolean;
  readonly trace?: CheckOptions["trace"];
  readonly minimal: CheckOptions["minimal"];
  readonly all?: number;
  readonly watch?: boolean;
  readonly out?: string;
  readonly quiet?: boolean;
  readonly color: CheckOptions["color"];
  readonly maxStates?: number;
  readonly timeout?: number;
  readonly memory?: number;
  readonly engine: CheckOptions["engine"];
  readonly threads?: number;
  readonly reduce?: readonly ReductionName[];
  readonly shard?: ShardWord;
  readonly coverage?: boolean;
  readonly coverageHtml?: string;
}

/** Ends like any other mistake on the command line. */
const orComplain = <A>(command: Command, result: E.Either<string, A>): A =>
  E.isRight(result) ? result.right : command.error(`error: ${result.left}`);

const coverageOf = ({ coverage, coverageHtml: html }: CheckWords): Partial<CheckOptions> =>
  coverage === true || html !== undefined
    ? { coverage: { isText: coverage === true, ...(html === undefined ? {} : { html }) } }
    : {};

/** What a part of a run, or a list, would have to leave undone without a word. */
const idleOption = (it: CheckWords): string | undefined => {
  const reports = reportNames(it);
  if (it.list === true) {
    const report = reports.find((name) => name !== "--json");
    return report === undefined ? undefined : `${report} reports results, and --list has none`;
  }
  if (it.shard === undefined) return undefined;
  const ofAllParts = [
    ...reports,
    ...(it.lock === undefined ? [] : ["--lock"]),
    ...(it.all === undefined ? [] : ["--all"]),
  ];
  const [first] = ofAllParts;
  if (first !== undefined) return `${first} is made of all parts: give it to \`check merge\``;
  return it.coverageHtml === undefined
    ? undefined
    : "--coverage-html is made of all parts: give them --coverage, and this to `check merge`";
};

const isEmpty = (it: object): boolean => Object.keys(it).length === 0;

export const interpretCheck = (command: Command): CheckLine => {
  const it = command.opts<CheckWords>();
  const { check, only = [], set = [], trace = "ladder", minimal, color, engine } = it;
  const { list = false, json = false, quiet = false } = it;
  if (it.watch === true && command.args.includes("-")) {
    command.error("error: --watch cannot watch standard input: name a file");
  }
  const idle = idleOption(it);
  if (idle !== undefined) command.error(`error: ${idle}`);
  const reports = orComplain(command, reportOptions(it));
  const kept = orComplain(command, keepingOptions(it));
  return {
    kind: "check",
    options: {
      inputs: command.args,
      ...(check === undefined ? {} : { check }),
      ...(it.watch === true ? { watch: true } : {}),
      ...(it.maxStates === undefined ? {} : { maxStates: it.maxStates }),
      ...(it.timeout === undefined ? {} : { timeoutSeconds: it.timeout }),
      ...(it.out === undefined ? {} : { out: it.out }),
      ...(it.memory === undefined ? {} : { memoryBytes: it.memory }),
      ...(it.threads === undefined ? {} : { threads: it.threads }),
      ...(it.reduce === undefined ? {} : { reductions: it.reduce }),
      ...(it.trace === undefined ? {} : { isTraceNamed: true }),
      ...(isEmpty(reports) ? {} : { reports }),
      ...(isEmpty(kept) ? {} : { keeping: kept }),
      ...(it.shard === undefined ? {} : { shard: it.shard }),
      ...coverageOf(it),
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

export const interpretSweep = (command: Command): CheckLine => {
  const { svg, shard } = command.opts<{ svg?: string; shard?: ShardWord }>();
  if (svg !== undefined && shard !== undefined) {
    command.error("error: --svg is made of all parts: give it to `check merge`");
  }
  const line = interpretCheck(command);
  const sweeps = svg === undefined ? {} : { svg };
  return { ...line, options: { ...line.options, sweeps } };
};
