// One sweep as a person reads it: the least values as a table, or one line per point.

import { assignmentsText, type PointResult, type SweepResult } from "../prove/index.ts";
import {
  concernRows,
  docLines,
  headline,
  isOpen,
  parametersText,
  row,
  type TextLook,
} from "./check-text.ts";
import { sweepGrid } from "./sweep-grid.ts";
import { padEnd, textWidth } from "./text-width.ts";
import { counted, duration, listed } from "./wording.ts";

const indent = "  ";

const signs = { safe: "✓", unsafe: "✗", unknown: "?", skipped: "·" } as const;
const styles = { safe: "good", unsafe: "bad", unknown: "warning", skipped: "faint" } as const;

const pointText = (point: PointResult): string => {
  switch (point.outcome) {
    case "safe":
      return "holds";
    case "unsafe":
      return `${listed(point.violated)} violated`;
    case "unknown":
      return "unknown";
    case "skipped":
      return `skipped: ${point.why ?? ""}`;
  }
};

const eachPoint = (result: SweepResult, look: TextLook): readonly string[] => {
  const names = result.points.map((it) => assignmentsText(it.values));
  const columns = Math.max(0, ...names.map(textWidth)) + 2;
  return result.points.map((point, at) => {
    const figures =
      point.outcome === "skipped"
        ? ""
        : look.paint("faint", ` (${counted(point.states, "state")})`);
    const verdict = look.paint(styles[point.outcome], pointText(point));
    return `${indent}${padEnd(names[at] ?? "", columns)}${verdict}${figures}`;
  });
};

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const columns = Math.max(0, ...rows.map((it) => it.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((it) => textWidth(it[at] ?? ""))),
  );
  return rows.map((it) => it.map((cell, at) => padEnd(cell, (widths[at] ?? 0) + 2)).join(""));
};

/** A sign per value of the axis, of equal width, in lines that have room beside `used` columns. */
const strips = (signsOf: readonly string[], width: number, room: number): readonly string[] => {
  const perLine = Math.max(1, Math.floor(room / width));
  return Array.from({ length: Math.ceil(signsOf.length / perLine) }, (_, at) =>
    signsOf
      .slice(at * perLine, (at + 1) * perLine)
      .join("")
      .trimEnd(),
  );
};

/** How wide a column is: the values stand above their signs if there is room, else only the signs, close together. */
const columnWidth = (values: readonly string[], room: number): number => {
  const width = Math.max(...values.map(textWidth)) + 1;
  return width * values.length - 1 <= room ? width : 1;
};

/** Above the signs: the values, or the first and the last one. */
const valuesText = (values: readonly string[], width: number): string =>
  width > 1
    ? values
        .map((it) => padEnd(it, width))
        .join("")
        .trimEnd()
    : `${values[0] ?? ""} … ${values.at(-1) ?? ""}`;

/** One line per combination: the least value, the expected one, and a sign for every point of the axis. */
const leastTable = (result: SweepResult, look: TextLook): readonly string[] => {
  const grid = sweepGrid(result);
  const rows = (grid?.rows ?? []).filter((it) => it.answer !== undefined);
  if (grid === undefined || rows.length === 0) return [];
  const { name, values } = grid.across;
  const expects = rows.some((it) => it.answer?.expected !== undefined);
  const [first = "", ...lines] = table([
    [...grid.others, "least", ...(expects ? ["expected"] : [])],
    ...rows.map(({ others, answer }) => [
      ...others,
      answer?.isDecided === true ? (answer.value ?? "none") : "unknown",
      ...(expects ? [answer?.expected ?? ""] : []),
    ]),
  ]);
  const used = textWidth(indent) + textWidth(first);
  // Where even signs have no room beside the table, they wrap; a column of them would be no chart.
  const room = Math.max(8, look.columns - used);
  const width = columnWidth(values, room);
  const beside = " ".repeat(textWidth(first));
  return [
    indent + look.paint("faint", beside + name),
    indent + look.paint("faint", first + valuesText(values, width)),
    ...lines.flatMap((line, at): readonly string[] => {
      const row = rows[at];
      if (row === undefined) return [];
      const painted = row.answer?.isMet === true ? line : look.paint("bad", line);
      const drawn = row.points.map(
        ({ outcome }) => look.paint(styles[outcome], signs[outcome]) + " ".repeat(width - 1),
      );
      return strips(drawn, width, room).map(
        (strip, line) => indent + (line === 0 ? painted : beside) + strip,
      );
    }),
  ];
};

const remarks = (result: SweepResult, look: TextLook): readonly string[] => {
  const exceptions = (result.least?.answers ?? []).flatMap((it) => {
    if (it.safeBelow.length === 0) return [];
    const where = it.others.length === 0 ? "" : `with ${assignmentsText(it.others)}, `;
    const are = it.safeBelow.length === 1 ? "is" : "are";
    return [`${where}${listed(it.safeBelow)} ${are} safe, and a greater value unsafe again`];
  });
  const reasons = new Set(result.points.flatMap((it) => (it.why === undefined ? [] : [it.why])));
  return [
    ...exceptions.flatMap((it) => row("note", it, look)),
    ...[...reasons].flatMap((it) => row("skipped", `where not: ${it}`, look)),
  ];
};

const totals = (result: SweepResult): string => {
  const states = result.points.reduce((sum, it) => sum + it.states, 0);
  const seconds = result.points.reduce((sum, it) => sum + it.seconds, 0);
  return `${counted(result.points.length, "point")}, ${counted(states, "state")} in all, ${duration(seconds)}`;
};

const outcome = (result: SweepResult): string => {
  const { concerns, least } = result;
  if (concerns.some((it) => it.kind === "assumption" || it.kind === "specification"))
    return "not answered";
  if (concerns.length > 0) return isOpen(result) ? "incomplete" : "not as expected";
  if (least === undefined) return "every point explored";
  const isExpected = least.answers.some((it) => it.expected !== undefined);
  const values = [...new Set(least.answers.map((it) => it.value ?? "none"))];
  return `least ${least.name} ${values.length === 1 ? `is ${values[0] ?? ""}` : "found"}${isExpected ? ", as expected" : ""}`;
};

/** The text of one sweep; ends without a newline. */
export const sweepText = (result: SweepResult, look: TextLook): string =>
  [
    ...headline(result, outcome(result), look),
    ...docLines(result.doc, look),
    ...concernRows(result, look),
    ...(result.least === undefined ? eachPoint(result, look) : leastTable(result, look)),
    ...remarks(result, look),
    ...row("searched", totals(result), look),
    ...(result.parameters.length === 0
      ? []
      : row("constants", parametersText(result.parameters, "this sweep"), look)),
  ].join("\n");
