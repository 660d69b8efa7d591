// A trace as a ladder: time flows down, hosts are columns, segments are arrows between them.

import type { Core } from "../core/index.ts";
import type { Line } from "./canvas.ts";
import { blankLine, wrapped } from "./canvas.ts";
import { diff } from "./diff.ts";
import type { Lanes } from "./lanes.ts";
import { lanesOf } from "./lanes.ts";
import type { Look, Role } from "./paint.ts";
import type { Row } from "./rows.ts";
import { rowsOf } from "./rows.ts";
import type { Trace, TraceStep } from "./trace.ts";

/**
 * The lines of a trace; as `diff` where the core has no hosts or they do not fit beside each
 * other.
 */
export const ladder = (core: Core, trace: Trace, look: Look): readonly string[] => {
  const digits = Math.max(3, String(trace.steps.length).length);
  const lanes = lanesOf(core, digits + 2, look.columns);
  if (lanes === undefined) return diff(core, trace, look);
  const head = blankLine();
  lanes.names.forEach((name, lane) => head.put(lanes.columns[lane] ?? 0, name, "name"));
  const lines = [trace.initial, ...trace.steps].flatMap((step) => stepLines(core, lanes, step));
  return [head, ...lines].map((it) => it.painted(look.paint));
};

const stepLines = (core: Core, lanes: Lanes, step: TraceStep): readonly Line[] => {
  const lines = beside(rowsOf(core, lanes, step)).flatMap((rows) => draw(lanes, rows));
  const digits = (lanes.columns[0] ?? 2) - 2;
  const mark = step.fault ? "!" : " ";
  const role = step.fault ? "fault" : "dim";
  if (step.number > 0) lines[0]?.put(0, String(step.number).padStart(digits) + mark, role);
  return lines;
};

const emptyRung = ({ columns }: Lanes): Line => {
  const line = blankLine();
  for (const column of columns) line.put(column, "|", "dim");
  return line;
};

type Note = Extract<Row, { kind: "note" }>;

/** Notes that follow each other from left to right stand beside each other. */
const beside = (rows: readonly Row[]): readonly (Row | readonly Note[])[] => {
  const groups: (Row | Note[])[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (row.kind !== "note") groups.push(row);
    else if (Array.isArray(last) && last.every(({ lane }) => lane < row.lane)) last.push(row);
    else groups.push([row]);
  }
  return groups;
};

const isNotes = (row: Row | readonly Note[]): row is readonly Note[] => Array.isArray(row);

const draw = (lanes: Lanes, row: Row | readonly Note[]): readonly Line[] => {
  if (isNotes(row)) {
    const notes = row.map(({ lane, text, role }) => {
      const column = (lanes.columns[lane] ?? 0) + 2;
      return { column, room: lanes.roomOf(lane), text, role };
    });
    return texts(notes, () => emptyRung(lanes));
  }
  switch (row.kind) {
    case "note":
      return draw(lanes, [row]);
    case "aside": {
      // It interrupts the lifelines: beside one it would seem to happen there.
      const column = lanes.columns[0] ?? 0;
      const { text, role } = row;
      return texts([{ column, room: lanes.width - column, text, role }], blankLine);
    }
    case "across":
      return across(lanes, row.text, row.role);
    case "arrow":
      return arrow(lanes, row);
  }
};

interface Text {
  readonly column: number;
  readonly room: number;
  readonly text: string;
  readonly role: Role;
}

/** Texts that begin on the same line, each wrapped within its room, further lines indented. */
const texts = (all: readonly Text[], emptyLine: () => Line): readonly Line[] => {
  const parts = all.map(({ text, room }) => wrapped(text, room - 2));
  const length = Math.max(...parts.map((it) => it.length));
  const lines = Array.from({ length }, emptyLine);
  all.forEach(({ column, role }, index) => {
    parts[index]?.forEach((part, line) => {
      lines[line]?.put(column + (line === 0 ? 0 : 2), part, role);
    });
  });
  return lines;
};

const across = ({ columns, width }: Lanes, text: string, role: Role): readonly Line[] => {
  const first = columns[0] ?? 0;
  return wrapped(text, width - first - 4).map((part) => {
    const line = blankLine();
    line.put(first, `-- ${part} `.padEnd(width - first, "-"), role);
    return line;
  });
};

/** The label stands on the arrow where it fits, otherwise above it. */
const arrow = (lanes: Lanes, row: Extract<Row, { kind: "arrow" }>): readonly Line[] => {
  const left = (lanes.columns[Math.min(row.from, row.to)] ?? 0) + 1;
  const right = (lanes.columns[Math.max(row.from, row.to)] ?? 0) - 1;
  const span = right - left + 1;
  const role = row.end === "arrives" ? "segment" : "fault";
  const tail = row.end === "arrives" ? 0 : row.tail.length + 2;
  // Two columns of shaft and a space before the label, a space, two of shaft and the head behind
  // it.
  const isInline = row.text.length + 7 + tail <= span;
  const label: Text = { column: left + 1, room: span - 2, text: row.text, role };
  const above = isInline ? [] : texts([label], () => emptyRung(lanes));
  const line = emptyRung(lanes);
  const shape = shapeOf(row, isInline ? row.text : "", span);
  line.put(row.from < row.to ? left : right + 1 - shape.length, shape, role);
  return [...above, line];
};

/**
 * The arrow from its sender's side on; towards the left it is the mirror image with readable
 * texts.
 */
const shapeOf = (
  { end, isCopy, tail, from, to }: Extract<Row, { kind: "arrow" }>,
  label: string,
  span: number,
): string => {
  const shaft = isCopy || end === "doubled" ? "=" : "-";
  const isRightward = from < to;
  const text = label === "" ? "" : ` ${label} `;
  if (end === "arrives") {
    const rest = shaft.repeat(span - text.length - 3);
    return isRightward ? `${shaft.repeat(2)}${text}${rest}>` : `<${rest}${text}${shaft.repeat(2)}`;
  }
  const head = end === "lost" ? "x" : "+";
  const rest = shaft.repeat(label === "" ? Math.max(2, Math.floor(span / 2) - 2) : 2);
  return isRightward
    ? `${shaft.repeat(2)}${text}${rest}${head} ${tail}`
    : `${tail} ${head}${rest}${text}${shaft.repeat(2)}`;
};
