// Places in source text; used by every later layer to say where something came from.

/**
 * A half-open range of UTF-16 offsets in one file. `file` is the path as the user wrote it (or as
 * an import resolves it), with `/`; `<stdin>` for standard input.
 */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** The smallest span that covers both; both lie in the same file. */
export const cover = (first: Span, last: Span): Span => ({
  file: first.file,
  start: Math.min(first.start, last.start),
  end: Math.max(first.end, last.end),
});
