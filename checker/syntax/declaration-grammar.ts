// The rules of declarations and of a whole file: text -> syntax.

import type { TokenType } from "chevrotain";
import type { Declaration, Field, Name } from "./ast.ts";
import { NetworkGrammar } from "./network-grammar.ts";
import { topLevelWords } from "./recovery-grammar.ts";
import * as tokens from "./tokens.ts";

/** Nothing ends a file but its end. */
const noWords: ReadonlySet<TokenType> = new Set();

const declarationStarts: ReadonlySet<TokenType> = new Set([
  ...topLevelWords,
  tokens.SetWord,
  tokens.Ghost,
  tokens.Var,
  tokens.Fn,
  tokens.Proc,
  tokens.Rule,
  tokens.Fault,
]);

const fieldStarts: ReadonlySet<TokenType> = new Set([tokens.Ghost, tokens.Identifier]);

export abstract class DeclarationGrammar extends NetworkGrammar {
  /** A whole file. The list is the caller's, who keeps what was read of a file that is given up. */
  readonly declarations = this.define("file", (declarations: Declaration[] = []): void => {
    this.skipJunk(declarationStarts, "a declaration", noWords);
    this.MANY(() => {
      const declaration = this.guarded<Declaration | undefined>(
        () => this.SUBRULE(this.declaration),
        declarationStarts,
        () => undefined,
      );
      if (declaration !== undefined) declarations.push(declaration);
      this.skipJunk(declarationStarts, "a declaration", noWords);
    });
  });

