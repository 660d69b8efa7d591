// How variables and segments read: names and texts instead of stored integers.

import type { Core, Display, Variable } from "../core/index.ts";
import { showValue } from "../machine/index.ts";
import type { Reading } from "./trace.ts";

/** A reading of variables, with the first of them. */
export interface VariableReading extends Reading {
  readonly variable: number;
}

interface Integer {
  readonly name: string;
  readonly display: Display;
  readonly ghost: boolean;
  readonly low: number;
  readonly high: number;
}

/** The readings of all variables of a state, in order. */
export const variableReadings = (
  core: Core,
  values: readonly number[],
): readonly VariableReading[] =>
  readingsOf(core.variables, values, (variable, value) => textOf(variable, value)).map(
    ({ position, ...reading }) => ({ ...reading, variable: position }),
  );

const textOf = ({ origin, display }: Variable, value: number): string => {
  if (origin.kind !== "timer") return showValue(display, value);
  return value === 0 ? "stopped" : String(value - 1);
};

/** What is readable of a segment given as its stored integers: age, to, from, fields. */
export const segmentReadings = (
  network: Core["networks"][number],
  integers: readonly number[],
): {
  readonly age?: number;
  readonly to?: Reading;
  readonly from?: Reading;
  readonly fields: readonly Reading[];
} => {
  const { lifetime, addresses } = network;
  const ages = lifetime === undefined ? 0 : 1;
  const first = ages + (addresses === undefined ? 0 : 2);
  const values = integers.slice(first);
  const isTrue = (flag: string | undefined): boolean =>
    flag === undefined || values[network.fields.findIndex(({ name }) => name === flag)] === 1;
  const existing = network.fields.map(({ when }) => isTrue(when));
  const show = (field: Integer, value: number): string => showValue(field.display, value);
  const fields = readingsOf(network.fields, values, show).flatMap(
    ({ position, ...reading }): readonly Reading[] =>
      existing[position] === true ? [reading] : [],
  );
  const address = (name: string, at: number, display: Display): Reading => ({
    name,
    text: showValue(display, integers[at] ?? 0),
    ghost: false,
  });
  return {
    ...(lifetime === undefined ? {} : { age: integers[0] ?? 0 }),
    ...(addresses === undefined
      ? {}
      : { to: address("to", ages, addresses), from: address("from", ages + 1, addresses) }),
    fields,
  };
};

/**
 * An optional value is stored as `x.present` and `x.value`; it reads as one. A pair with a value
 * that is not present is no option but a record that happens to have these fields, and reads as
 * two.
 */
const readingsOf = <A extends Integer>(
  stored: readonly A[],
  values: readonly number[],
  show: (integer: A, value: number) => string,
): readonly (Reading & { readonly position: number })[] => {
  const isOption = (position: number): boolean => {
    const { name, display } = stored[position] ?? {};
    const next = stored[position + 1];
    if (name === undefined || display?.kind !== "bool" || !name.endsWith(".present")) return false;
    if (next?.name !== `${name.slice(0, -".present".length)}.value`) return false;
    const zero = Math.max(0, next.low);
    return values[position] === 1 || (values[position + 1] ?? 0) === zero;
  };
  return stored.flatMap((integer, position) => {
    const { name, ghost, display } = integer;
    const value = values[position] ?? 0;
    if (position > 0 && isOption(position - 1)) return [];
    const next = stored[position + 1];
    if (next !== undefined && isOption(position)) {
      const text = value === 0 ? "none" : show(next, values[position + 1] ?? 0);
      return [{ name: name.slice(0, -".present".length), text, ghost, position }];
    }
    const flag = display.kind === "bool" ? { flag: value !== 0 } : {};
    const fixed = integer.low === integer.high ? ({ fixed: true } as const) : {};
    return [{ name, text: show(integer, value), ghost, position, ...flag, ...fixed }];
  });
};
