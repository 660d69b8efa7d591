// Operators on two operands: typed program -> core.

import type * as ast from "../syntax/index.ts";
import type { Type } from "../semantics/index.ts";
import * as bits from "./bits.ts";
import { lazily, siteOf, type Builder } from "./builder.ts";
import type { SiteId } from "./core.ts";
import { isMember } from "./compound.ts";
import type { Scope } from "./elaboration.ts";
import { chooseLazily, elaborateExpression, elaborateScalar } from "./expressions.ts";
import * as serial from "./serial.ts";
import {
  add,
  and,
  constantOf,
  divide,
  implies,
  less,
  lessEqual,
  multiply,
  not,
  or,
  remainder,
  subtract,
  type Term,
} from "./term.ts";
import {
  asType,
  boolean,
  elementOf,
  equalValues,
  integer,
  scalarOf,
  single,
  type Value,
} from "./value.ts";

type BinaryExpression = Extract<ast.Expression, { readonly kind: "binary" }>;

/** The value of `left operator right`. */
export const elaborateBinary = (
  builder: Builder,
  scope: Scope,
  expression: BinaryExpression,
): Value => {
  const scalar = (it: ast.Expression): Term => elaborateScalar(builder, scope, it);
  const { left, right } = expression;
  switch (expression.operator) {
    case "and":
    case "or":
    case "implies":
      return boolean(elaborateLogic(builder, scope, expression, expression.operator));
    case "==":
      return boolean(elaborateEquality(builder, scope, left, right));
    case "!=":
      return boolean(not(elaborateEquality(builder, scope, left, right)));
    case "<":
      return boolean(less(scalar(left), scalar(right)));
    case "<=":
      return boolean(lessEqual(scalar(left), scalar(right)));
    case ">":
      return boolean(flipped(less, scalar(left), scalar(right)));
    case ">=":
      return boolean(flipped(lessEqual, scalar(left), scalar(right)));
    case "in":
      return boolean(elaborateMembership(builder, scope, left, right));
    case "??":
      return elaborateDefault(builder, scope, expression);
    case "union":
    case "minus": {
      const operation = expression.operator === "union" ? bits.union : bits.minus;
      const type = builder.whole.program.typeOf(expression);
      return single(elementType(type), operation(scalar(left), scalar(right)));
    }
    case "+":
    case "-":
      return elaborateSum(builder, scope, expression);
    case "*":
      return number(builder, expression, multiply(scalar(left), scalar(right)));
    case "/":
    case "%": {
      const operation = expression.operator === "/" ? divide : remainder;
      const site = (): SiteId =>
        siteOf(builder, "division", expression.span, "the divisor is zero here");
      return number(builder, expression, operation(scalar(left), scalar(right), site));
    }
  }
};

/** `a > b` is `b < a`; both sides are evaluated anyway. */
const flipped = (compare: typeof less, left: Term, right: Term): Term => compare(right, left);

const elementType = (type: Type): Type =>
  type.kind === "option" ? elementType(type.element) : type;

/** A constant sum that stands for a serial number has the type `mod N` itself. */
const number = (builder: Builder, expression: ast.Expression, term: Term): Value => {
  const type = elementType(builder.whole.program.typeOf(expression));
  return type.kind === "mod" ? single(type, term) : integer(term);
};

/** The right side is evaluated only where the left does not decide. */
const elaborateLogic = (
  builder: Builder,
  scope: Scope,
  { left, right }: BinaryExpression,
  operator: "and" | "or" | "implies",
): Term => {
  const first = elaborateScalar(builder, scope, left);
  const decided = constantOf(first);
  const continues = operator !== "or";
  if (decided !== undefined && (decided === 1) !== continues) {
    return operator === "implies" ? not(first) : first;
  }
  const second = scalarOf(
    lazily(builder, first, continues, () => boolean(elaborateScalar(builder, scope, right))),
  );
  const combine = { and, or, implies }[operator];
  return combine(first, second);
};

/** `x == 3` with `x : (0..3)?` compares with a 3 that is present. */
const elaborateEquality = (
  builder: Builder,
  scope: Scope,
  left: ast.Expression,
  right: ast.Expression,
): Term => {
  const first = elaborateExpression(builder, scope, left);
  const second = elaborateExpression(builder, scope, right);
  return equalValues(asType(first, second.type), asType(second, first.type));
};

const elaborateMembership = (
  builder: Builder,
  scope: Scope,
  left: ast.Expression,
  right: ast.Expression,
): Term => {
  const element = elaborateScalar(builder, scope, left);
  const { type, scalars } = elaborateExpression(builder, scope, right);
  if (type.kind !== "set") throw new Error("`in` asks a set");
  return isMember(builder, element, scalarOf({ type, scalars }), type.element);
};

/** `x ?? d`: d is evaluated only when x is none; where an option is wanted, d may be one. */
const elaborateDefault = (builder: Builder, scope: Scope, expression: BinaryExpression): Value => {
  const type = builder.whole.program.typeOf(expression);
  const option = elaborateExpression(builder, scope, expression.left);
  const element = asType(elementOf(option), type);
  const otherwise = () => asType(elaborateExpression(builder, scope, expression.right), type);
  const chosen = chooseLazily(builder, scalarOf(option), () => element, otherwise);
  return chosen.type.kind === "int" ? integer(scalarOf(chosen)) : chosen;
};

/**
 *   x : mod N, k : int   |-  x + k, x - k : mod N, wrapping
 *   x : mod N, y : mod N |-  x - y : 0..N-1, the distance from y up to x
 *   a, b : int           |-  a + b, a - b : int
 */
const elaborateSum = (builder: Builder, scope: Scope, expression: BinaryExpression): Value => {
  const { operator } = expression;
  const left = elaborateExpression(builder, scope, expression.left);
  const right = elaborateExpression(builder, scope, expression.right);
  const [a, b] = [scalarOf(left), scalarOf(right)];
  if (left.type.kind === "mod" && right.type.kind === "mod" && operator === "-") {
    return integer(serial.distance(left.type.modulus, a, b));
  }
  if (left.type.kind === "mod") {
    const operation = operator === "+" ? serial.plus : serial.minus;
    return single(left.type, operation(left.type.modulus, a, b));
  }
  if (right.type.kind === "mod" && operator === "+") {
    return single(right.type, serial.plus(right.type.modulus, b, a));
  }
  return number(builder, expression, operator === "+" ? add(a, b) : subtract(a, b));
};
