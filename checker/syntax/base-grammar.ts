// What all grammar rules share: places, names, documentation, nesting and recovery. text -> syntax.

import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod } from "chevrotain";
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
import { hint } from "./nearest-word.ts";
import { indexAt, type Layout } from "./layout.ts";
import { lazyLookahead } from "./lazy-lookahead.ts";
import { endOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** Tokens that the parser looks at, at most, to choose between alternatives. */
const maxLookahead = 2;

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

export abstract class BaseGrammar extends EmbeddedActionsParser {
  protected given: Input = noInput;
  protected found: Finding[] = [];
  private readonly documentedOffsets = new Set<number>();
  private nesting = 0;

  private readonly tally: Tally;

  constructor(options: { readonly validate: boolean; readonly tally: Tally }) {
    super([...tokens.allTokens], {
      recoveryEnabled: true,
      maxLookahead,
      lookaheadStrategy: lazyLookahead(maxLookahead),
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

  protected consumedEnd(): number {
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

  // ------------------------------------------------------------ tokens

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

  protected reportUnexpected(token: IToken, expected: string): void {
    const found = foundWords(token);
    const facts = { expected, found, ...hint(token.image, expected) };
    this.report(unexpected(this.spanOf(token), facts));
  }

  protected reportMissing(expected: string): void {
    const found = foundWords(this.LA(1));
    this.report(missing(this.here(), { expected, found, ...hint(this.LA(1).image, expected) }));
  }
}
