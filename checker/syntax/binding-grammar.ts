// The rules of bindings to TCP: text -> syntax.

import type { TokenType } from "chevrotain";
import type { BindingItem, DeclarationOf, Name } from "./ast.ts";
import { CheckGrammar } from "./check-grammar.ts";
import * as tokens from "./tokens.ts";

const bindingStarts: ReadonlySet<TokenType> = new Set([
  tokens.SegmentWord,
  tokens.Hosts,
  tokens.CallWord,
  tokens.Sysctl,
  tokens.Timer,
]);

export abstract class BindingGrammar extends CheckGrammar {
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
        const part = this.OR({
          ERR_MSG: "a name",
          DEF: [
            { ALT: () => this.CONSUME(tokens.Identifier) },
            { ALT: () => this.CONSUME(tokens.Reserved) },
          ],
        });
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
