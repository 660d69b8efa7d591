// The stored integers of a type with all that back ends and traces need of them: typed program ->
// core.

import {
  offsetOf,
  scalarsOf,
  scalarText,
  valuesOf,
  type RecordType,
  type Type,
} from "../semantics/index.ts";
import type { Display } from "./core.ts";

/** One stored integer of a value. */
export interface Component {
  /** Its name relative to the value: `.seq`, `[A].life`, "" for a scalar. */
  readonly path: string;
  readonly low: number;
  readonly high: number;
  readonly display: Display;
  /** True beneath a ghost field. */
  readonly ghost: boolean;
  /** The path of the boolean under which it exists. */
  readonly when?: string;
}

/** How one integer of a scalar type is written. */
export const displayOf = (type: Type): Display => {
  switch (type.kind) {
    case "bool":
      return { kind: "bool" };
    case "mod":
      return { kind: "mod", modulus: type.modulus };
    case "enum":
      return { kind: "enum", members: type.members };
    case "set": {
      const { element } = type;
      return { kind: "set", members: valuesOf(element).map((it) => scalarText(element, it)) };
    }
    case "int":
    case "record":
    case "array":
    case "option":
    case "error":
      return { kind: "int" };
  }
};

const cache = new WeakMap<Type, readonly Component[]>();

/** The stored integers of a value of the type, in layout order. */
export const componentsOf = (type: Type): readonly Component[] => {
  const known = cache.get(type);
  if (known !== undefined) return known;
  const made = listComponents(type);
  cache.set(type, made);
  return made;
};

const listComponents = (type: Type): readonly Component[] => {
  switch (type.kind) {
    case "record":
      return type.fields.flatMap((field) =>
        beneath(`.${field.name}`, field.type, field.ghost, field.when),
      );
    case "array":
      return valuesOf(type.index).flatMap((value) =>
        beneath(`[${scalarText(type.index, value)}]`, type.element, false, undefined),
      );
    case "option":
      return [
        { path: ".present", low: 0, high: 1, display: { kind: "bool" }, ghost: false },
        ...beneath(".value", type.element, false, undefined),
      ];
    case "bool":
    case "int":
    case "mod":
    case "enum":
    case "set":
    case "error":
      return scalarsOf(type).map(({ low, high }) => ({
        path: "",
        low,
        high,
        display: displayOf(type),
        ghost: false,
      }));
  }
};

/** The innermost condition wins: it is false wherever an outer one is. */
const beneath = (
  prefix: string,
  type: Type,
  ghost: boolean,
  when: string | undefined,
): readonly Component[] =>
  componentsOf(type).map((it) => {
    const inner = it.when === undefined ? undefined : prefix + it.when;
    const flag = inner ?? (when === undefined ? undefined : `.${when}`);
    const { when: _, ...rest } = it;
    return {
      ...rest,
      path: prefix + it.path,
      ghost: it.ghost || ghost,
      ...(flag === undefined ? {} : { when: flag }),
    };
  });

/** How many integers a value of the type has. */
export const sizeOf = (type: Type): number => componentsOf(type).length;

const records = new WeakMap<RecordType, ReadonlyMap<string, FieldPlace>>();

/** A field and where its integers stand among those of its record. */
export interface FieldPlace {
  readonly name: string;
  readonly type: Type;
  readonly when?: string;
  readonly offset: number;
  readonly size: number;
}

/** The fields of a record by name, in order of declaration. */
export const fieldsOf = (record: RecordType): ReadonlyMap<string, FieldPlace> => {
  const known = records.get(record);
  if (known !== undefined) return known;
  const made = new Map(
    record.fields.map((field): readonly [string, FieldPlace] => [
      field.name,
      {
        name: field.name,
        type: field.type,
        offset: offsetOf(record, field.name),
        size: sizeOf(field.type),
        ...(field.when === undefined ? {} : { when: field.when }),
      },
    ]),
  );
  records.set(record, made);
  return made;
};

/** The position of a value of an index type, from 0: what is to be taken off its integer. */
export const firstOf = (type: Type): number => (type.kind === "int" ? type.low : 0);
