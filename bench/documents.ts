// The generated part of docs/performance.md.

import * as E from "fp-ts/lib/Either.js";

export const begin = "<!-- measured: begin (npm run bench -- --update-docs) -->";
export const end = "<!-- measured: end -->";

/** The document with its generated part replaced. Left: there is no such part. */
export const withMeasured = (document: string, measured: string): E.Either<string, string> => {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  return from < 0 || to < from
    ? E.left(`no line ${begin} with ${end} behind it`)
    : E.right(`${document.slice(0, from)}${begin}\n\n${measured}\n\n${document.slice(to)}`);
};
