// The types of operators.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { certainty } from "./certain.ts";
import { coerce, join } from "./coerce.ts";
import { combine, isExact, largestExact, negate, type IntegerOperator } from "./intervals.ts";
import { resultTooWide } from "./limits-diagnostics.ts";
import { deadScope } from "./scope.ts";
import { boolType, errorType, type Scope, type Session } from "./session.ts";
import { isEnumerable, typeName, type Bounds } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { alwaysFails, wrongOperands, wrongType } from "./types-diagnostics.ts";

type Binary = Extract<ast.Expression, { kind: "binary" }>;

/** Any integer at all: for places that set no bounds. */
export const unbounded: Type = { kind: "int", low: -largestExact, high: largestExact };

export const inferBinary = (session: Session, expression: Binary, scope: Scope): Type => {
  switch (expression.operator) {
    case "and":
    case "or":
    case "implies":
      return inferLogic(session, expression, scope);
    case "==":
    case "!=":
      unify(session, expression.left, expression.right, scope);
      return boolType;
    case "<":
    case "<=":
    case ">":
    case ">=":
      return inferOrder(session, expression, scope);
    case "in":
      return inferIn(session, expression, scope);
    case "??":
      return inferDefault(session, expression, scope);
    case "union":
    case "minus":
      return inferSetOperator(session, expression, scope);
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      return inferArithmetic(session, expression, expression.operator, scope);
  }
};

/** The right side does not run where the left one, a constant, decides. */
const inferLogic = (session: Session, expression: Binary, scope: Scope): Type => {
  session.check(expression.left, boolType, scope);
  const left = certainty(session, expression.left);
  const decides = expression.operator === "or";
  session.check(expression.right, boolType, left === decides ? deadScope(scope) : scope);
  return boolType;
};

/** Literals that take their type from the other side. */
const needsContext = (expression: ast.Expression): boolean => {
  switch (expression.kind) {
    case "integer":
    case "none":
    case "record":
    case "array":
    case "set":
    case "comprehension":
      return true;
    case "negate":
      return needsContext(expression.operand);
    case "if":
      return needsContext(expression.then) && needsContext(expression.otherwise);
    case "match":
      return expression.arms.every(({ body }) => needsContext(body));
    default:
      return false;
  }
};

/** A comparison with an integer out of range is no mistake of types: it is just false. */
const loosen = (type: Type): Type =>
  type.kind === "int"
    ? unbounded
    : type.kind === "option"
      ? { kind: "option", element: loosen(type.element) }
      : type;

/** The common type of two sides; a side that is a literal is checked against the other. */
export const unify = (
  session: Session,
  left: ast.Expression,
  right: ast.Expression,
  scope: Scope,
): Type => {
  if (needsContext(left) && !needsContext(right)) {
    const type = session.infer(right, scope);
    const found = session.check(left, loosen(type), scope);
    return type.kind === "error" || found.kind === "error"
      ? errorType
      : (join(type, found) ?? type);
  }
  const type = session.infer(left, scope);
  if (needsContext(right)) {
    const found = session.check(right, loosen(type), scope);
    return type.kind === "error" || found.kind === "error"
      ? errorType
      : (join(type, found) ?? type);
  }
  const other = session.infer(right, scope);
  if (type.kind === "error" || other.kind === "error") return errorType;
  if (type.kind === "int" && other.kind === "mod") {
    return coerce(session, left, type, other, scope).kind === "error" ? errorType : other;
  }
  const joined = join(type, other);
  if (joined !== undefined) return joined;
  return coerce(session, right, other, loosen(type), scope).kind === "error" ? errorType : type;
};

const inferOrder = (session: Session, expression: Binary, scope: Scope): Type => {
  const left = session.infer(expression.left, scope);
  const right = session.infer(expression.right, scope);
  const wrong = left.kind === "int" ? right : left;
  if (wrong.kind === "int" || left.kind === "error" || right.kind === "error") return boolType;
  const { operator } = expression;
  const help = [left, right].some(({ kind }) => kind === "mod")
    ? orderHelp(operator)
    : wrong.kind === "enum"
      ? "the members of an enum have no order; use `in set { … }` or `match`"
      : undefined;
  const { span } = left.kind === "int" ? expression.right : expression.left;
  session.report(
    wrongOperands(span, { operator, expected: "integers", found: typeName(wrong), help }),
  );
  return boolType;
};

