// JSON whose every value knows its place: text -> tree, for files that may be damaged.

import * as E from "fp-ts/lib/Either.js";
import { findNodeAtLocation, type Node, parseTree, type ParseError } from "jsonc-parser";
import type { Diagnostic, Span } from "../source/index.ts";
import { damagedTrace } from "./diagnostics.ts";

export interface PlacedJson {
  readonly value: unknown;
  /** Where the value at a path stands; of one that is missing, the nearest value around it. */
  readonly placeOf: (path: readonly (string | number)[]) => Span;
}

/** Deeper than any file of ours, and shallow enough for a parser that calls itself. */
const deepest = 64;

/** The first bracket that is nested too deeply. */
const tooDeep = (text: string): number | undefined => {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isString) {
      if (character === "\\") at += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') {
      isString = true;
    } else if (character === "{" || character === "[") {
      depth += 1;
      if (depth > deepest) return at;
    } else if (character === "}" || character === "]") {
      depth -= 1;
    }
  }
  return undefined;
};

/** A name that stands twice in one object: parsers differ in which one they take. */
const repeated = (node: Node): Node | undefined => {
  if (node.type === "object") {
    const names = (node.children ?? []).flatMap((it) => it.children?.[0] ?? []);
    const again = names.find((it, at) => names.findIndex(({ value }) => value === it.value) !== at);
    if (again !== undefined) return again;
  }
  for (const child of node.children ?? []) {
    const found = repeated(child);
    if (found !== undefined) return found;
  }
  return undefined;
};

const plain = (node: Node): unknown => {
  switch (node.type) {
    case "object": {
      const members = (node.children ?? []).map((it): readonly [string, unknown] => {
        const [name, value] = it.children ?? [];
        return [String(name?.value), value === undefined ? undefined : plain(value)];
      });
      return Object.fromEntries(members);
    }
    case "array":
      return (node.children ?? []).map(plain);
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "property":
      return node.value;
  }
};

const spanOf = (file: string, { offset, length }: Pick<Node, "offset" | "length">): Span => ({
  file,
  start: offset,
  end: offset + length,
});

/** Strict JSON, with the first mistake as a diagnostic. */
export const placedJson = (file: string, text: string): E.Either<Diagnostic, PlacedJson> => {
  const deep = tooDeep(text);
  if (deep !== undefined) {
    const span = spanOf(file, { offset: deep, length: 1 });
    return E.left(damagedTrace(span, { what: "it is nested too deeply" }));
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const span = spanOf(file, error ?? { offset: 0, length: 0 });
    return E.left(damagedTrace(span, { what: "it is not JSON from here on" }));
  }
  const again = repeated(root);
  if (again !== undefined) {
    const what = `\`${String(again.value)}\` stands twice in one object`;
    return E.left(damagedTrace(spanOf(file, again), { what }));
  }
  const placeOf = (path: readonly (string | number)[]): Span => {
    const node = findNodeAtLocation(root, [...path]);
    if (node === undefined) {
      return path.length === 0 ? spanOf(file, root) : openingOf(placeOf(path.slice(0, -1)));
    }
    return node.type === "object" || node.type === "array"
      ? openingOf(spanOf(file, node))
      : spanOf(file, node);
  };
  return E.right({ value: plain(root), placeOf });
};

/** An object or array is shown by its bracket: all of it would be pages. */
const openingOf = (span: Span): Span => ({ ...span, end: Math.min(span.end, span.start + 1) });
