// The types of calls: builtin functions and functions of the program.

import type * as ast from "../syntax/index.ts";
import { absolute } from "./intervals.ts";
import { builtins } from "./globals.ts";
import { arithmetic } from "./infer-arithmetic.ts";
import { unbounded, unify } from "./infer-operators.ts";
import { wrongKindOfName } from "./names-diagnostics.ts";
import { resolveTimer } from "./process-members.ts";
import { notConstant } from "./names-diagnostics.ts";
import { wrongEventForm } from "./rules-diagnostics.ts";
import { describe, findMeaning, reportUnknown } from "./scope.ts";
import { boolType, errorType, type Callee, type Scope, type Session } from "./session.ts";
import { countOf, typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { wrongArity, wrongOperands } from "./types-diagnostics.ts";

type Call = Extract<ast.Expression, { kind: "call" }>;

export const inferCall = (session: Session, expression: Call, scope: Scope): Type => {
  const { callee } = expression;
  if (callee.text === "") {
    inferAll(session, expression.arguments, scope);
    return errorType;
  }
  if (builtins.has(callee.text)) return inferBuiltin(session, expression, scope);
  const meaning = findMeaning(session, callee.text, scope);
  const found =
    meaning?.kind === "member"
      ? meaning.member.kind
      : meaning?.kind === "global"
        ? meaning.global.kind
        : meaning?.kind;
  if (found === "fn") {
    const target = session.callee(callee.text, scope);
    if (target === undefined) return errorType;
    session.facts.callees.set(expression, target);
    checkArguments(session, expression, target, scope);
    return target.result ?? errorType;
  }
  inferAll(session, expression.arguments, scope);
  if (meaning === undefined) reportUnknown(session, callee, scope, [...builtins]);
  else if (found === "event") {
    const reason = `\`${callee.text}\` is an event, which has no value`;
    session.report(wrongEventForm(callee.span, { reason }));
  } else {
    const facts = { name: callee.text, found: describe(meaning), expected: "a function" };
    const help = found === "proc" ? "a procedure is called as a statement of its own" : undefined;
    session.report(wrongKindOfName(callee.span, { ...facts, ...(help && { help }) }));
  }
  return errorType;
};

const inferAll = (session: Session, expressions: readonly ast.Expression[], scope: Scope): void => {
  for (const it of expressions) session.check(it, errorType, scope);
};

interface CallSite {
  readonly callee: ast.Name;
  readonly arguments: readonly ast.Expression[];
}

/** The arguments of a call of a function, procedure or event. */
export const checkArguments = (
  session: Session,
  call: CallSite,
  target: Pick<Callee, "declared" | "parameters">,
  scope: Scope,
): void => {
  const { parameters, declared } = target;
  const expected = parameters.length;
  const found = call.arguments.length;
  if (expected !== found) {
    const facts = { callee: call.callee.text, expected, found, declared: declared.span };
    session.report(wrongArity(call.callee.span, facts));
  }
  for (const [position, argument] of call.arguments.entries()) {
    session.check(argument, parameters[position]?.type ?? errorType, scope);
  }
};

const arities: Readonly<Record<string, number>> = {
  before: 2,
  after: 2,
  window: 3,
  min: 2,
  max: 2,
  abs: 1,
  int: 1,
  size: 1,
  running: 1,
  left: 1,
};

/** A timer is never set beyond this. */
export const longestTimer = 2 ** 31 - 2;

const inferBuiltin = (session: Session, call: Call, scope: Scope): Type => {
  const name = call.callee.text;
  const expected = arities[name] ?? 0;
  const [x, y, z] = call.arguments;
  if (call.arguments.length !== expected) {
    const found = call.arguments.length;
    session.report(wrongArity(call.callee.span, { callee: name, expected, found }));
    if (name !== "running" && name !== "left") inferAll(session, call.arguments, scope);
    return errorType;
  }
  if (x === undefined) return errorType;
  if (name === "running" || name === "left") return inferTimer(session, call, x, scope);
  if (y === undefined) return inferUnary(session, name, x, scope);
  if (name === "min" || name === "max") {
    const left = session.infer(x, scope);
    const right = session.infer(y, scope);
    const operands = { span: call.span, left: x, right: y };
    return arithmetic(session, operands, { operator: name, left, right }, scope);
  }
  const type = unify(session, x, y, scope);
  if (z !== undefined) session.check(z, unbounded, scope);
  if (type.kind === "mod" || type.kind === "error") return boolType;
  const help = type.kind === "int" ? "integers are compared with `<`" : undefined;
  session.report(
    wrongOperands(x.span, {
      operator: name,
      expected: "serial numbers",
      found: typeName(type),
      help,
    }),
  );
  return boolType;
};

const inferTimer = (session: Session, call: Call, timer: ast.Expression, scope: Scope): Type => {
  const name = call.callee.text;
  if (scope.place === "constant") {
    session.report(notConstant(timer.span, { name, what: "a function of a timer" }));
    return errorType;
  }
  resolveTimer(session, timer, true, scope);
  return name === "running" ? boolType : { kind: "int", low: 0, high: longestTimer };
};

const inferUnary = (
  session: Session,
  operator: string,
  operand: ast.Expression,
  scope: Scope,
): Type => {
  if (operator === "int") {
    const type = session.check(operand, boolType, scope);
    return type.kind === "error" ? errorType : { kind: "int", low: 0, high: 1 };
  }
  const type = session.infer(operand, scope);
  if (type.kind === "error") return errorType;
  if (operator === "abs" && type.kind === "int") return { kind: "int", ...absolute(type) };
  if (operator === "size" && type.kind === "set") {
    return { kind: "int", low: 0, high: countOf(type.element) };
  }
  const expected = operator === "size" ? "a set" : "an integer";
  session.report(wrongOperands(operand.span, { operator, expected, found: typeName(type) }));
  return errorType;
};
