// The rules of statements and blocks: text -> syntax.

import type { IToken, ParserMethod, TokenType } from "chevrotain";
import type { Span } from "../source/index.ts";
import type { Block, Expression, MatchArm, Statement } from "./ast.ts";
import { clauseTwice, expressionAsStatement, notAssignable } from "./diagnostics.ts";
import { ExpressionGrammar } from "./expression-grammar.ts";
import * as tokens from "./tokens.ts";

const statementStarts: ReadonlySet<TokenType> = new Set([
  tokens.Go,
  tokens.Send,
  tokens.Start,
  tokens.Stop,
  tokens.Emit,
  tokens.If,
  tokens.Match,
  tokens.For,
  tokens.Choose,
  tokens.Either,
  tokens.Let,
  tokens.Assert,
  tokens.Done,
  tokens.Defer,
  tokens.Reprocess,
  tokens.Identifier,
  // Reached when the block's own brace is missing.
  tokens.CaseWord,
  tokens.Rule,
  tokens.On,
]);

interface ClauseWord {
  readonly name: "to" | "from" | "age";
  readonly span: Span;
}

export abstract class StatementGrammar extends ExpressionGrammar {
  readonly block: ParserMethod<[], Block> = this.define("block", () =>
    this.nested(() => {
      const statements: Statement[] = [];
      const first = this.CONSUME(tokens.LeftBrace);
      this.skipJunk(statementStarts, "a statement or `}`");
      this.MANY(() => {
        const statement = () => this.SUBRULE(this.statement);
        statements.push(this.guarded(statement, statementStarts, missingStatement));
        this.skipJunk(statementStarts, "a statement or `}`");
      });
      this.CONSUME(tokens.RightBrace);
      return { statements, span: this.spanFrom(first) };
    }),
  );

  readonly statement: ParserMethod<[], Statement> = this.define("statement", () =>
    this.OR({
      ERR_MSG: "a statement",
      DEF: [
        { ALT: () => this.SUBRULE(this.assignmentOrCall) },
        { ALT: () => this.SUBRULE(this.go) },
        { ALT: () => this.SUBRULE(this.send) },
        { ALT: () => this.SUBRULE(this.start) },
        { ALT: () => this.SUBRULE(this.stop) },
        { ALT: () => this.SUBRULE(this.emit) },
        { ALT: () => this.SUBRULE(this.ifStatement) },
        { ALT: () => this.SUBRULE(this.matchStatement) },
        { ALT: () => this.SUBRULE(this.forStatement) },
        { ALT: () => this.SUBRULE(this.choose) },
        { ALT: () => this.SUBRULE(this.either) },
        { ALT: () => this.SUBRULE(this.letStatement) },
        { ALT: () => this.SUBRULE(this.assert) },
        { ALT: () => this.SUBRULE(this.leave) },
      ],
    }),
  );

