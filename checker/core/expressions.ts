// Expressions of the typed program to lists of core expressions: typed program -> core.

import type * as ast from "../syntax/index.ts";
import type { Type } from "../semantics/index.ts";
import { lazily, read, require, share, shareValue, siteOf, type Builder } from "./builder.ts";
import { elaborateBinary } from "./binary.ts";
import { elaborateCall } from "./calls.ts";
import { certain, itemAt } from "./certain.ts";
import { elaborateComprehension, elaborateQuantifier } from "./domains.ts";
import type { Scope } from "./elaboration.ts";
import { fit } from "./fit.ts";
import { firstOf } from "./components.ts";
import { elaborateArray, elaborateRecord, elaborateSet } from "./compound.ts";
import {
  indexMessage,
  indexTypeOf,
  memberOf,
  processOf,
  valueNamed,
  type ProcessReference,
} from "./names.ts";
import { selectValue } from "./select.ts";
import {
  add,
  and,
  constant,
  constantOf,
  equal,
  falsehood,
  lessEqual,
  negate,
  not,
  or,
  truthOf,
  type Term,
} from "./term.ts";
import {
  asType,
  boolean,
  chooseValue,
  elementOf,
  elementsOf,
  fieldOf,
  integer,
  scalarOf,
  single,
  zero,
  type Value,
} from "./value.ts";

/*
 * The judgement: in a scope, with what is known at this point of the body, an expression of type T
 * has the integers e1 … en of the layout of T. What must be evaluated once or must hold is put
 * before them (see builder.ts). A `switch` and no `match`: every expression is visited once for
 * each instance and control state in which it is inlined.
 */

/** The value of an expression. */
export const elaborateExpression = (
  builder: Builder,
  scope: Scope,
  expression: ast.Expression,
): Value => {
  switch (expression.kind) {
    case "boolean":
      return boolean(truthOf(expression.value));
    case "integer":
      return single(plainType(builder, expression), constant(expression.value));
    case "none":
      return zero(builder.whole.program.typeOf(expression));
    case "name":
      return read(
        builder,
        certain(valueNamed(builder, scope, expression.name), `the name ${expression.name}`),
      );
    case "field":
      return elaborateField(builder, scope, expression);
    case "index":
      return elaborateIndex(builder, scope, expression);
    case "call":
      return elaborateCall(builder, scope, expression);
    case "unwrap":
      return elaborateUnwrap(builder, scope, expression);
    case "is-none":
      return boolean(not(elaborateScalar(builder, scope, expression.operand)));
    case "not":
      return boolean(not(elaborateScalar(builder, scope, expression.operand)));
    case "negate":
      return integer(negate(elaborateScalar(builder, scope, expression.operand)));
    case "binary":
      return elaborateBinary(builder, scope, expression);
    case "in-range":
      return elaborateInRange(builder, scope, expression);
    case "if":
      return elaborateIf(builder, scope, expression);
    case "match":
      return elaborateMatch(builder, scope, expression);
    case "record":
    case "with":
      return elaborateRecord(builder, scope, expression);
    case "array":
      return elaborateArray(builder, scope, expression);
    case "comprehension":
      return elaborateComprehension(builder, scope, expression);
    case "set":
      return elaborateSet(builder, scope, expression);
    case "quantifier":
      return boolean(elaborateQuantifier(builder, scope, expression));
    case "missing":
      throw new Error("a program with errors is not elaborated");
  }
};

/** The only integer of an expression of a scalar type (of an option: whether it is present). */
export const elaborateScalar = (builder: Builder, scope: Scope, expression: ast.Expression): Term =>
  scalarOf(elaborateExpression(builder, scope, expression));

/**
 * The value of an expression for a place of type `type`: made present, and in range or a model
 * error.
 */
export const elaborateFor = (
  builder: Builder,
  scope: Scope,
  expression: ast.Expression,
  type: Type,
  place: string,
): Value =>
  fit(builder, asType(elaborateExpression(builder, scope, expression), type), {
    type,
    span: expression.span,
    place,
  });

/** The type of a literal; where an option is wanted, that of its element. */
export const plainType = (builder: Builder, expression: ast.Expression): Type => {
  let type = builder.whole.program.typeOf(expression);
  while (type.kind === "option") type = type.element;
  return type;
};

type Of<Kind extends ast.Expression["kind"]> = Extract<ast.Expression, { readonly kind: Kind }>;

// ---------------------------------------------------------------- parts of values

const elaborateField = (builder: Builder, scope: Scope, expression: Of<"field">): Value => {
  const reference = processOf(builder, scope, expression.object);
  if (reference === undefined) {
    return read(
      builder,
      fieldOf(elaborateExpression(builder, scope, expression.object), expression.field.text),
    );
  }
  return memberAt(builder, scope, reference, expression.field, "value");
};

