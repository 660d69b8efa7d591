// The types of expressions, in both directions: inferred from parts, or checked against a place.

import type * as ast from "../syntax/index.ts";
import { certainty } from "./certain.ts";
import { coerce, join } from "./coerce.ts";
import { inferCall } from "./infer-calls.ts";
import {
  checkArray,
  checkComprehension,
  checkRecord,
  checkSet,
  inferArray,
  inferComprehension,
  inferSet,
  inferWith,
} from "./infer-literals.ts";
import { inferField, inferIndex, inferName } from "./infer-names.ts";
import { inferNegate } from "./infer-arithmetic.ts";
import { checkDefault, checkSetOperator, inferBinary, inferInRange } from "./infer-operators.ts";
import { bindDomain } from "./domains.ts";
import { checkPatterns } from "./patterns.ts";
import { deadScope } from "./scope.ts";
import { boolType, errorType, type Scope, type Session } from "./session.ts";
import { countOf, typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { unknownLiteralType, wrongOperands, wrongType } from "./types-diagnostics.ts";

/** The type of an expression as it stands; what is wrong in it is reported. */
export const inferExpression = (
  session: Session,
  expression: ast.Expression,
  scope: Scope,
): Type => {
  const type = inferKind(session, expression, scope);
  session.facts.types.set(expression, type);
  return type;
};

const inferKind = (session: Session, expression: ast.Expression, scope: Scope): Type => {
  switch (expression.kind) {
    case "boolean":
      return boolType;
    case "integer":
      return { kind: "int", low: expression.value, high: expression.value };
    case "none":
      return noType(session, expression, "`none`");
    case "name":
      return inferName(session, expression, scope);
    case "field":
      return inferField(session, expression, scope);
    case "index":
      return inferIndex(session, expression, scope);
    case "call":
      return inferCall(session, expression, scope);
    case "unwrap":
      return inferUnwrap(session, expression, scope);
    case "is-none":
      return inferIsNone(session, expression, scope);
    case "not":
      session.check(expression.operand, boolType, scope);
      return boolType;
    case "negate":
      return inferNegate(session, expression, scope);
    case "binary":
      return inferBinary(session, expression, scope);
    case "in-range":
      return inferInRange(session, expression, scope);
    case "if":
      return inferIf(session, expression, scope);
    case "match":
      return inferMatch(session, expression, scope);
    case "record":
      for (const { value } of expression.fields) if (value) session.infer(value, scope);
      return noType(session, expression, "this record");
    case "with":
      return inferWith(session, expression, scope);
    case "array":
      return inferArray(session, expression, scope);
    case "comprehension":
      return inferComprehension(session, expression, scope);
    case "set":
      return inferSet(session, expression, scope);
    case "quantifier":
      return inferQuantifier(session, expression, scope);
    case "missing":
      return errorType;
  }
};

/** The type of an expression whose place expects a type: literals take it, the rest must fit. */
export const checkExpression = (
  session: Session,
  expression: ast.Expression,
  expected: Type,
  scope: Scope,
): Type => {
  const type = checkKind(session, expression, expected, scope);
  if (type !== undefined) {
    session.facts.types.set(expression, type);
    return type;
  }
  return coerce(session, expression, session.infer(expression, scope), expected, scope);
};

/** Undefined: the expression does not depend on its place. */
const checkKind = (
  session: Session,
  expression: ast.Expression,
  expected: Type,
  scope: Scope,
): Type | undefined => {
  if (expected.kind === "error") return checkNothing(session, expression, scope);
  if (expression.kind === "if") return checkIf(session, expression, expected, scope);
  if (expression.kind === "match") return checkMatch(session, expression, expected, scope);
  if (expression.kind === "none") {
    if (expected.kind === "option") return expected;
    session.report(wrongType(expression.span, { expected: typeName(expected), found: "none" }));
    return errorType;
  }
  if (expression.kind === "binary" && expression.operator === "??") {
    return checkDefault(session, expression, expected, scope);
  }
  if (expression.kind === "binary" && expected.kind === "set") {
    return checkSetOperator(session, expression, expected, scope);
  }
  const element = expected.kind === "option" ? expected.element : expected;
  if (expression.kind === "record") return checkRecord(session, expression, element, scope);
  if (expression.kind === "array") return checkArray(session, expression, element, scope);
  if (expression.kind === "set") return checkSet(session, expression, element, scope);
  return expression.kind === "comprehension"
    ? checkComprehension(session, expression, element, scope)
    : undefined;
};

/**
 * Where the expected type is an error already, a literal is looked through and not complained of.
 */
const checkNothing = (
  session: Session,
  expression: ast.Expression,
  scope: Scope,
): Type | undefined => {
  const check = (inner: ast.Expression): Type => session.check(inner, errorType, scope);
  if (expression.kind === "none") return errorType;
  if (expression.kind === "record") {
    for (const { value } of expression.fields) if (value) check(value);
    return errorType;
  }
  if (expression.kind === "array" || expression.kind === "set") {
    expression.elements.forEach(check);
    return errorType;
  }
  return undefined;
};

const noType = (session: Session, expression: ast.Expression, literal: string): Type => {
  session.report(unknownLiteralType(expression.span, { literal }));
  return errorType;
};

const inferUnwrap = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "unwrap" }>,
  scope: Scope,
): Type => {
  const operand = session.infer(expression.operand, scope);
  if (operand.kind === "option") return operand.element;
  return notOptional(session, expression.operand, operand, "!");
};

