// One sweep as a person reads it: the least values as a table, or one line per point.

import type { LeastResult, PointResult, SweepResult } from "../prove/index.ts";
import {
  concernRows,
  docLines,
  headline,
  isOpen,
  parametersText,
  row,
  type TextLook,
} from "./check-text.ts";
import { padEnd, textWidth } from "./text-width.ts";
import { counted, duration, listed } from "./wording.ts";

const indent = "  ";

const signs = { safe: "✓", unsafe: "✗", unknown: "?", skipped: "·" } as const;
const styles = { safe: "good", unsafe: "bad", unknown: "warning", skipped: "faint" } as const;

const assignments = (values: readonly { readonly name: string; readonly text: string }[]): string =>
  values.map(({ name, text }) => `${name} = ${text}`).join(", ");

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
  const names = result.points.map((it) => assignments(it.values));
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

/** The points of one combination of the other axes. */
const pointsOf = (result: SweepResult, axis: string, answer: LeastResult) =>
  result.points.filter((point) =>
    point.values.every(
      ({ name, text }) =>
        name === axis || answer.others.some((it) => it.name === name && it.text === text),
    ),
  );

const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const columns = Math.max(0, ...rows.map((it) => it.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((it) => textWidth(it[at] ?? ""))),
  );
  return rows.map((it) => it.map((cell, at) => padEnd(cell, (widths[at] ?? 0) + 2)).join(""));
};

/** One line per combination: the least value, the expected one, and a sign for every point of the axis. */
const leastTable = (result: SweepResult, name: string, look: TextLook): readonly string[] => {
  const answers = result.least?.answers ?? [];
  const axis = result.axes.find((it) => it.name === name);
  const others = answers[0]?.others.map((it) => it.name) ?? [];
  const expects = answers.some((it) => it.expected !== undefined);
  const head = [...others, `least ${name}`, ...(expects ? ["expected"] : [])];
  const rows = answers.map((it) => [
    ...it.others.map(({ text }) => text),
    it.isDecided ? (it.value ?? "none") : "unknown",
    ...(expects ? [it.expected ?? ""] : []),
  ]);
  const values = axis?.values ?? [];
  const ends = [values[0] ?? "", "…", values.at(-1) ?? ""];
  const range = `${name} = ${values.length < 5 ? values.join(", ") : ends.join(" ")}`;
  if (rows.length === 0) return [];
  const [first = "", ...lines] = table([head, ...rows]);
  return [
    indent + look.paint("faint", first + range),
    ...lines.map((line, at) => {
      const answer = answers[at];
      if (answer === undefined) return line;
      const painted = answer.isMet ? line : look.paint("bad", line);
      const strip = pointsOf(result, name, answer)
        .map((it) => look.paint(styles[it.outcome], signs[it.outcome]))
        .join("");
      return indent + painted + strip;
    }),
  ];
};

const remarks = (result: SweepResult, look: TextLook): readonly string[] => {
  const exceptions = (result.least?.answers ?? []).flatMap((it) => {
    if (it.safeBelow.length === 0) return [];
    const where = it.others.length === 0 ? "" : `with ${assignments(it.others)}, `;
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
    ...(result.least === undefined
      ? eachPoint(result, look)
      : leastTable(result, result.least.name, look)),
    ...remarks(result, look),
    ...row("searched", totals(result), look),
    ...(result.parameters.length === 0
      ? []
      : row("constants", parametersText(result.parameters, "this sweep"), look)),
  ].join("\n");
