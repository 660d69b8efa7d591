// The rules of expressions: operators, operands and what is applied to them. text -> syntax.

import type { IToken, ParserMethod } from "chevrotain";
import type { Expression } from "./ast.ts";
import { CompoundGrammar } from "./compound-grammar.ts";
import * as diagnostics from "./diagnostics.ts";
import { heightLimit, isTooHigh } from "./height.ts";
import { climb, comparison, isInfix, loosest, precedenceOf, type Link } from "./operators.ts";
import * as tokens from "./tokens.ts";

type Strength = number;

export abstract class ExpressionGrammar extends CompoundGrammar {
  private expressionDepth = 0;

  /** A chain of operands and operators that bind at least as tightly as `from`. */
  readonly expression: ParserMethod<[Strength?], Expression> = this.define(
    "expression",
    (from: Strength = loosest.any) =>
      this.nested(() =>
        this.outermost(() => {
          const links = this.chain(from);
          return this.ACTION(() => climb(links, (it) => this.report(it)));
        }),
      ),
  );

  private chain(from: Strength): readonly Link[] {
    const links: Link[] = [];
    this.SUBRULE(this.operand, { ARGS: [links, from] });
    this.MANY({
      GATE: () => this.continues(from),
      DEF: () =>
        this.OR([
          { ALT: () => this.isNone(links) },
          {
            ALT: () => {
              const token = this.CONSUME(tokens.BinaryOperator);
              const operator = token.image;
              if (isInfix(operator) && operator !== "is") {
                links.push({ kind: "infix", operator, span: this.spanOf(token) });
              }
              this.SUBRULE1(this.operand, { ARGS: [links, from] });
            },
          },
          {
            ALT: () => {
              const span = this.spanOf(this.CONSUME(tokens.Assign));
              this.report(diagnostics.assignmentInExpression(span, {}));
              links.push({ kind: "infix", operator: "==", span });
              this.SUBRULE2(this.operand, { ARGS: [links, from] });
            },
          },
        ]),
    });
    this.OPTION({ GATE: () => from === loosest.any, DEF: () => this.ternary(links) });
    return links;
  }

  private ternary(links: Link[]): void {
    const first = this.CONSUME(tokens.Question);
    this.report(diagnostics.ternary(this.spanOf(first), {}));
    this.SUBRULE(this.expression);
    this.CONSUME(tokens.Colon);
    this.SUBRULE1(this.expression);
    const expression: Expression = { kind: "missing", span: this.spanFrom(first) };
    links.splice(0, links.length, { kind: "operand", expression });
  }

  private continues(from: Strength): boolean {
    const { tokenType, image } = this.LA(1);
    if (tokenType !== tokens.Assign) return precedenceOf(image) >= from;
    // In `x[i = 1` it is the bracket that is missing.
    return from <= comparison && !this.isInUnclosed();
  }

  private isNone(links: Link[]): void {
    const first = this.CONSUME(tokens.Is);
    this.CONSUME(tokens.None);
    links.push({ kind: "is-none", span: this.spanFrom(first) });
  }

  /** Later phases walk trees by recursion, so no tree may be higher than they can bear. */
  private outermost(build: () => Expression): Expression {
    if (this.RECORDING_PHASE) return build();
    this.expressionDepth += 1;
    let expression: Expression;
    try {
      expression = build();
    } finally {
      this.expressionDepth -= 1;
    }
    const { span } = expression;
    if (this.expressionDepth > 0 || span.end - span.start <= heightLimit) return expression;
    if (!isTooHigh(expression)) return expression;
    this.report(diagnostics.expressionTooLong(span, { limit: heightLimit }));
    return { kind: "missing", span };
  }

  // ------------------------------------------------------------ operands

  /** Prefix operators, a primary expression and what is applied to it. */
  readonly operand: ParserMethod<[Link[]?, Strength?], void> = this.define(
    "operand",
    (links: Link[] = [], from: Strength = loosest.any) => {
      // Behind the bound of a type, an `=` on the same line is no assignment.
      if (from === loosest.any && this.assignmentFollows()) {
        this.reportMissing("an expression");
        links.push({ kind: "operand", expression: { kind: "missing", span: this.here() } });
        return;
      }
      this.MANY(() => this.prefix(links));
      const first = this.LA(1);
      let expression = this.primary(first);
      this.MANY1(() => {
        expression = this.postfix(first, expression);
      });
      links.push({ kind: "operand", expression });
    },
  );

