// Rules and expiries as code: their parameters, their guard, and the paths of their body.

import type { Part, Value } from "../code/index.ts";
import { add, greater, i32, leave, loop, set, when } from "../code/index.ts";
import type { Action, Expression } from "../core/index.ts";
import { truthOf } from "./expressions.ts";
import type { Num } from "./number.ts";
import { fitsWord, known, ranged } from "./number.ts";
import { pathsCode, withSends } from "./paths.ts";
import type { Plan } from "./plan.ts";
import { sizeOf } from "./plan.ts";
import type { Scope } from "./scope.ts";
import { assignLocal, codeOf, emit, sourceScope } from "./scope.ts";

type Rule = Extract<Action, { readonly kind: "rule" | "expiry" }>;
type Parameter = Rule["parameters"][number];

export interface Workshop {
  readonly scope: Scope;
  readonly plan: Plan;
}

/** How many nodes of core code a rule may become by being written out for its parameters. */
const unrollLimit = 400;

/** The part under all conditions, tested in order. */
export const nested = (conditions: readonly Value[], inner: Part): Part =>
  conditions.reduceRight((part, it) => when(it, part), inner);

export const ruleCode = (shop: Workshop, action: Rule): void => {
  const { scope, plan } = shop;
  const { parameters } = action;
  const combinations = parameters.reduce((all, { low, high }) => all * (high - low + 1), 1);
  const isUnrolled = combinations * (sizeOf(action.guard) + plan.size) <= unrollLimit;
  const bind = (values: readonly Num[]): void =>
    parameters.forEach(({ local }, position) => {
      const value = values[position] ?? known(0);
      // A body may use a parameter's local for something else.
      if (plan.locals.has(local)) assignLocal(scope, local, value);
      else scope.locals.set(local, value);
    });
  const write = (values: readonly Num[]): void => {
    const next = parameters[values.length];
    if (next === undefined) return guardedCode(shop, action, () => bind(values));
    const within = (value: Num): void => write([...values, value]);
    if (isUnrolled) eachValue(next, within);
    else loopCode(scope, next, values.length, within);
  };
  write([]);
};

const eachValue = ({ low, high }: Parameter, within: (value: Num) => void): void => {
  for (let value = low; value <= high; value += 1) within(known(value));
};

/** The loop counts in a name of its own. */
const loopCode = (
  scope: Scope,
  { low, high }: Parameter,
  position: number,
  within: (value: Num) => void,
): void => {
  if (!fitsWord({ low, high: high + 1 })) throw new Error("a parameter counts in 32 bits");
  const name = i32(`i${position}`);
  const label = `each${position}`;
  const body = codeOf(scope, () => within(ranged(name, { low, high })));
  emit(
    scope,
    set(name, low),
    loop(label, when(greater(name, high), leave(label)), body, set(name, add(name, 1))),
  );
};

/** A test whose parts may need code: each runs where those before hold. */
const testedCode = (guard: Expression, scope: Scope, inner: () => Part): Part => {
  if (guard.kind === "binary" && guard.operator === "and") {
    return testedCode(guard.left, scope, () => testedCode(guard.right, scope, inner));
  }
  return codeOf(scope, () => emit(scope, when(truthOf(guard, scope), inner())));
};

/** A guard that can fail belongs to the path: failing is a step. */
const guardedCode = (
  { scope, plan }: Workshop,
  { guard, body, fault }: Rule,
  bind: () => void,
): void => {
  const source = sourceScope(scope);
  const { emitter } = scope;
  const changes = withSends(plan, new Map());
  const paths = (setUp: () => void): Part =>
    pathsCode({ scope, plan, fault, changes, setUp, statements: body });
  const canFailElsewhere = emitter.canFail;
  emitter.canFail = false;
  codeOf(scope, () => {
    bind();
    truthOf(guard, source);
  });
  const canFail = emitter.canFail;
  emitter.canFail = canFailElsewhere;
  if (canFail) {
    const setUp = (): void => {
      bind();
      emit(scope, when(truthOf(guard, source), [], leave("v")));
    };
    emit(scope, paths(setUp));
    return;
  }
  bind();
  emit(
    scope,
    testedCode(guard, source, () => paths(bind)),
  );
};
