// Computes constant expressions that are typed: the values of constants, bounds and conditions.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { collectElements, evaluateRecord, evaluateSet } from "./evaluate-literals.ts";
import { evaluateBinary, evaluateCall } from "./evaluate-operators.ts";
import { constantScope } from "./scope.ts";
import type { Session } from "./session.ts";
import {
  boundsOf,
  fieldOf,
  isEnumerable,
  offsetOf,
  scalarText,
  sizeOf,
  typeName,
  valuesOf,
  zeroOf,
} from "./type-layout.ts";
import type { ConstantValue, Type } from "./types.ts";

export type Locals = ReadonlyMap<string, ConstantValue>;

/** One evaluation: why it failed is kept for the message. `undefined` results mean "no value". */
export interface Evaluation {
  readonly session: Session;
  failure: { readonly span: Span; readonly reason: string } | undefined;
  /** Something in it is an error that has been told. */
  isReported: boolean;
  depth: number;
  /** Expressions computed so far; functions that call functions multiply. */
  steps: number;
}

const mostSteps = 200_000;

export const integer = (value: number): ConstantValue => ({
  type: { kind: "int", low: value, high: value },
  scalars: [value],
});

export const boolean = (value: boolean): ConstantValue => ({
  type: { kind: "bool" },
  scalars: [value ? 1 : 0],
});

/** An operation without a result, such as a division by zero, ends the evaluation. */
export const fail = (evaluation: Evaluation, span: Span, reason: string): undefined => {
  evaluation.failure ??= { span, reason };
  return undefined;
};

/** The value of an expression as a value of its type: `0` as `mod 16` is a serial number. */
export const evaluateExpression = (
  evaluation: Evaluation,
  expression: ast.Expression,
  locals: Locals,
): ConstantValue | undefined => {
  evaluation.steps += 1;
  if (evaluation.steps > mostSteps) {
    return fail(evaluation, expression.span, `it takes more than ${mostSteps} steps`);
  }
  const value = evaluateNatural(evaluation, expression, locals);
  const type = evaluation.session.facts.types.get(expression);
  if (type?.kind === "error" || value?.type.kind === "error") {
    evaluation.isReported = true;
    return undefined;
  }
  if (value === undefined || type === undefined || type.kind === value.type.kind) return value;
  return convert(evaluation, value, type, expression.span);
};

/** A value as one of a type it fits: made present, made a serial number, in range. */
export const convert = (
  evaluation: Evaluation,
  value: ConstantValue,
  type: Type,
  span: Span,
): ConstantValue | undefined => {
  if (type.kind === "error" || value.type.kind === "error") return undefined;
  if (type.kind === "option") {
    if (value.type.kind !== "option") {
      const inner = convert(evaluation, value, type.element, span);
      return inner && { type, scalars: [1, ...inner.scalars] };
    }
    if (value.scalars[0] === 0) return zeroOf(type);
    const present = { type: value.type.element, scalars: value.scalars.slice(1) };
    return convert(evaluation, present, type, span);
  }
  if (isEnumerable(type)) {
    const scalar = value.scalars[0] ?? 0;
    const { low, high } = boundsOf(type);
    if (scalar >= low && scalar <= high) return { type, scalars: [scalar] };
    return fail(evaluation, span, `${scalar} is not in ${typeName(type)}`);
  }
  if (type.kind === "array" && value.type.kind === "array") {
    return convertElements(evaluation, value, value.type.element, type, span);
  }
  return { type, scalars: value.scalars };
};

const convertElements = (
  evaluation: Evaluation,
  value: ConstantValue,
  from: Type,
  type: Extract<Type, { kind: "array" }>,
  span: Span,
): ConstantValue | undefined => {
  const size = sizeOf(from);
  const scalars: number[] = [];
  for (let start = 0; start < value.scalars.length; start += size) {
    const element = { type: from, scalars: value.scalars.slice(start, start + size) };
    const converted = convert(evaluation, element, type.element, span);
    if (converted === undefined) return undefined;
    scalars.push(...converted.scalars);
  }
  return { type, scalars };
};

const isTrue = (value: ConstantValue): boolean => value.scalars[0] === 1;

const evaluateNatural = (
  evaluation: Evaluation,
  expression: ast.Expression,
  locals: Locals,
): ConstantValue | undefined => {
  const value = (inner: ast.Expression): ConstantValue | undefined =>
    evaluateExpression(evaluation, inner, locals);
  switch (expression.kind) {
    case "boolean":
      return boolean(expression.value);
    case "integer":
      return integer(expression.value);
    case "none":
      return zeroOf(typeAt(evaluation, expression));
    case "name":
      return evaluateName(evaluation, expression, locals);
    case "field":
      return evaluateField(evaluation, expression, locals);
    case "index":
      return evaluateIndex(evaluation, expression, locals);
    case "call":
      return evaluateCall(evaluation, expression, locals);
    case "unwrap":
    case "is-none":
    case "not":
    case "negate":
      return evaluateUnary(evaluation, expression, locals);
    case "binary":
      return evaluateBinary(evaluation, expression, locals);
    case "in-range":
      return evaluateInRange(evaluation, expression, locals);
    case "if": {
      const condition = value(expression.condition);
      return condition && value(isTrue(condition) ? expression.then : expression.otherwise);
    }
    case "match":
      return evaluateMatch(evaluation, expression, locals);
    case "record":
      return evaluateRecord(evaluation, expression.fields, undefined, expression, locals);
    case "with": {
      const object = value(expression.object);
      return object && evaluateRecord(evaluation, expression.fields, object, expression, locals);
    }
    case "array": {
      const values = expression.elements.map(value);
      return collectElements(evaluation, values, expression);
    }
    case "comprehension":
    case "quantifier":
      return evaluateOver(evaluation, expression, locals);
    case "set":
      return evaluateSet(evaluation, expression, locals);
    case "missing":
      return undefined;
  }
};

