// What the searches of a file took, beside its source: results -> annotated text, HTML page.

import type { Covered, FileResult } from "../prove/index.ts";
import { boundsHitText } from "./bounds.ts";
import type { Look } from "./code-frame.ts";
import type { Sources } from "./sources.ts";
import { lineReader } from "./sources.ts";
import { count, counted } from "./wording.ts";

interface Line {
  readonly number: number;
  readonly text: string;
  readonly items: readonly Covered[];
}

const isNever = (it: Covered): boolean => it.taken === 0 && it.open === 0;

/** A file of the specification, line by line, with what stands in each. */
const linesOf = (file: string, covered: readonly Covered[], sources: Sources): readonly Line[] => {
  const lines = lineReader(sources)(file);
  const here = new Map<number, Covered[]>();
  for (const it of covered) {
    const line = it.span.file === file ? lines?.place(it.span.start).line : undefined;
    if (line !== undefined) here.set(line, [...(here.get(line) ?? []), it]);
  }
  return (sources.get(file) ?? "")
    .replace(/\n$/, "")
    .split("\n")
    .map((text, at) => ({
      number: at + 1,
      text: text.replace(/\r$/, ""),
      items: here.get(at + 1) ?? [],
    }));
};

const filesOf = (covered: readonly Covered[]): readonly string[] => [
  ...new Set(covered.map((it) => it.span.file)),
];

/**
 * "some": seen, but not counted, in a step that ends in a model error or by a search that a limit cut.
 * "?": not seen by a search that ended early.
 */
const timesOf = ({ count: times, taken, open }: Covered): string =>
  times > 0 ? count(times) : taken > 0 ? "some" : open > 0 ? "?" : "0";

/** Of several in one line the one that was taken least. */
const leastOf = (items: readonly Covered[]): Covered | undefined =>
  items.toSorted((left, right) => left.count - right.count || left.taken - right.taken)[0];

const gutterOf = (items: readonly Covered[]): string => {
  const least = leastOf(items);
  return least === undefined ? "" : timesOf(least);
};

const kinds: readonly (readonly [Covered["kind"], string])[] = [
  ["case", "cases"],
  ["rule", "rules"],
  ["value", "values"],
  ["property", "properties"],
];

const listed = (parts: readonly string[]): string => parts.join(", ");

const sumText = (covered: readonly Covered[]): string => {
  const sums = kinds.flatMap(([kind, words]) => {
    const items = covered.filter((it) => it.kind === kind);
    const taken = items.filter((it) => it.taken > 0).length;
    return items.length === 0 ? [] : [`${count(taken)} of ${count(items.length)} ${words}`];
  });
  return sums.length === 0 ? "There is nothing to take." : `Taken: ${listed(sums)}.`;
};

const stoppedText = ({ stoppedEarly = 0, undecided = 0, uncounted = 0 }: FileResult) => [
  ...(stoppedEarly === 0
    ? []
    : [
        `${counted(undecided, "place")} may be taken further on: ${counted(stoppedEarly, "search", "searches")} ended once all was decided.`,
      ]),
  ...(uncounted === 0 ? [] : [`Not counted: ${counted(uncounted, "search", "searches")}.`]),
];

/** What is never taken, with the reasons. */
const neverLines = (covered: readonly Covered[], sources: Sources): readonly string[] => {
  const read = lineReader(sources);
  return covered.filter(isNever).map(({ kind, name, span, reason }) => {
    const line = read(span.file)?.place(span.start).line ?? 1;
    const why = reason === undefined ? "" : `: ${reason}`;
    return `${kind} ${name} (${span.file}:${line})${why}`;
  });
};

/** The bounds that checks ran into, each with how many did. */
const boundLines = ({ obligations }: FileResult): readonly string[] => {
  const times = new Map<string, number>();
  for (const it of obligations) {
    if (it.kind !== "check" || it.search === undefined) continue;
    const text = boundsHitText(it.search.bounds);
    if (text !== "" && text !== "none") times.set(text, (times.get(text) ?? 0) + 1);
  }
  return [...times].map(([text, checks]) => `${counted(checks, "check")}: ${text}`);
};

