// Range checks of values on their way into a typed place: typed program -> core.

import type { Span } from "../source/index.ts";
import type { Type } from "../semantics/index.ts";
import { require, share, siteOf, type Builder } from "./builder.ts";
import { itemAt } from "./certain.ts";
import { componentsOf } from "./components.ts";
import { within, type Term } from "./term.ts";
import type { Value } from "./value.ts";

export interface Place {
  readonly type: Type;
  readonly span: Span;
  /** What the place is called in the model error: "`len`", "the element". */
  readonly place: string;
}

/** "`tcp[A].len` takes 0..1" */
export const takes = (place: string, low: number, high: number): string =>
  `${place} takes ${low === high ? low : `${low}..${high}`}`;

/** Whether the interval of the term lies in the range. */
export const fits = (term: Term, low: number, high: number): boolean =>
  term.low >= low && term.high <= high;

/** The value, after checks that are needed only where an interval does not fit the type anyway. */
export const fit = (builder: Builder, value: Value, { type, span, place }: Place): Value => {
  const components = componentsOf(type);
  let changed = false;
  const scalars = value.scalars.map((it, at) => {
    const { low, high, path } = itemAt(components, at, "a value of the layout of its type");
    if (fits(it, low, high)) return it;
    changed = true;
    const term = share(builder, it);
    require(builder, within(term, low, high), () =>
      siteOf(builder, "range", span, takes(nameOf(place, path), low, high)));
    return { ...term, low: Math.max(term.low, low), high: Math.min(term.high, high) };
  });
  return changed || value.type !== type ? { ...value, type, scalars } : value;
};

const nameOf = (place: string, path: string): string =>
  place.endsWith("`") ? `${place.slice(0, -1)}${path}\`` : place;
