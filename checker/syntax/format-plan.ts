// Where a token list may be broken, indented and aligned: filled by the rules of each construct.

import type { IToken, TokenType } from "chevrotain";
import type { Span } from "../source/index.ts";
import type { Name } from "./ast.ts";
import { indexAt, type Layout } from "./layout.ts";
import { endOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** What stands between a token and the one before. */
export type Separator =
  | { readonly kind: "fixed"; readonly text: string }
  | { readonly kind: "line"; readonly flat: string }
  | { readonly kind: "hard" }
  | { readonly kind: "cell"; readonly row: string; readonly column: number };

export type Operation =
  | { readonly kind: "open-group" }
  | { readonly kind: "open-indent"; readonly by: number }
  | { readonly kind: "close" };

/**
 * Between two tokens stand, in this order: what closes or opens `after` the first, comments, what
 * closes or opens `before` the separator, the separator, what opens `at` the second token.
 */
export interface Plan {
  readonly text: string;
  readonly tokens: readonly IToken[];
  readonly layout: Layout;
  readonly separators: Map<number, Separator>;
  readonly after: Map<number, Operation[]>;
  readonly before: Map<number, Operation[]>;
  readonly at: Map<number, Operation[]>;
  /** Commas that may be left out, and are. */
  readonly dropped: Set<number>;
}

export const emptyPlan = (text: string, list: readonly IToken[], layout: Layout): Plan => ({
  text,
  tokens: list,
  layout,
  separators: new Map(),
  after: new Map(),
  before: new Map(),
  at: new Map(),
  dropped: new Set(),
});

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The tokens of a node. */
export const stretchOf = (plan: Plan, span: Span): Stretch => ({
  from: indexAt(plan.tokens, span.start),
  to: indexAt(plan.tokens, span.end) - 1,
});

/** The tokens of an expression without the parentheses around it. */
export const innerStretch = (plan: Plan, span: Span): Stretch => {
  let { from, to } = stretchOf(plan, span);
  while (plan.tokens[from]?.tokenType === tokens.LeftParen && plan.layout.partner[from] === to) {
    from += 1;
    to -= 1;
  }
  return { from, to };
};

export const isToken = (plan: Plan, index: number, type: TokenType): boolean =>
  plan.tokens[index]?.tokenType === type;

/** Where the bracket at an index is closed. */
export const closerOf = (plan: Plan, opener: number): number =>
  Math.max(plan.layout.partner[opener] ?? opener, opener);

/** Whether some tokens stood on one line. */
export const wasOneLine = (plan: Plan, from: number, to: number): boolean => {
  const start = plan.tokens[from]?.startOffset ?? 0;
  const last = plan.tokens[to];
  return !/[\n\r]/.test(plan.text.slice(start, last === undefined ? start : endOf(last)));
};

export const separate = (plan: Plan, index: number, separator: Separator): void => {
  plan.separators.set(index, separator);
};

export const space: Separator = { kind: "fixed", text: " " };
export const nothing: Separator = { kind: "fixed", text: "" };
export const line: Separator = { kind: "line", flat: " " };
export const softLine: Separator = { kind: "line", flat: "" };
/** Between statements and the like on one line. */
export const wideLine: Separator = { kind: "line", flat: "  " };
export const hard: Separator = { kind: "hard" };

const add = (operations: Map<number, Operation[]>, index: number, operation: Operation): void => {
  const list = operations.get(index);
  if (list === undefined) operations.set(index, [operation]);
  else list.push(operation);
};

// Rules run from outer to inner constructs: what is closed at one token is closed in the reverse
// order.
const close = (plan: Plan, index: number): void => {
  const list = plan.after.get(index);
  if (list === undefined) plan.after.set(index, [{ kind: "close" }]);
  else list.unshift({ kind: "close" });
};

/** A group of whole tokens. */
export const group = (plan: Plan, { from, to }: Stretch): void => {
  add(plan.at, from, { kind: "open-group" });
  close(plan, to);
};

/** A group that begins with the separator before its first token. */
export const groupWithSeparator = (plan: Plan, { from, to }: Stretch): void => {
  add(plan.before, from, { kind: "open-group" });
  close(plan, to);
};

/** Indents what follows the first token; the lines of a stretch hang below its beginning. */
export const hang = (plan: Plan, { from, to }: Stretch, by = 2): void => {
  add(plan.at, from, { kind: "open-indent", by });
  close(plan, to);
};

/** Indents from the separator before a token on. */
export const indentFrom = (plan: Plan, { from, to }: Stretch, by = 2): void => {
  add(plan.before, from, { kind: "open-indent", by });
  close(plan, to);
};

/** Indents what stands between two brackets. */
export const indentBetween = (plan: Plan, opener: number, closer: number): void => {
  add(plan.after, opener, { kind: "open-indent", by: 2 });
  add(plan.before, closer, { kind: "close" });
};

/** The token right behind a name. */
export const behind = (plan: Plan, { span }: Name): number => indexAt(plan.tokens, span.end);

/** Leaves out a comma that says nothing, if there is one, unless a comment stands before it. */
export const dropComma = (plan: Plan, index: number): void => {
  const previous = plan.tokens[index - 1];
  const comma = plan.tokens[index];
  if (comma?.tokenType !== tokens.Comma || previous === undefined) return;
  if (plan.text.slice(endOf(previous), comma.startOffset).trim() === "") plan.dropped.add(index);
};