  private prefix(links: Link[]): void {
    this.OR([
      {
        ALT: () => {
          const span = this.spanOf(this.CONSUME(tokens.Not));
          links.push({ kind: "prefix", operator: "not", span });
        },
      },
      {
        ALT: () => {
          const span = this.spanOf(this.CONSUME(tokens.Dash));
          links.push({ kind: "prefix", operator: "-", span });
        },
      },
      {
        ALT: () => {
          const span = this.spanOf(this.CONSUME(tokens.Bang));
          this.report(diagnostics.foreignOperator(span, { found: "!", instead: "not" }));
          links.push({ kind: "prefix", operator: "not", span });
        },
      },
    ]);
  }

  private primary(first: IToken): Expression {
    return this.OR1({
      ERR_MSG: "an expression",
      DEF: [
        { ALT: () => this.nameOrCall() },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.Integer);
            return { kind: "integer", value: Number(token.image), span: this.spanOf(token) };
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.True);
            return { kind: "boolean", value: true, span: this.spanOf(token) };
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(tokens.False);
            return { kind: "boolean", value: false, span: this.spanOf(token) };
          },
        },
        { ALT: () => ({ kind: "none", span: this.spanOf(this.CONSUME(tokens.None)) }) },
        {
          ALT: () => {
            const opener = this.CONSUME(tokens.LeftParen);
            const inner = this.within(opener, () => this.SUBRULE(this.expression));
            this.reach(opener, "an operator or `)`");
            this.CONSUME(tokens.RightParen);
            return { ...inner, span: this.spanFrom(first) };
          },
        },
        { ALT: () => this.SUBRULE(this.conditional) },
        { ALT: () => this.SUBRULE(this.matchExpression) },
        {
          ALT: () => {
            const fields = this.SUBRULE(this.fieldValues);
            return { kind: "record", fields, span: this.spanFrom(first) };
          },
        },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.setLiteral) },
        { ALT: () => this.SUBRULE(this.quantifier) },
      ],
    });
  }

  /** What a statement may begin with: a variable, a part of one, or a call. */
  readonly place: ParserMethod<[], Expression> = this.define("place", () => {
    const first = this.LA(1);
    let place = this.nameOrCall();
    this.MANY(() => {
      place = this.postfix(first, place);
    });
    return place;
  });

  /** `t` or `p[i].t`: unlike a place it leaves `(` to the statement. */
  readonly timerPlace: ParserMethod<[], Expression> = this.define("timerPlace", () => {
    const first = this.CONSUME(tokens.Identifier);
    let place: Expression = { kind: "name", name: first.image, span: this.spanOf(first) };
    this.MANY(() => {
      const object = place;
      place = this.OR([
        {
          ALT: (): Expression => {
            this.CONSUME(tokens.Dot);
            const field = this.nameOf(this.CONSUME1(tokens.Identifier));
            return { kind: "field", object, field, span: this.spanFrom(first) };
          },
        },
        {
          ALT: (): Expression => {
            const index = this.SUBRULE(this.indexing);
            return { kind: "index", object, index, span: this.spanFrom(first) };
          },
        },
      ]);
    });
    return place;
  });

  private nameOrCall(): Expression {
    const token = this.CONSUME(tokens.Identifier);
    const parameters = this.OPTION(() => this.SUBRULE(this.callArguments));
    if (parameters === undefined) {
      return { kind: "name", name: token.image, span: this.spanOf(token) };
    }
    const callee = this.nameOf(token);
    return { kind: "call", callee, arguments: parameters, span: this.spanFrom(token) };
  }

  private postfix(first: IToken, object: Expression): Expression {
    return this.OR2([
      {
        ALT: () => {
          this.CONSUME(tokens.Dot);
          const field = this.nameOf(this.CONSUME1(tokens.Identifier));
          return { kind: "field", object, field, span: this.spanFrom(first) };
        },
      },
      {
        ALT: () => {
          const index = this.SUBRULE(this.indexing);
          return { kind: "index", object, index, span: this.spanFrom(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME1(tokens.Bang);
          return { kind: "unwrap", operand: object, span: this.spanFrom(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.With);
          const fields = this.SUBRULE1(this.fieldValues);
          return { kind: "with", object, fields, span: this.spanFrom(first) };
        },
      },
      {
        ALT: () => {
          this.SUBRULE1(this.callArguments);
          const span = this.spanFrom(first);
          this.report(diagnostics.notCallable(span, {}));
          return { kind: "missing", span };
        },
      },
    ]);
  }
}
