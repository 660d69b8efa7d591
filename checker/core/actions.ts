// Rules, expiries, faults of networks and the tick: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { certain } from "./certain.ts";
import { contains } from "./bits.ts";
import {
  branch,
  lazily,
  learn,
  newBuilder,
  newLocal,
  require,
  siteOf,
  type Builder,
} from "./builder.ts";
import { writeBlock } from "./blocks.ts";
import { componentsOf } from "./components.ts";
import type { Action } from "./core.ts";
import {
  limitCombinations,
  scopeOf,
  withLocal,
  type Elaboration,
  type Instance,
  type NetworkPlan,
  type Scope,
  type Timer,
} from "./elaboration.ts";
import { elaborateScalar } from "./expressions.ts";
import { expiriesOf, statesNamed, statesOf, type State } from "./handlers.ts";
import { assign } from "./store.ts";
import { deliverAction } from "./receive.ts";
import { elaborateBlock } from "./statements.ts";
import {
  and,
  constant,
  constantOf,
  equal,
  falsehood,
  localTerm,
  or,
  truth,
  type Term,
} from "./term.ts";
import { tidy, tidyExpression } from "./tidy.ts";
import { boolean, scalarOf, single } from "./value.ts";

/** All actions in the order of labels; a rule that no configuration value enables is left out. */
export const elaborateActions = (whole: Elaboration): readonly Action[] => {
  const { program } = whole;
  const rules = program.rules.flatMap((it) => ruleAction(whole, undefined, it));
  const members = [...whole.processes.values()]
    .flat()
    .flatMap((instance) => [
      ...instance.rules.flatMap((it) => ruleAction(whole, instance, it)),
      ...[...instance.timers.values()].map((it) => expiryAction(whole, instance, it)),
    ]);
  const networks = [...whole.networks.values()].flatMap((it) => [
    deliverAction(whole, it),
    ...faultActions(it),
  ]);
  const neverRuns = new Set(
    [...whole.processes.values()]
      .flat()
      .flatMap((it) => [...it.timers.values()])
      .filter((it) => !whole.longest.has(it.variable))
      .map(expiryName),
  );
  const live = members.filter((it) => it.kind !== "expiry" || !neverRuns.has(it.name));
  return [...rules, ...live, ...networks, ...tickAction(whole)];
};

// ---------------------------------------------------------------- rules

const ruleAction = (
  whole: Elaboration,
  instance: Instance | undefined,
  rule: ast.RuleDeclaration,
): readonly Action[] => {
  const builder = newBuilder(whole);
  let scope = scopeOf(instance);
  const parameters = rule.parameters.map(({ name, type }) => {
    const denoted = whole.program.denote(type);
    const { low, high, display } = certain(componentsOf(denoted)[0], "a scalar parameter");
    const local = newLocal(builder);
    scope = withLocal(scope, name.text, single(denoted, localTerm(local, low, high)));
    return { name: name.text, local, low, high, display };
  });
  const combinations = parameters.reduce((product, it) => product * (it.high - it.low + 1), 1);
  limitCombinations(whole, rule.name.span, combinations);
  const guard = guardOf(builder, scope, rule);
  if (constantOf(guard) === 0) return [];
  learn(builder, guard);
  elaborateBlock(builder, scope, rule.body);
  const name = instance === undefined ? rule.name.text : `${instance.name}.${rule.name.text}`;
  return [
    {
      kind: "rule",
      name,
      span: rule.name.span,
      fault: rule.fault,
      parameters,
      guard: tidyExpression(guard.code, builder.localCount),
      ...tidy(builder),
    },
  ];
};

/** `in` and then `when`, which is evaluated only in the states of `in`. */
const guardOf = (builder: Builder, scope: Scope, rule: ast.RuleDeclaration): Term => {
  const { guard } = rule;
  const isIn = inStates(scope.instance, rule.states);
  if (guard === undefined) return isIn;
  const holds = lazily(builder, isIn, true, () => boolean(elaborateScalar(builder, scope, guard)));
  return and(isIn, scalarOf(holds));
};

