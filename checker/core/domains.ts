// What ranges over a domain: quantifiers and comprehensions: typed program -> core.

import type * as ast from "../syntax/index.ts";
import {
  boundsOf,
  countOf,
  isEnumerable,
  type NetworkSymbol,
  type Type,
} from "../semantics/index.ts";
import { contains, fullMask } from "./bits.ts";
import { lazily, newLocal, share, type Builder } from "./builder.ts";
import { certain } from "./certain.ts";
import { firstOf } from "./components.ts";
import { limitCombinations, withLocal, type NetworkPlan, type Scope } from "./elaboration.ts";
import { elaborateFor, elaborateScalar } from "./expressions.ts";
import { segmentValues } from "./networks.ts";
import {
  add,
  and,
  constant,
  constantOf,
  falsehood,
  implies,
  localTerm,
  or,
  truth,
  type Term,
} from "./term.ts";
import { boolean, scalarOf, single, type Value } from "./value.ts";

/** The values low..high of a type, in declaration order, for which `holds`. */
export interface Range {
  readonly type: Type;
  readonly low: number;
  readonly high: number;
  /** Absent: all values of low..high. */
  readonly holds?: (value: Term) => Term;
}

/** A quantifier over at most this many values is written out, so that its binder is a constant. */
const longestUnrolled = 16;
/** Nested ones together at most this often. */
const mostCopies = 64;

/**
 * The range of a domain of values. Its set is evaluated once, here; where statements run for its
 * values, `keep` captures it.
 */
export const rangeOf = (
  builder: Builder,
  scope: Scope,
  domain: ast.Domain,
  keep: typeof share,
): Range => {
  const meaning = builder.whole.program.domainOf(domain);
  if (meaning.kind === "values") return allOf(meaning.type);
  if (meaning.kind !== "members") throw new Error("only a property ranges over segments");
  const all = allOf(meaning.type);
  const mask = keep(builder, elaborateScalar(builder, scope, meaning.set));
  const count = countOf(meaning.type);
  if (constantOf(mask) === fullMask(count)) return all;
  const first = constant(-firstOf(meaning.type));
  return { ...all, holds: (value) => contains(mask, add(value, first), count) };
};

const allOf = (type: Type): Range => {
  if (!isEnumerable(type)) throw new Error("a domain has values that can be counted through");
  return { type, ...boundsOf(type) };
};

/** The values of a range with, for each, the condition under which it belongs to it. */
export const valuesIn = (
  range: Range,
): readonly { readonly value: Value; readonly holds: Term }[] =>
  Array.from({ length: Math.max(0, range.high - range.low + 1) }, (_, at) => {
    const term = constant(range.low + at);
    return { value: single(range.type, term), holds: range.holds?.(term) ?? truth };
  }).filter(({ holds }) => constantOf(holds) !== 0);

type Quantifier = Extract<ast.Expression, { readonly kind: "quantifier" }>;
type Comprehension = Extract<ast.Expression, { readonly kind: "comprehension" }>;

export const elaborateQuantifier = (
  builder: Builder,
  scope: Scope,
  expression: Quantifier,
): Term => {
  const meaning = builder.whole.program.domainOf(expression.domain);
  if (meaning.kind === "segments") {
    return overSegments(builder, scope, expression, meaning.network);
  }
  const range = rangeOf(builder, scope, expression.domain, share);
  const length = range.high - range.low + 1;
  const isShort = length <= longestUnrolled && builder.repeated * length <= mostCopies;
  return isShort || length <= 1
    ? writtenOut(builder, scope, expression, range)
    : overRange(builder, scope, expression, range);
};

