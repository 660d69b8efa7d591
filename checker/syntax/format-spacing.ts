// What stands between two tokens when no rule of a construct says otherwise: one space, or nothing.

import type { IToken, TokenType } from "chevrotain";
import * as tokens from "./tokens.ts";

const noSpaceBefore: ReadonlySet<TokenType> = new Set([
  tokens.Comma,
  tokens.Colon,
  tokens.Dot,
  tokens.Range,
  tokens.RightParen,
  tokens.RightBracket,
  tokens.Bang,
  tokens.Question,
]);

const noSpaceAfter: ReadonlySet<TokenType> = new Set([
  tokens.Dot,
  tokens.Range,
  tokens.LeftParen,
  tokens.LeftBracket,
]);

/** What a `(` or `[` applies to when it follows at once. */
const applicable: ReadonlySet<TokenType> = new Set([
  tokens.Identifier,
  tokens.RightParen,
  tokens.RightBracket,
  tokens.RightBrace,
  tokens.Bang,
  tokens.ArrayWord,
]);

const isApplicable = ({ tokenType }: IToken): boolean =>
  applicable.has(tokenType) || tokenType.CATEGORIES?.includes(tokens.Identifier) === true;

export const defaultSpacing = (previous: IToken, next: IToken): "" | " " => {
  const [before, after] = [previous.tokenType, next.tokenType];
  // `??` would be another operator.
  if (before === tokens.Question && after === tokens.Question) return " ";
  if (noSpaceBefore.has(after) || noSpaceAfter.has(before)) return "";
  const opens = after === tokens.LeftParen || after === tokens.LeftBracket;
  return opens && isApplicable(previous) ? "" : " ";
};
