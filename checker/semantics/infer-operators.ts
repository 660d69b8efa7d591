// The types of operators.

import type * as ast from "../syntax/index.ts";
import { certainty } from "./certain.ts";
import { coerce, join } from "./coerce.ts";
import { fitsSet } from "./denote.ts";
import { inferArithmetic } from "./infer-arithmetic.ts";
import { largestExact } from "./intervals.ts";
import { deadScope } from "./scope.ts";
import { boolType, errorType, type Scope, type Session } from "./session.ts";
import { isEnumerable, typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { wrongOperands } from "./types-diagnostics.ts";

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

const literals = ["integer", "none", "record", "array", "set", "comprehension"];

/** Literals that take their type from the other side. */
const needsContext = (expression: ast.Expression): boolean => {
  if (expression.kind === "negate") return needsContext(expression.operand);
  if (expression.kind === "if") {
    return needsContext(expression.then) && needsContext(expression.otherwise);
  }
  if (expression.kind === "match") return expression.arms.every(({ body }) => needsContext(body));
  return literals.includes(expression.kind);
};

/** A comparison with an integer out of range is no mistake of types: it is just false. */
const loosen = (type: Type): Type =>
  type.kind === "int"
    ? unbounded
    : type.kind === "option"
      ? { kind: "option", element: loosen(type.element) }
      : type;

/** Expressions made of set literals only, whose elements no variable bounds. */
const isSetLiteral = (expression: ast.Expression): boolean =>
  expression.kind === "set" ||
  (expression.kind === "binary" &&
    (expression.operator === "union" || expression.operator === "minus") &&
    isSetLiteral(expression.left) &&
    isSetLiteral(expression.right));

/** Set literals on both sides take the interval that has the elements of both. */
const unifySets = (
  session: Session,
  left: ast.Expression,
  right: ast.Expression,
  scope: Scope,
): Type | undefined => {
  const isEmpty = (it: ast.Expression): boolean => it.kind === "set" && it.elements.length === 0;
  if (!isSetLiteral(left) || !isSetLiteral(right) || isEmpty(left) || isEmpty(right)) {
    return undefined;
  }
  const [first, second] = [session.infer(left, scope), session.infer(right, scope)];
  if (first.kind === "error" || second.kind === "error") return errorType;
  const areIntegers =
    first.kind === "set" &&
    second.kind === "set" &&
    first.element.kind === "int" &&
    second.element.kind === "int";
  const element = areIntegers ? join(first.element, second.element) : undefined;
  if (element === undefined) return undefined;
  if (!fitsSet(session, element, { ...left.span, end: right.span.end })) return errorType;
  const type: Type = { kind: "set", element };
  session.check(left, type, scope);
  session.check(right, type, scope);
  return type;
};

/** The common type of two sides; a side that is a literal is checked against the other. */
export const unify = (
  session: Session,
  left: ast.Expression,
  right: ast.Expression,
  scope: Scope,
): Type => {
  const sets = unifySets(session, left, right, scope);
  if (sets !== undefined) return sets;
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

/** `a union b` where a set is expected: literals on both sides take its type. */
export const checkSetOperator = (
  session: Session,
  { operator, left, right }: Binary,
  expected: Type,
  scope: Scope,
): Type | undefined => {
  if (operator !== "union" && operator !== "minus") return undefined;
  const types = [left, right].map((it) => session.check(it, expected, scope));
  return types.some(({ kind }) => kind === "error") ? errorType : expected;
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
