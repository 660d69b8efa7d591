// How far a stack does what a model says: judged goals -> text, a line per case, and each disagreement in full.

import type { Judged } from "./judge.ts";
import { stepLines } from "./report.ts";

/** A goal under some switches, played. */
export interface CaseResult {
  readonly name: string;
  /** Switches of the kernel and of the application, in short names. */
  readonly under: Readonly<Record<string, string>>;
  readonly judged: Judged;
  /** The step of the goal itself was looked at, on a stack that had come so far. */
  readonly isCompared: boolean;
  /** Why the last steps could not be played; the goal is among them. */
  readonly end?: string;
}

export interface Conformance {
  readonly file: string;
  /** `linux 6.18.1, which is A` */
  readonly on: string;
  /** All that there is to ask: cases of handlers, expiries by state, and rules, which any state may have. */
  readonly cases: readonly string[];
  /** Whether the models are larger than what was looked at. */
  readonly isCut: boolean;
  /** Configurations that have no model, each with the reason. */
  readonly skipped: readonly string[];
  readonly results: readonly CaseResult[];
  readonly scenarios: number;
  readonly runs: number;
  readonly seconds: number;
  /** Goals that are played as others are, segment for segment, under the same switches. */
  readonly alike: number;
  readonly remarks: readonly string[];
  /** How ends of states were brought about, if not by the timers of the stack. */
  readonly endedBy?: string;
}

/**
 * Was the step of the goal looked at? `began`: whether a run came to the beginning; of the others the first step
 * has to say why they did not.
 */
export const isStepCompared = (goal: number | undefined, judged: Judged, began: boolean): boolean =>
  began && judged.steps.some((it) => it.number === goal && it.verdict !== "not replayed");

const isEqual = ({ judged, end, isCompared }: CaseResult): boolean =>
  end === undefined && isCompared && judged.verdict === "equal";

const isApart = ({ judged }: CaseResult): boolean => judged.verdict !== "equal";

/** Of several cases in one step each is covered. */
const casesOf = ({ name }: CaseResult): readonly string[] => name.split(", ");

const counted = (count: number, what: string, many = `${what}s`): string =>
  `${count} ${count === 1 ? what : many}`;

const isExpiry = (name: string): boolean => name.startsWith("expire ");

const caseLine = (
  name: string,
  width: number,
  results: readonly CaseResult[],
  { endedBy }: Conformance,
): string => {
  const equal = results.filter(isEqual).length;
  const apart = results.filter(isApart).length;
  const open = results.length - equal - apart;
  const said = [
    ...(equal > 0 ? [`${equal} equal`] : []),
    ...(apart > 0 ? [`${apart} not`] : []),
    ...(open > 0 ? [`${open} not to be played`] : []),
  ];
  const note = isExpiry(name) && endedBy !== undefined ? ` (${endedBy})` : "";
  return `  ${name.padEnd(width)}  ${said.join(", ")}${note}`;
};

/** `, with tcp_rfc1337 = 1, listener = ABSENT`: of the switches those that are not the same everywhere. */
const underText = ({ under }: CaseResult, results: readonly CaseResult[]): string => {
  const varied = Object.entries(under).filter(([key, value]) =>
    results.some((it) => it.under[key] !== value),
  );
  const text = varied.map(([key, value]) => `${key} = ${value}`).join(", ");
  return text === "" ? "" : `, with ${text}`;
};

const disagreement = (it: CaseResult, results: readonly CaseResult[]): readonly string[] => {
  const { name, judged } = it;
  return ["", `  ${name}${underText(it, results)}`, ...judged.steps.flatMap(stepLines)];
};

/** `connect_refused in TIME_WAIT` is the rule `connect_refused`, too. */
const isCase = (name: string, result: CaseResult): boolean =>
  casesOf(result).some((it) => it === name || it.startsWith(`${name} in `));

/** Was something compared for it? */
const isCovered = (name: string, { results }: Conformance): boolean =>
  results.some((it) => it.end === undefined && it.isCompared && isCase(name, it));

/** Cases that nothing was compared for, each with the reason. */
const uncovered = (it: Conformance): readonly string[] => {
  const { cases, results } = it;
  const reasonOf = (name: string): string => {
    const own = results.filter((result) => isCase(name, result));
    const ends = own.flatMap(({ end }) => end ?? []);
    if (ends[0] !== undefined) return ends[0];
    return own.length > 0
      ? "the stack did not come so far"
      : "nothing leads there: the model never takes it in these checks";
  };
  const names = new Set([...cases, ...results.flatMap(casesOf)]);
  return [...names]
    .filter((name) => !isCovered(name, it))
    .map((name) => `  ${name}: ${reasonOf(name)}`);
};

/** Equal only if everything there is was compared. */
export const conformVerdict = (it: Conformance): "equal" | "differs" | "incomplete" => {
  if (it.results.some(isApart)) return "differs";
  const isWhole = !it.isCut && it.results.every(isEqual) && uncovered(it).length === 0;
  return isWhole ? "equal" : "incomplete";
};

/** What is equal since it was made so is counted apart. */
const endedText = ({ results, endedBy }: Conformance): readonly string[] => {
  const ended = results.filter((it) => isEqual(it) && isExpiry(it.name)).length;
  return endedBy === undefined || ended === 0
    ? []
    : [`of the equal ones ${counted(ended, "expiry", "expiries")}, ${endedBy}`];
};

const cutText = "the models are larger than what was looked at: cases may be missing";

/** The cases in the order of the model, then what else was asked. */
const caseNames = ({ cases, results }: Conformance): readonly string[] => {
  const met = new Set(results.flatMap(casesOf));
  return [...new Set([...cases.filter((it) => met.has(it)), ...met])];
};

export const conformText = (it: Conformance): string => {
  const { file, on, cases, skipped, results, scenarios, runs, seconds, alike, remarks } = it;
  const names = caseNames(it);
  const width = Math.max(...names.map((name) => name.length), 0);
  const apart = results.filter(isApart);
  const missing = uncovered(it);
  const equal = results.filter(isEqual).length;
  return [
    `${file} on ${on}`,
    ...[...(it.isCut ? [cutText] : []), ...remarks].map((text) => `  ${text}`),
    ...names.map((name) =>
      caseLine(
        name,
        width,
        results.filter((result) => casesOf(result).includes(name)),
        it,
      ),
    ),
    ...(missing.length === 0 ? [] : ["", "not covered:", ...missing]),
    ...(skipped.length === 0 ? [] : ["", "not asked:", ...skipped.map((text) => `  ${text}`)]),
    ...(apart.length === 0
      ? []
      : ["", "disagreements:", ...apart.flatMap((one) => disagreement(one, results))]),
    "",
    `${cases.filter((name) => isCovered(name, it)).length} of ${counted(cases.length, "case")} covered`,
    ...endedText(it),
    `${counted(scenarios, "scenario")}${alike > 0 ? ` for ${scenarios + alike} goals` : ""}, ` +
      `${runs} runs each, in ${seconds.toFixed(0)} s: ${equal} equal, ` +
      (apart.length === 0 ? "no disagreement" : counted(apart.length, "disagreement")),
    "",
  ].join("\n");
};
