// The types of integer and serial number arithmetic: the intervals that results lie in.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { isExcused } from "./configured.ts";
import { combine, isExact, negate, type IntegerOperator } from "./intervals.ts";
import { resultTooWide } from "./limits-diagnostics.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { typeName, type Bounds } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { alwaysFails, wrongOperands, wrongType } from "./types-diagnostics.ts";

/**
 * Rules:
 *   int op int -> int       with the interval that follows
 *   mod + int, mod - int -> mod
 *   mod - mod -> 0..N-1     their distance
 */
export const inferArithmetic = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "binary" }>,
  operator: IntegerOperator,
  scope: Scope,
): Type => {
  const left = session.infer(expression.left, scope);
  const right = session.infer(expression.right, scope);
  return arithmetic(session, expression, { operator, left, right }, scope);
};

interface Operation {
  readonly operator: IntegerOperator;
  readonly left: Type;
  readonly right: Type;
}

interface Operands {
  readonly span: Span;
  readonly left: ast.Expression;
  readonly right: ast.Expression;
}

/** Also of `+=` and `-=`, and of `min` and `max`. */
export const arithmetic = (
  session: Session,
  operands: Operands,
  { operator, left, right }: Operation,
  scope: Scope,
): Type => {
  if (left.kind === "error" || right.kind === "error") return errorType;
  if (left.kind === "int" && right.kind === "int") {
    const isZero = right.low === 0 && right.high === 0;
    if (isZero && (operator === "/" || operator === "%")) {
      if (isExcused(session, scope, operands.right)) return { kind: "int", low: 0, high: 0 };
      session.report(alwaysFails(operands.right.span, { reason: "this divides by zero" }));
      return errorType;
    }
    return exact(session, operands.span, operator, combine(operator, left, right));
  }
  if (left.kind === "mod" && (operator === "+" || operator === "-")) {
    if (right.kind === "int") return left;
    if (operator === "-" && right.kind === "mod") {
      if (right.modulus === left.modulus) return { kind: "int", low: 0, high: left.modulus - 1 };
      const facts = { expected: typeName(left), found: typeName(right) };
      session.report(wrongType(operands.right.span, facts));
      return errorType;
    }
  }
  return reportOperands(session, operands, { operator, left, right });
};

const reportOperands = (
  session: Session,
  operands: Operands,
  { operator, left, right }: Operation,
): Type => {
  const isLeftWrong = left.kind !== "int" && !(left.kind === "mod" && isAdditive(operator));
  const wrong = isLeftWrong ? left : right;
  const { span } = isLeftWrong ? operands.left : operands.right;
  const expected = left.kind === "mod" && !isLeftWrong ? "an integer" : "integers";
  const help = operandHelp(operator, left, right);
  session.report(wrongOperands(span, { operator, expected, found: typeName(wrong), help }));
  return errorType;
};

const isAdditive = (operator: IntegerOperator): boolean => operator === "+" || operator === "-";

const operandHelp = (operator: IntegerOperator, left: Type, right: Type): string | undefined => {
  if (left.kind === "bool" || right.kind === "bool")
    return "write `int(…)` to count a bool as 0 or 1";
  if (left.kind === "set" || right.kind === "set") {
    return "sets have `union` and `minus`";
  }
  if (operator === "+" && left.kind === "int" && right.kind === "mod") {
    return "write the serial number first: `x + k`";
  }
  if (left.kind === "mod" || right.kind === "mod") {
    return "serial numbers have `x + k`, `x - k` and the distance `x - y`";
  }
  if (left.kind === "option" || right.kind === "option") {
    return "it may be `none`: write `…!`, or `… ?? d` with a default";
  }
  return undefined;
};

/** An integer type, unless its numbers can be too large to be computed exactly. */
const exact = (session: Session, span: Span, operator: string, bounds: Bounds): Type => {
  if (isExact(bounds)) return { kind: "int", ...bounds };
  session.report(resultTooWide(span, { operator }));
  return errorType;
};

export const inferNegate = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "negate" }>,
  scope: Scope,
): Type => {
  const operand = session.infer(expression.operand, scope);
  if (operand.kind === "int") return { kind: "int", ...negate(operand) };
  if (operand.kind !== "error") {
    const facts = { operator: "-", expected: "an integer", found: typeName(operand) };
    session.report(wrongOperands(expression.operand.span, facts));
  }
  return errorType;
};
