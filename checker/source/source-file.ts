// One file's text with an index of its lines: what turns offsets into the lines and columns people
// read.

/** A place as people count: line and column start at 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SourceFile {
  /** The path as in spans. */
  readonly file: string;
  readonly text: string;
  /** Where each line starts; the first is 0. */
  readonly lineStarts: readonly number[];
}

/** Lines end at `\n`, `\r\n` or a lone `\r`, as in the language server protocol. */
export const sourceFile = (file: string, text: string): SourceFile => {
  const lineStarts = [0];
  for (const end of text.matchAll(/\r\n|\n|\r/g)) lineStarts.push(end.index + end[0].length);
  return { file, text, lineStarts };
};

/** The line and column of an offset; offsets outside the text count as its nearest end. */
export const positionAt = (source: SourceFile, offset: number): Position => {
  const inside = Math.min(Math.max(offset, 0), source.text.length);
  let low = 0;
  let high = source.lineStarts.length - 1;
  // Invariant: the line sought is in low..high.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((source.lineStarts[middle] ?? 0) <= inside) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: inside - (source.lineStarts[low] ?? 0) + 1 };
};

/** The offset of a line and column; a column past the end of its line counts as that end. */
export const offsetAt = (source: SourceFile, { line, column }: Position): number => {
  if (line < 1) return 0;
  const start = source.lineStarts[line - 1];
  if (start === undefined) return source.text.length;
  return Math.min(start + Math.max(column, 1) - 1, start + lineText(source, line).length);
};

/** One line without its line end; empty outside the file. */
export const lineText = (source: SourceFile, line: number): string => {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return "";
  return source.text.slice(start, source.lineStarts[line]).replace(/[\r\n]+$/, "");
};
