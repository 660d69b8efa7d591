// Types after constants are known, and the flat layout in which every later phase sees their
// values.

import type { Name } from "../syntax/index.ts";

export interface EnumType {
  readonly kind: "enum";
  readonly name: string;
  readonly members: readonly string[];
}

export interface RecordField {
  readonly name: string;
  readonly type: Type;
  readonly ghost: boolean;
  /**
   * The boolean field of the same record under which this one exists; when it is false the field
   * is stored as its zero.
   */
  readonly when?: string;
  readonly declared: Name;
}

/** A `record` or a `message`; two are the same type when they have the same name. */
export interface RecordType {
  readonly kind: "record";
  readonly name: string;
  readonly isMessage: boolean;
  readonly fields: readonly RecordField[];
}

/**
 * A type under one configuration: bounds are numbers. Integer expressions have the interval their
 * operands allow, so `x + 1` with `x : 0..3` is `1..4`.
 */
export type Type =
  | { readonly kind: "bool" }
  | { readonly kind: "int"; readonly low: number; readonly high: number }
  | { readonly kind: "mod"; readonly modulus: number }
  | EnumType
  | RecordType
  | { readonly kind: "array"; readonly index: Type; readonly element: Type }
  | { readonly kind: "set"; readonly element: Type }
  | { readonly kind: "option"; readonly element: Type }
  /** The type of an expression that is already reported; it fits everything. */
  | { readonly kind: "error" };

/**
 * One stored integer: its name relative to the value ("" for a scalar), and its inclusive range.
 */
export interface Scalar {
  /** `.seq`, `[A].life`, `.present`, `.value` */
  readonly path: string;
  readonly low: number;
  readonly high: number;
  /** Where the scalar is a serial number, the size of its space. */
  readonly modulus?: number;
  /** What the integer means: bool, int, mod, enum or set; the `.present` of an option is a bool. */
  readonly type: Type;
}

/*
 * Layout rules, the same for constants, variables, fields, parameters and locals:
 *   bool             one scalar 0..1
 *   lo..hi           one scalar lo..hi (the value itself, not an offset)
 *   mod N            one scalar 0..N-1
 *   enum             one scalar, the position of the member in its declaration
 *   record           the scalars of its fields in order of declaration
 *   array[I] of T    the scalars of T once per index, in index order
 *   set of I         one scalar, bit k set when the k-th value of I is a member (at most 30 values)
 *   T?               `.present` 0..1, then the scalars of T (at zero when none)
 * The zero of a type is 0 in every scalar, or `low` where 0 is not in the range.
 */

/** A value: its type and its scalars in layout order. */
export interface ConstantValue {
  readonly type: Type;
  readonly scalars: readonly number[];
}
