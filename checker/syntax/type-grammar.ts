// The rules of types, domains and parameters: text -> syntax.

import type { ParserMethod } from "chevrotain";
import type { Domain, Expression, Name, Parameter, TypeExpression } from "./ast.ts";
import { notType } from "./diagnostics.ts";
import { loosest } from "./operators.ts";
import { RecoveryGrammar } from "./recovery-grammar.ts";
import * as tokens from "./tokens.ts";

export abstract class TypeGrammar extends RecoveryGrammar {
  abstract readonly expression: ParserMethod<[number?], Expression>;

  readonly typeExpression: ParserMethod<[], TypeExpression> = this.define("type", () =>
    this.nested(() => {
      const first = this.LA(1);
      // A brace opens the body of what the type belongs to; no type begins with one.
      if (!this.RECORDING_PHASE && first.tokenType === tokens.LeftBrace) {
        this.reportMissing("a type");
        return { kind: "missing-type", span: this.here() };
      }
      let type: TypeExpression = this.OR({
        ERR_MSG: "a type",
        DEF: [
          { ALT: () => this.SUBRULE(this.wordType) },
          { ALT: () => this.SUBRULE(this.arrayType) },
          { ALT: () => this.SUBRULE(this.setType) },
          { ALT: () => this.SUBRULE(this.valueType) },
        ],
      });
      let options = 0;
      this.MANY(() => {
        this.CONSUME(tokens.Question);
        options += 1;
        this.boundNesting(options);
        type = { kind: "option-type", element: type, span: this.spanFrom(first) };
      });
      return type;
    }),
  );

  /** `bool` or `mod e`: types that are domains too. */
  private readonly wordType = this.define("wordType", (): TypeExpression => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: () => {
          this.CONSUME(tokens.Bool);
          return { kind: "bool-type", span: this.spanFrom(first) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(tokens.Mod);
          const modulus = this.SUBRULE(this.expression, { ARGS: [loosest.sum] });
          return { kind: "mod-type", modulus, span: this.spanFrom(first) };
        },
      },
    ]);
  });

  private readonly arrayType = this.define("arrayType", (): TypeExpression => {
    const first = this.CONSUME(tokens.ArrayWord);
    const opener = this.CONSUME(tokens.LeftBracket);
    const index = this.SUBRULE(this.typeExpression);
    this.reach(opener, "`]`");
    this.CONSUME(tokens.RightBracket);
    this.CONSUME(tokens.Of);
    const element = this.SUBRULE1(this.typeExpression);
    return { kind: "array-type", index, element, span: this.spanFrom(first) };
  });

  private readonly setType = this.define("setType", (): TypeExpression => {
    const first = this.CONSUME(tokens.SetWord);
    this.CONSUME(tokens.Of);
    const element = this.SUBRULE(this.typeExpression);
    return { kind: "set-type", element, span: this.spanFrom(first) };
  });

  /** `lo..hi`, or a lone name. */
  private readonly valueType = this.define("valueType", (): TypeExpression => {
    const first = this.LA(1);
    const low = this.SUBRULE(this.expression, { ARGS: [loosest.sum] });
    const high = this.OPTION(() => {
      this.CONSUME(tokens.Range);
      return this.SUBRULE1(this.expression, { ARGS: [loosest.sum] });
    });
    const span = this.spanFrom(first);
    return this.ACTION((): TypeExpression => {
      if (high !== undefined) return { kind: "range-type", low, high, span };
      if (low.kind === "name") {
        return { kind: "named-type", name: { text: low.name, span: low.span }, span };
      }
      if (low.kind !== "missing") this.report(notType(span, {}));
      return { kind: "missing-type", span };
    });
  });

  readonly domain = this.define("domain", (): Domain => {
    const first = this.LA(1);
    return this.OR({
      ERR_MSG: "a type, a range or a set",
      DEF: [
        {
          ALT: (): Domain => {
            const type = this.SUBRULE(this.wordType);
            return { kind: "type-domain", type, span: this.spanFrom(first) };
          },
        },
        {
          ALT: (): Domain => {
            const low = this.SUBRULE(this.expression, { ARGS: [loosest.domain] });
            const high = this.OPTION(() => {
              this.CONSUME(tokens.Range);
              return this.SUBRULE1(this.expression, { ARGS: [loosest.domain] });
            });
            const span = this.spanFrom(first);
            return high === undefined
              ? { kind: "expression-domain", value: low, span }
              : { kind: "range-domain", low, high, span };
          },
        },
      ],
    });
  });

  /** `(a: T, …)` */
  readonly parameters = this.define("parameters", (): readonly Parameter[] => {
    const parameters: Parameter[] = [];
    const opener = this.CONSUME(tokens.LeftParen);
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const first = this.CONSUME(tokens.Identifier);
        this.CONSUME(tokens.Colon);
        const type = this.SUBRULE(this.typeExpression);
        parameters.push({ name: this.nameOf(first), type, span: this.spanFrom(first) });
      },
    });
    this.reach(opener, "`,` or `)`");
    this.CONSUME(tokens.RightParen);
    return parameters;
  });

  /** `a, b` */
  readonly names = this.define("names", (): readonly Name[] => {
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => names.push(this.nameOf(this.CONSUME(tokens.Identifier))),
      ERR_MSG: "a name",
    });
    return names;
  });

  /** `: T` */
  readonly ofType = this.define("ofType", (): TypeExpression => {
    this.CONSUME(tokens.Colon);
    return this.SUBRULE(this.typeExpression);
  });

  /** `= e` */
  readonly initially = this.define("initially", (): Expression => {
    this.CONSUME(tokens.Assign);
    return this.SUBRULE(this.expression);
  });

  /** `when e` */
  readonly guard = this.define("guard", (): Expression => {
    this.CONSUME(tokens.When);
    return this.SUBRULE(this.condition);
  });

  /** An expression before a block: a brace that comes at once opens the block, and is no record. */
  readonly condition = this.define("condition", (): Expression => {
    if (!this.RECORDING_PHASE && this.LA(1).tokenType === tokens.LeftBrace) {
      this.reportMissing("a condition");
      return { kind: "missing", span: this.here() };
    }
    return this.SUBRULE(this.expression);
  });
}
