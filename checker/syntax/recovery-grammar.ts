// How the grammar goes on after a syntax error: where to, and what is left out. text -> syntax.

import {
  createTokenInstance,
  EOF,
  isRecognitionException,
  type IToken,
  type TokenType,
} from "chevrotain";
import type { Span } from "../source/index.ts";
import { BaseGrammar } from "./base-grammar.ts";
import { unopenedBracket } from "./diagnostics.ts";
import * as tokens from "./tokens.ts";

/** Words that begin declarations and nothing else. */
export const topLevelWords: ReadonlySet<TokenType> = new Set([
  tokens.Import,
  tokens.Const,
  tokens.Assume,
  tokens.Enum,
  tokens.TypeWord,
  tokens.RecordWord,
  tokens.MessageWord,
  tokens.Network,
  tokens.EventWord,
  tokens.Clock,
  tokens.Init,
  tokens.Bound,
  tokens.Final,
  tokens.Process,
  tokens.Extend,
  tokens.Invariant,
  tokens.Never,
  tokens.Reachable,
  tokens.Recoverable,
  tokens.Check,
  tokens.Sweep,
  tokens.Binding,
]);

export abstract class RecoveryGrammar extends BaseGrammar {
  private bracket: IToken | undefined = undefined;

  /**
   * Runs a rule; after a syntax error in it, skips to where the next thing of its kind can begin.
   * That is known by the braces (what was begun inside braces is over when they close), by the
   * lines (a thing begins a line, or with one of `starts`), and by words that only begin
   * declarations.
   */
  protected guarded<A>(
    build: () => A,
    starts: ReadonlySet<TokenType>,
    otherwise: (span: Span) => A,
  ): A {
    if (this.RECORDING_PHASE) return build();
    const first = this.LA(1);
    try {
      return build();
    } catch (error) {
      if (!(error instanceof Error) || !isRecognitionException(error)) throw error;
      this.skipToNext(this.indexOf(first), starts);
      return otherwise(this.spanFrom(first));
    }
  }

  /**
   * Skips what begins nothing of a kind, in a list that only ends with a brace or with a word of
   * the constructs around it. Called between two items, where Chevrotain would not see the braces.
   */
  protected skipJunk(
    starts: ReadonlySet<TokenType>,
    expected: string,
    ends: ReadonlySet<TokenType> = outerWords,
  ): void {
    if (this.RECORDING_PHASE) return;
    for (let token = this.LA(1); this.isJunk(token, starts, ends); token = this.LA(1)) {
      if (closers.has(token.tokenType)) {
        this.report(unopenedBracket(this.spanOf(token), { bracket: token.image }));
      } else {
        this.reportUnexpected(token, expected);
      }
      this.skipToNext(this.indexOf(token), starts);
      if (this.LA(1) === token) this.SKIP_TOKEN();
    }
  }

  private isJunk(
    token: IToken,
    starts: ReadonlySet<TokenType>,
    ends: ReadonlySet<TokenType>,
  ): boolean {
    if (token.tokenType === EOF || starts.has(token.tokenType)) return false;
    if (this.isName(token)) return !starts.has(tokens.Identifier);
    return !ends.has(token.tokenType);
  }

  private skipToNext(firstIndex: number, starts: ReadonlySet<TokenType>): void {
    const { braceDepth, partner, startsLine } = this.given.layout;
    const depth = braceDepth[firstIndex] ?? 0;
    let index = this.indexOf(this.LA(1));
    for (let token = this.LA(1); token.tokenType !== EOF; token = this.SKIP_TOKEN(), index += 1) {
      const at = braceDepth[index] ?? 0;
      const beginsLine = startsLine[index] === 1;
      if (at < depth || (partner[index] === -1 && token.tokenType === tokens.RightBrace)) return;
      if (index === firstIndex) continue;
      if (beginsLine && (topLevelWords.has(token.tokenType) || this.isMisspeltDeclaration(token))) {
        return;
      }
      if (at > depth || token.tokenType === tokens.RightBrace) continue;
      if (!this.isName(token) && starts.has(token.tokenType)) {
        if (beginsLine || !expressionWords.has(token.tokenType)) return;
      } else if (beginsLine && (starts.has(tokens.Identifier) || starts.has(token.tokenType))) {
        if (this.isName(token)) return;
      }
    }
  }

  /** A name in the first column: only declarations stand there. */
  private isMisspeltDeclaration(token: IToken): boolean {
    if (token.tokenType !== tokens.Identifier) return false;
    return token.startOffset === 0 || /[\n\r]/.test(this.given.text[token.startOffset - 1] ?? "");
  }

