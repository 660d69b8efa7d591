// The rules of statements: types of their parts, and where each may stand.

import type * as ast from "../syntax/index.ts";
import { coerce } from "./coerce.ts";
import { bindDomain } from "./domains.ts";
import { branchScopes } from "./infer.ts";
import { checkArguments, longestTimer } from "./infer-calls.ts";
import { arithmetic } from "./infer-arithmetic.ts";
import { nearestName } from "./nearest-name.ts";
import { unknownState, wrongKindOfName } from "./names-diagnostics.ts";
import { checkPatterns } from "./patterns.ts";
import { resolveTimer } from "./process-members.ts";
import {
  misplacedDefer,
  misplacedDone,
  misplacedReprocess,
  noControlState,
  wrongEventForm,
} from "./rules-diagnostics.ts";
import { bind, describe, findMeaning, reportUnknown } from "./scope.ts";
import { checkSend } from "./send.ts";
import { boolType, errorType, type Scope, type Session } from "./session.ts";
import { checkTarget } from "./targets.ts";
import { typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { wrongType } from "./types-diagnostics.ts";

/** The code in which statements stand. */
export interface Body {
  readonly kind: "init" | "rule" | "proc" | "receive" | "expire";
  /** The segment name of an `on receive`. */
  readonly segment?: ast.Name;
}

const bodyNames: Record<Body["kind"], string> = {
  init: "`init`",
  rule: "a rule",
  proc: "a procedure",
  receive: "an `on receive`",
  expire: "an `on expire`",
};

export const checkBlock = (session: Session, block: ast.Block, scope: Scope, body: Body): void => {
  let inner = scope;
  for (const statement of block.statements) inner = checkStatement(session, statement, inner, body);
};

type Of<Kind extends ast.Statement["kind"]> = Extract<ast.Statement, { kind: Kind }>;

/** Gives the scope of what follows: a `let` adds its name. */
const checkStatement = (
  session: Session,
  statement: ast.Statement,
  scope: Scope,
  body: Body,
): Scope => {
  switch (statement.kind) {
    case "assign":
      checkAssign(session, statement, scope);
      return scope;
    case "let":
      return checkLet(session, statement, scope);
    case "send":
      checkSend(session, statement, scope, body);
      return scope;
    case "go":
      requireState(session, statement.state, scope, "this code");
      return scope;
    case "start":
      resolveTimer(session, statement.timer, body.kind === "init", scope);
      session.check(statement.ticks, { kind: "int", low: 0, high: longestTimer }, scope);
      return scope;
    case "stop":
      resolveTimer(session, statement.timer, body.kind === "init", scope);
      return scope;
    case "emit":
      checkEmit(session, statement, scope);
      return scope;
    case "assert":
      session.check(statement.condition, boolType, scope);
      return scope;
    case "call":
      checkCall(session, statement, scope);
      return scope;
    case "done":
    case "defer":
    case "reprocess":
      checkEnding(session, statement, scope, body);
      return scope;
    case "if":
    case "match":
    case "for":
    case "choose":
    case "either":
      checkCompound(session, statement, scope, body);
      return scope;
    case "missing":
      return scope;
  }
};

const checkCompound = (
  session: Session,
  statement: Of<"if" | "match" | "for" | "choose" | "either">,
  scope: Scope,
  body: Body,
): void => {
  switch (statement.kind) {
    case "if": {
      const scopes = branchScopes(session, statement.condition, scope);
      checkBlock(session, statement.then, scopes.whenTrue, body);
      if (statement.otherwise) checkBlock(session, statement.otherwise, scopes.whenFalse, body);
      return;
    }
    case "match":
      for (const { arm, inner } of checkPatterns(session, statement, scope)) {
        checkBlock(session, arm.body, inner, body);
      }
      return;
    case "for": {
      const { inner } = bindDomain(session, statement.binder, statement.domain, scope);
      checkBlock(session, statement.body, inner, body);
      return;
    }
    case "choose": {
      const { inner } = bindDomain(session, statement.binder, statement.domain, scope);
      checkBlock(session, statement.body, guarded(session, statement.guard, inner), body);
      return;
    }
    case "either":
      for (const branch of statement.branches) checkBlock(session, branch, scope, body);
  }
};

/** The scope of what a guard guards: dead where the guard can never hold. */
export const guarded = (
  session: Session,
  guard: ast.Expression | undefined,
  scope: Scope,
): Scope => (guard === undefined ? scope : branchScopes(session, guard, scope).whenTrue);

const checkAssign = (session: Session, statement: Of<"assign">, scope: Scope): void => {
  const { target, value, operator } = statement;
  const type = checkTarget(session, statement, scope);
  if (operator === "=") {
    session.check(value, type, scope);
    return;
  }
  const found = session.infer(value, scope);
  const operands = { span: statement.span, left: target, right: value };
  const sign = operator === "+=" ? "+" : "-";
  const result = arithmetic(session, operands, { operator: sign, left: type, right: found }, scope);
  if (type.kind === "mod" && result.kind === "int") {
    // The distance of two serial numbers is no serial number.
    const help = "a serial number moves by an integer";
    session.report(wrongType(value.span, { expected: "an integer", found: typeName(found), help }));
  } else coerce(session, value, result, type, scope);
};

const checkLet = (session: Session, statement: Of<"let">, scope: Scope): Scope => {
  const { name, type: declared, value } = statement;
  let type: Type;
  if (declared === undefined) type = session.infer(value, scope);
  else {
    type = session.denote(declared);
    session.check(value, type, scope);
  }
  session.facts.lets.push(name);
  return bind(session, scope, { declared: name, type, role: "let" });
};

/** Whether a name is a control state of the process; reports when it is not. */
export const requireState = (
  session: Session,
  name: ast.Name,
  scope: Scope,
  where: string,
): boolean => {
  const { process } = scope;
  const type = process?.state;
  if (type?.kind !== "enum") {
    // A process whose `state` is wrong is reported already.
    if (type !== undefined || name.text === "") return false;
    session.report(noControlState(name.span, { where: process ? "this process" : where }));
    return false;
  }
  if (name.text === "" || type.members.includes(name.text)) return true;
  const nearest = nearestName(name.text, type.members);
  session.report(unknownState(name.span, { name: name.text, type: type.name, nearest }));
  return false;
};

const checkEmit = (session: Session, statement: Of<"emit">, scope: Scope): void => {
  const { event: name } = statement;
  const meaning = name.text === "" ? undefined : findMeaning(session, name.text, scope);
  const event =
    meaning?.kind === "global" && meaning.global.kind === "event"
      ? session.event(name.text)
      : undefined;
  if (event !== undefined) {
    const { declaration, parameters } = event;
    const call = { callee: name, arguments: statement.arguments };
    checkArguments(session, call, { declared: declaration.name, parameters }, scope);
    return;
  }
  for (const argument of statement.arguments) session.check(argument, errorType, scope);
  if (meaning === undefined) reportUnknown(session, name, scope);
  else {
    const reason = `\`${name.text}\` is ${describe(meaning)}, and only events are emitted`;
    session.report(wrongEventForm(name.span, { reason }));
  }
};

const checkCall = (session: Session, statement: Of<"call">, scope: Scope): void => {
  const { callee: name } = statement;
  const meaning = name.text === "" ? undefined : findMeaning(session, name.text, scope);
  const kind =
    meaning?.kind === "member"
      ? meaning.member.kind
      : meaning?.kind === "global"
        ? meaning.global.kind
        : undefined;
  const target = kind === "proc" ? session.callee(name.text, scope) : undefined;
  if (target !== undefined) {
    session.facts.callees.set(statement, target);
    checkArguments(session, statement, target, scope);
    return;
  }
  for (const argument of statement.arguments) session.check(argument, errorType, scope);
  if (meaning === undefined) reportUnknown(session, name, scope);
  else {
    const help =
      kind === "event"
        ? `write \`emit ${name.text}(…)\``
        : kind === "fn"
          ? "a function has no effect: use its value"
          : undefined;
    const facts = { name: name.text, found: describe(meaning), expected: "a procedure" };
    session.report(wrongKindOfName(name.span, { ...facts, ...(help && { help }) }));
  }
};

/** `defer` as the whole body of a case is taken by the case itself and does not come here. */
const checkEnding = (
  session: Session,
  statement: Of<"done" | "defer" | "reprocess">,
  scope: Scope,
  body: Body,
): void => {
  if (statement.kind === "defer") {
    session.report(misplacedDefer(statement.span, {}));
    return;
  }
  if (statement.kind === "done") {
    if (body.kind === "receive") return;
    session.report(misplacedDone(statement.span, { where: bodyNames[body.kind] }));
    return;
  }
  const { message, state } = statement;
  if (body.segment === undefined) {
    const reason = `this is ${bodyNames[body.kind]}, not an \`on receive\``;
    session.report(misplacedReprocess(statement.span, { reason }));
    return;
  }
  const isSegment = message.text === body.segment.text;
  if (message.text !== "" && !isSegment) {
    const reason = `the segment of this handler is \`${body.segment.text}\``;
    session.report(misplacedReprocess(message.span, { reason }));
  }
  if (isSegment) session.use(body.segment);
  requireState(session, state, scope, "this code");
};