/**
 * `tcp[h].x`: the member of the only instance, of one that is known, or of one chosen by the
 * index.
 */
export const memberAt = (
  builder: Builder,
  scope: Scope,
  { instances, index }: ProcessReference,
  member: ast.Name,
  kind: "value" | "timer",
): Value => {
  const first = itemAt(instances, 0, "an instance");
  if (index === undefined) return read(builder, memberOf(first, member, kind));
  const type = indexTypeOf(instances);
  const position = add(elaborateScalar(builder, scope, index), constant(-firstOf(type)));
  const known = constantOf(position);
  const place = { span: index.span, message: indexMessage(first.process.name, type) };
  const chosen = known === undefined ? undefined : instances[known];
  if (chosen !== undefined) return read(builder, memberOf(chosen, member, kind));
  const candidates = instances.map((it) => memberOf(it, member, kind));
  return selectValue(builder, candidates, position, place);
};

const elaborateIndex = (builder: Builder, scope: Scope, expression: Of<"index">): Value => {
  const object = elaborateExpression(builder, scope, expression.object);
  const { type } = object;
  if (type.kind !== "array") throw new Error("only an array is indexed");
  const index = elaborateScalar(builder, scope, expression.index);
  const position = add(index, constant(-firstOf(type.index)));
  // Storage as it lies, where single elements may be known: then one access does.
  const stored =
    constantOf(position) === undefined && expression.object.kind === "name"
      ? valueNamed(builder, scope, expression.object.name)
      : undefined;
  return read(
    builder,
    selectValue(builder, elementsOf(stored ?? object), position, {
      span: expression.index.span,
      message: indexMessage("the array", type.index).replaceAll("`", ""),
    }),
  );
};

const elaborateUnwrap = (builder: Builder, scope: Scope, expression: Of<"unwrap">): Value => {
  const option = shareValue(builder, elaborateExpression(builder, scope, expression.operand));
  require(builder, scalarOf(option), () =>
    siteOf(builder, "none", expression.span, "the value is none here"));
  return elementOf(option);
};

// ---------------------------------------------------------------- choices

const elaborateInRange = (builder: Builder, scope: Scope, expression: Of<"in-range">): Value => {
  const operand = share(builder, elaborateScalar(builder, scope, expression.operand));
  const low = elaborateScalar(builder, scope, expression.low);
  const atLeast = lessEqual(low, operand);
  const high = lazily(builder, atLeast, true, () =>
    boolean(lessEqual(operand, elaborateScalar(builder, scope, expression.high))),
  );
  return boolean(and(atLeast, scalarOf(high)));
};

const elaborateIf = (builder: Builder, scope: Scope, expression: Of<"if">): Value => {
  const type = builder.whole.program.typeOf(expression);
  const side = (it: ast.Expression) => () => asType(elaborateExpression(builder, scope, it), type);
  const condition = elaborateScalar(builder, scope, expression.condition);
  const decided = constantOf(condition);
  if (decided !== undefined) {
    return side(decided === 0 ? expression.otherwise : expression.then)();
  }
  return chooseLazily(builder, condition, side(expression.then), side(expression.otherwise));
};

/** A choice between two values, each evaluated only when chosen. */
export const chooseLazily = (
  builder: Builder,
  condition: Term,
  then: () => Value,
  otherwise: () => Value,
): Value => {
  const decided = constantOf(condition);
  if (decided !== undefined) return decided === 0 ? otherwise() : then();
  const first = lazily(builder, condition, true, then);
  const second = lazily(builder, condition, false, otherwise);
  const isOnce = first.scalars.length <= 1;
  return chooseValue(isOnce ? condition : share(builder, condition), first, second);
};

/** The condition under which a shared scalar is one of the patterns; `undefined` for `else`. */
export const patternCondition = (
  builder: Builder,
  scope: Scope,
  subject: Term,
  arm: ast.MatchArm<unknown>,
): Term | undefined =>
  arm.isElse
    ? undefined
    : arm.patterns.reduce(
        (sum, it) => or(sum, equal(subject, elaborateScalar(builder, scope, it))),
        falsehood,
      );

/** Arms are tried in order; the last is taken without a test, because a match covers its type. */
const elaborateMatch = (builder: Builder, scope: Scope, expression: Of<"match">): Value => {
  const type = builder.whole.program.typeOf(expression);
  const subject = share(builder, elaborateScalar(builder, scope, expression.subject));
  const from = (at: number): Value => {
    const arm = itemAt(expression.arms, at, "an arm that covers");
    const body = () => asType(elaborateExpression(builder, scope, arm.body), type);
    const condition = patternCondition(builder, scope, subject, arm);
    if (condition === undefined || at === expression.arms.length - 1) return body();
    return chooseLazily(builder, condition, body, () => from(at + 1));
  };
  return from(0);
};
