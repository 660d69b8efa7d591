// How values of each type lie in memory and how they are written: for semantics, core and reports.

import type { ConstantValue, RecordField, RecordType, Scalar, Type } from "./types.ts";

/** A set is one integer, so its element type has at most this many values. */
export const largestSet = 30;

/** A type whose values can be counted through: bool, int, mod or enum. */
export type EnumerableType = Extract<Type, { kind: "bool" | "int" | "mod" | "enum" }>;

/** Whether a type can be an index, an element of a set, a parameter of a rule, a domain. */
export const isEnumerable = (type: Type): type is EnumerableType =>
  type.kind === "bool" || type.kind === "int" || type.kind === "mod" || type.kind === "enum";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** The least and greatest integer that stands for a value of the type. */
export const boundsOf = (type: EnumerableType): Bounds => {
  switch (type.kind) {
    case "bool":
      return { low: 0, high: 1 };
    case "int":
      return { low: type.low, high: type.high };
    case "mod":
      return { low: 0, high: type.modulus - 1 };
    case "enum":
      return { low: 0, high: type.members.length - 1 };
  }
};

/** How many values an enumerable type has; 0 for others. */
export const countOf = (type: Type): number => {
  if (!isEnumerable(type)) return 0;
  const { low, high } = boundsOf(type);
  return Math.max(0, high - low + 1);
};

/** The values of an enumerable type in order, as integers; none for others. */
export const valuesOf = (type: Type): readonly number[] => {
  if (!isEnumerable(type)) return [];
  const { low } = boundsOf(type);
  return Array.from({ length: countOf(type) }, (_, position) => low + position);
};

const sizes = new WeakMap<Type, number>();

/** How many scalars a value of the type has. */
export const sizeOf = (type: Type): number => {
  const before = sizes.get(type);
  if (before !== undefined) return before;
  const size = countScalars(type);
  sizes.set(type, size);
  return size;
};

const countScalars = (type: Type): number => {
  switch (type.kind) {
    case "bool":
    case "int":
    case "mod":
    case "enum":
    case "set":
    case "error":
      return 1;
    case "record":
      return type.fields.reduce((sum, field) => sum + sizeOf(field.type), 0);
    case "array":
      return countOf(type.index) * sizeOf(type.element);
    case "option":
      return 1 + sizeOf(type.element);
  }
};

const depths = new WeakMap<Type, number>();

/** How deep types lie in the type: 1 for a scalar. */
export const depthOf = (type: Type): number => {
  const before = depths.get(type);
  if (before !== undefined) return before;
  const inner =
    type.kind === "record"
      ? type.fields.map((field) => field.type)
      : "element" in type
        ? [type.element]
        : [];
  const depth = 1 + inner.reduce((most, it) => Math.max(most, depthOf(it)), 0);
  depths.set(type, depth);
  return depth;
};

const known = new WeakMap<Type, readonly Scalar[]>();

/** The scalars of a value of the type, in layout order. */
export const scalarsOf = (type: Type): readonly Scalar[] => {
  const before = known.get(type);
  if (before !== undefined) return before;
  const scalars = listScalars(type);
  known.set(type, scalars);
  return scalars;
};

const listScalars = (type: Type): readonly Scalar[] => {
  switch (type.kind) {
    case "bool":
    case "int":
    case "enum":
      return [{ path: "", ...boundsOf(type), type }];
    case "mod":
      return [{ path: "", ...boundsOf(type), modulus: type.modulus, type }];
    case "set":
      return [{ path: "", low: 0, high: 2 ** countOf(type.element) - 1, type }];
    case "record":
      return type.fields.flatMap((field) => beneath(`.${field.name}`, field.type));
    case "array":
      return valuesOf(type.index).flatMap((value) =>
        beneath(`[${scalarText(type.index, value)}]`, type.element),
      );
    case "option":
      return [
        { path: ".present", low: 0, high: 1, type: { kind: "bool" } },
        ...beneath(".value", type.element),
      ];
    case "error":
      return [{ path: "", low: 0, high: 0, type }];
  }
};

const beneath = (prefix: string, type: Type): readonly Scalar[] =>
  scalarsOf(type).map((scalar) => ({ ...scalar, path: prefix + scalar.path }));

/** The zero of a type: 0 in every scalar, or the least value where 0 is not in the range. */
export const zeroOf = (type: Type): ConstantValue => ({
  type,
  // The value of an option that is none is at the zero of its type, as an unused field is.
  scalars: scalarsOf(type).map(({ low, high }) => (low <= 0 && high >= 0 ? 0 : low)),
});

