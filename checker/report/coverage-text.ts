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

const isNever = (it: Covered): boolean => it.taken === 0;

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

const gutterOf = (items: readonly Covered[]): string =>
  items.map(({ taken, searches }) => `${taken}/${searches}`).join(" ");

const sumText = (covered: readonly Covered[]): string => {
  const of = (kind: Covered["kind"]) => covered.filter((it) => it.kind === kind);
  const [cases, properties] = [of("case"), of("property")];
  const taken = (items: readonly Covered[]): string =>
    `${count(items.filter((it) => !isNever(it)).length)} of ${count(items.length)}`;
  return (
    `${taken(cases)} cases are taken by some search; ` +
    `${taken(properties)} properties have an occasion in one that watches.`
  );
};

const stoppedText = ({ stoppedEarly = 0 }: FileResult): readonly string[] =>
  stoppedEarly === 0
    ? []
    : [
        `${counted(stoppedEarly, "search", "searches")} ended once all was decided: of these, what was seen until then.`,
      ];

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
  return [
    `coverage of ${result.file}: searches that take a case, of those that have it`,
    "",
    ...pages,
    sumText(coverage),
    ...stoppedText(result),
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
    .map(({ name, taken, searches, reason }) =>
      [`${name}: ${taken} of ${searches}`, ...(reason === undefined ? [] : [reason])].join(", "),
    )
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
    return [
      `<h1>Coverage of ${escaped(result.file)}</h1>`,
      `<p>${escaped([sumText(coverage), ...stoppedText(result)].join(" "))}</p>`,
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
