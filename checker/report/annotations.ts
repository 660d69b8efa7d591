// A run as GitHub annotations, and as the table of a step summary: problems -> lines; results -> Markdown.

import { type Diagnostic, isError } from "../source/index.ts";
import type { LeastResult, PropertyResult } from "../prove/index.ts";
import { assignmentsText, claimText } from "../prove/index.ts";
import { endingText, movedText, notRunIn, type Problem, problemsOf, type Run } from "./problems.ts";
import { type Places, regionIn } from "./report-places.ts";
import { count, counted, steps } from "./wording.ts";

const message = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const value = (text: string): string => message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** GitHub shows no more of a level per step. */
const most = 10;

const annotation = (it: Problem, places: Places): string => {
  const region = regionIn(it, places);
  const isOneLine = region?.startLine === region?.endLine;
  const properties = [
    ...(region === undefined
      ? []
      : [
          `file=${value(region.path)}`,
          `line=${region.startLine}`,
          ...(isOneLine
            ? [`col=${region.startColumn}`, `endColumn=${region.endColumn}`]
            : [`endLine=${region.endLine}`]),
        ]),
    `title=${value([it.code, ...(it.property === undefined ? [] : [it.property])].join(" "))}`,
  ];
  const about = it.check === undefined ? "" : ` in "${it.check}"`;
  const said =
    it.property !== undefined && it.message.startsWith(`${it.property} `)
      ? it.message.slice(it.property.length + 1)
      : it.message;
  const text = [`${said}${about}`, ...it.way.map((one) => one.text)].join("\n");
  return `::${it.level} ${properties.join(",")}::${message(text)}\n`;
};

/** What a reader of a run that ended early must know before all else; undefined of a whole one. */
const shortfall = (run: Run): string | undefined => {
  const why = endingText(run);
  if (why === undefined || run.failure !== undefined) return undefined;
  const files = notRunIn(run).map(({ file, titles }) => `${count(titles.length)} of ${file}`);
  return files.length === 0 ? why : `${why}; checks not run: ${files.join(", ")}`;
};

/** The lines that GitHub makes annotations of; "" where nothing is wrong. */
export const annotationsText = (run: Run, places: Places): string => {
  const problems = run.files.flatMap(problemsOf);
  const { failure } = run;
  const short = shortfall(run);
  const room = (level: Problem["level"]): number =>
    level === "warning" && short !== undefined ? most - 1 : most;
  const lines = (["error", "warning"] as const).flatMap((level) =>
    problems
      .filter((it) => it.level === level)
      .slice(0, room(level))
      .map((it) => annotation(it, places)),
  );
  const failed =
    failure === undefined ? [] : [`::error title=${failure.code}::${message(failure.message)}\n`];
  const missing = short === undefined ? [] : [`::warning title=check::${message(short)}\n`];
  return [...failed, ...missing, ...lines].join("");
};

const cell = (text: string): string =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll(/[\r\n]+/g, " ")
    .replaceAll("<", "&lt;");

const verdictText = ({ kind, verdict }: PropertyResult): string => {
  switch (verdict.kind) {
    case "holds":
      return kind === "deadlock" ? "none" : "holds";
    case "unreached":
      return "never reached";
    case "violated":
      return `violated after ${steps(verdict.steps)}`;
    case "reached":
      return `reached after ${steps(verdict.steps)}`;
    case "error":
      return `model error after ${steps(verdict.steps)}`;
    case "unknown":
      return "unknown";
  }
};

/** "MSL = 1: 3, expected 4"; what is as expected needs no second word. */
const answerText = ({ others, value, isDecided, isMet, expected }: LeastResult): string => {
  const where = assignmentsText(others);
  const found = isDecided ? (value ?? "none") : "unknown";
  const wanted = isMet ? "" : `, expected ${expected ?? "none"}`;
  return `${where === "" ? "" : `${where}: `}${found}${wanted}`;
};

interface Row {
  readonly isMet: boolean;
  readonly cells: readonly string[];
}

