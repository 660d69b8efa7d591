// What all grammar rules share: places, names, documentation, nesting and recovery. text -> syntax.

import {
  createTokenInstance,
  EmbeddedActionsParser,
  EOF,
  isRecognitionException,
  type IToken,
  type ParserMethod,
  type TokenType,
} from "chevrotain";
import type { Diagnostic, Span } from "../source/index.ts";
import type { Name } from "./ast.ts";
import { missing, nestedTooDeeply, unexpected } from "./diagnostics.ts";
import {
  Abandoned,
  countError,
  expectationWords,
  foundWords,
  type Tally,
} from "./expectation-words.ts";
import { indexAt, type Layout } from "./layout.ts";
import { endOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** How deep blocks, expressions and types may nest: far from what exhausts the stack. */
export const nestingLimit = 100;

/** A mistake found by a rule, and the token that was next then. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly token: IToken;
}

/** What the parser knows of a file before it begins. */
export interface Input {
  readonly file: string;
  readonly text: string;
  readonly tokens: IToken[];
  readonly layout: Layout;
  /** `///` texts by the offset of the token they stand before. */
  readonly documentation: ReadonlyMap<number, string>;
}

const noInput: Input = {
  file: "",
  text: "",
  tokens: [],
  layout: {
    braceDepth: new Int32Array(),
    partner: new Int32Array(),
    startsLine: new Uint8Array(),
    unclosed: [],
  },
  documentation: new Map(),
};

const topLevelWords: ReadonlySet<TokenType> = new Set([
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

export abstract class BaseGrammar extends EmbeddedActionsParser {
  protected given: Input = noInput;
  protected found: Finding[] = [];
  private readonly documentedOffsets = new Set<number>();
  private nesting = 0;

  private readonly tally: Tally;

  constructor(options: { readonly validate: boolean; readonly tally: Tally }) {
    super([...tokens.allTokens], {
      recoveryEnabled: true,
      maxLookahead: 2,
      errorMessageProvider: expectationWords(options.tally),
      skipValidations: !options.validate,
    });
    this.tally = options.tally;
  }

  /** Sets the file to be read next. */
  begin(input: Input): void {
    this.input = input.tokens;
    this.given = input;
    this.found = [];
    this.documentedOffsets.clear();
    this.tally.count = 0;
    this.nesting = 0;
  }

  /** What the rules themselves reported, besides Chevrotain's exceptions. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  /** Where documentation was read that belongs to a declaration. */
  get documentedAt(): ReadonlySet<number> {
    return this.documentedOffsets;
  }

  /** A rule that leaves recovery to `guarded`, which knows about lines and braces. */
  protected define<Arguments extends unknown[], Result>(
    name: string,
    build: (...given: Arguments) => Result,
  ): ParserMethod<Arguments, Result> {
    return this.RULE(name, build, { resyncEnabled: false });
  }

  protected report(diagnostic: Diagnostic): void {
    if (this.RECORDING_PHASE) return;
    this.found.push({ diagnostic, token: this.LA(1) });
    countError(this.tally);
  }

  // ------------------------------------------------------------ places

  /** From a first token to the token consumed last. */
  protected spanFrom(first: IToken): Span {
    const end = this.consumedEnd();
    return { file: this.given.file, start: Math.min(this.startOf(first), end), end };
  }

  protected spanOf(token: IToken): Span {
    const start = this.startOf(token);
    return { file: this.given.file, start, end: token.tokenType === EOF ? start : endOf(token) };
  }

  /** The empty place behind the token consumed last. */
  protected here(): Span {
    const end = this.consumedEnd();
    return { file: this.given.file, start: end, end };
  }

  protected nameOf(token: IToken): Name {
    return { text: token.image, span: this.spanOf(token) };
  }

  /** A text without its quotes. */
  protected textOf(token: IToken): string {
    return token.image.slice(1, -1);
  }

  /** The word itself, as a literal, beside the token it was read from. */
  protected wordOf<Word extends string>(word: Word, _token: IToken): Word {
    return word;
  }

  protected documented(first: IToken): { readonly doc?: string } {
    const doc = this.given.documentation.get(first.startOffset);
    if (doc === undefined) return {};
    this.documentedOffsets.add(first.startOffset);
    return { doc };
  }

  private startOf(token: IToken): number {
    return token.tokenType === EOF ? this.given.text.length : token.startOffset;
  }

  private consumedEnd(): number {
    const last = this.LA(0);
    return last.tokenType === EOF ? 0 : endOf(last);
  }

  // ------------------------------------------------------------ nesting

  /** Runs a rule that may contain itself; gives up on the file when it does so too often. */
  protected nested<A>(build: () => A): A {
    if (this.RECORDING_PHASE) return build();
    this.nesting += 1;
    try {
      this.boundNesting(this.nesting);
      return build();
    } finally {
      this.nesting -= 1;
    }
  }

  protected boundNesting(levels: number): void {
    if (levels <= nestingLimit) return;
    this.report(nestedTooDeeply(this.spanOf(this.LA(1)), { limit: nestingLimit }));
    throw new Abandoned("nested too deeply");
  }

  // ------------------------------------------------------------ recovery

  /**
   * Runs a rule; after a syntax error in it, skips to where the next thing of its kind can begin.
   * That is known by the braces (what was begun inside braces is over when they close), by the
   * lines (a thing begins a line, or with one of `starts`), and by words that only begin declarations.
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
   * Whether an assignment on a line of its own comes next, where an operand or a name was to come: then
   * that is what is missing, and the assignment is not it.
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

  protected isName(token: IToken): boolean {
    return (
      token.tokenType === tokens.Identifier ||
      token.tokenType.CATEGORIES?.includes(tokens.Identifier) === true
    );
  }

  /** The index of a token of the input; for the end of the file, how many there are. */
  protected indexOf(token: IToken): number {
    return indexAt(this.given.tokens, this.startOf(token));
  }

  /**
   * Skips to the closing partner of a bracket when something stands before it that cannot. Done for
   * `(` and `[` only: a misplaced thing inside of them is one mistake, whatever it is.
   */
  protected reach(opener: IToken, expected: string): void {
    if (this.RECORDING_PHASE || opener.image === "") return;
    const partner = this.given.layout.partner[this.indexOf(opener)] ?? -1;
    const next = this.indexOf(this.LA(1));
    if (partner <= next) return;
    this.reportUnexpected(this.LA(1), expected);
    for (let index = next; index < partner; index += 1) this.SKIP_TOKEN();
  }

  protected reportUnexpected(token: IToken, expected: string): void {
    const found = foundWords(token);
    this.report(unexpected(this.spanOf(token), { expected, found }));
  }

  protected reportMissing(expected: string): void {
    const found = foundWords(this.LA(1));
    this.report(missing(this.here(), { expected, found }));
  }

  protected override getTokenToInsert(type: TokenType): IToken {
    const end = this.consumedEnd();
    return createTokenInstance(type, "", end, end - 1, NaN, NaN, NaN, NaN);
  }

  // A bracket or a keyword carries structure: dropping it to please one rule would break the others.
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

const structural: ReadonlySet<TokenType> = new Set([
  tokens.LeftBrace,
  tokens.RightBrace,
  tokens.LeftParen,
  tokens.RightParen,
  tokens.LeftBracket,
  tokens.RightBracket,
  ...topLevelWords,
]);
