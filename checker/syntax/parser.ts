// The parser: the text of one file -> its syntax tree and all that is wrong with it. text ->
// syntax.

import type { IRecognitionException } from "chevrotain";
import type { Checked, Diagnostic } from "../source/index.ts";
import type { Comment, Declaration, Expression, Override, SourceTree } from "./ast.ts";
import type { Input } from "./base-grammar.ts";
import { DeclarationGrammar } from "./declaration-grammar.ts";
import { badOverride } from "./diagnostics.ts";
import { findDocumentation } from "./documentation.ts";
import { Abandoned, type Tally } from "./expectation-words.ts";
import { layOut } from "./layout.ts";
import { retagReservedNames } from "./reserved-names.ts";
import { scan, spanOf, validateTokens } from "./scanner.ts";
import { settle } from "./syntax-errors.ts";

class Grammar extends DeclarationGrammar {
  constructor(options: { readonly validate: boolean; readonly tally: Tally }) {
    super(options);
    this.performSelfAnalysis();
  }
}

let shared: Grammar | undefined;

// Building the grammar takes a while, so it is done once, on first use.
const grammar = (): Grammar => (shared ??= new Grammar({ validate: false, tally: { count: 0 } }));

/** Builds lexer and grammar with all of Chevrotain's checks of them; throws when one is ambiguous. */
export const validateGrammar = (): void => {
  validateTokens();
  new Grammar({ validate: true, tally: { count: 0 } });
};

/** Parses a file. Always gives a tree: after errors, of what could be understood. */
export const parse = (file: string, text: string): Checked<SourceTree> => {
  const declarations: Declaration[] = [];
  const { comments, diagnostics } = run(file, text, (parser) => {
    parser.declarations(declarations);
  });
  return { value: { file, declarations, comments }, diagnostics };
};

/** Parses a text that is one expression. */
export const parseExpression = (file: string, text: string): Checked<Expression> => {
  const { value, diagnostics } = run(file, text, (parser) => parser.expression());
  const missing: Expression = { kind: "missing", span: { file, start: 0, end: text.length } };
  return { value: value ?? missing, diagnostics };
};

/** Parses `NAME=VALUE` or `NAME[INDEX]=VALUE`, as `--set` takes it. */
export const parseOverride = (file: string, text: string): Checked<Override> => {
  const { value, diagnostics } = run(file, text, (parser) => parser.overriding());
  const span = { file, start: 0, end: text.length };
  if (value !== undefined && value.name.text !== "") return { value, diagnostics };
  const none: Override = {
    name: { text: "", span },
    value: { kind: "missing", span },
    span,
  };
  return { value: none, diagnostics: [badOverride(span, {})] };
};

interface Outcome<A> {
  /** Absent when the file was given up. */
  readonly value: A | undefined;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

const run = <A>(file: string, text: string, rule: (parser: Grammar) => A): Outcome<A> => {
  const scanned = scan(file, text);
  const layout = layOut(scanned.tokens, text);
  const named = retagReservedNames(file, scanned.tokens, layout);
  const documentation = findDocumentation(named.tokens, scanned.comments, text);
  const input: Input = {
    file,
    text,
    tokens: named.tokens,
    layout,
    documentation: documentation.texts,
  };
  const parser = grammar();
  parser.begin(input);
  const outcome = unlessAbandoned(() => ({ value: rule(parser) }));
  const used = new Set(
    [...parser.documentedAt].flatMap((at) => documentation.comments.get(at) ?? []),
  );
  return {
    value: outcome?.value,
    comments: scanned.comments
      .filter((comment) => !used.has(comment))
      .map((comment) => ({ span: spanOf(file, comment), text: comment.image })),
    diagnostics: settle(
      input,
      [...scanned.diagnostics, ...named.diagnostics],
      parser.findings,
      outcome === undefined ? parser.errors.filter(isOfRule) : parser.errors,
    ),
  };
};

/** Chevrotain notices that a file was given up; the reason for that is reported already. */
const isOfRule = ({ name }: IRecognitionException): boolean =>
  name !== "NotAllInputParsedException";

const unlessAbandoned = <A>(build: () => A): A | undefined => {
  try {
    return build();
  } catch (error) {
    if (error instanceof Abandoned) return undefined;
    throw error;
  }
};