const rowsOf = (run: Run): readonly Row[] =>
  run.files.flatMap(({ file, result }) =>
    (result?.obligations ?? []).flatMap((it): readonly Row[] => {
      const isAllMet = it.concerns.length === 0;
      const sign = (isMet: boolean): string => (isMet ? "✓" : "✗");
      if (it.kind === "sweep") {
        const states = it.points.reduce((sum, point) => sum + point.states, 0);
        const least = it.least === undefined ? "sweep" : `least ${it.least.name}`;
        const answers = (it.least?.answers ?? []).map(answerText).join("; ");
        return [
          {
            isMet: isAllMet,
            cells: [sign(isAllMet), file, it.title, least, answers, count(states)],
          },
        ];
      }
      const { search, concerns, claim, title } = it;
      const states = search === undefined ? "" : count(search.exploration.states);
      const own = concerns.filter((one) => one.property === undefined);
      const properties = (search?.judgement.properties ?? []).map((one): Row => {
        const isMet = !concerns.some(({ property }) => property === one.name);
        return {
          isMet,
          cells: [sign(isMet), file, title, one.name, verdictText(one), states],
        };
      });
      const others = own.map((one): Row => ({
        isMet: false,
        cells: [
          sign(false),
          file,
          title,
          `expect ${claimText(claim)}`,
          one.diagnostic.message,
          states,
        ],
      }));
      return [...others, ...properties];
    }),
  );

const rowText = ({ cells }: Row): string => `| ${cells.map(cell).join(" | ")} |\n`;

/** GitHub takes no more of a step. */
const largest = 2 ** 20;
const spare = 200;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** More of a kind nobody reads in a summary, and more of one only whoever has the lock beside it. */
const mostLines = 50;
const longest = 1000;

const itemText = ({ code, span }: Diagnostic, said: string): string => {
  const text = said.length > longest ? `${said.slice(0, longest)} …` : said;
  return `- ${code} ${cell(text)} (${cell(span.file)})\n`;
};

/** What differs from the lock file stands below: a property that is broken tells why numbers moved. */
const lockText = (run: Run): string => {
  const moved = run.files.flatMap((it) => it.moved ?? []);
  if (moved.length === 0) return "";
  const missing = moved.length - mostLines;
  return [
    `**${counted(moved.length, "difference from the lock", "differences from the lock")}**\n\n`,
    ...moved.slice(0, mostLines).map((it) => itemText(it, movedText(it))),
    ...(missing > 0 ? [`- … and ${count(missing)} more\n`] : []),
    "\n",
  ].join("");
};

/** A table of all properties, what is not as expected first, and below it what differs from the lock; as much as fits beside `used` bytes. */
export const summaryTable = (run: Run, used: number): string => {
  const rows = rowsOf(run);
  const wrong = run.files.flatMap((it) => [
    ...it.diagnostics.filter(isError),
    ...(it.result?.findings ?? []),
  ]);
  const { failure } = run;
  const short = shortfall(run);
  const bad = rows.filter((it) => !it.isMet);
  const heading = [
    `### ${run.tool}\n\n`,
    ...(failure === undefined ? [] : [`**${cell(failure.message)}**\n\n`]),
    ...(short === undefined ? [] : [`**${cell(short)}**\n\n`]),
    ...wrong.slice(0, mostLines).map((it) => itemText(it, it.message)),
    ...(wrong.length === 0 ? [] : ["\n"]),
    "|  | file | check | property | verdict | states |\n| --- | --- | --- | --- | --- | ---: |\n",
  ].join("");
  const ending = lockText(run);
  let left = largest - used - spare - bytesOf(heading) - bytesOf(ending);
  if (left < 0) return "";
  const kept: string[] = [];
  const all = [...bad, ...rows.filter((it) => it.isMet)];
  for (const it of all) {
    const text = rowText(it);
    left -= bytesOf(text);
    if (left < 0) break;
    kept.push(text);
  }
  const missing = all.length - kept.length;
  const rest = missing === 0 ? "" : `\n… and ${count(missing)} more rows than GitHub shows.\n`;
  return `${heading}${kept.join("")}${rest}\n${ending}`;
};
