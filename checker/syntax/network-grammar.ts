// The rules of networks: text -> syntax.

import type { Budget, Expression, NetworkDeclaration } from "./ast.ts";
import { BindingGrammar } from "./binding-grammar.ts";
import { capacityMissing, clauseTwice } from "./diagnostics.ts";
import * as tokens from "./tokens.ts";

type Clauses = Pick<
  NetworkDeclaration,
  "capacity" | "full" | "lifetime" | "loss" | "duplication" | "reorder"
>;

export abstract class NetworkGrammar extends BindingGrammar {
  readonly network = this.define("network", (): NetworkDeclaration => {
    const first = this.CONSUME(tokens.Network);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Carries);
    const message = this.nameOf(this.CONSUME1(tokens.Identifier));
    const between = this.OPTION(() => {
      this.CONSUME(tokens.Between);
      return this.SUBRULE(this.typeExpression);
    });
    const clauses = this.SUBRULE(this.clauses);
    this.ACTION(() => {
      if (clauses.capacity === undefined) {
        this.report(capacityMissing(name.span, { network: name.text }));
      }
    });
    return {
      kind: "network",
      ...this.documented(first),
      name,
      message,
      ...(between && { between }),
      ...clauses,
      span: this.spanFrom(first),
    };
  });

  private readonly clauses = this.define("clauses", (): Clauses => {
    let clauses: Clauses = {
      full: "error",
      loss: { kind: "none" },
      duplication: { kind: "none" },
      reorder: "none",
    };
    const given = new Set<string>();
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const word = this.LA(1);
      const clause = this.SUBRULE(this.networkClause);
      this.ACTION(() => {
        if (given.has(word.image)) {
          this.report(clauseTwice(this.spanOf(word), { clause: word.image }));
        }
        given.add(word.image);
        clauses = { ...clauses, ...clause };
      });
    });
    this.CONSUME(tokens.RightBrace);
    return clauses;
  });

  private readonly networkClause = this.define("networkClause", (): Partial<Clauses> => {
    return this.OR({
      ERR_MSG: "a clause of the network",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(tokens.Capacity);
            return { capacity: this.SUBRULE(this.expression) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Full);
            return { full: this.SUBRULE(this.policy) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Lifetime);
            return { lifetime: this.SUBRULE1(this.expression) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Loss);
            return { loss: this.SUBRULE(this.budget) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Duplication);
            return { duplication: this.SUBRULE1(this.budget) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Reorder);
            return { reorder: this.SUBRULE(this.order) };
          },
        },
      ],
    });
  });

  private readonly policy = this.define("policy", (): Clauses["full"] =>
    this.OR({
      ERR_MSG: "`drop`, `block` or `error`",
      DEF: [
        { ALT: () => this.wordOf("drop", this.CONSUME(tokens.Drop)) },
        { ALT: () => this.wordOf("block", this.CONSUME(tokens.BlockWord)) },
        { ALT: () => this.wordOf("error", this.CONSUME(tokens.ErrorWord)) },
      ],
    }),
  );

  private readonly order = this.define("order", (): Clauses["reorder"] =>
    this.OR({
      ERR_MSG: "`any` or `none`",
      DEF: [
        { ALT: () => this.wordOf("any", this.CONSUME(tokens.AnyWord)) },
        { ALT: () => this.wordOf("none", this.CONSUME(tokens.None)) },
      ],
    }),
  );

  // `any` and `none` are expressions too; as the first alternatives they win.
  private readonly budget = this.define("budget", (): Budget =>
    this.OR({
      ERR_MSG: "`none`, `any` or a number",
      DEF: [
        {
          ALT: (): Budget => ({ kind: this.wordOf("none", this.CONSUME(tokens.None)) }),
          IGNORE_AMBIGUITIES: true,
        },
        {
          ALT: (): Budget => ({ kind: this.wordOf("any", this.CONSUME(tokens.AnyWord)) }),
          IGNORE_AMBIGUITIES: true,
        },
        {
          ALT: (): Budget => {
            const value: Expression = this.SUBRULE(this.expression);
            return { kind: "budget", value };
          },
        },
      ],
    }),
  );
}
