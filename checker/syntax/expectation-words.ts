// What a rule expected when it failed, in the words of a diagnostic; the message of Chevrotain's
// exceptions.

import {
  type IParserErrorMessageProvider,
  type IToken,
  tokenLabel,
  type TokenType,
} from "chevrotain";
import { abbreviate } from "./abbreviate.ts";
import { errorLimit } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** Of a rule, what may stand where only its closing bracket is left. */
const listWords: Readonly<Record<string, string>> = {
  block: "a statement or `}`",
  members: "a member of the process or `}`",
  receiveBody: "`case`, `stage`, `else`, `ignore` or `}`",
  stage: "`case`, `else` or `}`",
  fields: "a field or `}`",
  clauses: "a clause of the network or `}`",
  binding: "`segment`, `hosts`, `call`, `sysctl`, `timer` or `}`",
  enum: "`,` or `}`",
  overrides: "`,` or `}`",
  sweep: "`,` or `}`",
  fieldValues: "`,` or `}`",
  setLiteral: "`,` or `}`",
  segment: "`NAME = FIELD` or `}`",
  hosts: "`NAME = ADDRESS` or `}`",
};

const expectedToken = (expected: TokenType, ruleName: string): string => {
  if (expected.name === "EOF") return "a declaration";
  if (expected === tokens.RightBrace) return listWords[ruleName] ?? tokenLabel(expected);
  if (expected === tokens.RightParen && ruleName !== "operand") return "`,` or `)`";
  if (expected === tokens.RightBracket && ruleName === "list") return "`,` or `]`";
  return tokenLabel(expected);
};

/** A token that stands where it should not, in the words of a diagnostic. */
export const foundWords = (token: IToken): string => {
  if (token.tokenType.name === "EOF") return "the end of the file";
  if (token.tokenType === tokens.Text) return "a text";
  return `\`${abbreviate(token.image)}\``;
};

/** Counts the errors of the file at hand. */
export interface Tally {
  count: number;
}

/** Thrown through all rules when the rest of the file is not to be read; the parser catches it. */
export class Abandoned extends Error {}

/** Gives up on a file with too many errors: recovery is slow, and nobody reads so many. */
export const countError = (tally: Tally): void => {
  tally.count += 1;
  if (tally.count > 2 * errorLimit) throw new Abandoned("too many errors");
};

/** Rules say what they expect with `ERR_MSG`; tokens say it themselves. */
export const expectationWords = (tally: Tally): IParserErrorMessageProvider => {
  const counted = (words: string): string => {
    countError(tally);
    return words;
  };
  return {
    buildMismatchTokenMessage: ({ expected, ruleName }) =>
      counted(expectedToken(expected, ruleName)),
    buildNotAllInputParsedMessage: () => counted("the end"),
    buildNoViableAltMessage: (it) => counted(it.customUserDescription ?? "something else"),
    buildEarlyExitMessage: (it) => counted(it.customUserDescription ?? "something else"),
  };
};
