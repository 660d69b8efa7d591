// Where the variables of a core stand: single ones and arrays (program -> names of storage).

import type { Core } from "../core/index.ts";
import { identifiers } from "./identifiers.ts";
import type { Cell } from "./program.ts";

/** Variables `first`, `first + stride`, … share one range, so that an index can choose among them. */
export interface VariableArray {
  readonly name: string;
  readonly first: number;
  readonly stride: number;
  readonly size: number;
  readonly low: number;
  readonly high: number;
}

export type Home =
  /** It has one value only. */
  | { readonly kind: "fixed"; readonly value: number }
  | { readonly kind: "single"; readonly name: string; readonly low: number; readonly high: number }
  | { readonly kind: "array"; readonly array: VariableArray; readonly index: number };

export interface Storage {
  readonly homes: readonly Home[];
  readonly arrays: readonly VariableArray[];
}

interface Progression {
  readonly first: number;
  readonly stride: number;
  readonly size: number;
}

const divisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : divisor(b, a % b));

const members = ({ first, stride, size }: Progression): readonly number[] =>
  Array.from({ length: size }, (_, index) => first + stride * index);

/** The least progression with all members of both. */
const union = (one: Progression, other: Progression): Progression => {
  const all = [...members(one), ...members(other)].toSorted((left, right) => left - right);
  const [first = 0] = all;
  const last = all.at(-1) ?? first;
  const stride = Math.max(
    1,
    all.reduce((common, it) => divisor(common, it - first), 0),
  );
  return { first, stride, size: (last - first) / stride + 1 };
};

const overlap = (one: Progression, other: Progression): boolean => {
  const known = new Set(members(one));
  return members(other).some((it) => known.has(it));
};

/** Adds a progression; those that it overlaps become one with it. */
const merged = (groups: readonly Progression[], added: Progression): readonly Progression[] => {
  const touched = groups.filter((it) => overlap(it, added));
  if (touched.length === 0) return [...groups, added];
  const others = groups.filter((it) => !touched.includes(it));
  return merged(others, touched.reduce(union, added));
};

/** Where every variable stands, given all cells that a program reads or writes. */
export const storageOf = ({ variables }: Core, cells: readonly Cell[]): Storage => {
  const groups = cells
    .filter((it) => it.of === "variable")
    .map(({ base, stride, count }): Progression => ({ first: base, stride, size: count }))
    .reduce<readonly Progression[]>(merged, []);
  const names = identifiers(
    "v",
    variables.map((it) => it.name),
  );
  const nameOf = (id: number): string => names[id] ?? "";
  const arrays = groups.map((group): VariableArray => {
    const held = members(group).flatMap((id) => variables[id] ?? []);
    return {
      ...group,
      name: nameOf(group.first),
      low: Math.min(...held.map((it) => it.low)),
      high: Math.max(...held.map((it) => it.high)),
    };
  });
  const homes = variables.map(({ low, high }, id): Home => {
    const array = arrays.find((it) => members(it).includes(id));
    if (array !== undefined) {
      return { kind: "array", array, index: (id - array.first) / array.stride };
    }
    if (low === high) return { kind: "fixed", value: low };
    return { kind: "single", name: nameOf(id), low, high };
  });
  return { homes, arrays };
};

/** The array of a cell, and its index there as `offset + factor * index`. */
export const cellIn = ({ homes }: Storage, { base, stride, count }: Cell) => {
  const home = homes[base];
  if (home?.kind !== "array") throw new Error(`variable ${base} is in no array`);
  // The stride of a single element means nothing.
  const factor = count === 1 ? 0 : stride / home.array.stride;
  return { array: home.array, offset: home.index, factor };
};