/** The annotated source of one file; "" where nothing was counted. */
export const coverageText = (result: FileResult, sources: Sources, look: Look): string => {
  const { coverage = [] } = result;
  const pages = filesOf(coverage).flatMap((file) => {
    const lines = linesOf(file, coverage, sources);
    const width = Math.max(...lines.map((it) => gutterOf(it.items).length));
    return [
      look.paint("accent", file),
      ...lines.map(({ text, items }) => {
        const gutter = gutterOf(items).padStart(width);
        const never = items.some((it) => isNever(it) && it.reason === undefined);
        const style = items.length === 0 ? "faint" : never ? "bad" : "good";
        return `${look.paint(style, gutter)} | ${text}`.trimEnd();
      }),
      "",
    ];
  });
  const bounds = boundLines(result);
  const never = neverLines(coverage, sources);
  return [
    `coverage of ${result.file}: transitions that take a case or rule, states that have a value,`,
    "occasions of a property",
    "",
    ...pages,
    sumText(coverage),
    ...stoppedText(result),
    ...(never.length === 0 ? [] : ["Never taken:", ...never.map((it) => `  ${it}`)]),
    ...(bounds.length === 0 ? [] : ["Bounds that were hit:", ...bounds.map((it) => `  ${it}`)]),
    "",
  ].join("\n");
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);

const rowHtml = ({ number, text, items }: Line): string => {
  const never = items.some(isNever);
  const kind = items.length === 0 ? "" : never ? ' class="never"' : ' class="taken"';
  const told = items
    .map((it) => {
      const { name, taken, searches, reason } = it;
      const where = `${name}: ${timesOf(it)}, in ${taken} of ${counted(searches, "search", "searches")}`;
      return [where, ...(reason === undefined ? [] : [reason])].join(", ");
    })
    .join("; ");
  const title = told === "" ? "" : ` title="${escaped(told)}"`;
  return `<tr${kind}${title}><td>${number}</td><td>${gutterOf(items)}</td><td><code>${escaped(text)}</code></td></tr>`;
};

const style =
  "body{font:14px/1.45 system-ui,sans-serif;margin:2em;color:#1a1a1a;background:#fff}" +
  "table{border-collapse:collapse}td{padding:0 .6em;white-space:pre}code{font:13px ui-monospace,monospace}" +
  "td:nth-child(-n+2){text-align:right;color:#666;font:12px ui-monospace,monospace}" +
  ".taken td:nth-child(2){background:#d9f0e6;color:#0b5d43}.never td{background:#ffe3d6}.never td:nth-child(2){color:#7a2500;font-weight:bold}";

/** The same of several files as one page that needs nothing else. */
export const coverageHtml = (results: readonly FileResult[], sources: Sources): string => {
  const body = results.flatMap((result) => {
    const { coverage = [] } = result;
    const never = neverLines(coverage, sources);
    return [
      `<h1>Coverage of ${escaped(result.file)}</h1>`,
      `<p>${escaped([sumText(coverage), ...stoppedText(result)].join(" "))}</p>`,
      ...(never.length === 0
        ? []
        : [
            "<p>Never taken:</p>",
            "<ul>",
            ...never.map((it) => `<li>${escaped(it)}</li>`),
            "</ul>",
          ]),
      ...boundLines(result).map((it) => `<p>Bounds that were hit: ${escaped(it)}</p>`),
      ...filesOf(coverage).flatMap((file) => [
        `<h2>${escaped(file)}</h2>`,
        "<table>",
        ...linesOf(file, coverage, sources).map(rowHtml),
        "</table>",
      ]),
    ];
  });
  return [
    "<!DOCTYPE html>",
    `<html lang="en"><head><meta charset="utf-8"><title>Coverage</title><style>${style}</style></head><body>`,
    ...body,
    "</body></html>",
    "",
  ].join("\n");
};
