// The points of a sweep: axes -> every combination of their values, as overrides.

import { valuesOf, scalarText, type Type, type TypedProgram } from "../semantics/index.ts";
import type { Axis, Expression, Override, SweepDeclaration } from "../syntax/index.ts";
import type { AxisValue } from "./least.ts";

/** One value of an axis, and the override that gives it; none where the command line gives it. */
export interface AxisPoint {
  readonly value: AxisValue;
  readonly override?: Override;
}

export interface SweptAxis {
  readonly name: string;
  readonly points: readonly AxisPoint[];
}

const literal = (type: Type, value: number, span: Axis["span"]): Expression => {
  if (type.kind === "bool") return { kind: "boolean", value: value !== 0, span };
  if (type.kind === "enum") return { kind: "name", name: type.members[value] ?? "", span };
  if (value >= 0) return { kind: "integer", value, span };
  return { kind: "negate", operand: { kind: "integer", value: -value, span }, span };
};

/** The values that a domain names: those of a type, or the members of a set. */
const domainValues = (
  program: TypedProgram,
  axis: Extract<Axis, { readonly kind: "axis" }>,
): { readonly type: Type; readonly values: readonly number[] } | undefined => {
  const meaning = program.domainOf(axis.domain);
  if (meaning.kind === "values") return { type: meaning.type, values: valuesOf(meaning.type) };
  if (meaning.kind !== "members") return undefined;
  const bits = program.evaluate(meaning.set)?.scalars[0] ?? 0;
  const values = valuesOf(meaning.type).filter((_, bit) => ((bits >>> bit) & 1) === 1);
  return { type: meaning.type, values };
};

/**
 * The axes that vary, with their values in order. A constant that the command line sets has that one value.
 */
export const sweptAxes = (
  program: TypedProgram,
  sweep: SweepDeclaration,
  commandLine: readonly Override[],
): readonly SweptAxis[] =>
  sweep.axes.flatMap((axis): readonly SweptAxis[] => {
    if (axis.kind === "fixed") return [];
    const name = axis.name.text;
    const isSet = commandLine.some((it) => it.name.text === name && it.index === undefined);
    const constant = program.constants.find((it) => it.name === name);
    if (isSet && constant !== undefined) {
      const { type, scalars } = constant.value;
      return [{ name, points: [{ value: { name, text: scalarText(type, scalars[0] ?? 0) } }] }];
    }
    const domain = domainValues(program, axis);
    const points = (domain?.values ?? []).map((value): AxisPoint => {
      const type = domain?.type ?? { kind: "error" };
      return {
        value: { name, text: scalarText(type, value) },
        override: { span: axis.span, name: axis.name, value: literal(type, value, axis.span) },
      };
    });
    return [{ name, points }];
  });

/** The overrides that a sweep gives to all its points. */
export const fixedOverrides = (sweep: SweepDeclaration): readonly Override[] =>
  sweep.axes.flatMap((axis) =>
    axis.kind === "fixed" ? [{ span: axis.span, name: axis.name, value: axis.value }] : [],
  );

/** Every combination, the last axis varying fastest. */
export const combinations = (axes: readonly SweptAxis[]): readonly (readonly AxisPoint[])[] =>
  axes.reduce<readonly (readonly AxisPoint[])[]>(
    (before, { points }) => before.flatMap((it) => points.map((point) => [...it, point])),
    [[]],
  );
