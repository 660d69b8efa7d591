// The rules of properties, checks, sweeps and bindings: text -> syntax.

import type { TokenType } from "chevrotain";
import type {
  Axis,
  BindingItem,
  CheckDeclaration,
  DeclarationOf,
  Expectation,
  Expression,
  Figure,
  Name,
  Override,
  PropertyDeclaration,
  SweepDeclaration,
} from "./ast.ts";
import { MemberGrammar } from "./member-grammar.ts";
import { loosest } from "./operators.ts";
import * as tokens from "./tokens.ts";

type PropertyOf<Kind extends PropertyDeclaration["kind"]> = Extract<
  PropertyDeclaration,
  { readonly kind: Kind }
>;

const bindingStarts: ReadonlySet<TokenType> = new Set([
  tokens.SegmentWord,
  tokens.Hosts,
  tokens.CallWord,
  tokens.Sysctl,
  tokens.Timer,
]);

export abstract class PropertyGrammar extends MemberGrammar {
  // ------------------------------------------------------------ properties

  readonly invariant = this.define("invariant", (): PropertyOf<"invariant"> => {
    const first = this.CONSUME(tokens.Invariant);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Colon);
    const condition = this.SUBRULE(this.expression);
    const span = this.spanFrom(first);
    return { kind: "invariant", ...this.documented(first), name, condition, span };
  });

  readonly never = this.define("never", (): PropertyOf<"never"> => {
    const first = this.CONSUME(tokens.Never);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Colon);
    const event = this.nameOf(this.CONSUME1(tokens.Identifier));
    const binders: Name[] = [];
    const opener = this.CONSUME(tokens.LeftParen);
    this.MANY_SEP({
      SEP: tokens.Comma,
      DEF: () => binders.push(this.nameOf(this.CONSUME2(tokens.Identifier))),
    });
    this.reach(opener, "`,` or `)`");
    this.CONSUME(tokens.RightParen);
    const when = this.OPTION(() => this.SUBRULE(this.guard));
    return {
      kind: "never",
      ...this.documented(first),
      name,
      event,
      binders,
      ...(when && { when }),
      span: this.spanFrom(first),
    };
  });

  readonly reachable = this.define("reachable", (): PropertyOf<"reachable"> => {
    const first = this.CONSUME(tokens.Reachable);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Colon);
    const subject = this.SUBRULE(this.expression);
    const when = this.OPTION(() => this.SUBRULE(this.guard));
    return {
      kind: "reachable",
      ...this.documented(first),
      name,
      subject,
      ...(when && { when }),
      span: this.spanFrom(first),
    };
  });

  readonly recoverable = this.define("recoverable", (): PropertyOf<"recoverable"> => {
    const first = this.CONSUME(tokens.Recoverable);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Colon);
    const instances = this.OPTION(() => {
      this.CONSUME(tokens.Forall);
      const binder = this.nameOf(this.CONSUME1(tokens.Identifier));
      this.CONSUME(tokens.In);
      const domain = this.SUBRULE(this.domain);
      this.CONSUME1(tokens.Colon);
      return { binder, domain };
    });
    const from = this.SUBRULE(this.expression);
    this.CONSUME(tokens.Can);
    this.CONSUME(tokens.Reach);
    const to = this.SUBRULE1(this.expression);
    const without = this.OPTION1(() => {
      this.CONSUME(tokens.Without);
      return this.CONSUME(tokens.Faults);
    });
    return {
      kind: "recoverable",
      ...this.documented(first),
      name,
      ...instances,
      from,
      to,
      withoutFaults: without !== undefined,
      span: this.spanFrom(first),
    };
  });

  // ------------------------------------------------------------ checks and sweeps

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

  // ------------------------------------------------------------ bindings

  readonly binding = this.define("binding", (): DeclarationOf<"binding"> => {
    const items: BindingItem[] = [];
    const first = this.CONSUME(tokens.Binding);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const item = this.guarded<BindingItem | undefined>(
        () => this.SUBRULE(this.bindingItem),
        bindingStarts,
        () => undefined,
      );
      if (item !== undefined) items.push(item);
    });
    this.CONSUME(tokens.RightBrace);
    return { kind: "binding", ...this.documented(first), name, items, span: this.spanFrom(first) };
  });

  private readonly bindingItem = this.define("bindingItem", (): BindingItem => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.segment) },
      { ALT: () => this.SUBRULE(this.hosts) },
      { ALT: () => this.SUBRULE(this.callBinding) },
      { ALT: () => this.SUBRULE(this.sysctl) },
      { ALT: () => this.SUBRULE(this.timerBinding) },
    ]);
  });

  private readonly segment = this.define("segment", (): BindingItem => {
    const fields: { readonly header: Name; readonly field: Name }[] = [];
    const first = this.CONSUME(tokens.SegmentWord);
    const message = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const header = this.nameOf(this.CONSUME1(tokens.Identifier));
      this.CONSUME(tokens.Assign);
      fields.push({ header, field: this.nameOf(this.CONSUME2(tokens.Identifier)) });
      this.OPTION(() => this.CONSUME(tokens.Comma));
    });
    this.CONSUME(tokens.RightBrace);
    return { kind: "segment", message, fields, span: this.spanFrom(first) };
  });

  private readonly hosts = this.define("hosts", (): BindingItem => {
    const hosts: { readonly host: Name; readonly address: string }[] = [];
    const first = this.CONSUME(tokens.Hosts);
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const host = this.nameOf(this.CONSUME(tokens.Identifier));
      this.CONSUME(tokens.Assign);
      hosts.push({ host, address: this.CONSUME(tokens.Address).image });
      this.OPTION(() => this.CONSUME(tokens.Comma));
    });
    this.CONSUME(tokens.RightBrace);
    return { kind: "hosts", hosts, span: this.spanFrom(first) };
  });

  private readonly callBinding = this.define("call", (): BindingItem => {
    const first = this.CONSUME(tokens.CallWord);
    const call = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Assign);
    const rule = this.nameOf(this.CONSUME1(tokens.Identifier));
    return { kind: "call", call, rule, span: this.spanFrom(first) };
  });

  private readonly sysctl = this.define("sysctl", (): BindingItem => {
    const parts: string[] = [];
    const first = this.CONSUME(tokens.Sysctl);
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Dot,
      DEF: () => {
        const part = this.OR([
          { ALT: () => this.CONSUME(tokens.Identifier) },
          { ALT: () => this.CONSUME(tokens.Reserved) },
        ]);
        parts.push(part.image);
      },
      ERR_MSG: "the name of a kernel setting",
    });
    this.CONSUME(tokens.Assign);
    const constant = this.nameOf(this.CONSUME1(tokens.Identifier));
    return { kind: "sysctl", key: parts.join("."), constant, span: this.spanFrom(first) };
  });

  private readonly timerBinding = this.define("timerBinding", (): BindingItem => {
    const first = this.CONSUME(tokens.Timer);
    const role = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Assign);
    const timer = this.nameOf(this.CONSUME1(tokens.Identifier));
    return { kind: "timer", role, timer, span: this.spanFrom(first) };
  });
}