  private readonly assignmentOrCall = this.define("assignmentOrCall", (): Statement => {
    const first = this.LA(1);
    const target = this.SUBRULE(this.place);
    const said = this.found.length;
    const rest = this.OPTION(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(tokens.Assign) },
        { ALT: () => this.CONSUME(tokens.PlusAssign) },
        { ALT: () => this.CONSUME(tokens.MinusAssign) },
        { ALT: () => this.CONSUME(tokens.BinaryOperator) },
      ]);
      return { operator, value: this.SUBRULE(this.expression) };
    });
    const span = this.spanFrom(first);
    return this.ACTION((): Statement => {
      if (rest === undefined) return this.bareStatement(target);
      const operator = rest.operator.image;
      if (operator !== "=" && operator !== "+=" && operator !== "-=") {
        // What was said of its parts assumes that it is an expression.
        this.found.length = said;
        this.report(expressionAsStatement(span, { comparison: operator === "==" }));
        return missingStatement(span);
      }
      if (!isAssignable(target)) this.report(notAssignable(target.span, {}));
      return { kind: "assign", operator, target, value: rest.value, span };
    });
  });

  private bareStatement(target: Expression): Statement {
    if (target.kind === "call") return target;
    if (target.kind === "name" || target.kind === "missing") {
      this.reportMissing("`=`, `+=`, `-=` or `(`");
    } else {
      this.report(expressionAsStatement(target.span, { comparison: false }));
    }
    return missingStatement(target.span);
  }

  private readonly go = this.define("go", (): Statement => {
    const first = this.CONSUME(tokens.Go);
    if (this.assignmentFollows()) {
      this.reportMissing("the name of a state");
      return { kind: "go", state: { text: "", span: this.here() }, span: this.spanFrom(first) };
    }
    const state = this.nameOf(this.CONSUME(tokens.Identifier));
    return { kind: "go", state, span: this.spanFrom(first) };
  });

  private readonly send = this.define("send", (): Statement => {
    const first = this.CONSUME(tokens.Send);
    const network = this.nameOf(this.CONSUME(tokens.Identifier));
    const value = this.SUBRULE(this.expression);
    const clauses: { to?: Expression; from?: Expression; age?: Expression } = {};
    this.MANY({
      GATE: () => !beginsStatement.has(this.LA(2).tokenType),
      DEF: () => {
        const word: ClauseWord = this.OR([
          { ALT: () => this.clause("to", this.CONSUME(tokens.To)) },
          { ALT: () => this.clause("from", this.CONSUME(tokens.From)) },
          { ALT: () => this.clause("age", this.CONSUME(tokens.Age)) },
        ]);
        const given = this.SUBRULE1(this.expression);
        this.ACTION(() => {
          if (clauses[word.name] !== undefined) {
            this.report(clauseTwice(word.span, { clause: word.name }));
          }
          clauses[word.name] = given;
        });
      },
    });
    return { kind: "send", network, value, ...clauses, span: this.spanFrom(first) };
  });

  private clause(name: ClauseWord["name"], token: IToken): ClauseWord {
    return { name, span: this.spanOf(token) };
  }

  private readonly start = this.define("start", (): Statement => {
    const first = this.CONSUME(tokens.Start);
    const timer = this.SUBRULE(this.timerPlace);
    const opener = this.CONSUME(tokens.LeftParen);
    const ticks = this.SUBRULE(this.expression);
    this.reach(opener, "`)`");
    this.CONSUME(tokens.RightParen);
    return { kind: "start", timer, ticks, span: this.spanFrom(first) };
  });

  private readonly stop = this.define("stop", (): Statement => {
    const first = this.CONSUME(tokens.Stop);
    const timer = this.SUBRULE(this.timerPlace);
    return { kind: "stop", timer, span: this.spanFrom(first) };
  });

  private readonly emit = this.define("emit", (): Statement => {
    const first = this.CONSUME(tokens.Emit);
    const event = this.nameOf(this.CONSUME(tokens.Identifier));
    const given = this.SUBRULE(this.callArguments);
    return { kind: "emit", event, arguments: given, span: this.spanFrom(first) };
  });

  readonly ifStatement: ParserMethod<[], Statement> = this.define("ifStatement", (): Statement => {
    const first = this.CONSUME(tokens.If);
    const condition = this.SUBRULE(this.condition);
    const then = this.SUBRULE(this.block);
    const otherwise = this.OPTION({
      // In `match e { A => if c { }  else => done }` the `else` is the next arm.
      GATE: () => this.LA(2).tokenType !== tokens.Arrow,
      DEF: () => {
        this.CONSUME(tokens.Else);
        return this.OR({
          ERR_MSG: "`{` or `if`",
          DEF: [
            { ALT: () => this.SUBRULE1(this.block) },
            { ALT: () => this.nested(() => this.blockOf(this.SUBRULE(this.ifStatement))) },
          ],
        });
      },
    });
    const span = this.spanFrom(first);
    return { kind: "if", condition, then, ...(otherwise && { otherwise }), span };
  });

  /** A statement where a block may stand. */
  private blockOf(statement: Statement): Block {
    return this.ACTION(() => ({ statements: [statement], span: statement.span }));
  }

  private readonly matchStatement = this.define("matchStatement", (): Statement => {
    const arms: MatchArm<Block>[] = [];
    const first = this.CONSUME(tokens.Match);
    const subject = this.SUBRULE(this.expression);
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const arm = this.LA(1);
      const head = this.SUBRULE(this.armHead);
      const body = this.OR({
        ERR_MSG: "a statement or `{`",
        DEF: [
          { ALT: () => this.SUBRULE(this.block) },
          { ALT: () => this.nested(() => this.blockOf(this.SUBRULE(this.statement))) },
        ],
      });
      arms.push({ ...head, body, span: this.spanFrom(arm) });
    });
    this.CONSUME(tokens.RightBrace);
    return { kind: "match", subject, arms, span: this.spanFrom(first) };
  });

  private readonly forStatement = this.define("forStatement", (): Statement => {
    const first = this.CONSUME(tokens.For);
    const binder = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.In);
    const domain = this.SUBRULE(this.domain);
    const body = this.SUBRULE(this.block);
    return { kind: "for", binder, domain, body, span: this.spanFrom(first) };
  });

  private readonly choose = this.define("choose", (): Statement => {
    const first = this.CONSUME(tokens.Choose);
    const binder = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.In);
    const domain = this.SUBRULE(this.domain);
    const guard = this.OPTION(() => this.SUBRULE(this.guard));
    const body = this.SUBRULE(this.block);
    const span = this.spanFrom(first);
    return { kind: "choose", binder, domain, ...(guard && { guard }), body, span };
  });

  private readonly either = this.define("either", (): Statement => {
    const first = this.CONSUME(tokens.Either);
    const branches = [this.SUBRULE(this.block)];
    this.AT_LEAST_ONE({
      DEF: () => {
        this.CONSUME(tokens.Or);
        branches.push(this.SUBRULE1(this.block));
      },
      ERR_MSG: "`or`",
    });
    return { kind: "either", branches, span: this.spanFrom(first) };
  });

  private readonly letStatement = this.define("let", (): Statement => {
    const first = this.CONSUME(tokens.Let);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const type = this.OPTION(() => this.SUBRULE(this.ofType));
    const value = this.SUBRULE(this.initially);
    return { kind: "let", name, ...(type && { type }), value, span: this.spanFrom(first) };
  });

  private readonly assert = this.define("assert", (): Statement => {
    const first = this.CONSUME(tokens.Assert);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(tokens.Comma);
    const why = this.textOf(this.CONSUME(tokens.Text));
    return { kind: "assert", condition, why, span: this.spanFrom(first) };
  });

  private readonly leave = this.define("leave", (): Statement => {
    const first = this.LA(1);
    return this.OR([
      {
        ALT: (): Statement => {
          this.CONSUME(tokens.Done);
          return { kind: "done", span: this.spanFrom(first) };
        },
      },
      {
        ALT: (): Statement => {
          this.CONSUME(tokens.Defer);
          return { kind: "defer", span: this.spanFrom(first) };
        },
      },
      {
        ALT: (): Statement => {
          this.CONSUME(tokens.Reprocess);
          const message = this.nameOf(this.CONSUME(tokens.Identifier));
          this.CONSUME(tokens.In);
          const state = this.nameOf(this.CONSUME1(tokens.Identifier));
          return { kind: "reprocess", message, state, span: this.spanFrom(first) };
        },
      },
    ]);
  });
}

/** What follows a name that begins the next statement or arm, and so is no clause of a `send`. */
const beginsStatement: ReadonlySet<TokenType> = new Set([
  tokens.Assign,
  tokens.PlusAssign,
  tokens.MinusAssign,
  tokens.Dot,
  tokens.Arrow,
  tokens.Bar,
]);

const missingStatement = (span: Span): Statement => ({ kind: "missing", span });

const isAssignable = (target: Expression): boolean => {
  let place = target;
  while (place.kind === "field" || place.kind === "index") place = place.object;
  return place.kind === "name" || place.kind === "missing";
};
