// Picking one of several values by a position known only at run time: typed program -> core.

import type { Span } from "../source/index.ts";
import { require, share, siteOf, type Builder } from "./builder.ts";
import { itemAt } from "./certain.ts";
import type { Expression } from "./core.ts";
import { choose, constant, constantOf, equal, isSame, within, type Term } from "./term.ts";
import type { Value } from "./value.ts";

/** What a place of indexing is called in its model error. */
export interface IndexPlace {
  readonly span: Span;
  /** "`net` has the indices 0..2" */
  readonly message: string;
}

/**
 * The value at `position` (0 is the first). One access to storage where the candidates lie in it at
 * equal steps, else a chain of conditions.
 */
export const selectValue = (
  builder: Builder,
  candidates: readonly Value[],
  position: Term,
  place: IndexPlace,
): Value => {
  const first = itemAt(candidates, 0, "a candidate");
  const site = () => siteOf(builder, "index", place.span, place.message);
  const known = constantOf(position);
  if (known !== undefined) {
    const found = candidates[known];
    if (found !== undefined) return found;
    require(builder, constant(0), site);
    return first;
  }
  const index = share(builder, position);
  const columns = first.scalars.map((_, at) =>
    candidates.map((it) => itemAt(it.scalars, at, "a value of the same type")),
  );
  const stored = columns.map((column) => storedElement(column, index, site));
  const needsCheck = stored.some((it) => it === undefined) || columns.length === 0;
  if (needsCheck) require(builder, within(index, 0, candidates.length - 1), site);
  return {
    type: first.type,
    scalars: columns.map((column, at) => stored[at] ?? chain(column, index, 0)),
  };
};

/** A step between the places of consecutive candidates, in variables or locals. */
interface Steps {
  readonly of: "variable" | "local";
  readonly base: number;
  readonly stride: number;
}

const placeOf = (code: Expression): number | undefined => {
  if (code.kind === "variable") return code.variable;
  return code.kind === "local" ? code.local : undefined;
};

/** How the terms lie in storage, when they lie there in order at equal steps. */
export const stepsOf = (column: readonly Term[]): Steps | undefined => {
  const kind = column[0]?.code.kind;
  if ((kind !== "variable" && kind !== "local") || column.length < 2) return undefined;
  const places = column.map(({ code }) => (code.kind === kind ? placeOf(code) : undefined));
  const [base, second] = places;
  if (base === undefined || second === undefined || second <= base) return undefined;
  const stride = second - base;
  const isEven = places.every((it, at) => it === base + at * stride);
  return isEven ? { of: kind, base, stride } : undefined;
};

const storedElement = (
  column: readonly Term[],
  index: Term,
  site: () => number,
): Term | undefined => {
  const steps = stepsOf(column);
  if (steps === undefined) return undefined;
  const fits = index.low >= 0 && index.high < column.length;
  return {
    code: { kind: "element", ...steps, count: column.length, index: index.code, site: site() },
    low: Math.min(...column.map((it) => it.low)),
    high: Math.max(...column.map((it) => it.high)),
    mayFail: !fits || index.mayFail,
  };
};

/** Tests position after position; equal neighbours share one test, the last needs none. */
const chain = (column: readonly Term[], index: Term, from: number): Term => {
  const here = itemAt(column, from, "a candidate");
  if (column.slice(from).every((it) => isSame(it, here))) return here;
  return choose(equal(index, constant(from)), here, chain(column, index, from + 1));
};
