// The texts that spans point into: where offsets become the lines and columns of a report.

import { lineText, type Position, positionAt, sourceFile } from "../source/index.ts";

/** The text of a file by the name that spans use; a file that could not be read has none. */
export type Sources = ReadonlyMap<string, string>;

/** One text cut into lines. */
export interface Lines {
  /** The line without its end, 1-based. */
  readonly line: (number: number) => string;
  readonly place: (offset: number) => Position;
}

/** Lines of every source, each cut at its first use. */
export const lineReader = (sources: Sources): ((file: string) => Lines | undefined) => {
  const known = new Map<string, Lines>();
  return (file) => {
    const text = sources.get(file);
    if (text === undefined || known.has(file)) return known.get(file);
    const source = sourceFile(file, text);
    const lines: Lines = {
      line: (number) => lineText(source, number),
      place: (offset) => positionAt(source, offset),
    };
    known.set(file, lines);
    return lines;
  };
};
