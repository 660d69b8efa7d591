// Syntax trees as short texts, for tests: every node with all its parts, without places.

import { expect } from "vitest";
import type { Span } from "../source/index.ts";
import { parse, parseExpression } from "./index.ts";

/** A tree without its places. */
export const withoutSpans = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !/span$/i.test(key) && key !== "file")
      .map(([key, part]) => [key, withoutSpans(part)]),
  );
};

/**
 * Names and literals as in the source, operators in parentheses, everything else as `kind(part:
 * …)`.
 */
export const show = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  const node = new Map<string, unknown>(Object.entries(value));
  for (const key of ["span", "titleSpan", "pathSpan"]) node.delete(key);
  const kind = node.get("kind");
  const part = (key: string): string => show(node.get(key));
  if (kind === undefined && node.size === 1 && node.has("text")) return part("text");
  switch (kind) {
    case "name":
      return part("name");
    case "named-type":
      return part("name");
    case "integer":
    case "boolean":
      return part("value");
    case "binary":
      return `(${part("left")} ${part("operator")} ${part("right")})`;
    case "field":
      return `${part("object")}.${part("field")}`;
    case "index":
      return `${part("object")}[${part("index")}]`;
    default: {
      node.delete("kind");
      const parts = [...node].map(([key, it]) => `${key}: ${show(it)}`);
      const head = typeof kind === "string" ? kind : "";
      return parts.length === 0 ? head : `${head}(${parts.join(", ")})`;
    }
  }
};

/** The tree of one expression that is well-formed. */
export const showExpression = (text: string): string => {
  const { value, diagnostics } = parseExpression("test.tw", text);
  expect(diagnostics).toEqual([]);
  return show(value);
};

/** The declarations of a well-formed text. */
export const showDeclarations = (text: string): string => {
  const { value, diagnostics } = parse("test.tw", text);
  expect(diagnostics).toEqual([]);
  return value.declarations.map(show).join("\n");
};

/** The statements of the block `{ text }`, well-formed. */
export const showStatements = (text: string): string => {
  const shown = showDeclarations(`init { ${text} }`);
  return shown.replace(/^init\(body: \(statements: \[/, "").replace(/\]\)\)$/, "");
};

/** A text in which « » mark places: the text without the marks, and the places. */
export const unmark = (
  marked: string,
): { readonly text: string; readonly places: readonly Span[] } => {
  const places: Span[] = [];
  let text = "";
  let start = 0;
  for (const character of marked) {
    if (character === "«") start = text.length;
    else if (character === "»") places.push({ file: "test.tw", start, end: text.length });
    else text += character;
  }
  return { text, places };
};

/** The text with the places of its diagnostics marked, and their codes. */
export const diagnose = (
  text: string,
): { readonly codes: readonly string[]; readonly marked: string } => {
  const { diagnostics } = parse("test.tw", text);
  let marked = text;
  for (const { span } of [...diagnostics].reverse()) {
    const [before, inside] = [marked.slice(0, span.start), marked.slice(span.start, span.end)];
    marked = `${before}«${inside}»${marked.slice(span.end)}`;
  }
  return { codes: diagnostics.map(({ code }) => code), marked };
};
