// What a name, a field of a process and a timer stand for: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { countOf, type Type } from "../semantics/index.ts";
import type { Builder } from "./builder.ts";
import { certain } from "./certain.ts";
import { localOf, type Instance, type Scope } from "./elaboration.ts";
import { single, type Value } from "./value.ts";

/** A value by its name: locals, then members of the instance, then what is global. */
export const valueNamed = (builder: Builder, scope: Scope, name: string): Value | undefined => {
  const { instance } = scope;
  const found = localOf(scope, name) ?? instance?.variables.get(name);
  if (found !== undefined) return found;
  const state = instance?.state;
  if (name === "state" && state !== undefined) return single(state.type, state.term);
  return builder.whole.globals.get(name);
};

/** The instances that an expression such as `tcp[h]` or `client` can mean. */
export interface ProcessReference {
  readonly instances: readonly Instance[];
  /** The index; absent for a single process. */
  readonly index?: ast.Expression;
}

export const processOf = (
  builder: Builder,
  scope: Scope,
  expression: ast.Expression,
): ProcessReference | undefined => {
  const named = (it: ast.Expression): readonly Instance[] | undefined =>
    it.kind === "name" && valueNamed(builder, scope, it.name) === undefined
      ? builder.whole.processes.get(it.name)
      : undefined;
  const one = named(expression);
  if (one !== undefined) return { instances: one };
  if (expression.kind !== "index") return undefined;
  const many = named(expression.object);
  return many === undefined ? undefined : { instances: many, index: expression.index };
};

/** A variable, the control state or (for `running` and `left`) a timer of an instance. */
export const memberOf = (instance: Instance, name: ast.Name, kind: "value" | "timer"): Value => {
  const found =
    kind === "timer" ? timerValue(instance, name.text) : variableOf(instance, name.text);
  return certain(found, `${name.text} of ${instance.name}`);
};

const variableOf = (instance: Instance, name: string): Value | undefined => {
  const { state } = instance;
  if (name === "state" && state !== undefined) return single(state.type, state.term);
  return instance.variables.get(name);
};

const timerValue = (instance: Instance, name: string): Value | undefined => {
  const timer = instance.timers.get(name);
  if (timer === undefined) return undefined;
  return single({ kind: "int", low: timer.term.low, high: timer.term.high }, timer.term);
};

/** The index type of a process whose instances are chosen by an expression. */
export const indexTypeOf = (instances: readonly Instance[]): Type =>
  certain(instances[0]?.process.index, "an index").type;

/** "`tcp` has the indices A, B" as far as it helps: the number of instances. */
export const indexMessage = (name: string, type: Type): string =>
  type.kind === "int"
    ? `\`${name}\` has the indices ${type.low}..${type.high}`
    : `\`${name}\` has ${countOf(type)} indices`;
