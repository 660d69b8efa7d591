// The rules of expressions that have their own brackets or words: text -> syntax.

import type { TokenType } from "chevrotain";
import type { Expression, FieldValue, MatchArm } from "./ast.ts";
import * as tokens from "./tokens.ts";
import { TypeGrammar } from "./type-grammar.ts";

/** How many tokens and bracketed groups away the colon of a comprehension is looked for. */
const farthestColon = 1000;

const endsElement: ReadonlySet<TokenType> = new Set([
  tokens.Comma,
  tokens.RightParen,
  tokens.RightBracket,
  tokens.RightBrace,
]);

export abstract class CompoundGrammar extends TypeGrammar {
  /** `[e]` */
  readonly indexing = this.define("indexing", (): Expression => {
    const opener = this.CONSUME(tokens.LeftBracket);
    const index = this.within(opener, () => this.SUBRULE(this.expression));
    this.reach(opener, "`]`");
    this.CONSUME(tokens.RightBracket);
    return index;
  });

  /** `(e, …)` */
  readonly callArguments = this.define("arguments", (): readonly Expression[] => {
    const values: Expression[] = [];
    const opener = this.CONSUME(tokens.LeftParen);
    this.within(opener, () => {
      this.MANY_SEP({
        SEP: tokens.Comma,
        DEF: () => values.push(this.SUBRULE(this.expression)),
      });
    });
    this.reach(opener, "`,` or `)`");
    this.CONSUME(tokens.RightParen);
    return values;
  });

  /** `{ f, g: e }` */
  readonly fieldValues = this.define("fieldValues", (): readonly FieldValue[] => {
    const fields: FieldValue[] = [];
    const opener = this.CONSUME(tokens.LeftBrace);
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const first = this.CONSUME(tokens.Identifier);
        const value = this.OPTION(() => {
          this.CONSUME(tokens.Colon);
          return this.SUBRULE(this.expression);
        });
        fields.push({
          name: this.nameOf(first),
          ...(value === undefined ? {} : { value }),
          span: this.spanFrom(first),
        });
      },
    });
    this.reach(opener, "`,` or `}`");
    this.CONSUME(tokens.RightBrace);
    return fields;
  });

  // ------------------------------------------------------------ expressions that begin with a word

  protected readonly conditional = this.define("conditional", (): Expression => {
    const first = this.CONSUME(tokens.If);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.Then);
    const then = this.SUBRULE1(this.expression);
    this.CONSUME(tokens.Else);
    const otherwise = this.SUBRULE2(this.expression);
    return { kind: "if", condition, then, otherwise, span: this.spanFrom(first) };
  });

  protected readonly matchExpression = this.define("matchExpression", (): Expression => {
    const arms: MatchArm<Expression>[] = [];
    const first = this.CONSUME(tokens.Match);
    const subject = this.SUBRULE(this.expression);
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const arm = this.LA(1);
      const head = this.SUBRULE(this.armHead);
      const body = this.SUBRULE1(this.expression);
      arms.push({ ...head, body, span: this.spanFrom(arm) });
    });
    this.CONSUME(tokens.RightBrace);
    return { kind: "match", subject, arms, span: this.spanFrom(first) };
  });

  /** `A | B =>` or `else =>` */
  readonly armHead = this.define("armHead", () => {
    const patterns: Expression[] = [];
    const isElse = this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.Else);
          return true;
        },
      },
      {
        ALT: () => {
          this.AT_LEAST_ONE_SEP({
            SEP: tokens.Bar,
            DEF: () => patterns.push(this.SUBRULE(this.pattern)),
          });
          return false;
        },
      },
    ]);
    this.CONSUME(tokens.Arrow);
    return { patterns, isElse };
  });

  private readonly pattern = this.define("pattern", (): Expression => {
    const first = this.LA(1);
    return this.OR({
      ERR_MSG: "a name, a number, `true` or `false`",
      DEF: [
        {
          ALT: () => {
            const name = this.CONSUME(tokens.Identifier).image;
            return { kind: "name", name, span: this.spanFrom(first) };
          },
        },
        {
          ALT: () => {
            const value = Number(this.CONSUME(tokens.Integer).image);
            return { kind: "integer", value, span: this.spanFrom(first) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.True);
            return { kind: "boolean", value: true, span: this.spanFrom(first) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.False);
            return { kind: "boolean", value: false, span: this.spanFrom(first) };
          },
        },
      ],
    });
  });

  protected readonly list = this.define("list", (): Expression => {
    const first = this.CONSUME(tokens.LeftBracket);
    return this.OR([
      {
        GATE: () => this.isComprehension(),
        ALT: (): Expression => {
          const binder = this.nameOf(this.CONSUME(tokens.Identifier));
          this.CONSUME(tokens.In);
          const domain = this.SUBRULE(this.domain);
          this.CONSUME(tokens.Colon);
          const body = this.SUBRULE(this.expression);
          this.reach(first, "`]`");
          this.CONSUME(tokens.RightBracket);
          return { kind: "comprehension", binder, domain, body, span: this.spanFrom(first) };
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: (): Expression => {
          const elements: Expression[] = [];
          this.MANY_SEP({
            SEP: tokens.Comma,
            DEF: () => elements.push(this.SUBRULE1(this.expression)),
          });
          this.reach(first, "`,` or `]`");
          this.CONSUME1(tokens.RightBracket);
          return { kind: "array", elements, span: this.spanFrom(first) };
        },
      },
    ]);
  });

  /** `[x in s: e]` has a colon where `[x in s, y]` has a comma or nothing. */
  private isComprehension(): boolean {
    if (this.LA(2).tokenType !== tokens.In) return false;
    const { tokens: list, layout } = this.given;
    let at = this.indexOf(this.LA(1)) + 2;
    for (let steps = 0; steps < farthestColon; steps += 1) {
      const token = list[at];
      if (token === undefined || endsElement.has(token.tokenType)) return false;
      if (token.tokenType === tokens.Colon) return true;
      at = Math.max(at, layout.partner[at] ?? 0) + 1;
    }
    return false;
  }

  protected readonly setLiteral = this.define("setLiteral", (): Expression => {
    const elements: Expression[] = [];
    const first = this.CONSUME(tokens.SetWord);
    const opener = this.CONSUME(tokens.LeftBrace);
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => elements.push(this.SUBRULE(this.expression)),
    });
    this.reach(opener, "`,` or `}`");
    this.CONSUME(tokens.RightBrace);
    return { kind: "set", elements, span: this.spanFrom(first) };
  });

  protected readonly quantifier = this.define("quantifier", (): Expression => {
    const first = this.LA(1);
    const quantifier = this.OR([
      { ALT: () => this.wordOf("forall", this.CONSUME(tokens.Forall)) },
      { ALT: () => this.wordOf("exists", this.CONSUME(tokens.Exists)) },
      { ALT: () => this.wordOf("count", this.CONSUME(tokens.Count)) },
    ]);
    const binder = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.In);
    const domain = this.SUBRULE(this.domain);
    this.CONSUME(tokens.Colon);
    const body = this.SUBRULE(this.expression);
    return { kind: "quantifier", quantifier, binder, domain, body, span: this.spanFrom(first) };
  });
}
