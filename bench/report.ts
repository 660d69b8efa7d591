// What was measured, as tables.

import type { Results, Row } from "./results.ts";
import { median, ratio, spread } from "./statistics.ts";
import { table } from "./table.ts";
import { judge, type Verdict } from "./targets.ts";

const thousands = (value: number): string => value.toLocaleString("en-GB");

const seconds = (value: number): string => value.toFixed(2);

const spreadOf = (values: readonly number[]): string => {
  const found = spread(values);
  if (found === undefined) return "";
  return values.length === 1
    ? seconds(found.median)
    : `${seconds(found.median)} (${seconds(found.least)}..${seconds(found.most)})`;
};

const cpuOf = (row: Row): number | undefined =>
  median(row.samples.map(({ cpuSeconds }) => cpuSeconds));

/** Whom the others are compared with: our faster back end, one thread, reductions off. */
const referenceIn = (rows: readonly Row[]): Row | undefined =>
  ["ours, WebAssembly, 1 thread", "ours, JavaScript, 1 thread"]
    .map((name) => rows.find((it) => it.contestant === name && it.samples.length > 0))
    .find((it) => it !== undefined) ?? rows.find((it) => it.isOurs && it.samples.length > 0);

const countsIn = ({ counts, isEqual }: Row): string => {
  if (counts === undefined) return "";
  if (isEqual === undefined) return `${thousands(counts.states)} states`;
  return isEqual
    ? "equal"
    : `DIFFERENT: ${thousands(counts.states)}, ${thousands(counts.transitions)}`;
};

const cellsOf = (row: Row, reference: number | undefined): readonly string[] => {
  const cpu = cpuOf(row);
  const peak = median(row.samples.map(({ peakBytes }) => peakBytes));
  const states = row.counts?.states;
  const [perSecond, perState, times] = [
    ratio(states, cpu),
    ratio(peak, states),
    ratio(cpu, reference),
  ];
  return [
    row.contestant,
    spreadOf(row.samples.map(({ cpuSeconds }) => cpuSeconds)),
    spreadOf(row.samples.map(({ wallSeconds }) => wallSeconds)),
    peak === undefined ? "" : thousands(Math.round(peak / 2 ** 20)),
    perState === undefined ? "" : thousands(Math.round(perState)),
    perSecond === undefined ? "" : thousands(Math.round(perSecond)),
    times === undefined ? "" : times.toFixed(2),
    row.problem ?? countsIn(row),
  ];
};

const heading = [
  "contestant",
  "CPU s (spread)",
  "wall s (spread)",
  "peak MiB",
  "bytes per state",
  "states per CPU s",
  "CPU to ours",
  "counts",
];

const groupTable = (results: Results, id: string): string => {
  const rows = results.rows.filter((it) => it.group === id);
  const reference = referenceIn(rows);
  const cpu = reference === undefined ? undefined : cpuOf(reference);
  return table(
    heading,
    rows.map((it) => cellsOf(it, cpu)),
  );
};

const countsOf = (results: Results, id: string): string => {
  const equal = results.rows.find((it) => it.group === id && it.isEqual === true)?.counts;
  return equal === undefined
    ? ""
    : `\n\n${thousands(equal.states)} states, ${thousands(equal.transitions)} transitions.`;
};

const verdictWord = ({ wanted, found, isMet }: Verdict): string => {
  if (found === undefined) return "not measured";
  if (wanted === "") return "for information";
  return isMet === true ? "met" : "NOT MET";
};

export const targetTable = (results: Results): string =>
  table(
    ["measure", "wanted", "found", ""],
    judge(results).map((it) => [it.measure, it.wanted, it.found ?? "", verdictWord(it)]),
  );

/** How near the search comes to what memory allows; undefined where one of the two is unknown. */
export const boundLines = (results: Results): readonly string[] => {
  const { memoryBound, rows } = results;
  if (memoryBound === undefined) return [];
  const { tableBytes, linesPerSecond } = memoryBound;
  const million = (value: number): string => (value / 1e6).toFixed(1);
  const found = ["narrow L", "narrow M"].map((id) => rows.filter((it) => it.group === id));
  const measured = found.map(referenceIn).find((it) => it !== undefined);
  const line = `One thread reads and writes ${million(linesPerSecond)} million random cache lines per second in a table of ${tableBytes / 2 ** 20} MiB.`;
  if (measured?.counts === undefined) return [line];
  const { states, transitions } = measured.counts;
  const bound = linesPerSecond / (transitions / states);
  const share = ratio(ratio(states, cpuOf(measured)), bound);
  const percent = share === undefined ? "" : `${Math.round(share * 100)} %`;
  return [
    line,
    `With ${(transitions / states).toFixed(2)} transitions per state (${measured.group}) that is at most ${million(bound)} million states per second; ${measured.contestant}, reaches ${percent} of it.`,
  ];
};

const roundsOf = ({ rows }: Results): string => {
  const rounds = Math.max(0, ...rows.map((it) => it.samples.length));
  return rounds === 1 ? "one round" : `up to ${rounds} rounds`;
};

const machineLine = (results: Results): string => {
  const { machine } = results;
  const { processor, cores, cacheMiB, memoryGiB, system, tools, memoryBy } = machine;
  const cache = cacheMiB === undefined ? "" : `${cacheMiB} MiB of cache, `;
  const by = memoryBy === "wait4" ? "as wait4 reports it" : "polled";
  return `${processor}, ${cores} cores, ${cache}${memoryGiB} GiB, ${system}; ${tools.join("; ")}; ${roundsOf(results)}, peak memory ${by}.`;
};

/** The whole report, headings of this level. */
export const report = (results: Results, level: string): string =>
  [
    machineLine(results),
    `${level} Targets`,
    targetTable(results),
    ...boundLines(results),
    ...results.groups.map(
      ({ id, title }) => `${level} ${title}\n\n${groupTable(results, id)}${countsOf(results, id)}`,
    ),
  ].join("\n\n");
