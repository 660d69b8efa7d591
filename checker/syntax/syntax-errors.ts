// Chevrotain's exceptions -> diagnostics, with what only follows from an earlier mistake left out.

import { EOF, type IRecognitionException, type IToken } from "chevrotain";
import type { Diagnostic, Span } from "../source/index.ts";
import type { Finding, Input } from "./base-grammar.ts";
import * as diagnostics from "./diagnostics.ts";
import { foundWords } from "./expectation-words.ts";
import { indexAt } from "./layout.ts";
import { hint } from "./nearest-word.ts";
import { endOf, errorLimit, spanOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** One diagnostic with the index of the token at which it was found. */
interface Entry {
  readonly diagnostic: Diagnostic;
  readonly at: number;
}

/**
 * All diagnostics of a file in order: the scanner's, the rules' and those of Chevrotain's
 * exceptions.
 */
export const settle = (
  input: Input,
  scanned: readonly Diagnostic[],
  findings: readonly Finding[],
  exceptions: readonly IRecognitionException[],
): readonly Diagnostic[] => {
  const indexOf = (token: IToken): number =>
    token.tokenType === EOF ? input.tokens.length : indexAt(input.tokens, token.startOffset);
  const entries: readonly Entry[] = [
    ...findings.map(({ diagnostic, token }) => ({ diagnostic, at: indexOf(token) })),
    ...exceptions.map((exception) => {
      const at = indexOf(exception.token);
      return { diagnostic: wordException(input, exception, at), at };
    }),
  ].sort((one, other) => one.at - other.at);
  const kept = withoutConsequences(input, scanned, entries);
  const all = [...scanned, ...kept].sort((one, other) => one.span.start - other.span.start);
  return limit(all);
};

const limit = (all: readonly Diagnostic[]): readonly Diagnostic[] => {
  const first = all[errorLimit];
  if (first === undefined) return all;
  const last = diagnostics.tooManyErrors(first.span, { limit: errorLimit });
  return [...all.slice(0, errorLimit), last];
};

// ---------------------------------------------------------------- wording

const wordException = (input: Input, exception: IRecognitionException, at: number): Diagnostic => {
  const { token, message: expected } = exception;
  const found = foundWords(token);
  const previous = input.tokens[at - 1];
  const end = previous === undefined ? 0 : endOf(previous);
  const behind: Span = { file: input.file, start: end, end };

  if (token.tokenType === EOF) {
    const opener = unclosedOpener(input, expected);
    if (opener === undefined) return diagnostics.missing(behind, { expected, found });
    const facts = { bracket: opener.image, at: spanOf(input.file, opener), expected };
    return diagnostics.unclosedBracket(behind, facts);
  }
  const closesNothing = input.layout.partner[at] === -1 || expected === "a declaration";
  if (closing.has(token.tokenType) && closesNothing) {
    return diagnostics.unopenedBracket(spanOf(input.file, token), { bracket: token.image });
  }
  return isExtra(input, exception, at)
    ? diagnostics.unexpected(spanOf(input.file, token), {
        expected,
        found,
        ...hint(token.image, expected),
      })
    : diagnostics.missing(behind, { expected, found, ...hint(token.image, expected) });
};

/** The last bracket that lacks the closing one that was expected. */
const unclosedOpener = (input: Input, expected: string): IToken | undefined => {
  const wanted = expected.endsWith("`}`")
    ? "{"
    : expected.endsWith("`)`")
      ? "("
      : expected.endsWith("`]`")
        ? "["
        : undefined;
  const openers = input.layout.unclosed.flatMap((index) => input.tokens[index] ?? []);
  return openers.findLast(({ image }) => image === wanted);
};

const closing = new Set([tokens.RightBrace, tokens.RightParen, tokens.RightBracket]);

/**
 * Whether the token found is one too many rather than another one missing before it: the expected
 * one comes right behind it, or anything of a kind would do and it stands on the same line.
 */
const isExtra = (input: Input, exception: IRecognitionException, at: number): boolean => {
  const { token, message: expected, name } = exception;
  const isOnSameLine = input.layout.startsLine[at] !== 1;
  if (name !== "MismatchedTokenException") return isOnSameLine || at === 0;
  if (isListWord(expected)) return !isStructural(token);
  const next = input.tokens[at + 1];
  return next !== undefined && isOnSameLine && describes(expected, next) && !isStructural(token);
};

const isListWord = (expected: string): boolean =>
  !/^(?:`[^`]+`|a name|a number|a text.*)$/.test(expected);

const describes = (expected: string, token: IToken): boolean =>
  expected === token.tokenType.LABEL ||
  (expected === "a name" && token.tokenType.CATEGORIES?.includes(tokens.Identifier) === true);

const isStructural = (token: IToken): boolean =>
  token.tokenType.CATEGORIES?.includes(tokens.Reserved) === true || closing.has(token.tokenType);

// ---------------------------------------------------------------- consequences

/**
 * Within so many tokens on one line, a syntax error is taken for a consequence of the one before.
 */
const reach = 8;

/**
 * One mistake, one diagnostic: a syntax error is left out shortly behind another one on the same
 * line, and where the scanner has just dropped what it could not read; what is said of a
 * well-formed piece of the same line is left out too, as it may not be the piece that was meant.
 */
const withoutConsequences = (
  input: Input,
  scanned: readonly Diagnostic[],
  entries: readonly Entry[],
): readonly Diagnostic[] => {
  const kept: Diagnostic[] = [];
  let last = -Infinity;
  for (const { diagnostic, at } of entries) {
    const isOnLine = at === last || isOnOneLine(input, last, at);
    if (isSyntaxError(diagnostic)) {
      const follows = isOnLine && at - last <= reach;
      if (!follows && !isBehindDropped(input, scanned, at)) kept.push(diagnostic);
      last = at;
    } else if (!isOnLine || !doubtful.has(diagnostic.code)) {
      kept.push(diagnostic);
    }
  }
  return kept;
};

const isSyntaxError = ({ code }: Diagnostic): boolean => syntaxErrors.has(code);

const syntaxErrors = new Set(
  [
    diagnostics.missing,
    diagnostics.unexpected,
    diagnostics.unclosedBracket,
    diagnostics.unopenedBracket,
    diagnostics.expressionAsStatement,
  ].map((definition) => definition.explanation.code),
);

const doubtful = new Set(
  [
    diagnostics.assignmentInExpression,
    diagnostics.chainedComparison,
    diagnostics.looseNot,
    diagnostics.misplacedRange,
    diagnostics.notAssignable,
    diagnostics.notCallable,
    diagnostics.notType,
  ].map((definition) => definition.explanation.code),
);

const isOnOneLine = (input: Input, from: number, to: number): boolean => {
  if (from < 0) return false;
  for (let index = from + 1; index <= to; index += 1) {
    if (input.layout.startsLine[index] === 1) return false;
  }
  const last = input.tokens.at(-1);
  const isAtEnd = to >= input.tokens.length && last !== undefined;
  return !isAtEnd || !/[\n\r]/.test(input.text.slice(endOf(last)));
};

const isBehindDropped = (input: Input, scanned: readonly Diagnostic[], at: number): boolean => {
  const previous = input.tokens[at - 1];
  const start = previous === undefined ? 0 : endOf(previous);
  const end = input.tokens[at]?.startOffset ?? input.text.length;
  return scanned.some(({ span }) => span.start >= start && span.end <= end);
};
