// What assignments write to: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { countOf, type Type } from "../semantics/index.ts";
import { branch, capture, read, require, siteOf, type Builder } from "./builder.ts";
import { certain, itemAt } from "./certain.ts";
import { componentsOf, firstOf, sizeOf } from "./components.ts";
import type { SiteId, VariableId } from "./core.ts";
import type { Scope } from "./elaboration.ts";
import { elaborateScalar } from "./expressions.ts";
import {
  indexMessage,
  indexTypeOf,
  memberOf,
  processOf,
  valueNamed,
  type ProcessReference,
} from "./names.ts";
import { stepsOf } from "./select.ts";
import { add, and, constant, constantOf, equal, truth, type Term } from "./term.ts";
import { placeOf, scalarOf, type Value } from "./value.ts";

/** Consecutive variables, from `base` on; or, with `moved`, from base + stride * index on. */
export interface Place {
  readonly type: Type;
  /** "`tcp[A].rcv_nxt`" without the quotes. */
  readonly name: string;
  readonly base: VariableId;
  readonly moved?: Moved;
  /** Whether what is written exists: the flags of the conditional fields on the way. */
  readonly exists: Term;
  /** The record of which the place is a field. */
  readonly record?: { readonly place: Place; readonly field: string };
}

export interface Moved {
  readonly stride: number;
  readonly count: number;
  readonly index: Term;
  readonly site: SiteId;
}

/**
 * Finds the place that an expression names and hands it on. Where two indices are known only at
 * run time, one of them becomes a chain of conditions, and each of its values hands on a place of
 * its own.
 */
export const locate = (
  builder: Builder,
  scope: Scope,
  target: ast.Expression,
  use: (place: Place) => void,
): void => {
  if (target.kind === "name") {
    const value = certain(valueNamed(builder, scope, target.name), target.name);
    return use(placeOfValue(value, nameIn(scope, target.name)));
  }
  if (target.kind === "field") {
    const reference = processOf(builder, scope, target.object);
    if (reference !== undefined) {
      return locateMember(builder, scope, reference, target.field, "value", use);
    }
    return locate(builder, scope, target.object, (record) =>
      use(fieldPlace(builder, record, target.field.text)),
    );
  }
  if (target.kind !== "index") throw new Error("only variables are assigned to");
  locate(builder, scope, target.object, (array) => {
    if (array.type.kind !== "array") throw new Error("only an array is indexed");
    const { index: type, element } = array.type;
    const index = elaborateScalar(builder, scope, target.index);
    const span = target.index.span;
    const size = sizeOf(element);
    const count = countOf(type);
    const at = (position: number): Place => ({
      ...array,
      type: element,
      base: array.base + position * size,
      name: `${array.name}[…]`,
    });
    step(builder, add(index, constant(-firstOf(type))), {
      count,
      at,
      stride: array.moved === undefined ? size : undefined,
      site: () => siteOf(builder, "index", span, indexMessage(array.name, type)),
      use,
    });
  });
};

/** A member of one instance, or of one that an expression chooses. */
export const locateMember = (
  builder: Builder,
  scope: Scope,
  { instances, index }: ProcessReference,
  member: ast.Name,
  kind: "value" | "timer",
  use: (place: Place) => void,
): void => {
  const places = instances.map((it) =>
    placeOfValue(memberOf(it, member, kind), `${it.name}.${member.text}`),
  );
  const first = itemAt(places, 0, "an instance");
  if (index === undefined) return use(first);
  const type = indexTypeOf(instances);
  const process = itemAt(instances, 0, "an instance").process.name;
  const columns = instances.map((it) => itemAt(memberOf(it, member, kind).scalars, 0, "a scalar"));
  step(builder, add(elaborateScalar(builder, scope, index), constant(-firstOf(type))), {
    count: instances.length,
    at: (position) => itemAt(places, position, "an instance"),
    stride: stepsOf(columns)?.stride,
    site: () => siteOf(builder, "index", index.span, indexMessage(process, type)),
    use,
  });
};

interface Step {
  readonly count: number;
  readonly at: (position: number) => Place;
  /** The step from one place to the next, where they can be reached by an index. */
  readonly stride: number | undefined;
  readonly site: () => SiteId;
  readonly use: (place: Place) => void;
}

const step = (builder: Builder, index: Term, { count, at, stride, site, use }: Step): void => {
  const known = constantOf(index);
  if (known !== undefined) {
    if (known < 0 || known >= count) return require(builder, constant(0), site);
    return use(at(known));
  }
  const position = capture(builder, index);
  if (stride !== undefined) {
    return use({ ...at(0), moved: { stride, count, index: position, site: site() } });
  }
  const from = (candidate: number): void => {
    if (candidate === count) return require(builder, constant(0), site);
    branch(
      builder,
      equal(position, constant(candidate)),
      () => use(at(candidate)),
      () => from(candidate + 1),
    );
  };
  from(0);
};

const nameIn = (scope: Scope, name: string): string =>
  scope.instance?.variables.has(name) === true || name === "state"
    ? `${scope.instance?.name ?? ""}.${name}`
    : name;

const placeOfValue = (value: Value, name: string): Place => {
  const code = value.scalars[0]?.code;
  if (code !== undefined && code.kind !== "variable") throw new Error(`${name} is no variable`);
  return { type: value.type, name, base: code?.variable ?? 0, exists: truth };
};

export const fieldPlace = (builder: Builder, record: Place, field: string): Place => {
  if (record.type.kind !== "record") throw new Error("only a record has fields");
  const { offset, type, when } = placeOf(record.type, field);
  const place: Place = {
    ...record,
    type,
    name: `${record.name}.${field}`,
    base: record.base + offset,
    record: { place: record, field },
  };
  if (when === undefined) return place;
  const flag = scalarOf(contentOf(builder, fieldPlace(builder, record, when)));
  return { ...place, exists: and(record.exists, flag) };
};

/** The value that is stored at a place. */
export const contentOf = (builder: Builder, place: Place): Value => {
  const { moved } = place;
  const scalars = componentsOf(place.type).map(({ low, high }, at): Term => {
    const variable = place.base + at;
    if (moved === undefined) {
      return { code: { kind: "variable", variable }, low, high, mayFail: false };
    }
    const fitsCount = moved.index.low >= 0 && moved.index.high < moved.count;
    const { stride, count, site } = moved;
    return {
      code: {
        kind: "element",
        of: "variable",
        base: variable,
        stride,
        count,
        index: moved.index.code,
        site,
      },
      low,
      high,
      mayFail: !fitsCount,
    };
  });
  return read(builder, { type: place.type, scalars });
};