  private readonly declaration = this.define("declaration", (): Declaration => {
    return this.OR({
      ERR_MSG: "a declaration",
      DEF: [
        { ALT: () => this.SUBRULE(this.importDeclaration) },
        { ALT: () => this.SUBRULE(this.constant) },
        { ALT: () => this.SUBRULE(this.setDeclaration) },
        { ALT: () => this.SUBRULE(this.assume) },
        { ALT: () => this.SUBRULE(this.enumeration) },
        { ALT: () => this.SUBRULE(this.typeDeclaration) },
        { ALT: () => this.SUBRULE(this.recordDeclaration) },
        { ALT: () => this.SUBRULE(this.network) },
        { ALT: () => this.SUBRULE(this.event) },
        { ALT: () => this.SUBRULE(this.fn) },
        { ALT: () => this.SUBRULE(this.proc) },
        { ALT: () => this.SUBRULE(this.variable) },
        { ALT: () => this.SUBRULE(this.clock) },
        { ALT: () => this.SUBRULE(this.init) },
        { ALT: () => this.SUBRULE(this.bound) },
        { ALT: () => this.SUBRULE(this.final) },
        { ALT: () => this.SUBRULE(this.process) },
        { ALT: () => this.SUBRULE(this.extend) },
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => this.SUBRULE(this.invariant) },
        { ALT: () => this.SUBRULE(this.never) },
        { ALT: () => this.SUBRULE(this.reachable) },
        { ALT: () => this.SUBRULE(this.recoverable) },
        { ALT: () => this.SUBRULE(this.check) },
        { ALT: () => this.SUBRULE(this.sweep) },
        { ALT: () => this.SUBRULE(this.binding) },
      ],
    });
  });

  // ------------------------------------------------------------ constants

  private readonly importDeclaration = this.define("import", (): Declaration => {
    const first = this.CONSUME(tokens.Import);
    const path = this.CONSUME(tokens.Text);
    const pathSpan = this.spanOf(path);
    const span = this.spanFrom(first);
    return { kind: "import", ...this.documented(first), path: this.textOf(path), pathSpan, span };
  });

  private readonly constant = this.define("const", (): Declaration => {
    const first = this.CONSUME(tokens.Const);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const type = this.OPTION(() => this.SUBRULE(this.ofType));
    const value = this.SUBRULE(this.initially);
    const span = this.spanFrom(first);
    return { kind: "const", ...this.documented(first), name, ...(type && { type }), value, span };
  });

  private readonly setDeclaration = this.define("set", (): Declaration => {
    const first = this.CONSUME(tokens.SetWord);
    const override = this.SUBRULE(this.overriding);
    return { kind: "set", ...this.documented(first), override, span: this.spanFrom(first) };
  });

  private readonly assume = this.define("assume", (): Declaration => {
    const first = this.CONSUME(tokens.Assume);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.Comma);
    const why = this.textOf(this.CONSUME(tokens.Text));
    const span = this.spanFrom(first);
    return { kind: "assume", ...this.documented(first), condition, why, span };
  });

  // ------------------------------------------------------------ types

  private readonly enumeration = this.define("enum", (): Declaration => {
    const members: Name[] = [];
    const first = this.CONSUME(tokens.Enum);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.LeftBrace);
    members.push(this.nameOf(this.CONSUME1(tokens.Identifier)));
    this.MANY(() => {
      this.CONSUME(tokens.Comma);
      members.push(this.nameOf(this.CONSUME2(tokens.Identifier)));
    });
    this.OPTION(() => this.CONSUME1(tokens.Comma));
    this.CONSUME(tokens.RightBrace);
    return { kind: "enum", ...this.documented(first), name, members, span: this.spanFrom(first) };
  });

  private readonly typeDeclaration = this.define("typeDeclaration", (): Declaration => {
    const first = this.CONSUME(tokens.TypeWord);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Assign);
    const type = this.SUBRULE(this.typeExpression);
    return { kind: "type", ...this.documented(first), name, type, span: this.spanFrom(first) };
  });

  private readonly recordDeclaration = this.define("record", (): Declaration => {
    const first = this.LA(1);
    const kind = this.OR([
      { ALT: () => this.wordOf("record", this.CONSUME(tokens.RecordWord)) },
      { ALT: () => this.wordOf("message", this.CONSUME(tokens.MessageWord)) },
    ]);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const fields = this.SUBRULE(this.fields);
    return { kind, ...this.documented(first), name, fields, span: this.spanFrom(first) };
  });

  private readonly fields = this.define("fields", (): readonly Field[] => {
    const fields: Field[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const field = this.guarded<Field | undefined>(
        () => this.SUBRULE(this.field),
        fieldStarts,
        () => undefined,
      );
      if (field !== undefined) fields.push(field);
      this.OPTION(() => this.CONSUME(tokens.Comma));
    });
    this.CONSUME(tokens.RightBrace);
    return fields;
  });

  private readonly field = this.define("field", (): Field => {
    const first = this.LA(1);
    const ghost = this.OPTION(() => this.CONSUME(tokens.Ghost)) !== undefined;
    const names = this.SUBRULE(this.names);
    const type = this.SUBRULE(this.ofType);
    const when = this.OPTION1(() => {
      this.CONSUME(tokens.When);
      return this.nameOf(this.CONSUME(tokens.Identifier));
    });
    const span = this.spanFrom(first);
    return { ...this.documented(first), ghost, names, type, ...(when && { when }), span };
  });

  private readonly event = this.define("event", (): Declaration => {
    const first = this.CONSUME(tokens.EventWord);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const parameters = this.SUBRULE(this.parameters);
    const span = this.spanFrom(first);
    return { kind: "event", ...this.documented(first), name, parameters, span };
  });

  // ------------------------------------------------------------ state and its limits

  private readonly clock = this.define("clock", (): Declaration => {
    const first = this.CONSUME(tokens.Clock);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const type = this.SUBRULE(this.ofType);
    return { kind: "clock", ...this.documented(first), name, type, span: this.spanFrom(first) };
  });

  private readonly init = this.define("init", (): Declaration => {
    const first = this.CONSUME(tokens.Init);
    const body = this.SUBRULE(this.block);
    return { kind: "init", ...this.documented(first), body, span: this.spanFrom(first) };
  });

  private readonly bound = this.define("bound", (): Declaration => {
    const first = this.CONSUME(tokens.Bound);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.Colon);
    const condition = this.SUBRULE(this.expression);
    const span = this.spanFrom(first);
    return { kind: "bound", ...this.documented(first), name, condition, span };
  });

  private readonly final = this.define("final", (): Declaration => {
    const first = this.CONSUME(tokens.Final);
    this.CONSUME(tokens.Colon);
    const condition = this.SUBRULE(this.expression);
    return { kind: "final", ...this.documented(first), condition, span: this.spanFrom(first) };
  });

  // ------------------------------------------------------------ processes

  private readonly process = this.define("process", (): Declaration => {
    const first = this.CONSUME(tokens.Process);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const index = this.OPTION(() => {
      const opener = this.CONSUME(tokens.LeftBracket);
      const indexName = this.nameOf(this.CONSUME1(tokens.Identifier));
      const type = this.SUBRULE(this.ofType);
      this.reach(opener, "`]`");
      this.CONSUME(tokens.RightBracket);
      return { name: indexName, type };
    });
    const members = this.SUBRULE(this.members);
    const span = this.spanFrom(first);
    return {
      kind: "process",
      ...this.documented(first),
      name,
      ...(index && { index }),
      members,
      span,
    };
  });

  private readonly extend = this.define("extend", (): Declaration => {
    const first = this.CONSUME(tokens.Extend);
    const process = this.nameOf(this.CONSUME(tokens.Identifier));
    const when = this.OPTION(() => this.SUBRULE(this.guard));
    const members = this.SUBRULE(this.members);
    const span = this.spanFrom(first);
    return {
      kind: "extend",
      ...this.documented(first),
      process,
      ...(when && { when }),
      members,
      span,
    };
  });
}
