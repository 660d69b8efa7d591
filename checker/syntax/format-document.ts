// A text with places where it may be broken, and its printing in 100 columns: the last step of
// formatting.

import type { Line } from "./format-align.ts";

export const lineWidth = 100;

export type Document =
  | { readonly kind: "text"; readonly text: string }
  /** `flat` when its group stands on one line, else a line end. */
  | { readonly kind: "line"; readonly flat: string }
  /** Always a line end; with a blank line behind it when `blank`. */
  | { readonly kind: "hard"; readonly blank: boolean }
  /** One or two spaces, where consecutive lines of the same row kind are aligned. */
  | { readonly kind: "cell"; readonly row: string; readonly column: number; readonly text: string }
  | Group
  | Indent;

/** Stands on one line if it fits and nothing in it must be broken. */
export interface Group {
  readonly kind: "group";
  readonly parts: Document[];
  broken: boolean;
}

export interface Indent {
  readonly kind: "indent";
  readonly by: number;
  readonly parts: Document[];
}

interface Task {
  readonly indent: number;
  readonly flat: boolean;
  readonly document: Document;
}

/** Lays a document out in lines of at most 100 columns, where its text allows. */
export const print = (document: Document): readonly Line[] => {
  const lines: Line[] = [];
  let current: Line = { indent: 0, text: "", cells: [] };
  const tasks: Task[] = [{ indent: 0, flat: false, document }];

  const newLine = (indent: number): void => {
    lines.push(current);
    current = { indent, text: " ".repeat(indent), cells: [] };
  };

  // Invariant: `tasks` holds, last first, what is still to be printed behind `current`.
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { document: it, indent, flat } = task;
    switch (it.kind) {
      case "text":
        current.text += it.text;
        break;
      case "cell":
        current.cells.push({ row: it.row, column: it.column, at: current.text.length });
        current.text += it.text;
        break;
      case "line":
        if (flat) current.text += it.flat;
        else newLine(indent);
        break;
      case "hard":
        if (it.blank) newLine(0);
        newLine(indent);
        break;
      case "indent":
        push(tasks, it.parts, indent + it.by, flat);
        break;
      case "group": {
        const room = lineWidth - widthOfLast(current.text);
        push(tasks, it.parts, indent, flat || (!it.broken && fits(it, room, tasks)));
        break;
      }
    }
  }
  lines.push(current);
  return lines;
};

const push = (tasks: Task[], parts: readonly Document[], indent: number, flat: boolean): void => {
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const document = parts[index];
    if (document !== undefined) tasks.push({ indent, flat, document });
  }
};

/** Texts with line ends are comments; what follows them stands behind their last line. */
const widthOfLast = (text: string): number => text.length - text.lastIndexOf("\n") - 1;

/**
 * Whether a group fits on the rest of the line, with what follows it up to the next possible line
 * end.
 */
const fits = (group: Group, room: number, rest: readonly Task[]): boolean => {
  let left = room;
  let next = rest.length - 1;
  const pending: { readonly document: Document; readonly inside: boolean }[] = [
    { document: group, inside: true },
  ];
  for (;;) {
    const task = pending.pop();
    if (task === undefined) {
      const following = rest[next];
      if (following === undefined) return true;
      if (following.flat && following.document.kind === "line") {
        left -= following.document.flat.length;
        next -= 1;
        if (left < 0) return false;
        continue;
      }
      pending.push({ document: following.document, inside: false });
      next -= 1;
      continue;
    }
    const { document: it, inside } = task;
    switch (it.kind) {
      case "text":
      case "cell":
        left -= it.text.length;
        break;
      case "line":
        if (!inside) return true;
        left -= it.flat.length;
        break;
      case "hard":
        return true;
      case "indent":
      case "group":
        for (let index = it.parts.length - 1; index >= 0; index -= 1) {
          const document = it.parts[index];
          if (document !== undefined) pending.push({ document, inside });
        }
        break;
    }
    if (left < 0) return false;
  }
};