/** `forall x in T: e` is `e[x1] and e[x2] …`, `exists` with `or`, `count` with `+`. */
const writtenOut = (
  builder: Builder,
  scope: Scope,
  { quantifier, binder, body }: Quantifier,
  range: Range,
): Term => {
  const values = valuesIn(range);
  const { repeated } = builder;
  builder.repeated *= Math.max(1, values.length);
  const neutral = quantifier === "forall" ? truth : falsehood;
  const decisive = quantifier === "forall" ? 0 : 1;
  const combine = { forall: and, exists: or, count: add }[quantifier];
  let sum = neutral;
  for (const { value, holds } of values) {
    builder.whole.spend(1);
    if (builder.whole.isSpent()) break;
    if (quantifier !== "count" && constantOf(sum) === decisive) break;
    const inner = withLocal(scope, binder.text, value);
    const given = quantifier === "count" ? undefined : sum;
    const one = lazily(builder, given, quantifier === "forall", () => {
      const condition = lazily(builder, holds, true, () =>
        boolean(elaborateScalar(builder, inner, body)),
      );
      return boolean(restricted(quantifier, holds, scalarOf(condition)));
    });
    sum = combine(sum, scalarOf(one));
  }
  builder.repeated = repeated;
  return sum;
};

/** Values outside the range make a `forall` true and are not counted. */
const restricted = (quantifier: Quantifier["quantifier"], holds: Term, condition: Term): Term =>
  quantifier === "forall" ? implies(holds, condition) : and(holds, condition);

const overRange = (
  builder: Builder,
  scope: Scope,
  { quantifier, binder, body }: Quantifier,
  range: Range,
): Term => {
  const local = newLocal(builder);
  const term = localTerm(local, range.low, range.high);
  const holds = range.holds?.(term) ?? truth;
  const inner = withLocal(scope, binder.text, single(range.type, term));
  const { looped } = builder;
  builder.looped *= range.high - range.low + 1;
  limitCombinations(builder.whole, binder.span, builder.looped);
  const condition = lazily(builder, holds, true, () =>
    boolean(elaborateScalar(builder, inner, body)),
  );
  builder.looped = looped;
  const restriction = restricted(quantifier, holds, scalarOf(condition));
  return {
    code: {
      kind: "quantifier",
      quantifier,
      local,
      low: range.low,
      high: range.high,
      body: restriction.code,
    },
    low: 0,
    high: quantifier === "count" ? range.high - range.low + 1 : 1,
    mayFail: restriction.mayFail,
  };
};

const overSegments = (
  builder: Builder,
  scope: Scope,
  { quantifier, binder, body }: Quantifier,
  symbol: NetworkSymbol,
): Term => {
  const network = planOf(builder, symbol);
  const { locals, segment } = segmentValues(builder, network);
  const inner = withLocal(scope, binder.text, segment);
  const condition = scalarOf(
    lazily(builder, undefined, true, () => boolean(elaborateScalar(builder, inner, body))),
  );
  return {
    code: { kind: "segments", quantifier, network: network.id, locals, body: condition.code },
    low: 0,
    high: quantifier === "count" ? network.core.capacity : 1,
    mayFail: condition.mayFail,
  };
};

const planOf = (builder: Builder, symbol: NetworkSymbol): NetworkPlan =>
  certain(builder.whole.networks.get(symbol.name), `the network ${symbol.name}`);

/** `[i in I: e]`: the elements in index order. */
export const elaborateComprehension = (
  builder: Builder,
  scope: Scope,
  expression: Comprehension,
): Value => {
  const type = arrayOf(builder.whole.program.typeOf(expression));
  const scalars = valuesIn(allOf(type.index)).flatMap(({ value }) => {
    builder.whole.spend(1);
    const inner = withLocal(scope, expression.binder.text, value);
    return elaborateFor(builder, inner, expression.body, type.element, "the element").scalars;
  });
  return { type, scalars };
};

const arrayOf = (type: Type): Extract<Type, { readonly kind: "array" }> => {
  if (type.kind === "option") return arrayOf(type.element);
  if (type.kind !== "array") throw new Error("a comprehension makes an array");
  return type;
};
