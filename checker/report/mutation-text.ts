// What became of mutants as a person reads it, and as a program does: outcomes -> text, JSON.

import {
  findingOf,
  isEnough,
  mayReach,
  type Mutant,
  type MutantOutcome,
  operators,
  type Score,
  scoreOf,
} from "../mutate/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { type Look, renderDiagnostics } from "./code-frame.ts";
import { lineReader, type Sources } from "./sources.ts";
import { padEnd, wrap } from "./text-width.ts";
import { count, counted, listed } from "./wording.ts";

/** What all mutants were held against. */
export interface MutationFacts {
  /** Checks and sweeps that tried the mutants. */
  readonly checks: number;
  /** Of all of them together, without a mistake. */
  readonly states: number;
  /** Titles of those that are too large. */
  readonly leftOut: readonly string[];
  readonly maxStates: number;
}

export interface MutationReport {
  readonly file: string;
  readonly facts: MutationFacts;
  readonly minScore: number;
  /** How many there are to try. */
  readonly mutants: number;
  /** Those that were tried, in the order of the text. */
  readonly results: readonly { readonly mutant: Mutant; readonly outcome: MutantOutcome }[];
}

/** Never rounded up: what is not reached is not said to be. */
const percentText = (value: number): string => (Math.floor(value * 10) / 10).toFixed(1);

const findings = ({ results }: MutationReport): readonly Diagnostic[] =>
  results.flatMap(({ mutant, outcome }) => findingOf(mutant, outcome) ?? []);

const factsLines = ({ facts }: MutationReport, look: Look): readonly string[] => {
  const { checks, states, leftOut, maxStates } = facts;
  const text =
    `Held against ${counted(checks, "check or sweep", "checks and sweeps")} of ${counted(states, "state")} together.` +
    (leftOut.length === 0
      ? ""
      : ` Left out, as they are too large for ${counted(maxStates, "state")}: ${listed(leftOut.map((it) => `"${it}"`))}.`);
  return wrap(text, Math.max(24, look.columns));
};

const rows = (report: MutationReport): readonly (readonly [string, number, string])[] => {
  const score = scoreOf(report.results.map((it) => it.outcome));
  return [
    ["killed", score.verdicts, "the verdict of a property changed"],
    ["model errors", score.modelErrors, "killed too, and not counted: no property told them"],
    ["survived", score.survived, "another model, and no check tells"],
    ["undecided", score.undecided, "not killed, and not all was searched; counted as survived"],
    ["alike", score.alike, "the same as far as compared; not all could be, for it is too large"],
    ["equivalent", score.equivalent, "the same model, or the same steps, in every check"],
    ["invalid", score.invalid, "no specification any more"],
  ];
};

const killedText = ({ mutants, results }: MutationReport, score: Score): string => {
  const { percent, verdicts, survived, undecided, modelErrors, alike } = score;
  if (mutants === 0) return "There is nothing to make a mistake in";
  if (percent === undefined) {
    const changing = modelErrors + alike;
    return changing === 0
      ? `No mutant${results.length < mutants ? " that was tried" : ""} changes behaviour`
      : `No score: no property tells ${changing === 1 ? "the one mutant" : `any of the ${changing} mutants`} that may change behaviour`;
  }
  const judged = verdicts + survived + undecided;
  const which = undecided === 0 ? "that change behaviour" : "that change behaviour, or may";
  const more =
    alike === 0 ? "" : `; ${alike} more ${alike === 1 ? "is" : "are"} alike as far as was searched`;
  return `${percentText(percent)} % killed: ${verdicts} of ${judged} mutants ${which}${more}`;
};

/** The report of a run; ends with a newline. */
export const mutationText = (report: MutationReport, sources: Sources, look: Look): string => {
  const { results, mutants, minScore } = report;
  const score = scoreOf(results.map((it) => it.outcome));
  const isReached = isEnough(score, minScore);
  const left = mutants - results.length;
  const isGood = isReached && left === 0;
  const tried = results.map((it) => it.outcome);
  const isHopeless = left > 0 && !mayReach(tried, left, minScore);
  const sign = isGood ? look.paint("good", "✓") : look.paint("bad", "✗");
  const sentence =
    killedText(report, score) +
    `${isReached ? "" : `; at least ${minScore} % are asked for`}` +
    `${left === 0 ? "" : `; INCOMPLETE, ${counted(left, "mutant")} not tried${isHopeless ? ", too few to reach that" : ""}`}.`;
  return [
    look.paint("accent", report.file),
    "",
    ...factsLines(report, look),
    "",
    renderDiagnostics(findings(report), sources, look) +
      rows(report)
        .map(
          ([name, value, what]) =>
            `  ${padEnd(name, 13)}${count(value).padStart(6)}  ${look.paint("faint", what)}`,
        )
        .join("\n"),
    "",
    `${sign} ${look.paint("strong", sentence)}`,
    "",
  ].join("\n");
};

/** The document of a run, ending with a newline. */
export const mutationJson = (tool: string, report: MutationReport, sources: Sources): string => {
  const lines = lineReader(sources);
  const { percent, ...counts } = scoreOf(report.results.map((it) => it.outcome));
  const document = {
    format: 1,
    tool,
    file: report.file,
    checks: report.facts.checks,
    leftOut: report.facts.leftOut,
    maxStates: report.facts.maxStates,
    notTried: report.mutants - report.results.length,
    score: {
      ...counts,
      percent: percent === undefined ? null : Number(percentText(percent)),
      least: report.minScore,
    },
    mutants: report.results.map(({ mutant: { operator, span, text }, outcome }) => ({
      file: span.file,
      ...lines(span.file)?.place(span.start),
      operator,
      text,
      outcome,
    })),
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};

/** The mutants, one a line, without what becomes of them. */
export const mutantsText = (mutants: readonly Mutant[], sources: Sources): string => {
  const lines = lineReader(sources);
  return mutants
    .map(({ operator, span: { file, start, end }, text }) => {
      const place = lines(file)?.place(start);
      const before = (sources.get(file) ?? "").slice(start, end);
      const [from, to] = [before, text].map((it) => short(it.replaceAll(/\s+/g, " ")));
      const what = to === "" ? from : `${from} -> ${to}`;
      return `${file}:${place?.line ?? 0}:${place?.column ?? 0}: ${operators[operator]}: ${what}\n`;
    })
    .join("");
};

const shortLength = 60;

const short = (text: string): string =>
  text.length > shortLength ? `${text.slice(0, shortLength)}…` : text;
