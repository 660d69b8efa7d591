// The rules of properties: text -> syntax.

import type { Name, PropertyDeclaration } from "./ast.ts";
import { MemberGrammar } from "./member-grammar.ts";
import * as tokens from "./tokens.ts";

type PropertyOf<Kind extends PropertyDeclaration["kind"]> = Extract<
  PropertyDeclaration,
  { readonly kind: Kind }
>;

export abstract class PropertyGrammar extends MemberGrammar {
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
}
