// Places as reports for other programs give them: spans -> paths, lines, columns.

import type { Span } from "../source/index.ts";
import type { Lines } from "./sources.ts";

/** What reports for other programs know of the texts and of where they are read. */
export interface Places {
  readonly lines: (file: string) => Lines | undefined;
  /**
   * The path of a source file seen from the root of what is checked, with `/`; undefined of what is
   * no file there: standard input, the command line, what comes with the program.
   */
  readonly pathOf: (file: string) => string | undefined;
}

/** 1-based; the end is exclusive, in UTF-16 units. */
export interface Region {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export const regionOf = (span: Span, { lines, pathOf }: Places): Region | undefined => {
  const path = pathOf(span.file);
  if (path === undefined) return undefined;
  const [start, end] = [lines(span.file)?.place(span.start), lines(span.file)?.place(span.end)];
  return {
    path,
    startLine: start?.line ?? 1,
    startColumn: start?.column ?? 1,
    endLine: end?.line ?? 1,
    endColumn: end?.column ?? 1,
  };
};

/** Of what is wrong in a library that readers cannot see, where the library is put to the test. */
export const regionIn = (
  { span, home }: { readonly span: Span; readonly home: Span },
  places: Places,
): Region | undefined => regionOf(span, places) ?? regionOf(home, places);
