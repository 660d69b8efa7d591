// A whole file, and a whole run, as a person reads them: results -> text around the single reports.

import type { FileResult, ObligationResult } from "../prove/index.ts";
import { checkText, isOpen, type TextLook } from "./check-text.ts";
import { renderDiagnostics } from "./code-frame.ts";
import type { Sources } from "./sources.ts";
import { sweepText } from "./sweep-text.ts";
import { wrap } from "./text-width.ts";
import { counted, duration, listed } from "./wording.ts";

/** The line above the results of a file. */
export const fileHeading = (file: string, look: TextLook): string =>
  `${look.paint("accent", file)}\n\n`;

/** One check or sweep, and the empty line after it. */
export const obligationText = (result: ObligationResult, look: TextLook): string =>
  `${result.kind === "check" ? checkText(result, look) : sweepText(result, look)}\n\n`;

/** Findings about the file as a whole, drawn in its sources; "" for none. */
export const findingsText = (result: FileResult, sources: Sources, look: TextLook): string =>
  renderDiagnostics(result.findings, sources, look);

const statesOf = (it: ObligationResult): number =>
  it.kind === "check"
    ? (it.search?.exploration.states ?? 0)
    : it.points.reduce((sum, point) => sum + point.states, 0);

const secondsOf = (it: ObligationResult): number =>
  it.kind === "check"
    ? (it.search?.exploration.seconds ?? 0)
    : it.points.reduce((sum, point) => sum + point.seconds, 0);

/** Of each search of a result, whether an earlier run made it. */
const searchesOf = (it: ObligationResult): readonly boolean[] =>
  it.kind === "check"
    ? it.search === undefined
      ? []
      : [it.search.cached !== undefined]
    : it.points.flatMap((point) => (point.outcome === "skipped" ? [] : [point.isCached === true]));

const titled = (it: Pick<ObligationResult, "title">): string =>
  it.title === "" ? "all properties" : `"${it.title}"`;

const amount = (results: readonly ObligationResult[]): string => {
  const checks = results.filter((it) => it.kind === "check").length;
  const sweeps = results.length - checks;
  return listed([
    ...(checks > 0 || sweeps === 0 ? [counted(checks, "check")] : []),
    ...(sweeps > 0 ? [counted(sweeps, "sweep")] : []),
  ]);
};

/** "2 of 3 checks": of checks and sweeps together where there are both. */
const share = (some: readonly ObligationResult[], all: readonly ObligationResult[]): string => {
  const isMixed = new Set(all.map(({ kind }) => kind)).size > 1;
  return `${some.length} of ${isMixed ? `${all.length} checks and sweeps` : amount(all)}`;
};

/** Of how many places it is not known whether any check takes them, and why. */
const remark = (early: number, undecided: number, look: TextLook): readonly string[] =>
  early === 0
    ? []
    : wrap(
        `Not judged whether ever taken: ${counted(undecided, "place")}, for ${counted(early, "search", "searches")} stopped early.`,
        Math.max(24, look.columns - 2),
      );

/**
 * The last line of a run: whether everything is as expected, and what is not. `wrong`: what else is, beside the
 * results.
 */
export const summaryText = (
  files: readonly FileResult[],
  look: TextLook,
  wrong: readonly string[] = [],
): string => {
  const results = files.flatMap((it) => it.obligations);
  const failed = results.filter((it) => it.concerns.length > 0 && !isOpen(it));
  const open = results.filter(isOpen);
  const notRun = files.flatMap((it) => it.notRun);
  const findings = files.reduce((sum, it) => sum + it.findings.length, 0);
  const states = results.reduce((sum, it) => sum + statesOf(it), 0);
  const seconds = results.reduce((sum, it) => sum + secondsOf(it), 0);
  const searches = results.flatMap(searchesOf);
  const known = searches.filter((isCached) => isCached).length;
  const early = files.reduce((sum, it) => sum + (it.stoppedEarly ?? 0), 0);
  const undecided = files.reduce((sum, it) => sum + (it.undecided ?? 0), 0);
  const isGood = failed.length + open.length + notRun.length + findings + wrong.length === 0;
  const parts = [
    ...(failed.length + open.length === 0 && results.length > 0
      ? [`${amount(results)} as expected`]
      : []),
    ...(failed.length > 0
      ? [`${share(failed, results)} not as expected: ${listed(failed.map(titled))}`]
      : []),
    ...(open.length > 0 ? [`incomplete: ${listed(open.map(titled))}`] : []),
    ...(notRun.length > 0 ? [`not run: ${listed(notRun.map((title) => titled({ title })))}`] : []),
    ...(findings > 0 ? [counted(findings, "finding")] : []),
    ...wrong,
    // Models are built besides, so that a clock shows more.
    `${counted(states, "state")} in ${duration(seconds)} of search`,
    ...(known === 0
      ? []
      : [`${known === searches.length ? "all" : `${known} of ${searches.length}`} from the cache`]),
  ];
  const sign = isGood
    ? look.paint("good", "✓")
    : failed.length + findings + wrong.length > 0
      ? look.paint("bad", "✗")
      : look.paint("warning", "?");
  const [first = "", ...rest] = wrap(`${parts.join("; ")}.`, Math.max(24, look.columns - 2));
  return [
    `${sign} ${look.paint("strong", first)}`,
    ...[...rest, ...remark(early, undecided, look)].map((it) => `  ${it}`),
    "",
  ].join("\n");
};
