// How values stand in exported documents: readings of a trace -> JSON.

import type { Flight, Reading } from "../trace/index.ts";

export type JsonScalar = number | boolean | string;

export type Json = JsonScalar | null | readonly Json[] | { readonly [name: string]: Json };

/** Numbers and truth values as such; everything else as the language writes it. */
export const scalarOf = (text: string): JsonScalar =>
  /^-?\d+$/.test(text) ? Number(text) : text === "true" ? true : text === "false" ? false : text;

export const readingOf = ({ text, flag }: Reading): JsonScalar => flag ?? scalarOf(text);

export const recordOf = (readings: readonly Reading[]): { readonly [name: string]: JsonScalar } =>
  Object.fromEntries(readings.map((it) => [it.name, readingOf(it)]));

/** `#3`, `#3'`: the name of a segment within its trace. */
export type FlightName = Pick<Flight, "id" | "copy">;
