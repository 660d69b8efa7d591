// The meaning of statements: a body run on a scope along one path of choices.

import type { Core, Statement, Target } from "../core/index.ts";
import { showValue } from "../machine/index.ts";
import { evaluate, indexOf } from "./evaluate.ts";
import type { Choose } from "./fork.ts";
import type { Scope } from "./scope.ts";
import { at } from "./scope.ts";
import { inserted } from "./segments.ts";
import type { LabelValue, Step } from "./step.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

/** One path in the making: the scope it changes, the choices it asks for, and what it reports. */
export interface Run {
  readonly core: Core;
  readonly scope: Scope;
  readonly choose: Choose;
  readonly choices: LabelValue[];
  readonly branches: number[];
  readonly events: Set<number>;
  readonly sent: Step["sent"][number][];
}

/**
 * How a statement ends: the path goes on, leaves a block, is no step at all, or is a model error.
 */
export type Flow =
  | { readonly kind: "on" }
  | { readonly kind: "exit"; readonly label: number }
  | { readonly kind: "disabled" }
  | { readonly kind: "failed"; readonly site: number };

const on: Flow = { kind: "on" };
const disabled: Flow = { kind: "disabled" };

/** Runs statements in order until one of them does not go on. */
export const execute = (statements: readonly Statement[], run: Run): Flow => {
  for (const statement of statements) {
    const flow = executeOne(statement, run);
    if (flow.kind !== "on") return flow;
  }
  return on;
};

const executeOne = (statement: Statement, run: Run): Flow => {
  switch (statement.kind) {
    case "assign":
      return assign(statement, run.scope);
    case "let":
      return using(statement.value, run, (value) => {
        run.scope.locals[statement.local] = value;
        return on;
      });
    case "send":
      return send(statement, run);
    case "signal":
      return using(statement.when, run, (when) => {
        if (when !== 0) run.events.add(statement.event);
        return on;
      });
    case "if":
      return using(statement.condition, run, (condition) =>
        execute(condition !== 0 ? statement.then : statement.otherwise, run),
      );
    case "choose":
      return choose(statement, run);
    case "either":
      return either(statement, run);
    case "block": {
      const flow = execute(statement.body, run);
      return flow.kind === "exit" && flow.label === statement.label ? on : flow;
    }
    case "exit":
      return { kind: "exit", label: statement.label };
    case "require":
      return using(statement.condition, run, (condition) =>
        condition !== 0 ? on : { kind: "failed", site: statement.site },
      );
    case "disable":
      return disabled;
    case "mark":
      run.branches.push(statement.branch);
      return on;
  }
};

/** Goes on with the value of an expression, unless its evaluation fails. */
const using = (
  expression: Parameters<typeof evaluate>[0],
  { scope }: { readonly scope: Scope },
  then: (value: number) => Flow,
): Flow => {
  const value = evaluate(expression, scope);
  return scope.failure === undefined ? then(value) : { kind: "failed", site: scope.failure };
};

/**
 * From left to right, as it is read: the index of the target is evaluated and checked first, then
 * the value, then the value is held against its range.
 */
const assign = ({ target, value, check }: Of<"assign">, scope: Scope): Flow => {
  const variable = variableOf(target, scope);
  return using(value, { scope }, (result) => {
    if (check !== undefined && (result < check.low || result > check.high)) {
      return { kind: "failed", site: check.site };
    }
    scope.variables[variable] = result;
    return on;
  });
};

const variableOf = (target: Target, scope: Scope): number =>
  target.kind === "variable" ? target.variable : indexOf(target, scope);

/**
 * The segment is made before the network is looked at: a failure in it counts even if it were
 * dropped.
 */
const send = ({ network: id, values }: Of<"send">, { core, scope, sent }: Run): Flow => {
  const integers = values.map((it) => evaluate(it, scope));
  if (scope.failure !== undefined) return { kind: "failed", site: scope.failure };
  const network = at(core.networks, id);
  const segments = at(scope.networks, id);
  if (segments.length < network.capacity) {
    sent.push({ network: id, integers, dropped: false });
    scope.networks[id] = inserted(network, segments, integers);
    return on;
  }
  switch (network.full) {
    case "drop":
      sent.push({ network: id, integers, dropped: true });
      return on;
    case "block":
      return disabled;
    case "error":
      return { kind: "failed", site: network.fullSite };
  }
};

/**
 * Each value of the range is a path of its own, and its guard is evaluated on that path: where the
 * guard is false the path is no step, where it fails that path, and no other, is a model error.
 */
const choose = (statement: Of<"choose">, run: Run): Flow => {
  const { low, high, guard, local, name, display } = statement;
  if (high < low) return disabled;
  const value = low + run.choose(high - low + 1);
  run.scope.locals[local] = value;
  run.choices.push({ name, value, text: showValue(display, value) });
  return guard === undefined ? on : using(guard, run, (held) => (held !== 0 ? on : disabled));
};

/** Branches are numbered from 1 in labels, as people count them. */
const either = ({ branches }: Of<"either">, run: Run): Flow => {
  if (branches.length === 0) return disabled;
  const branch = run.choose(branches.length);
  run.choices.push({ name: "either", value: branch + 1, text: String(branch + 1) });
  return execute(at(branches, branch), run);
};