/** Whether integers in layout order are a value of the type; what is absent needs no range. */
export const isWithin = (scalars: readonly number[], type: Type): boolean => {
  if (type.kind === "option" && scalars[0] === 0) return true;
  return scalarsOf(type).every(({ low, high }, position) => {
    const scalar = scalars[position] ?? 0;
    return scalar >= low && scalar <= high;
  });
};

/** The field of a record with this name. */
export const fieldOf = (record: RecordType, name: string): RecordField | undefined =>
  record.fields.find((field) => field.name === name);

/** Where the scalars of a field begin within those of its record. */
export const offsetOf = (record: RecordType, name: string): number => {
  let offset = 0;
  for (const field of record.fields) {
    if (field.name === name) return offset;
    offset += sizeOf(field.type);
  }
  throw new Error(`impossible: record ${record.name} has no field ${name}`);
};

/** The value of one field of a record value. */
export const fieldValue = (
  record: RecordType,
  value: ConstantValue,
  name: string,
): ConstantValue => {
  const type: Type = fieldOf(record, name)?.type ?? { kind: "error" };
  const start = offsetOf(record, name);
  return { type, scalars: value.scalars.slice(start, start + sizeOf(type)) };
};

/** A type as users write it; an integer type with one value is that value. */
export const typeName = (type: Type): string => {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "int":
      return type.low === type.high ? String(type.low) : `${type.low}..${type.high}`;
    case "mod":
      return `mod ${type.modulus}`;
    case "enum":
    case "record":
      return type.name;
    case "array":
      return `array[${typeName(type.index)}] of ${typeName(type.element)}`;
    case "set":
      return `set of ${typeName(type.element)}`;
    case "option":
      return `${typeName(type.element)}?`;
    case "error":
      return "unknown";
  }
};

/** Whether two types are the same; records and enums are the same when their names are. */
export const sameType = (left: Type, right: Type): boolean => {
  if (left.kind === "error" || right.kind === "error") return true;
  switch (left.kind) {
    case "bool":
      return right.kind === "bool";
    case "int":
      return right.kind === "int" && left.low === right.low && left.high === right.high;
    case "mod":
      return right.kind === "mod" && left.modulus === right.modulus;
    case "enum":
    case "record":
      return right.kind === left.kind && left.name === right.name;
    case "array":
      return (
        right.kind === "array" &&
        sameType(left.index, right.index) &&
        sameType(left.element, right.element)
      );
    case "set":
    case "option":
      return right.kind === left.kind && sameType(left.element, right.element);
  }
};

/** One scalar as users write it: `true`, `3`, `ESTABLISHED`, `set { A, B }`. */
export const scalarText = (type: Type, value: number): string => {
  if (type.kind === "bool") return value === 0 ? "false" : "true";
  if (type.kind === "enum") return type.members[value] ?? String(value);
  if (type.kind !== "set") return String(value);
  const { element } = type;
  const members = valuesOf(element)
    .filter((_, position) => Math.floor(value / 2 ** position) % 2 === 1)
    .map((member) => scalarText(element, member));
  return members.length === 0 ? "set { }" : `set { ${members.join(", ")} }`;
};

/** A value as users write it: `{ fin, seq: 3 }`, `[true, false]`, `none`. */
export const valueText = ({ type, scalars }: ConstantValue): string => {
  if (type.kind === "record") return recordText(type, scalars);
  if (type.kind === "option") {
    if (scalars[0] === 0) return "none";
    return valueText({ type: type.element, scalars: scalars.slice(1) });
  }
  if (type.kind !== "array") return scalarText(type, scalars[0] ?? 0);
  const { element } = type;
  const size = sizeOf(element);
  const texts = valuesOf(type.index).map((_, position) =>
    valueText({ type: element, scalars: scalars.slice(position * size, (position + 1) * size) }),
  );
  return `[${texts.join(", ")}]`;
};

/** Fields that are false, or absent because their flag is, are left out as users leave them out. */
const recordText = (type: RecordType, scalars: readonly number[]): string => {
  const value: ConstantValue = { type, scalars };
  const isSet = (flag: string): boolean => fieldValue(type, value, flag).scalars[0] === 1;
  const texts = type.fields.flatMap((field) => {
    if (field.when !== undefined && !isSet(field.when)) return [];
    const inner = fieldValue(type, value, field.name);
    if (field.type.kind === "bool") return inner.scalars[0] === 1 ? [field.name] : [];
    return [`${field.name}: ${valueText(inner)}`];
  });
  return texts.length === 0 ? "{ }" : `{ ${texts.join(", ")} }`;
};
