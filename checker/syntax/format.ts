// The canonical layout of a file: syntax tree and text -> the same tokens and comments, set anew.

import type { IToken } from "chevrotain";
import type { SourceTree } from "./ast.ts";
import { align, commentRow } from "./format-align.ts";
import { planDeclaration } from "./format-declarations.ts";
import { print, type Document, type Group, type Indent } from "./format-document.ts";
import {
  emptyPlan,
  hard,
  separate,
  stretchOf,
  type Operation,
  type Plan,
  type Separator,
} from "./format-plan.ts";
import { defaultSpacing } from "./format-spacing.ts";
import { layOut } from "./layout.ts";
import { endOf, scan } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/**
 * Formats a file from its text and the tree `parse` made of it without errors. The tokens stay what
 * they are, only what stands between them changes; so do comments, and a comma that says nothing
 * goes.
 */
export const format = (tree: SourceTree, text: string): string => {
  const scanned = scan(tree.file, text);
  // The scanner leaves out what it cannot read; a formatter must not.
  if (scanned.diagnostics.length > 0) return text;
  const plan = emptyPlan(text, scanned.tokens, layOut(scanned.tokens, text));
  for (const declaration of tree.declarations) {
    separate(plan, stretchOf(plan, declaration.span).from, hard);
    planDeclaration(plan, declaration);
  }
  const lines = align(print(compose(plan, scanned.comments)));
  const body = lines.join("\n").trim();
  return body === "" ? "" : `${body}\n`;
};

/** Puts tokens, comments and the plan together. */
const compose = (plan: Plan, comments: readonly IToken[]): Document => {
  const root: Group = { kind: "group", parts: [], broken: true };
  const open: (Group | Indent)[] = [root];
  const remaining = [...comments].reverse();
  const add = (document: Document): void => {
    open.at(-1)?.parts.push(document);
    if (document.kind !== "hard" && !isMultiLine(document)) return;
    for (const container of open) if (container.kind === "group") container.broken = true;
  };
  const operate = (operations: readonly Operation[] | undefined): void => {
    for (const operation of operations ?? []) {
      if (operation.kind === "close") {
        open.pop();
        continue;
      }
      const container: Group | Indent =
        operation.kind === "open-group"
          ? { kind: "group", parts: [], broken: false }
          : { kind: "indent", by: operation.by, parts: [] };
      open.at(-1)?.parts.push(container);
      open.push(container);
    }
  };

  let previous: IToken | undefined;
  plan.tokens.forEach((token, index) => {
    const here: IToken[] = [];
    for (let it = remaining.at(-1); it !== undefined; it = remaining.at(-1)) {
      if (it.startOffset > token.startOffset) break;
      here.push(it);
      remaining.pop();
    }
    if (!plan.dropped.has(index)) {
      const separator = plan.separators.get(index) ?? spacing(previous, token);
      const gap = { plan, previous, separator, token };
      const rest = composeComments(gap, here, add);
      operate(plan.before.get(index));
      if (rest !== undefined) add(rest);
      operate(plan.at.get(index));
      add({ kind: "text", text: token.image });
      previous = token;
    }
    operate(plan.after.get(index));
  });
  const end = { plan, previous, separator: hard, token: undefined };
  composeComments(end, remaining.reverse(), add);
  return root;
};

const spacing = (previous: IToken | undefined, next: IToken): Separator => ({
  kind: "fixed",
  text: previous === undefined ? "" : defaultSpacing(previous, next),
});

const isMultiLine = (document: Document): boolean =>
  document.kind === "text" && document.text.includes("\n");

/** The place between two tokens of the result. */
interface Gap {
  readonly plan: Plan;
  readonly previous: IToken | undefined;
  readonly separator: Separator;
  /** Absent at the end of the file. */
  readonly token: IToken | undefined;
}

/**
 * Sets the comments of a gap, each behind what it followed or on a line of its own, as it was.
 * Returns what is still to stand before the token.
 */
const composeComments = (
  gap: Gap,
  comments: readonly IToken[],
  add: (document: Document) => void,
): Document | undefined => {
  const { plan, previous, separator, token } = gap;
  const keepsBlank = separator.kind === "hard";
  let end = previous === undefined ? undefined : endOf(previous);
  let hadLineEnd = false;
  let last: IToken | undefined;
  for (const comment of comments) {
    const between = plan.text.slice(end ?? 0, comment.startOffset);
    const isFirst = end === undefined;
    if (isFirst) {
      hadLineEnd = true;
    } else if (/[\n\r]/.test(between)) {
      const blank = keepsBlank && !(last === undefined && opensBody(previous)) && isBlank(between);
      add({ kind: "hard", blank });
      hadLineEnd = true;
    } else if (isLineComment(comment)) {
      add({ kind: "cell", row: commentRow, column: 0, text: "  " });
    } else {
      add({ kind: "text", text: " " });
    }
    add({ kind: "text", text: comment.image.trimEnd().replaceAll(/\r\n?/g, "\n") });
    end = endOf(comment);
    last = comment;
  }
  if (token === undefined) return undefined;
  const between = plan.text.slice(end ?? 0, token.startOffset);
  const blank = keepsBlank && isBlank(between) && !closesBody(token);
  if (last === undefined) {
    if (previous === undefined) return undefined;
    if (separator.kind !== "hard") return documentOf(separator);
    return { kind: "hard", blank: blank && !opensBody(previous) };
  }
  if (isLineComment(last) || /[\n\r]/.test(between)) return { kind: "hard", blank };
  if (separator.kind === "hard" && !hadLineEnd) return { kind: "hard", blank: false };
  if (separator.kind === "line" && !hadLineEnd) return documentOf(separator);
  return { kind: "text", text: " " };
};

const documentOf = (separator: Separator): Document => {
  switch (separator.kind) {
    case "fixed":
      return { kind: "text", text: separator.text };
    case "cell":
      return { ...separator, text: " " };
    case "line":
      return separator;
    case "hard":
      return { kind: "hard", blank: false };
  }
};

const isLineComment = ({ tokenType }: IToken): boolean =>
  tokenType === tokens.LineComment || tokenType === tokens.DocComment;

const isBlank = (between: string): boolean => /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(between);

const opensBody = (token: IToken | undefined): boolean => token?.tokenType === tokens.LeftBrace;
const closesBody = ({ tokenType }: IToken): boolean => tokenType === tokens.RightBrace;