const inferIsNone = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "is-none" }>,
  scope: Scope,
): Type => {
  const operand = session.infer(expression.operand, scope);
  if (operand.kind !== "option") notOptional(session, expression.operand, operand, "is none");
  return boolType;
};

const notOptional = (
  session: Session,
  { span }: ast.Expression,
  found: Type,
  operator: string,
): Type => {
  if (found.kind === "error") return errorType;
  session.report(
    wrongOperands(span, {
      operator,
      expected: "a value that may be none",
      found: typeName(found),
    }),
  );
  return errorType;
};

export interface BranchScopes {
  readonly whenTrue: Scope;
  readonly whenFalse: Scope;
  /** The value that the condition always has. */
  readonly known: boolean | undefined;
}

/** The scopes of the branches of a condition: one that cannot be taken is dead. */
export const branchScopes = (
  session: Session,
  condition: ast.Expression,
  scope: Scope,
): BranchScopes => {
  session.check(condition, boolType, scope);
  const known = certainty(session, condition);
  return {
    whenTrue: known === false ? deadScope(scope) : scope,
    whenFalse: known === true ? deadScope(scope) : scope,
    known,
  };
};

type If = Extract<ast.Expression, { kind: "if" }>;

const inferIf = (session: Session, expression: If, scope: Scope): Type => {
  const scopes = branchScopes(session, expression.condition, scope);
  const then = session.infer(expression.then, scopes.whenTrue);
  const otherwise = session.infer(expression.otherwise, scopes.whenFalse);
  return joinBranches(
    session,
    [
      { body: expression.then, type: then, isDead: scopes.known === false },
      { body: expression.otherwise, type: otherwise, isDead: scopes.known === true },
    ],
    scope,
  );
};

const checkIf = (session: Session, expression: If, expected: Type, scope: Scope): Type => {
  const scopes = branchScopes(session, expression.condition, scope);
  const then = session.check(expression.then, expected, scopes.whenTrue);
  const otherwise = session.check(expression.otherwise, expected, scopes.whenFalse);
  return checkedBranches(
    [
      { type: then, isDead: scopes.known === false },
      { type: otherwise, isDead: scopes.known === true },
    ],
    expected,
  );
};

interface Branch {
  readonly type: Type;
  /** A branch that is never taken does not widen the interval of the whole. */
  readonly isDead: boolean;
}

/** Of branches that were checked: integers keep their own interval, the rest is as expected. */
const checkedBranches = (branches: readonly Branch[], expected: Type): Type => {
  if (branches.some(({ type }) => type.kind === "error")) return errorType;
  if (expected.kind !== "int") return expected;
  const live = branches.filter(({ isDead }) => !isDead);
  const joined = (live.length === 0 ? branches : live)
    .map(({ type }): Type | undefined => type)
    .reduce((left, right) => left && right && join(left, right));
  return joined ?? expected;
};

const joinBranches = (
  session: Session,
  branches: readonly (Branch & { readonly body: ast.Expression })[],
  scope: Scope,
): Type => {
  const live = branches.filter(({ isDead }) => !isDead);
  let joined: Type = errorType;
  for (const { body, type } of [...branches].sort((a, b) => Number(a.isDead) - Number(b.isDead))) {
    const together = join(joined, type);
    if (together === undefined) {
      const coerced = coerce(session, body, type, joined, scope);
      if (coerced.kind === "error") return errorType;
    } else if (live.some((it) => it.body === body) || live.length === 0) joined = together;
  }
  return joined;
};

type Match = Extract<ast.Expression, { kind: "match" }>;

const inferMatch = (session: Session, expression: Match, scope: Scope): Type => {
  const branches = checkPatterns(session, expression, scope).map(({ arm, inner }) => ({
    body: arm.body,
    type: session.infer(arm.body, inner),
    isDead: inner.isDead && !scope.isDead,
  }));
  return joinBranches(session, branches, scope);
};

const checkMatch = (session: Session, expression: Match, expected: Type, scope: Scope): Type => {
  const branches = checkPatterns(session, expression, scope).map(({ arm, inner }) => ({
    type: session.check(arm.body, expected, inner),
    isDead: inner.isDead && !scope.isDead,
  }));
  return branches.length === 0 ? errorType : checkedBranches(branches, expected);
};

const inferQuantifier = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "quantifier" }>,
  scope: Scope,
): Type => {
  const { meaning, inner } = bindDomain(session, expression.binder, expression.domain, scope);
  session.check(expression.body, boolType, inner);
  if (expression.quantifier !== "count") return boolType;
  if (meaning.kind === "error") return errorType;
  const high = meaning.kind === "segments" ? meaning.network.capacity : countOf(meaning.type);
  return { kind: "int", low: 0, high };
};
