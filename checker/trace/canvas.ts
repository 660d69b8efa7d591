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

const chunks = (word: string, width: number): readonly string[] =>
  word.length <= width ? [word] : [word.slice(0, width), ...chunks(word.slice(width), width)];