/** What `<` would be on serial numbers. */
const orderHelp = (operator: ast.BinaryOperator): string => {
  const said = "serial numbers wrap: write";
  if (operator === "<") return `${said} \`before(x, y)\``;
  if (operator === ">") return `${said} \`after(x, y)\``;
  return operator === "<="
    ? `${said} \`not after(x, y)\`, or \`before(x, y) or x == y\``
    : `${said} \`not before(x, y)\`, or \`after(x, y) or x == y\``;
};

const inferIn = (session: Session, expression: Binary, scope: Scope): Type => {
  const { left, right } = expression;
  const element = session.infer(left, scope);
  const isLiteral = right.kind === "set" && element.kind !== "int" && isEnumerable(element);
  const set = isLiteral
    ? session.check(right, { kind: "set", element }, scope)
    : right.kind === "set" && right.elements.length === 0
      ? session.check(right, errorType, scope)
      : session.infer(right, scope);
  if (set.kind === "error") return boolType;
  if (set.kind !== "set") {
    const help = isEnumerable(set) ? "compare with `==`" : undefined;
    session.report(
      wrongOperands(right.span, { operator: "in", expected: "a set", found: typeName(set), help }),
    );
  } else coerce(session, left, element, loosen(set.element), scope);
  return boolType;
};

export const inferInRange = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "in-range" }>,
  scope: Scope,
): Type => {
  const operand = session.infer(expression.operand, scope);
  session.check(expression.low, unbounded, scope);
  session.check(expression.high, unbounded, scope);
  if (operand.kind !== "int" && operand.kind !== "error") {
    const help = operand.kind === "mod" ? "write `window(x, start, length)`" : undefined;
    const facts = { operator: "in lo..hi", expected: "an integer", found: typeName(operand), help };
    session.report(wrongOperands(expression.operand.span, facts));
  }
  return boolType;
};

const inferDefault = (session: Session, expression: Binary, scope: Scope): Type => {
  const left = session.infer(expression.left, scope);
  if (left.kind === "option") {
    const right = session.check(expression.right, loosen(left), scope);
    if (right.kind === "error") return errorType;
    const { element } = left;
    return (right.kind === "option" ? join(left, right) : join(element, right)) ?? element;
  }
  session.infer(expression.right, scope);
  return notOptional(session, expression.left, left);
};

/** `a ?? b` where a type is expected: both sides may give it. */
export const checkDefault = (
  session: Session,
  expression: Binary,
  expected: Type,
  scope: Scope,
): Type => {
  const left = session.infer(expression.left, scope);
  const right = session.check(expression.right, expected, scope);
  if (left.kind !== "option") return notOptional(session, expression.left, left);
  const found = coerce(session, expression.left, left.element, expected, scope);
  if (found.kind === "error" || right.kind === "error") return errorType;
  if (expected.kind === "int") return join(left.element, right) ?? expected;
  return expected;
};

const notOptional = (session: Session, { span }: ast.Expression, found: Type): Type => {
  if (found.kind !== "error") {
    const expected = "a value that may be none";
    session.report(wrongOperands(span, { operator: "??", expected, found: typeName(found) }));
  }
  return errorType;
};

const inferSetOperator = (session: Session, expression: Binary, scope: Scope): Type => {
  const type = unify(session, expression.left, expression.right, scope);
  if (type.kind === "set" || type.kind === "error") return type;
  const { operator } = expression;
  const help = operator === "minus" && type.kind === "int" ? "write `-`" : undefined;
  session.report(
    wrongOperands(expression.left.span, {
      operator,
      expected: "sets",
      found: typeName(type),
      help,
    }),
  );
  return errorType;
};

/**
 * Rules:
 *   int op int -> int       with the interval that follows
 *   mod + int, mod - int -> mod
 *   mod - mod -> 0..N-1     their distance
 */
const inferArithmetic = (
  session: Session,
  expression: Binary,
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
      if (scope.isDead) return { kind: "int", low: 0, high: 0 };
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
export const exact = (session: Session, span: Span, operator: string, bounds: Bounds): Type => {
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
