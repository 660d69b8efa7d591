// The texts that spans point into, as lines: offsets become lines and columns here and nowhere else.

/** The text of a file by the name that spans use; undefined for a file that could not be read. */
export type Sources = ReadonlyMap<string, string>;

/** A place as people count: both 1-based, the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One text cut into lines. */
export interface Lines {
  readonly count: number;
  /** The line without its end, 1-based. */
  readonly line: (number: number) => string;
  readonly place: (offset: number) => Place;
}

const startsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
};

/** Cuts a text into lines at LF or CR LF. */
export const linesOf = (text: string): Lines => {
  const starts = startsOf(text);
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    count: starts.length,
    line: (number) => {
      const start = starts[number - 1] ?? text.length;
      const end = (starts[number] ?? text.length + 1) - 1;
      return text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    },
    place: (offset) => {
      const index = lineAt(Math.max(0, Math.min(offset, text.length)));
      return { line: index + 1, column: Math.min(offset, text.length) - (starts[index] ?? 0) + 1 };
    },
  };
};

/** Lines of every source, each cut at its first use. */
export const lineReader = (sources: Sources): ((file: string) => Lines | undefined) => {
  const known = new Map<string, Lines>();
  return (file) => {
    const text = sources.get(file);
    if (text === undefined) return undefined;
    const lines = known.get(file) ?? linesOf(text);
    known.set(file, lines);
    return lines;
  };
};