  /**
   * Whether an assignment on a line of its own comes next, where an operand or a name was to come:
   * then that is what is missing, and the assignment is not it.
   */
  protected assignmentFollows(): boolean {
    if (this.RECORDING_PHASE || !continuesPlace.has(this.LA(2).tokenType)) return false;
    const list = this.given.tokens;
    const { startsLine, partner } = this.given.layout;
    const index = this.indexOf(this.LA(1));
    const first = list[index];
    if (first === undefined || startsLine[index] !== 1 || !this.isName(first)) return false;
    let at = index + 1;
    for (let token = list[at]; token !== undefined; token = list[at]) {
      if (assignments.has(token.tokenType)) return true;
      if (token.tokenType === tokens.Dot) at += 2;
      else if (token.tokenType === tokens.LeftBracket) at = Math.max(at, partner[at] ?? 0) + 1;
      else return false;
    }
    return false;
  }

  /**
   * Skips to the closing partner of a bracket when something stands before it that cannot: a
   * misplaced thing inside of an expression's brackets is one mistake, whatever it is. A `}` is no
   * partner when a word of statements or declarations comes before it; then it closes their block.
   */
  protected reach(opener: IToken, expected: string): void {
    if (this.RECORDING_PHASE || opener.image === "") return;
    const partner = this.partnerOf(opener);
    const next = this.indexOf(this.LA(1));
    if (partner <= next) return;
    if (opener.tokenType === tokens.LeftBrace) {
      const between = this.given.tokens.slice(next, partner);
      if (between.some(({ tokenType }) => notInExpressions.has(tokenType))) return;
    }
    this.reportUnexpected(this.LA(1), expected);
    for (let index = next; index < partner; index += 1) this.SKIP_TOKEN();
  }

  /** Runs the rule of what stands in brackets of an expression. */
  protected within<A>(opener: IToken, build: () => A): A {
    const outer = this.bracket;
    this.bracket = opener;
    try {
      return build();
    } finally {
      this.bracket = outer;
    }
  }

  /** Whether the innermost bracket around an expression is never closed. */
  protected isInUnclosed(): boolean {
    return this.bracket !== undefined && this.partnerOf(this.bracket) < 0;
  }

  private partnerOf(opener: IToken): number {
    return this.given.layout.partner[this.indexOf(opener)] ?? -1;
  }

  protected override getTokenToInsert(type: TokenType): IToken {
    const end = this.consumedEnd();
    return createTokenInstance(type, "", end, end - 1, NaN, NaN, NaN, NaN);
  }

  // A bracket or a keyword carries structure: dropping it to please one rule would break the
  // others.
  protected override canTokenTypeBeDeletedInRecovery(): boolean {
    const token = this.LA(1);
    return token.tokenType !== EOF && !structural.has(token.tokenType);
  }
}

const assignments: ReadonlySet<TokenType> = new Set([
  tokens.Assign,
  tokens.PlusAssign,
  tokens.MinusAssign,
]);

const continuesPlace: ReadonlySet<TokenType> = new Set([
  ...assignments,
  tokens.Dot,
  tokens.LeftBracket,
]);

/** Words that begin statements, but expressions as well. */
const expressionWords: ReadonlySet<TokenType> = new Set([tokens.If, tokens.Match, tokens.SetWord]);

const closers: ReadonlySet<TokenType> = new Set([
  tokens.RightBrace,
  tokens.RightParen,
  tokens.RightBracket,
]);

/** What ends a list whose closing brace is missing, or is that brace. */
const outerWords: ReadonlySet<TokenType> = new Set([
  ...topLevelWords,
  tokens.RightBrace,
  tokens.Else,
  tokens.CaseWord,
  tokens.Ignore,
  tokens.On,
  tokens.Rule,
  tokens.Timer,
  tokens.Var,
  tokens.Ghost,
  tokens.Fn,
  tokens.Proc,
]);

const notInExpressions: ReadonlySet<TokenType> = new Set(
  [
    ...outerWords,
    ...assignments,
    tokens.Go,
    tokens.Send,
    tokens.Start,
    tokens.Stop,
    tokens.Emit,
    tokens.For,
    tokens.Choose,
    tokens.Either,
    tokens.Let,
    tokens.Assert,
    tokens.Done,
    tokens.Defer,
    tokens.Reprocess,
  ].filter((type) => type !== tokens.RightBrace && type !== tokens.Else),
);

const structural: ReadonlySet<TokenType> = new Set([
  tokens.LeftBrace,
  tokens.RightBrace,
  tokens.LeftParen,
  tokens.RightParen,
  tokens.LeftBracket,
  tokens.RightBracket,
  ...topLevelWords,
]);
