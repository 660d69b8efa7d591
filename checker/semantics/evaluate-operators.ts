// Operators and functions of constant expressions: the second half of `evaluate.ts`.

import type * as ast from "../syntax/index.ts";
import {
  boolean,
  convert,
  evaluateExpression,
  fail,
  integer,
  type Evaluation,
  type Locals,
} from "./evaluate.ts";
import { behaviourScope, constantScope } from "./scope.ts";
import { boundsOf, isEnumerable } from "./type-layout.ts";
import type { ConstantValue } from "./types.ts";

const first = (value: ConstantValue): number => value.scalars[0] ?? 0;

/** The remainder that is never negative. */
const wrap = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

const isEqual = (left: ConstantValue, right: ConstantValue): boolean => {
  if (left.type.kind === "option" && right.type.kind !== "option") {
    return first(left) === 1 && sameScalars(left.scalars.slice(1), right.scalars);
  }
  if (right.type.kind === "option" && left.type.kind !== "option") return isEqual(right, left);
  return sameScalars(left.scalars, right.scalars);
};

const sameScalars = (left: readonly number[], right: readonly number[]): boolean =>
  left.length === right.length && left.every((value, position) => value === right[position]);

/** `and`, `or`, `implies` and `??` look at the right side only when they need it. */
export const evaluateBinary = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "binary" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const { operator } = expression;
  const left = evaluateExpression(evaluation, expression.left, locals);
  if (left === undefined) return undefined;
  const right = (): ConstantValue | undefined =>
    evaluateExpression(evaluation, expression.right, locals);
  if (operator === "and") return first(left) === 0 ? left : right();
  if (operator === "or") return first(left) === 1 ? left : right();
  if (operator === "implies") return first(left) === 0 ? boolean(true) : right();
  if (operator === "??") {
    if (left.type.kind !== "option" || first(left) === 0) return right();
    return { type: left.type.element, scalars: left.scalars.slice(1) };
  }
  const other = right();
  return other && operate(evaluation, expression, left, other);
};

const operate = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "binary" }>,
  left: ConstantValue,
  right: ConstantValue,
): ConstantValue | undefined => {
  const [x, y] = [first(left), first(right)];
  switch (expression.operator) {
    case "==":
      return boolean(isEqual(left, right));
    case "!=":
      return boolean(!isEqual(left, right));
    case "<":
      return boolean(x < y);
    case "<=":
      return boolean(x <= y);
    case ">":
      return boolean(x > y);
    case ">=":
      return boolean(x >= y);
    case "in":
      return boolean(isMember(left, right));
    case "union":
      return { type: left.type, scalars: [combineBits(x, y, (a, b) => a || b)] };
    case "minus":
      return { type: left.type, scalars: [combineBits(x, y, (a, b) => a && !b)] };
    case "+":
      return left.type.kind === "mod" ? serial(left, x + y) : integer(x + y);
    case "-":
      if (left.type.kind !== "mod") return integer(x - y);
      return right.type.kind === "mod"
        ? integer(wrap(x - y, left.type.modulus))
        : serial(left, x - y);
    case "*":
      return integer(x * y);
    case "/":
      if (y === 0) return fail(evaluation, expression.right.span, "it divides by zero");
      return integer(Math.trunc(x / y) + 0);
    case "%":
      if (y === 0) return fail(evaluation, expression.right.span, "it divides by zero");
      return integer((x % y) + 0);
    case "and":
    case "or":
    case "implies":
    case "??":
      throw new Error(`impossible: ${expression.operator} evaluates both sides`);
  }
};

const serial = (of: ConstantValue, value: number): ConstantValue | undefined =>
  of.type.kind === "mod" ? { type: of.type, scalars: [wrap(value, of.type.modulus)] } : undefined;

const hasBit = (mask: number, position: number): boolean =>
  Math.floor(mask / 2 ** position) % 2 === 1;

const isMember = (value: ConstantValue, set: ConstantValue): boolean => {
  if (set.type.kind !== "set" || !isEnumerable(set.type.element)) return false;
  const { low, high } = boundsOf(set.type.element);
  const scalar = first(value);
  return scalar >= low && scalar <= high && hasBit(first(set), scalar - low);
};

const combineBits = (
  left: number,
  right: number,
  operate: (left: boolean, right: boolean) => boolean,
): number => {
  let mask = 0;
  for (let position = 0; position < 31; position++) {
    if (operate(hasBit(left, position), hasBit(right, position))) mask += 2 ** position;
  }
  return mask;
};

export const evaluateCall = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "call" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const values: ConstantValue[] = [];
  for (const argument of expression.arguments) {
    const value = evaluateExpression(evaluation, argument, locals);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const name = expression.callee.text;
  if (evaluation.session.globals.get(name)?.kind === "fn") {
    return callFunction(evaluation, expression, values);
  }
  return callBuiltin(name, values);
};

const callBuiltin = (name: string, values: readonly ConstantValue[]): ConstantValue | undefined => {
  const [x, y, z] = values.map(first);
  if (x === undefined) return undefined;
  if (name === "abs") return integer(Math.abs(x));
  if (name === "int") return integer(x);
  if (name === "size") return integer(x.toString(2).replaceAll("0", "").length);
  if (y === undefined) return undefined;
  if (name === "min") return integer(Math.min(x, y));
  if (name === "max") return integer(Math.max(x, y));
  const type = values[0]?.type;
  if (type?.kind !== "mod") return undefined;
  const { modulus } = type;
  if (name === "before") return boolean(wrap(x - y, modulus) >= modulus / 2);
  if (name === "after") return boolean(wrap(y - x, modulus) >= modulus / 2);
  if (name === "window" && z !== undefined) return boolean(wrap(x - y, modulus) < z);
  return undefined;
};

/** Deeper calls are reported where calls are followed. */
const deepest = 64;

const callFunction = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "call" }>,
  values: readonly ConstantValue[],
): ConstantValue | undefined => {
  const { session } = evaluation;
  const callee = session.callee(expression.callee.text, constantScope);
  const declaration = callee?.bodies.find((it) => it.kind === "fn" && it.body !== undefined);
  if (callee === undefined || declaration?.kind !== "fn") return undefined;
  if (evaluation.depth >= deepest) evaluation.isReported = true;
  if (declaration.body === undefined || evaluation.depth >= deepest) return undefined;
  session.typeBody(declaration, behaviourScope);
  const inner = new Map<string, ConstantValue>();
  for (const [position, { type }] of callee.parameters.entries()) {
    const value = values[position];
    const at = expression.arguments[position] ?? expression;
    const argument = value && convert(evaluation, value, type, at.span);
    const name = declaration.parameters[position]?.name.text;
    if (argument === undefined || name === undefined) return undefined;
    inner.set(name, argument);
  }
  evaluation.depth += 1;
  const result = evaluateExpression(evaluation, declaration.body, inner);
  evaluation.depth -= 1;
  return result && convert(evaluation, result, callee.result ?? result.type, expression.span);
};
