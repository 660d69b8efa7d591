// Text -> tokens and comments; everything that is wrong with single tokens is said and mended here.

import { Lexer, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic, Span } from "../source/index.ts";
import * as diagnostics from "./diagnostics.ts";
import * as tokens from "./tokens.ts";

/**
 * How many errors are reported for one file; nobody reads more, and the rest of it is not looked
 * at.
 */
export const errorLimit = 100;

export interface Scan {
  /** What the parser reads: no comments, no mistakes of single tokens. */
  readonly tokens: IToken[];
  /** All comments in order, documentation too. */
  readonly comments: readonly IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Splits a text into tokens. Never fails: what is malformed is reported and replaced or dropped.
 */
export const scan = (file: string, text: string): Scan => {
  const result = lexer().tokenize(text);
  const comments = result.groups["comments"] ?? [];
  result.tokens.forEach(measure);
  comments.forEach(measure);
  const found: Diagnostic[] = [];
  const kept: IToken[] = [];
  for (const token of result.tokens) {
    if (found.length > errorLimit) break;
    const span = spanOf(file, token);
    const mended = mend(token, span, found);
    if (mended !== undefined) kept.push(mended);
  }
  const last = comments.at(-1);
  if (last?.tokenType === tokens.UnterminatedComment) {
    const start = last.startOffset;
    found.push(diagnostics.unterminatedComment({ file, start, end: start + 2 }, {}));
  }
  return { tokens: kept, comments, diagnostics: found };
};

/**
 * The lexer tracks where tokens start only; once an image is replaced it no longer says where they
 * end.
 */
const measure = (token: IToken): void => {
  token.endOffset = token.startOffset + token.image.length - 1;
};

const newLexer = (options: { readonly validate: boolean }): Lexer =>
  new Lexer([...tokens.allTokens], {
    positionTracking: "onlyOffset",
    ensureOptimizations: true,
    skipValidations: !options.validate,
  });

/** Builds the lexer with all of Chevrotain's checks of it; throws when a token can never be met. */
export const validateTokens = (): void => {
  newLexer({ validate: true });
};

let shared: Lexer | undefined;

// Built on first use: programs that parse nothing do not pay for it.
const lexer = (): Lexer => (shared ??= newLexer({ validate: false }));

/** Where a token ends; its image may have been replaced, so only the offsets tell. */
export const endOf = (token: IToken): number => (token.endOffset ?? token.startOffset) + 1;

/** The place of a token. */
export const spanOf = (file: string, token: IToken): Span => ({
  file,
  start: token.startOffset,
  end: endOf(token),
});

const foreign = new Map<TokenType, { readonly instead: string; readonly as?: TokenType }>([
  [tokens.Foreign.tripleEqual, { instead: "==", as: tokens.Equal }],
  [tokens.Foreign.notDoubleEqual, { instead: "!=", as: tokens.NotEqual }],
  [tokens.Foreign.and, { instead: "and", as: tokens.And }],
  [tokens.Foreign.or, { instead: "or", as: tokens.Or }],
  [tokens.Foreign.unequal, { instead: "!=", as: tokens.NotEqual }],
  [tokens.Foreign.power, { instead: "*", as: tokens.Star }],
  [tokens.Foreign.increment, { instead: "+= 1" }],
]);

const mathematical: Readonly<Record<string, string>> = {
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "∧": "and",
  "∨": "or",
  "¬": "not",
  "→": "->",
  "⇒": "implies",
  "∈": "in",
  "∀": "forall",
  "∃": "exists",
  "∪": "union",
  "×": "*",
  "−": "-",
  "–": "-",
  "“": '"',
  "”": '"',
  "„": '"',
  "…": "..",
  "&": "and",
};

/** The token the parser shall see instead of a malformed one; nothing when it is dropped. */
const mend = (token: IToken, span: Span, found: Diagnostic[]): IToken | undefined => {
  const operator = foreign.get(token.tokenType);
  if (operator !== undefined) {
    const { instead, as } = operator;
    found.push(diagnostics.foreignOperator(span, { found: token.image, instead }));
    return as === undefined ? undefined : retag(token, as, instead);
  }
  switch (token.tokenType) {
    case tokens.Foreign.semicolon:
      found.push(diagnostics.semicolon(span, {}));
      return undefined;
    case tokens.Foreign.becomes:
      found.push(diagnostics.colonEqual(span, {}));
      return retag(token, tokens.Assign, "=");
    case tokens.Stray: {
      const instead = mathematical[token.image];
      const facts = { text: token.image, ...(instead === undefined ? {} : { instead }) };
      found.push(diagnostics.strayCharacter(span, facts));
      return undefined;
    }
    case tokens.UnterminatedText:
      found.push(diagnostics.unterminatedText(span, {}));
      return retag(token, tokens.Text, `${token.image}"`);
    case tokens.SingleQuoted:
      found.push(diagnostics.singleQuotes(span, {}));
      return retag(token, tokens.Text, `"${token.image.replaceAll("'", "")}"`);
    case tokens.MalformedNumber:
      found.push(diagnostics.malformedNumber(span, { text: token.image }));
      return retag(token, tokens.Integer, "0");
    case tokens.Integer:
      if (!Number.isSafeInteger(Number(token.image))) {
        found.push(diagnostics.numberTooLarge(span, { text: token.image }));
      }
      return token;
    case tokens.Address:
      if (token.image.split(".").some((octet) => Number(octet) > 255)) {
        found.push(diagnostics.badAddress(span, { text: token.image }));
      }
      return token;
    default:
      return token;
  }
};

/** The same place, seen as another token. */
export const retag = (token: IToken, tokenType: TokenType, image: string): IToken => ({
  ...token,
  image,
  tokenType,
  ...(tokenType.tokenTypeIdx === undefined ? {} : { tokenTypeIdx: tokenType.tokenTypeIdx }),
});