const evaluateUnary = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "unwrap" | "is-none" | "not" | "negate" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const operand = evaluateExpression(evaluation, expression.operand, locals);
  if (operand === undefined) return undefined;
  const [scalar = 0] = operand.scalars;
  switch (expression.kind) {
    case "not":
    case "is-none":
      return boolean(scalar === 0);
    case "negate":
      return integer(0 - scalar);
    case "unwrap":
      if (operand.type.kind !== "option") return undefined;
      if (scalar === 0) return fail(evaluation, expression.span, "it unwraps `none`");
      return { type: operand.type.element, scalars: operand.scalars.slice(1) };
  }
};

const evaluateInRange = (
  evaluation: Evaluation,
  { operand, low, high }: Extract<ast.Expression, { kind: "in-range" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const [x, from, to] = [operand, low, high].map(
    (it) => evaluateExpression(evaluation, it, locals)?.scalars[0],
  );
  if (x === undefined || from === undefined || to === undefined) return undefined;
  return boolean(x >= from && x <= to);
};

export const typeAt = (evaluation: Evaluation, expression: ast.Expression): Type =>
  evaluation.session.facts.types.get(expression) ?? { kind: "error" };

const evaluateName = (
  { session }: Evaluation,
  { name, span }: Extract<ast.Expression, { kind: "name" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const local = locals.get(name);
  if (local !== undefined) return local;
  const global = session.globals.get(name);
  if (global?.kind === "const") return session.constant(name, span)?.value;
  if (global?.kind !== "member") return undefined;
  const type = session.namedType(global.declaration.name.text, span);
  return { type, scalars: [global.declaration.members.findIndex((it) => it.text === name)] };
};

const evaluateField = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "field" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const object = evaluateExpression(evaluation, expression.object, locals);
  if (object?.type.kind !== "record") return undefined;
  const field = fieldOf(object.type, expression.field.text);
  if (field === undefined) return undefined;
  const start = offsetOf(object.type, field.name);
  return { type: field.type, scalars: object.scalars.slice(start, start + sizeOf(field.type)) };
};

const evaluateIndex = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "index" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const object = evaluateExpression(evaluation, expression.object, locals);
  const index = evaluateExpression(evaluation, expression.index, locals);
  if (object?.type.kind !== "array" || index === undefined) return undefined;
  const { element, index: domain } = object.type;
  const position = valuesOf(domain).indexOf(index.scalars[0] ?? 0);
  if (position < 0) {
    const text = scalarText(index.type, index.scalars[0] ?? 0);
    return fail(evaluation, expression.index.span, `the index ${text} is outside the array`);
  }
  const size = sizeOf(element);
  return { type: element, scalars: object.scalars.slice(position * size, (position + 1) * size) };
};

const evaluateMatch = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "match" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const subject = evaluateExpression(evaluation, expression.subject, locals);
  if (subject === undefined) return undefined;
  const arm = expression.arms.find(
    ({ isElse, patterns }) =>
      isElse ||
      patterns.some(
        (it) => evaluateExpression(evaluation, it, locals)?.scalars[0] === subject.scalars[0],
      ),
  );
  return arm && evaluateExpression(evaluation, arm.body, locals);
};

/** The values that a constant domain ranges over. */
export const domainValues = (
  evaluation: Evaluation,
  domain: ast.Domain,
  locals: Locals,
): readonly ConstantValue[] | undefined => {
  const meaning = evaluation.session.domain(domain, constantScope);
  if (meaning.kind === "values") {
    return valuesOf(meaning.type).map((value) => ({ type: meaning.type, scalars: [value] }));
  }
  if (meaning.kind !== "members") return undefined;
  const set = evaluateExpression(evaluation, meaning.set, locals);
  if (set === undefined) return undefined;
  return valuesOf(meaning.type)
    .filter((_, position) => Math.floor((set.scalars[0] ?? 0) / 2 ** position) % 2 === 1)
    .map((value) => ({ type: meaning.type, scalars: [value] }));
};

const evaluateOver = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "comprehension" | "quantifier" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const values = domainValues(evaluation, expression.domain, locals);
  if (values === undefined) return undefined;
  const results: ConstantValue[] = [];
  for (const value of values) {
    const inner = new Map(locals).set(expression.binder.text, value);
    const result = evaluateExpression(evaluation, expression.body, inner);
    if (result === undefined) return undefined;
    results.push(result);
  }
  if (expression.kind === "comprehension") return collectElements(evaluation, results, expression);
  const count = results.filter(isTrue).length;
  if (expression.quantifier === "count") return integer(count);
  return boolean(expression.quantifier === "forall" ? count === results.length : count > 0);
};
