// What the brackets and lines of a token list say, for recovery and for messages.

import type { IToken, TokenType } from "chevrotain";
import { endOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

export interface Layout {
  /** Per token: how many `{` are open before it; a `}` counts as already closed. */
  readonly braceDepth: Int32Array;
  /** Per token: the index of the bracket that closes it, or -1. */
  readonly partner: Int32Array;
  /** Per token: 1 when it is the first on its line. */
  readonly startsLine: Uint8Array;
  /** Opening brackets that are never closed, in order. */
  readonly unclosed: readonly number[];
}

const closerOf = new Map<TokenType, TokenType>([
  [tokens.LeftBrace, tokens.RightBrace],
  [tokens.LeftParen, tokens.RightParen],
  [tokens.LeftBracket, tokens.RightBracket],
]);
const closers: ReadonlySet<TokenType> = new Set(closerOf.values());

/** Pairs the brackets of a token list and finds the beginnings of lines. */
export const layOut = (list: readonly IToken[], text: string): Layout => {
  const braceDepth = new Int32Array(list.length);
  const partner = new Int32Array(list.length).fill(-1);
  const startsLine = new Uint8Array(list.length);
  const open: number[] = [];
  const unclosed: number[] = [];
  let braces = 0;
  let end = 0;
  // Invariant: `open` holds the brackets before `index` that may still find their partner.
  for (const [index, token] of list.entries()) {
    startsLine[index] = index === 0 || hasLineEnd(text, end, token.startOffset) ? 1 : 0;
    end = endOf(token);
    const type = token.tokenType;
    if (closers.has(type)) {
      const opener = matching(list, open, type);
      while (opener >= 0 && open.length > 0) {
        const popped = open.pop() ?? -1;
        if (popped === opener) {
          partner[opener] = index;
          partner[index] = opener;
          break;
        }
        unclosed.push(popped);
      }
      if (type === tokens.RightBrace && opener >= 0) braces -= 1;
    }
    braceDepth[index] = braces;
    if (closerOf.has(type)) {
      open.push(index);
      if (type === tokens.LeftBrace) braces += 1;
    }
  }
  for (const index of open) unclosed.push(index);
  unclosed.sort((one, other) => one - other);
  return { braceDepth, partner, startsLine, unclosed };
};

/**
 * The open bracket a closer belongs to, or -1. A `)` or `]` never reaches across a `{`, and a `}`
 * closes what was forgotten inside of it: braces carry the structure of a file, so they win.
 */
const matching = (list: readonly IToken[], open: readonly number[], closer: TokenType): number => {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const index = open[at] ?? -1;
    const opener = list[index]?.tokenType;
    if (opener === undefined) return -1;
    if (closerOf.get(opener) === closer) return index;
    if (opener === tokens.LeftBrace) return -1;
  }
  return -1;
};

const hasLineEnd = (text: string, start: number, end: number): boolean => {
  for (let offset = start; offset < end; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) return true;
  }
  return false;
};

/** The index of the first token that does not start before an offset. */
export const indexAt = (list: readonly IToken[], offset: number): number => {
  let low = 0;
  let high = list.length;
  // Invariant: tokens before `low` start before the offset, those from `high` on do not.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.startOffset ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
};