const inStates = (instance: Instance | undefined, names: readonly ast.Name[]): Term =>
  instance === undefined || names.length === 0
    ? truth
    : isOneOf(instance, [...new Set(statesNamed(instance, names))]);

/** Whether the control state is one of these. */
const isOneOf = ({ state }: Instance, states: readonly State[]): Term => {
  if (state === undefined || states.length === state.type.members.length) return truth;
  if (states.length <= 2) {
    return states.reduce((sum, it) => or(sum, equal(state.term, constant(it))), falsehood);
  }
  const mask = states.reduce((sum, it) => sum + 2 ** it, 0);
  const count = state.type.members.length;
  if (count <= 30) return contains(constant(mask), state.term, count);
  return states.reduce((sum, it) => or(sum, equal(state.term, constant(it))), falsehood);
};

// ---------------------------------------------------------------- expiries

const expiryName = (timer: Timer): string => {
  const owner = timer.name.slice(0, -timer.declared.text.length - 1);
  return `${owner}.expire ${timer.declared.text}`;
};

/** A timer stops before its handler runs; in a state without a handler it is a model error. */
const expiryAction = (whole: Elaboration, instance: Instance, timer: Timer): Action => {
  const builder = newBuilder(whole);
  assign(builder, { kind: "variable", variable: timer.variable }, constant(0), {});
  const byState = expiriesOf(instance, timer);
  const handlers = [...new Set(byState.values())];
  const isCovered = byState.size === statesOf(instance).length;
  const from = (at: number): void => {
    const handler = handlers[at];
    if (handler === undefined) return unhandled(builder, instance, timer);
    const states = [...byState].flatMap(([state, it]) => (it === handler ? [state] : []));
    const run = (done: number): void =>
      elaborateBlock(builder, { ...scopeOf(instance), done }, handler.body);
    branch(
      builder,
      isCovered && at === handlers.length - 1 ? truth : isOneOf(instance, states),
      () => writeBlock(builder, run),
      () => from(at + 1),
    );
  };
  from(0);
  return {
    kind: "expiry",
    name: expiryName(timer),
    span: handlers[0]?.timer.span ?? timer.declared.span,
    fault: false,
    parameters: [],
    guard: equal(timer.term, constant(1)).code,
    ...tidy(builder),
  };
};

const unhandled = (builder: Builder, instance: Instance, timer: Timer): void => {
  const name = timer.declared.text;
  require(builder, constant(0), () =>
    siteOf(
      builder,
      "unhandled",
      timer.declared.span,
      `no \`on expire ${name}\` of ${instance.name} answers in this control state`,
    ));
};

// ---------------------------------------------------------------- faults and time

const faultActions = ({ id, core }: NetworkPlan): readonly Action[] => {
  const fault = { span: core.span, fault: true, localCount: 0, network: id } as const;
  return [
    ...(core.loss === undefined
      ? []
      : [{ ...fault, kind: "lose", name: `lose ${core.name}` } as const]),
    ...(core.duplication === undefined
      ? []
      : [{ ...fault, kind: "duplicate", name: `duplicate ${core.name}` } as const]),
  ];
};

/** There is a tick when anything could ever change with time. */
const tickAction = (whole: Elaboration): readonly Action[] => {
  const timers = [...whole.processes.values()].flat().flatMap((it) => [...it.timers.values()]);
  const timer = timers.find((it) => whole.longest.has(it.variable));
  const network = [...whole.networks.values()].find((it) => it.core.lifetime !== undefined);
  const [clock] = whole.program.clocks;
  if (timer === undefined && network === undefined && clock === undefined) return [];
  const span = timer?.declared.span ?? network?.core.span ?? whole.place;
  return [{ kind: "tick", name: "tick", span, fault: false, localCount: 0 }];
};
