// Record, array and set literals of constant expressions: a part of `evaluate.ts`.

import type * as ast from "../syntax/index.ts";
import {
  boolean,
  convert,
  evaluateExpression,
  typeAt,
  type Evaluation,
  type Locals,
} from "./evaluate.ts";
import { boundsOf, fieldOf, isEnumerable, offsetOf, zeroOf } from "./type-layout.ts";
import type { ConstantValue, RecordType } from "./types.ts";

/** Fields that a literal leaves out, or whose flag is false, are zero. */
export const evaluateRecord = (
  evaluation: Evaluation,
  given: readonly ast.FieldValue[],
  base: ConstantValue | undefined,
  expression: ast.Expression,
  locals: Locals,
): ConstantValue | undefined => {
  const whole = typeAt(evaluation, expression);
  const type = whole.kind === "option" ? whole.element : whole;
  if (type.kind !== "record") return undefined;
  const scalars = [...(base ?? zeroOf(type)).scalars];
  for (const { name, value } of given) {
    const field = fieldOf(type, name.text);
    if (field === undefined) return undefined;
    const natural =
      value === undefined ? boolean(true) : evaluateExpression(evaluation, value, locals);
    const stored = natural && convert(evaluation, natural, field.type, (value ?? name).span);
    if (stored === undefined) return undefined;
    scalars.splice(offsetOf(type, name.text), stored.scalars.length, ...stored.scalars);
  }
  return { type, scalars: withoutAbsent(type, scalars) };
};

const withoutAbsent = (type: RecordType, scalars: number[]): readonly number[] => {
  for (const { name, type: fieldType, when } of type.fields) {
    if (when === undefined || scalars[offsetOf(type, when)] === 1) continue;
    const zero = zeroOf(fieldType).scalars;
    scalars.splice(offsetOf(type, name), zero.length, ...zero);
  }
  return scalars;
};

export const collectElements = (
  evaluation: Evaluation,
  values: readonly (ConstantValue | undefined)[],
  expression: ast.Expression,
): ConstantValue | undefined => {
  const whole = typeAt(evaluation, expression);
  const type = whole.kind === "option" ? whole.element : whole;
  if (type.kind !== "array") return undefined;
  const scalars: number[] = [];
  for (const value of values) {
    const stored = value && convert(evaluation, value, type.element, expression.span);
    if (stored === undefined) return undefined;
    scalars.push(...stored.scalars);
  }
  return { type, scalars };
};

export const evaluateSet = (
  evaluation: Evaluation,
  expression: Extract<ast.Expression, { kind: "set" }>,
  locals: Locals,
): ConstantValue | undefined => {
  const whole = typeAt(evaluation, expression);
  const type = whole.kind === "option" ? whole.element : whole;
  if (type.kind !== "set" || !isEnumerable(type.element)) return undefined;
  const { low } = boundsOf(type.element);
  const positions = new Set<number>();
  for (const element of expression.elements) {
    const natural = evaluateExpression(evaluation, element, locals);
    const value = natural && convert(evaluation, natural, type.element, element.span);
    if (value === undefined) return undefined;
    positions.add((value.scalars[0] ?? 0) - low);
  }
  const mask = [...positions].reduce((sum, position) => sum + 2 ** position, 0);
  return { type, scalars: [mask] };
};
