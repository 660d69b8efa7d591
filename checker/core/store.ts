// Writing values to places: typed program -> core.

import type { Span } from "../source/index.ts";
import { branch, capture, emit, share, siteOf, type Builder } from "./builder.ts";
import { itemAt } from "./certain.ts";
import { componentsOf, fieldsOf } from "./components.ts";
import type { Statement, Target } from "./core.ts";
import { fits, takes } from "./fit.ts";
import { contentOf, fieldPlace, type Moved, type Place } from "./places.ts";
import { constantOf, not, truth, type Term } from "./term.ts";
import { chooseValue, scalarOf, zero, type Value } from "./value.ts";
import { someExpression } from "./walk.ts";

/**
 * Stores a value that fits the layout of the place. Fields whose flag becomes false are set to
 * zero, and a field that does not exist stays zero, so that equal states are stored alike.
 */
export const store = (builder: Builder, place: Place, value: Value, span: Span): void => {
  const exists = share(builder, place.exists);
  const written = chooseValue(exists, value, zero(place.type));
  storeScalars(builder, place, independent(builder, place, written), span);
  const { record } = place;
  if (record === undefined || record.place.type.kind !== "record") return;
  const dependents = [...fieldsOf(record.place.type).values()].filter(
    (it) => it.when === record.field,
  );
  if (dependents.length === 0) return;
  const flag = share(builder, scalarOf(contentOf(builder, place)));
  branch(
    builder,
    not(flag),
    () => {
      for (const it of dependents) {
        const inner = { ...fieldPlace(builder, record.place, it.name), exists: truth };
        store(builder, inner, zero(it.type), span);
      }
    },
    () => {},
  );
};

/** All of the value is computed before the first integer of the place changes. */
const independent = (builder: Builder, place: Place, value: Value): readonly Term[] => {
  const size = value.scalars.length;
  if (size === 1) return value.scalars;
  const end = place.base + (place.moved === undefined ? size : lengthOf(place.moved) + size);
  const touches = (term: Term): boolean =>
    someExpression(
      term.code,
      (it) =>
        it.kind === "element" ||
        (it.kind === "variable" && it.variable >= place.base && it.variable < end),
    );
  const isOwn = (term: Term, at: number): boolean =>
    place.moved === undefined &&
    term.code.kind === "variable" &&
    term.code.variable === place.base + at;
  return value.scalars.map((it, at) => (isOwn(it, at) || !touches(it) ? it : capture(builder, it)));
};

const lengthOf = ({ stride, count }: Moved): number => stride * (count - 1);

const storeScalars = (builder: Builder, place: Place, terms: readonly Term[], span: Span): void => {
  const components = componentsOf(place.type);
  terms.forEach((term, at) => {
    const { low, high, path } = itemAt(components, at, "a value of the layout of its place");
    const check = fits(term, low, high)
      ? {}
      : {
          check: {
            low,
            high,
            site: siteOf(builder, "range", span, takes(`\`${place.name}${path}\``, low, high)),
          },
        };
    assign(builder, targetAt(place, at), term, check);
  });
};

const targetAt = ({ base, moved }: Place, at: number): Target =>
  moved === undefined
    ? { kind: "variable", variable: base + at }
    : {
        kind: "element",
        base: base + at,
        stride: moved.stride,
        count: moved.count,
        index: moved.index.code,
        site: moved.site,
      };

/** Writes one integer, and learns or forgets what is known of it. */
export const assign = (
  builder: Builder,
  target: Target,
  value: Term,
  check: Pick<Extract<Statement, { readonly kind: "assign" }>, "check">,
): void => {
  const { code } = value;
  const isSelf =
    target.kind === "variable" && code.kind === "variable" && code.variable === target.variable;
  const known = constantOf(value);
  const isKnown =
    target.kind === "variable" &&
    known !== undefined &&
    isOnly(builder.flow?.get(target.variable), known);
  if (isSelf || isKnown) return;
  emit(builder, { kind: "assign", target, value: code, ...check });
  const { flow } = builder;
  if (flow === undefined) return;
  if (target.kind === "variable") {
    const values = known === undefined ? value.values : [known];
    if (values === undefined || check.check !== undefined) flow.delete(target.variable);
    else flow.set(target.variable, values);
    return;
  }
  const reach = target.base + target.stride * (target.count - 1);
  for (let it = target.base; it <= reach; it += target.stride) flow.delete(it);
};

const isOnly = (values: readonly number[] | undefined, value: number): boolean =>
  values?.length === 1 && values[0] === value;
