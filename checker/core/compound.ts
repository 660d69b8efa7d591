// Literals of records, arrays and sets, and membership: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { countOf, type Type } from "../semantics/index.ts";
import { bit, contains, union } from "./bits.ts";
import { share, shareValue, type Builder } from "./builder.ts";
import { firstOf } from "./components.ts";
import type { Scope } from "./elaboration.ts";
import { elaborateExpression, elaborateFor, plainType } from "./expressions.ts";
import { add, and, constant, within, type Term } from "./term.ts";
import {
  boolean,
  canonical,
  fieldValues,
  placeOf,
  scalarOf,
  single,
  zero,
  type Value,
} from "./value.ts";

type Of<Kind extends ast.Expression["kind"]> = Extract<ast.Expression, { readonly kind: Kind }>;

/**
 * A literal starts from zero, `r with { … }` from r; a field that exists under a flag which is
 * false in the result is zero in the result.
 */
export const elaborateRecord = (
  builder: Builder,
  scope: Scope,
  expression: Of<"record"> | Of<"with">,
): Value => {
  const type = plainType(builder, expression);
  if (type.kind !== "record") throw new Error("a record literal has a record type");
  const base =
    expression.kind === "record"
      ? zero(type)
      : elaborateExpression(builder, scope, expression.object);
  const fields = fieldValues(type, base);
  for (const { name, value } of expression.fields) {
    const place = placeOf(type, name.text);
    fields.set(
      name.text,
      value === undefined
        ? boolean(constant(1))
        : elaborateFor(builder, scope, value, place.type, `\`${name.text}\``),
    );
  }
  for (const place of type.fields) {
    // A flag decides over several integers, so it must be cheap to repeat.
    const flag = place.when === undefined ? undefined : fields.get(place.when);
    if (place.when !== undefined && flag !== undefined) {
      fields.set(place.when, shareValue(builder, flag));
    }
  }
  return canonical(type, fields, new Set(expression.fields.map((it) => it.name.text)));
};

export const elaborateArray = (builder: Builder, scope: Scope, expression: Of<"array">): Value => {
  const type = plainType(builder, expression);
  if (type.kind !== "array") throw new Error("an array literal has an array type");
  const elements = expression.elements.map((it) =>
    elaborateFor(builder, scope, it, type.element, "the element"),
  );
  return { type, scalars: elements.flatMap((it) => it.scalars) };
};

/** A set is a mask with bit k for the k-th value of its element type. */
export const elaborateSet = (builder: Builder, scope: Scope, expression: Of<"set">): Value => {
  const type = plainType(builder, expression);
  if (type.kind !== "set") throw new Error("a set literal has a set type");
  const count = countOf(type.element);
  const mask = expression.elements.reduce((sum, it) => {
    const member = scalarOf(elaborateFor(builder, scope, it, type.element, "a member"));
    return union(sum, bit(add(member, constant(-firstOf(type.element))), count));
  }, constant(0));
  return single(type, mask);
};

/** `x in s`; an integer outside the element type of s is not in s. */
export const isMember = (builder: Builder, element: Term, mask: Term, type: Type): Term => {
  const count = countOf(type);
  const shared = share(builder, element);
  const first = firstOf(type);
  const position = add(shared, constant(-first));
  return and(
    within(shared, first, first + count - 1),
    contains(mask, clipped(position, count), count),
  );
};

const clipped = (position: Term, count: number): Term => ({
  ...position,
  low: Math.max(position.low, 0),
  high: Math.min(position.high, count - 1),
});
