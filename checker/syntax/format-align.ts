// Columns that run through consecutive lines: types of constants, guards of cases, comments at line
// ends.

import { lineWidth } from "./format-document.ts";

/** A place in a line where the text behind may be moved to the right. */
interface Cell {
  readonly row: string;
  readonly column: number;
  readonly at: number;
}

export interface Line {
  readonly indent: number;
  text: string;
  readonly cells: Cell[];
}

/** The row kind of comments at line ends; they are aligned last, whatever the lines are. */
export const commentRow = "comment";

/**
 * Aligns the cells of consecutive lines of one kind and indentation, unless a line would get too
 * long.
 */
export const align = (lines: readonly Line[]): readonly string[] => {
  const rows = padRuns(lines.map(withoutOpenBraces), rowKind);
  const padded = padRuns(rows, (line) =>
    line.cells.some(({ row }) => row === commentRow) ? commentRow : undefined,
  );
  return padded.map(({ text }) => text.trimEnd());
};

/** A comment among the columns of a line makes them its own. */
const rowKind = ({ cells, text }: Line): string | undefined =>
  text.includes("/*") ? undefined : cells.find(({ row }) => row !== commentRow)?.row;

/** A brace that is closed on a later line stays behind what opened it. */
const withoutOpenBraces = (line: Line): Line => ({
  ...line,
  cells: line.cells.filter(({ at }) => line.text.slice(at).trim() !== "{"),
});

/** Pads the runs of consecutive lines for which `rowOf` gives the same row kind. */
const padRuns = (
  lines: readonly Line[],
  rowOf: (line: Line) => string | undefined,
): readonly Line[] => {
  const result: Line[] = [];
  let run: Line[] = [];
  let kind: string | undefined;
  const finish = (): void => {
    result.push(...(kind === undefined || run.length < 2 ? run : pad(run, kind)));
    run = [];
  };
  for (const line of lines) {
    const row = rowOf(line);
    const continues = row !== undefined && row === kind && line.indent === run.at(-1)?.indent;
    if (!continues) finish();
    kind = row;
    run.push(line);
  }
  finish();
  return result;
};

const pad = (run: readonly Line[], row: string): readonly Line[] => {
  const columns = new Set(
    run.flatMap(({ cells }) => cells.flatMap((cell) => (cell.row === row ? cell.column : []))),
  );
  let padded = run;
  for (const column of [...columns].sort((one, other) => one - other)) {
    const isHere = (cell: Cell): boolean => cell.row === row && cell.column === column;
    const target = Math.max(...padded.map(({ cells }) => cells.find(isHere)?.at ?? 0));
    padded = padded.map((line) => {
      const cell = line.cells.find(isHere);
      return cell === undefined ? line : widen(line, cell, target - cell.at);
    });
  }
  return padded.every(({ text }) => text.length <= lineWidth) ? padded : run;
};

const widen = (line: Line, cell: Cell, by: number): Line => ({
  indent: line.indent,
  text: line.text.slice(0, cell.at) + " ".repeat(by) + line.text.slice(cell.at),
  cells: line.cells.map((other) => (other.at > cell.at ? { ...other, at: other.at + by } : other)),
});
