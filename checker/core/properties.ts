// Properties, bounds and final states: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { scalarText } from "../semantics/index.ts";
import { lazily, newBuilder, share } from "./builder.ts";
import type { Core, Expression, Property } from "./core.ts";
import { rangeOf, valuesIn } from "./domains.ts";
import { withLocal, type Elaboration, type Scope } from "./elaboration.ts";
import { eventOf } from "./events.ts";
import { elaborateScalar } from "./expressions.ts";
import { occasionOf } from "./occasion.ts";
import { tidyExpression } from "./tidy.ts";
import { boolean, scalarOf, type Value } from "./value.ts";

/**
 * All properties in order of declaration; a `recoverable` with `forall` gives one for each value.
 */
export const elaborateProperties = (whole: Elaboration): readonly Property[] => {
  let events = 0;
  return whole.program.properties.flatMap((property): readonly Property[] => {
    const { text: name, span } = property.name;
    const isEvent = eventOf(whole, property) !== undefined;
    if (isEvent) events += 1;
    switch (property.kind) {
      case "invariant":
        return [{ kind: "invariant", name, span, ...invariant(whole, property) }];
      case "never":
        return [{ kind: "never", name, span, event: events - 1 }];
      case "reachable":
        return isEvent
          ? [{ kind: "reachable-event", name, span, event: events - 1 }]
          : [{ kind: "reachable-state", name, span, ...reachableState(whole, property) }];
      case "recoverable":
        return recoverables(whole, property);
    }
  });
};

type Of<Kind extends ast.PropertyDeclaration["kind"]> = Extract<
  ast.PropertyDeclaration,
  { readonly kind: Kind }
>;

const invariant = (whole: Elaboration, { condition }: Of<"invariant">) => {
  const occasion = occasionOf(condition);
  return {
    ...conditionOf(whole, condition),
    ...(occasion === undefined ? {} : { occasion: conditionOf(whole, occasion) }),
  };
};

/** `reachable n : e when g` is `g and e`. */
const reachableState = (
  whole: Elaboration,
  { subject, when, span }: Of<"reachable">,
): { readonly condition: Expression; readonly localCount: number } =>
  conditionOf(
    whole,
    when === undefined
      ? subject
      : { kind: "binary", operator: "and", left: when, right: subject, span },
  );

const recoverables = (whole: Elaboration, property: Of<"recoverable">): readonly Property[] => {
  const { name, binder, domain, from, to, withoutFaults } = property;
  const instances: readonly { readonly instance: string; readonly scope: Scope }[] =
    binder === undefined || domain === undefined
      ? [{ instance: "", scope: {} }]
      : valuesIn(rangeOf(newBuilder(whole), {}, domain, share)).map(({ value }) => ({
          instance: `${binder.text} = ${textOf(value)}`,
          scope: withLocal({}, binder.text, value),
        }));
  return instances.map(({ instance, scope }) => {
    const [left, right] = [formula(whole, scope, from), formula(whole, scope, to)];
    return {
      kind: "recoverable",
      name: name.text,
      instance,
      span: name.span,
      from: left.code,
      to: right.code,
      withoutFaults,
      localCount: Math.max(left.localCount, right.localCount),
    };
  });
};

const textOf = (value: Value): string => scalarText(value.type, scalarOf(value).low);

/** A formula over a state: everything it needs is inside the expression. */
const formula = (
  whole: Elaboration,
  scope: Scope,
  expression: ast.Expression,
): { readonly code: Expression; readonly localCount: number } => {
  const builder = newBuilder(whole);
  const value = lazily(builder, undefined, true, () =>
    boolean(elaborateScalar(builder, scope, expression)),
  );
  const { localCount } = builder;
  return { code: tidyExpression(scalarOf(value).code, localCount), localCount };
};

const conditionOf = (
  whole: Elaboration,
  expression: ast.Expression,
): { readonly condition: Expression; readonly localCount: number } => {
  const { code, localCount } = formula(whole, {}, expression);
  return { condition: code, localCount };
};

export const elaborateBounds = (whole: Elaboration): Core["bounds"] =>
  whole.program.bounds.map(({ name, condition }) => ({
    name: name.text,
    span: name.span,
    ...conditionOf(whole, condition),
  }));

export const elaborateFinals = (whole: Elaboration): Core["finals"] =>
  whole.program.finals.map(({ condition }) => conditionOf(whole, condition));
