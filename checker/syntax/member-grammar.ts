// The rules of what stands in a process: variables, timers, rules and handlers. text -> syntax.

import type { IToken, TokenType } from "chevrotain";
import type {
  Block,
  Case,
  ExpireDeclaration,
  FunctionDeclaration,
  Member,
  Name,
  ProcedureDeclaration,
  ReceiveBody,
  ReceiveDeclaration,
  RuleDeclaration,
  Stage,
  StateDeclaration,
  TimerDeclaration,
  VariableDeclaration,
} from "./ast.ts";
import { casesBesideStages } from "./diagnostics.ts";
import { StatementGrammar } from "./statement-grammar.ts";
import * as tokens from "./tokens.ts";

const memberStarts: ReadonlySet<TokenType> = new Set([
  tokens.StateWord,
  tokens.Fault,
  tokens.Timer,
  tokens.Ghost,
  tokens.Var,
  tokens.Fn,
  tokens.Proc,
  tokens.Rule,
  tokens.On,
]);

const branchStarts: ReadonlySet<TokenType> = new Set([
  tokens.CaseWord,
  tokens.StageWord,
  tokens.Else,
  tokens.Ignore,
]);

type Branch = { readonly kind: "case" | "stage"; readonly branch: Case | Stage };

export abstract class MemberGrammar extends StatementGrammar {
  /** The members up to the closing brace, which belongs to the caller. */
  readonly members = this.define("members", (): readonly Member[] => {
    const members: Member[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.skipJunk(memberStarts, "a member of the process or `}`");
    this.MANY(() => {
      const member = this.guarded<Member | undefined>(
        () => this.SUBRULE(this.member),
        memberStarts,
        () => undefined,
      );
      if (member !== undefined) members.push(member);
      this.skipJunk(memberStarts, "a member of the process or `}`");
    });
    this.CONSUME(tokens.RightBrace);
    return members;
  });

  private readonly member = this.define("member", (): Member => {
    return this.OR({
      ERR_MSG: "a member of the process",
      DEF: [
        { ALT: () => this.SUBRULE(this.stateMember) },
        { ALT: () => this.SUBRULE(this.timer) },
        { ALT: () => this.SUBRULE(this.variable) },
        { ALT: () => this.SUBRULE(this.fn) },
        { ALT: () => this.SUBRULE(this.proc) },
        { ALT: () => this.SUBRULE(this.rule) },
        { ALT: () => this.SUBRULE(this.handler) },
      ],
    });
  });

  private readonly stateMember = this.define("state", (): StateDeclaration => {
    const first = this.CONSUME(tokens.StateWord);
    const type = this.nameOf(this.CONSUME(tokens.Identifier));
    const initial = this.OPTION(() => this.SUBRULE(this.initially));
    const span = this.spanFrom(first);
    return { kind: "state", ...this.documented(first), type, ...(initial && { initial }), span };
  });

  private readonly timer = this.define("timer", (): TimerDeclaration => {
    const first = this.CONSUME(tokens.Timer);
    const names = this.SUBRULE(this.names);
    return { kind: "timer", ...this.documented(first), names, span: this.spanFrom(first) };
  });

  readonly variable = this.define("var", (): VariableDeclaration => {
    const first = this.LA(1);
    const ghost = this.OPTION(() => this.CONSUME(tokens.Ghost)) !== undefined;
    this.CONSUME(tokens.Var);
    const names = this.SUBRULE(this.names);
    const type = this.SUBRULE(this.ofType);
    const initial = this.OPTION1(() => this.SUBRULE(this.initially));
    return {
      kind: "var",
      ...this.documented(first),
      ghost,
      names,
      type,
      ...(initial && { initial }),
      span: this.spanFrom(first),
    };
  });

  readonly fn = this.define("fn", (): FunctionDeclaration => {
    const first = this.CONSUME(tokens.Fn);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const parameters = this.SUBRULE(this.parameters);
    const result = this.SUBRULE(this.ofType);
    const body = this.OPTION(() => this.SUBRULE(this.initially));
    return {
      kind: "fn",
      ...this.documented(first),
      name,
      parameters,
      result,
      ...(body && { body }),
      span: this.spanFrom(first),
    };
  });

  readonly proc = this.define("proc", (): ProcedureDeclaration => {
    const first = this.CONSUME(tokens.Proc);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const parameters = this.SUBRULE(this.parameters);
    const body = this.OPTION(() => this.SUBRULE(this.block));
    return {
      kind: "proc",
      ...this.documented(first),
      name,
      parameters,
      ...(body && { body }),
      span: this.spanFrom(first),
    };
  });

  readonly rule = this.define("rule", (): RuleDeclaration => {
    const first = this.LA(1);
    const fault = this.OPTION(() => this.CONSUME(tokens.Fault)) !== undefined;
    this.CONSUME(tokens.Rule);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const parameters = this.OPTION1(() => this.SUBRULE(this.parameters)) ?? [];
    const states = this.OPTION2(() => this.SUBRULE(this.states)) ?? [];
    const guard = this.OPTION3(() => this.SUBRULE(this.guard));
    const body = this.SUBRULE(this.block);
    return {
      kind: "rule",
      ...this.documented(first),
      fault,
      name,
      parameters,
      states,
      ...(guard && { guard }),
      body,
      span: this.spanFrom(first),
    };
  });

  /** `in A | B` */
  private readonly states = this.define("states", (): readonly Name[] => {
    const states: Name[] = [];
    this.CONSUME(tokens.In);
    this.AT_LEAST_ONE_SEP({
      SEP: tokens.Bar,
      DEF: () => states.push(this.nameOf(this.CONSUME(tokens.Identifier))),
      ERR_MSG: "the name of a state",
    });
    return states;
  });

  // ------------------------------------------------------------ handlers

  private readonly handler = this.define("handler", (): Member => {
    const first = this.CONSUME(tokens.On);
    return this.OR({
      ERR_MSG: "`receive` or `expire`",
      DEF: [
        { ALT: () => this.SUBRULE(this.receive, { ARGS: [first] }) },
        { ALT: () => this.SUBRULE(this.expire, { ARGS: [first] }) },
      ],
    });
  });

  private readonly receive = this.define(
    "receive",
    (first: IToken = this.LA(0)): ReceiveDeclaration => {
      this.CONSUME(tokens.Receive);
      const message = this.nameOf(this.CONSUME(tokens.Identifier));
      const from = this.OPTION(() => {
        this.CONSUME(tokens.From);
        return this.nameOf(this.CONSUME1(tokens.Identifier));
      });
      const network = this.OPTION1(() => {
        this.CONSUME(tokens.On);
        return this.nameOf(this.CONSUME2(tokens.Identifier));
      });
      const states = this.OPTION2(() => this.SUBRULE(this.states)) ?? [];
      const body = this.SUBRULE(this.receiveBody);
      return {
        kind: "receive",
        ...this.documented(first),
        message,
        ...(from && { from }),
        ...(network && { network }),
        states,
        body,
        span: this.spanFrom(first),
      };
    },
  );

  private readonly receiveBody = this.define("receiveBody", (): ReceiveBody => {
    const branches: Branch[] = [];
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const branch = this.guarded<Branch | undefined>(
        () =>
          this.OR([
            { ALT: () => ({ kind: "case" as const, branch: this.SUBRULE(this.caseBranch) }) },
            { ALT: () => ({ kind: "stage" as const, branch: this.SUBRULE(this.stage) }) },
          ]),
        branchStarts,
        () => undefined,
      );
      if (branch !== undefined) branches.push(branch);
    });
    const tail = this.OPTION(() =>
      this.OR1([
        { ALT: () => ({ kind: "else" as const, body: this.SUBRULE(this.otherwise) }) },
        {
          ALT: () => ({
            kind: "ignore" as const,
            span: this.spanOf(this.CONSUME(tokens.Ignore)),
          }),
        },
      ]),
    );
    this.CONSUME(tokens.RightBrace);
    return this.ACTION(() => this.receiveBodyOf(branches, tail));
  });

  private receiveBodyOf(
    branches: readonly Branch[],
    tail: Exclude<(ReceiveBody & { kind: "cases" })["tail"], { kind: "unhandled" }> | undefined,
  ): ReceiveBody {
    const kind = branches[0]?.kind ?? "case";
    const stranger = branches.find((it) => it.kind !== kind);
    if (stranger !== undefined) {
      const { file, start } = stranger.branch.span;
      const word = { file, start, end: start + stranger.kind.length };
      this.report(casesBesideStages(word, { found: stranger.kind }));
    }
    if (kind === "case") {
      const cases = branches.flatMap(({ branch }) => ("guard" in branch ? [branch] : []));
      return { kind: "cases", cases, tail: tail ?? { kind: "unhandled" } };
    }
    if (tail !== undefined) {
      const span = tail.kind === "else" ? tail.body.span : tail.span;
      this.report(casesBesideStages(span, { found: tail.kind }));
    }
    const stages = branches.flatMap(({ branch }) => ("cases" in branch ? [branch] : []));
    return { kind: "stages", stages };
  }

  private readonly caseBranch = this.define("case", (): Case => {
    const first = this.CONSUME(tokens.CaseWord);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    const guard = this.SUBRULE(this.guard);
    const body = this.SUBRULE(this.block);
    return { ...this.documented(first), name, guard, body, span: this.spanFrom(first) };
  });

  private readonly otherwise = this.define("else", (): Block => {
    this.CONSUME(tokens.Else);
    return this.SUBRULE(this.block);
  });

  private readonly stage = this.define("stage", (): Stage => {
    const cases: Case[] = [];
    const first = this.CONSUME(tokens.StageWord);
    const name = this.nameOf(this.CONSUME(tokens.Identifier));
    this.CONSUME(tokens.LeftBrace);
    this.MANY(() => {
      const branch = this.guarded<Case | undefined>(
        () => this.SUBRULE(this.caseBranch),
        branchStarts,
        () => undefined,
      );
      if (branch !== undefined) cases.push(branch);
    });
    const otherwise = this.OPTION(() => this.SUBRULE(this.otherwise));
    this.CONSUME(tokens.RightBrace);
    const span = this.spanFrom(first);
    return { ...this.documented(first), name, cases, ...(otherwise && { otherwise }), span };
  });

  private readonly expire = this.define(
    "expire",
    (first: IToken = this.LA(0)): ExpireDeclaration => {
      this.CONSUME(tokens.Expire);
      const timer = this.nameOf(this.CONSUME(tokens.Identifier));
      const states = this.OPTION(() => this.SUBRULE(this.states)) ?? [];
      const body = this.SUBRULE(this.block);
      return {
        kind: "expire",
        ...this.documented(first),
        timer,
        states,
        body,
        span: this.spanFrom(first),
      };
    },
  );
}
