// Lines of characters with roles: texts are placed by column first and painted last.

import type { Paint, Role } from "./paint.ts";

interface Cell {
  readonly character: string;
  readonly role: Role | undefined;
}

/** One line under construction. */
export interface Line {
  /** Writes over what stands there; the line grows as needed. */
  readonly put: (column: number, text: string, role?: Role) => void;
  readonly painted: (paint: Paint) => string;
}

export const blankLine = (): Line => {
  const cells: Cell[] = [];
  return {
    put: (column, text, role) => {
      while (cells.length < column) cells.push({ character: " ", role: undefined });
      Array.from(text).forEach((character, index) => {
        cells[column + index] = { character, role };
      });
    },
    painted: (paint) => {
      const runs: { text: string; readonly role: Role | undefined }[] = [];
      for (const { character, role } of cells) {
        const last = runs.at(-1);
        if (last !== undefined && last.role === role) last.text += character;
        else runs.push({ text: character, role });
      }
      return runs
        .map(({ text, role }) => (role === undefined ? text : paint(role, text)))
        .join("")
        .trimEnd();
    },
  };
};

/**
 * Breaks a text at spaces into lines of at most `room` columns; only words longer than that are
 * cut.
 */
export const wrapped = (text: string, room: number): readonly string[] => {
  const width = Math.max(room, 4);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((it) => chunks(it, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
};

/** A part of a line, which looks as it means. */
export interface Piece {
  readonly text: string;
  readonly role?: Role;
}

/** The pieces after each other, broken like one text; further lines begin two columns later. */
export const flowed = (pieces: readonly Piece[], column: number, columns: number): Line[] => {
  const text = pieces.map((it) => it.text).join("");
  const roles = pieces.flatMap((it) => Array.from(it.text, () => it.role));
  let end = 0;
  return wrapped(text, columns - column - 2).map((part, at) => {
    const line = blankLine();
    const begin = text.indexOf(part, end);
    end = begin + part.length;
    Array.from(part).forEach((character, index) => {
      line.put(column + (at === 0 ? 0 : 2) + index, character, roles[begin + index]);
    });
    return line;
  });
};

const chunks = (word: string, width: number): readonly string[] =>
  word.length <= width ? [word] : [word.slice(0, width), ...chunks(word.slice(width), width)];
