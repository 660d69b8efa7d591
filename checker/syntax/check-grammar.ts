// The rules of checks and sweeps: text -> syntax.

import type {
  Axis,
  CheckDeclaration,
  Expectation,
  Expression,
  Figure,
  Name,
  Override,
  SweepDeclaration,
} from "./ast.ts";
import { loosest } from "./operators.ts";
import { PropertyGrammar } from "./property-grammar.ts";
import * as tokens from "./tokens.ts";

export abstract class CheckGrammar extends PropertyGrammar {
  /** `NAME = e` or `NAME[i] = e` */
  readonly overriding = this.define("override", (): Override => {
    const first = this.CONSUME(tokens.Identifier);
    const index = this.OPTION(() => this.SUBRULE(this.indexing));
    const value = this.SUBRULE(this.initially);
    const span = this.spanFrom(first);
    return { name: this.nameOf(first), ...(index && { index }), value, span };
  });

  private readonly overrides = this.define("overrides", (): readonly Override[] => {
    const overrides: Override[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => overrides.push(this.SUBRULE(this.overriding)),
    });
    this.CONSUME(tokens.RightBrace);
    return overrides;
  });

  private readonly only = this.define("only", (): readonly Name[] => {
    this.CONSUME(tokens.Only);
    return this.SUBRULE(this.names);
  });

  readonly check = this.define("check", (): CheckDeclaration => {
    const first = this.CONSUME(tokens.Check);
    const title = this.CONSUME(tokens.Text);
    const overrides = this.OPTION(() => this.SUBRULE(this.overrides)) ?? [];
    const only = this.OPTION1(() => this.SUBRULE(this.only)) ?? [];
    const expectation = this.SUBRULE(this.expectation);
    return {
      kind: "check",
      ...this.documented(first),
      title: this.textOf(title),
      titleSpan: this.spanOf(title),
      overrides,
      only,
      expectation,
      span: this.spanFrom(first),
    };
  });

  private readonly expectation = this.define("expectation", (): Expectation => {
    this.CONSUME(tokens.Expect);
    const first = this.LA(1);
    const { kind, names } = this.SUBRULE(this.verdict) ?? { kind: "holds", names: [] };
    const figures: Figure[] = [];
    this.OPTION(() => {
      this.CONSUME(tokens.In);
      this.AT_LEAST_ONE_SEP({
        SEP: tokens.Comma,
        DEF: () => figures.push(this.SUBRULE(this.figure)),
        ERR_MSG: "a number",
      });
    });
    return { kind, names, figures, span: this.spanFrom(first) };
  });

  private readonly verdict = this.define("verdict", (): Pick<Expectation, "kind" | "names"> => {
    return this.OR({
      ERR_MSG: "`holds`, `violated` or `error`",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(tokens.Holds);
            return { kind: "holds" as const, names: [] };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.Violated);
            return { kind: "violated" as const, names: this.SUBRULE(this.verdictNames) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(tokens.ErrorWord);
            const names = this.OPTION({
              // `expect error` may stand before a declaration that begins with `fault rule`.
              GATE: () =>
                !(this.LA(1).tokenType === tokens.Fault && this.LA(2).tokenType === tokens.Rule),
              DEF: () => this.SUBRULE1(this.verdictNames),
            });
            return { kind: "error" as const, names: names ?? [] };
          },
        },
      ],
    });
  });

  /** Properties or kinds of errors; some kinds are reserved words. */
  private readonly verdictNames = this.define("verdictNames", (): readonly Name[] => {
    const names: Name[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => {
        const token = this.OR({
          ERR_MSG: "a name",
          DEF: [
            { ALT: () => this.CONSUME(tokens.Identifier) },
            { ALT: () => this.CONSUME(tokens.None) },
            { ALT: () => this.CONSUME(tokens.Assert) },
            { ALT: () => this.CONSUME(tokens.Timer) },
          ],
        });
        names.push(this.nameOf(token));
      },
      ERR_MSG: "a name",
    });
    return names;
  });

  private readonly figure = this.define("figure", (): Figure => {
    const first = this.LA(1);
    const value = this.SUBRULE(this.expression, { ARGS: [loosest.sum] });
    const unit = this.OR({
      ERR_MSG: "`states`, `transitions` or `steps`",
      DEF: [
        { ALT: () => this.wordOf("states", this.CONSUME(tokens.States)) },
        { ALT: () => this.wordOf("transitions", this.CONSUME(tokens.Transitions)) },
        { ALT: () => this.wordOf("steps", this.CONSUME(tokens.Steps)) },
      ],
    });
    return { value, unit, span: this.spanFrom(first) };
  });

  readonly sweep = this.define("sweep", (): SweepDeclaration => {
    const axes: Axis[] = [];
    const first = this.CONSUME(tokens.Sweep);
    const title = this.CONSUME(tokens.Text);
    this.CONSUME(tokens.LeftBrace);
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Comma,
      DEF: () => axes.push(this.SUBRULE(this.axis)),
      ERR_MSG: "the name of a constant",
    });
    this.CONSUME(tokens.RightBrace);
    const only = this.OPTION(() => this.SUBRULE(this.only)) ?? [];
    const least = this.OPTION1(() => {
      this.CONSUME(tokens.Least);
      const name = this.nameOf(this.CONSUME(tokens.Identifier));
      const expected = this.OPTION2((): Expression => {
        this.CONSUME(tokens.Expect);
        this.CONSUME1(tokens.Least);
        this.CONSUME(tokens.Equal);
        return this.SUBRULE(this.expression);
      });
      return { least: name, ...(expected && { expected }) };
    });
    return {
      kind: "sweep",
      ...this.documented(first),
      title: this.textOf(title),
      titleSpan: this.spanOf(title),
      axes,
      only,
      ...least,
      span: this.spanFrom(first),
    };
  });

  private readonly axis = this.define("axis", (): Axis => {
    const first = this.CONSUME(tokens.Identifier);
    const name = this.nameOf(first);
    return this.OR({
      ERR_MSG: "`in` or `=`",
      DEF: [
        {
          ALT: (): Axis => {
            this.CONSUME(tokens.In);
            const domain = this.SUBRULE(this.domain);
            return { kind: "axis", name, domain, span: this.spanFrom(first) };
          },
        },
        {
          ALT: (): Axis => {
            const value = this.SUBRULE(this.initially);
            return { kind: "fixed", name, value, span: this.spanFrom(first) };
          },
        },
      ],
    });
  });
}
