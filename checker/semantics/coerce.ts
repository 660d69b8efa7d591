// Whether an expression's type fits its place, and what type it then has: the end of every check.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { isExcused } from "./configured.ts";
import { hull, overlap } from "./intervals.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { sameType, typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { neverFits, wrongType } from "./types-diagnostics.ts";

/** Whether a value of one type can be stored as one of the other, integers range permitting. */
export const isAssignable = (found: Type, expected: Type): boolean => {
  if (found.kind === "error" || expected.kind === "error") return true;
  if (found.kind === "int") return expected.kind === "int" && overlap(found, expected);
  if (found.kind === "array") {
    return (
      expected.kind === "array" &&
      sameType(found.index, expected.index) &&
      isAssignable(found.element, expected.element)
    );
  }
  if (found.kind === "option") {
    return expected.kind === "option" && isAssignable(found.element, expected.element);
  }
  return sameType(found, expected);
};

/** The type of two alternatives, or undefined when they have none in common. */
export const join = (left: Type, right: Type): Type | undefined => {
  if (left.kind === "error") return right;
  if (right.kind === "error") return left;
  if (left.kind === "int" && right.kind === "int") return { kind: "int", ...hull(left, right) };
  if (left.kind === "option" || right.kind === "option") {
    const element = join(
      left.kind === "option" ? left.element : left,
      right.kind === "option" ? right.element : right,
    );
    return element && { kind: "option", element };
  }
  if (left.kind === "array" && right.kind === "array" && sameType(left.index, right.index)) {
    const element = join(left.element, right.element);
    return element && { kind: "array", index: left.index, element };
  }
  return sameType(left, right) ? left : undefined;
};

/**
 * Rules:
 *   int  -> lo..hi   when the intervals meet (the rest is checked at run time)
 *   int  -> mod N    when the value is a constant of 0..N-1
 *   T    -> T?
 *   T    -> T        element by element
 */
export const coerce = (
  session: Session,
  expression: ast.Expression,
  found: Type,
  expected: Type,
  scope: Scope,
): Type => {
  if (found.kind === "error" || expected.kind === "error") return found;
  if (expected.kind === "option" && found.kind !== "option") {
    return coerce(session, expression, found, expected.element, scope);
  }
  if (expected.kind === "mod" && found.kind === "int") {
    return coerceToSerial(session, expression, found, expected, scope);
  }
  if (isAssignable(found, expected)) return found;
  if (found.kind === "int" && expected.kind === "int") {
    // A range of one value comes from a configuration: `0..N` with no N left is never written.
    const isSingle = expected.low === expected.high;
    if (isSingle || isExcused(session, scope, expression, expected)) return found;
    reportNeverFits(session, expression.span, found, expected);
  } else {
    const help = helpFor(found, expected);
    session.report(
      wrongType(expression.span, { expected: typeName(expected), found: typeName(found), help }),
    );
  }
  return errorType;
};

const reportNeverFits = (session: Session, span: Span, found: Type, expected: Type): void =>
  session.report(neverFits(span, { expected: typeName(expected), found: typeName(found) }));

const coerceToSerial = (
  session: Session,
  expression: ast.Expression,
  found: Extract<Type, { kind: "int" }>,
  expected: Extract<Type, { kind: "mod" }>,
  scope: Scope,
): Type => {
  const value = found.low === found.high ? found.low : session.evaluate(expression)?.scalars[0];
  if (value !== undefined && ((value >= 0 && value < expected.modulus) || scope.isDead)) {
    session.facts.types.set(expression, expected);
    return expected;
  }
  if (value !== undefined) {
    const constant: Type = { kind: "int", low: value, high: value };
    reportNeverFits(session, expression.span, constant, {
      kind: "int",
      low: 0,
      high: expected.modulus - 1,
    });
  } else {
    const help = "only constants become serial numbers; add the integer to one instead";
    session.report(
      wrongType(expression.span, { expected: typeName(expected), found: typeName(found), help }),
    );
  }
  return errorType;
};

const helpFor = (found: Type, expected: Type): string | undefined => {
  if (found.kind === "option" && isAssignable(found.element, expected)) {
    return "it may be `none`: write `…!`, or `… ?? d` with a default";
  }
  if (found.kind === "bool" && expected.kind === "int") return "write `int(…)`";
  if (found.kind === "int" && expected.kind === "bool") return "compare it, as in `… > 0`";
  if (found.kind === "mod" && expected.kind === "int") {
    return "only the distance of two serial numbers, `x - y`, is an integer";
  }
  return undefined;
};
