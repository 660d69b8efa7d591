// Values of the typed program as flat lists of core expressions: typed program -> core.

import type { ConstantValue, RecordType, Type } from "../semantics/index.ts";
import { zeroOf } from "../semantics/index.ts";
import { certain, itemAt } from "./certain.ts";
import { fieldsOf, sizeOf, type FieldPlace } from "./components.ts";
import { and, choose, constant, constantOf, equal, truth, type Term } from "./term.ts";

export interface Value {
  readonly type: Type;
  /** The integers in layout order. */
  readonly scalars: readonly Term[];
  /** Of a segment in a network: `s.to`, `s.from`, `s.age`. */
  readonly envelope?: ReadonlyMap<string, Value>;
}

export const single = (type: Type, term: Term): Value => ({ type, scalars: [term] });

export const boolean = (term: Term): Value => single({ kind: "bool" }, term);

export const integer = (term: Term): Value =>
  single({ kind: "int", low: term.low, high: term.high }, term);

/** The only integer of a value of a scalar type. */
export const scalarOf = (value: Value): Term => itemAt(value.scalars, 0, "a scalar");

export const constantValue = ({ type, scalars }: ConstantValue): Value => ({
  type,
  scalars: scalars.map(constant),
});

export const zero = (type: Type): Value => constantValue(zeroOf(type));

/** `some(x)`: an option that holds the value. */
export const present = (value: Value, type: Type): Value => ({
  type,
  scalars: [truth, ...value.scalars],
});

/**
 * The value where a value of `type` is wanted: a plain value stands for an option that holds it.
 */
export const asType = (value: Value, type: Type): Value =>
  type.kind === "option" && value.type.kind !== "option"
    ? present(asType(value, type.element), type)
    : value;

export const placeOf = (record: RecordType, name: string): FieldPlace =>
  certain(fieldsOf(record).get(name), `field ${name} of ${record.name}`);

export const fieldOf = (value: Value, name: string): Value => {
  const place = value.type.kind === "record" ? fieldsOf(value.type).get(name) : undefined;
  if (place === undefined) return certain(value.envelope?.get(name), `field ${name}`);
  return {
    type: place.type,
    scalars: value.scalars.slice(place.offset, place.offset + place.size),
  };
};

/**
 * Integer by integer; `condition` is used once for each, so it is cheap where there are several.
 */
export const chooseValue = (condition: Term, then: Value, otherwise: Value): Value => ({
  type: then.type,
  scalars: then.scalars.map((it, at) =>
    choose(condition, it, itemAt(otherwise.scalars, at, "a value of the same type")),
  ),
});

/**
 * Values are canonical (what is absent is zero), so equality is equality of all integers; of an
 * option with `none` it is that of the first.
 */
export const equalValues = (left: Value, right: Value): Term => {
  const isOption = left.type.kind === "option";
  const isNone = (it: Value): boolean => isOption && constantOf(scalarOf(it)) === 0;
  const count = isNone(left) || isNone(right) ? 1 : left.scalars.length;
  return left.scalars
    .slice(0, count)
    .reduce(
      (sum, it, at) => and(sum, equal(it, itemAt(right.scalars, at, "a value of the same type"))),
      truth,
    );
};

/**
 * The canonical form of a record of which the fields `given` were changed: a field that exists
 * under a flag is zero where the flag is false. What did not change, nor its flag, is canonical
 * already.
 */
export const canonical = (
  type: RecordType,
  fields: ReadonlyMap<string, Value>,
  given: ReadonlySet<string>,
): Value => {
  const settled = new Map<string, { readonly value: Value; readonly isChanged: boolean }>();
  // Flags before what exists under them.
  const settle = (place: FieldPlace): { readonly value: Value; readonly isChanged: boolean } => {
    const before = settled.get(place.name);
    if (before !== undefined) return before;
    const value = certain(fields.get(place.name), `field ${place.name}`);
    const flag = place.when === undefined ? undefined : settle(placeOf(type, place.when));
    const isChanged = given.has(place.name) || flag?.isChanged === true;
    const made =
      flag === undefined || !isChanged
        ? { value, isChanged }
        : { value: unlessAbsent(scalarOf(flag.value), value, zero(place.type)), isChanged };
    settled.set(place.name, made);
    return made;
  };
  const places = [...fieldsOf(type).values()];
  return { type, scalars: places.flatMap((it) => settle(it).value.scalars) };
};

const unlessAbsent = (flag: Term, value: Value, absent: Value): Value =>
  constantOf(flag) === 1 ? value : chooseValue(flag, value, absent);

/** The value of a record, field by field. */
export const fieldValues = (type: RecordType, value: Value): Map<string, Value> =>
  new Map([...fieldsOf(type).keys()].map((name) => [name, fieldOf(value, name)]));

/** The type of a value once options are opened. */
export const elementOf = (value: Value): Value => {
  const { type, scalars } = value;
  if (type.kind !== "option") throw new Error("only an option has an element");
  return { type: type.element, scalars: scalars.slice(1) };
};

/** Splits an array value into its elements. */
export const elementsOf = (value: Value): readonly Value[] => {
  const { type, scalars } = value;
  if (type.kind !== "array") throw new Error("only an array has elements");
  const size = sizeOf(type.element);
  return Array.from({ length: size === 0 ? 0 : scalars.length / size }, (_, at) => ({
    type: type.element,
    scalars: scalars.slice(at * size, (at + 1) * size),
  }));
};
