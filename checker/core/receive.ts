// Delivery: one action per network, by receiver, control state and case: typed program -> core.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { exitTo, writeBlock } from "./blocks.ts";
import { emit, branch, learn, newBuilder, read, require, siteOf, type Builder } from "./builder.ts";
import { certain } from "./certain.ts";
import type { Action, BranchId } from "./core.ts";
import {
  scopeOf,
  withLocal,
  type Elaboration,
  type HandlerScope,
  type Instance,
  type NetworkPlan,
  type Scope,
} from "./elaboration.ts";
import { elaborateScalar } from "./expressions.ts";
import { everyState, handlersOf, stateName, type State } from "./handlers.ts";
import { segmentValues } from "./networks.ts";
import { elaborateBlock } from "./statements.ts";
import { constant, equal, type Term } from "./term.ts";
import { tidy } from "./tidy.ts";
import { scalarOf, single, type Value } from "./value.ts";

/*
 * The segment is out of the network before guards run. Its handler is written once for each
 * receiver and control state, so that the state is a constant in it and its branches have names of
 * their own: `tcp[A].TIME_WAIT.rst_in_order`.
 */

/** The delivery of the segments of a network. */
export const deliverAction = (whole: Elaboration, network: NetworkPlan): Action => {
  const builder = newBuilder(whole);
  const { locals, segment } = segmentValues(builder, network);
  const { name, span } = network.core;
  const receivers = [...whole.processes.values()]
    .flat()
    .filter((it) => handlersOf(whole, it, network).size > 0);
  const to = segment.envelope?.get("to");
  const arms = receivers.map((it) => ({
    value: it.index === undefined ? 0 : scalarOf(it.index).low,
    run: () => byState(builder, network, it, segment),
  }));
  if (arms.length > 0) dispatch(builder, to === undefined ? constant(0) : scalarOf(to), arms);
  else {
    const message = `no process receives the segments of \`${name}\``;
    require(builder, constant(0), () => siteOf(builder, "unhandled", span, message));
  }
  const action = { kind: "deliver", name: `deliver ${name}`, span, fault: false } as const;
  return { ...action, network: network.id, locals, ...tidy(builder) };
};

interface Arm {
  readonly value: number;
  readonly run: () => void;
}

/** One arm for each value that the subject can have; the last needs no test. */
const dispatch = (builder: Builder, subject: Term, arms: readonly Arm[]): void => {
  const [first, ...others] = arms;
  if (first === undefined) return;
  const condition = equal(subject, constant(first.value));
  if (others.length > 0) {
    return branch(builder, condition, first.run, () => dispatch(builder, subject, others));
  }
  learn(builder, condition);
  first.run();
};

const byState = (
  builder: Builder,
  network: NetworkPlan,
  instance: Instance,
  segment: Value,
): void => {
  const from = segment.envelope?.get("from");
  const run = (state: State) => (): void =>
    runHandler(builder, { instance, network, segment, from, states: [state] });
  const { state } = instance;
  if (state === undefined) return run(everyState)();
  const subject = scalarOf(read(builder, single(state.type, state.term)));
  const arms = state.type.members.map((_, value) => ({ value, run: run(value) }));
  dispatch(builder, subject, arms);
};

/** Writes the handler of the last of `states`. */
const runHandler = (builder: Builder, handler: HandlerScope): void => {
  const { instance, network, segment, from, states } = handler;
  const state = certain(states.at(-1), "a control state");
  const declaration = certain(
    handlersOf(builder.whole, instance, network).get(state),
    `a handler of ${instance.name}`,
  );
  writeBlock(builder, (done) => {
    let scope: Scope = { ...scopeOf(instance), handler, done };
    scope = withLocal(scope, declaration.message.text, segment);
    if (declaration.from !== undefined && from !== undefined) {
      scope = withLocal(scope, declaration.from.text, from);
    }
    const name = prefixOf(builder.whole, handler);
    const { body } = declaration;
    listBranches(builder.whole, name, body);
    if (body.kind === "cases") {
      writeCases(builder, scope, name, body.cases, () => writeTail(builder, scope, handler, name));
      return;
    }
    for (const stage of body.stages) {
      const stageName = `${name}.${stage.name.text}`;
      writeCases(builder, scope, stageName, stage.cases, () => {
        if (stage.otherwise === undefined) return;
        mark(builder, `${stageName}.else`, stage.otherwise);
        elaborateBlock(builder, scope, stage.otherwise);
      });
    }
  });
};

/** What happens to a segment that no case takes. */
const writeTail = (
  builder: Builder,
  scope: Scope,
  { instance, network, states }: HandlerScope,
  name: string,
): void => {
  const state = certain(states.at(-1), "a control state");
  const declaration = certain(handlersOf(builder.whole, instance, network).get(state), "a handler");
  if (declaration.body.kind !== "cases") return;
  const { tail } = declaration.body;
  if (tail.kind === "else") {
    mark(builder, `${name}.else`, tail.body);
    elaborateBlock(builder, scope, tail.body);
  } else if (tail.kind === "ignore") {
    mark(builder, `${name}.ignore`, tail);
  } else {
    const where = stateName(instance, state);
    const handler = `\`on receive ${declaration.message.text}\``;
    const message = `no case of ${handler} takes this segment of \`${network.core.name}\` in ${where}`;
    require(builder, constant(0), () =>
      siteOf(builder, "unhandled", declaration.message.span, message));
  }
};

/** Ordered cases: the first whose guard holds. */
const writeCases = (
  builder: Builder,
  scope: Scope,
  name: string,
  cases: readonly ast.Case[],
  tail: () => void,
): void => {
  const [first, ...others] = cases;
  if (builder.flow === undefined) return;
  if (first === undefined) return tail();
  branch(
    builder,
    elaborateScalar(builder, scope, first.guard),
    () => {
      if (!isDeferred(first)) mark(builder, `${name}.${first.name.text}`, first.name);
      elaborateBlock(builder, scope, first.body);
    },
    () => writeCases(builder, scope, name, others, tail),
  );
};

/**
 * Lists all branches of a handler, those too that no segment can ever take: findings name these.
 */
const listBranches = (whole: Elaboration, name: string, body: ast.ReceiveBody): void => {
  const listCases = (prefix: string, cases: readonly ast.Case[]): void => {
    for (const it of cases) {
      if (!isDeferred(it)) branchOf(whole, `${prefix}.${it.name.text}`, it.name.span);
    }
  };
  if (body.kind === "cases") {
    listCases(name, body.cases);
    const { tail } = body;
    if (tail.kind === "else") branchOf(whole, `${name}.else`, tail.body.span);
    else if (tail.kind === "ignore") branchOf(whole, `${name}.ignore`, tail.span);
    return;
  }
  for (const stage of body.stages) {
    const prefix = `${name}.${stage.name.text}`;
    listCases(prefix, stage.cases);
    if (stage.otherwise !== undefined) branchOf(whole, `${prefix}.else`, stage.otherwise.span);
  }
};

/** A deferred segment makes no step, so there is no branch to name. */
const isDeferred = (it: ast.Case): boolean => it.body.statements[0]?.kind === "defer";

const branchOf = (whole: Elaboration, name: string, span: Span): BranchId =>
  whole.branches.idOf(`${name} ${span.file} ${span.start}`, { name, span });

const mark = (builder: Builder, name: string, { span }: Pick<ast.Name, "span">): void =>
  emit(builder, { kind: "mark", branch: branchOf(builder.whole, name, span) });

/** `tcp[A].TIME_WAIT`; with the network where a process receives from several. */
const prefixOf = (whole: Elaboration, { instance, network, states }: HandlerScope): string => {
  const state = certain(states.at(-1), "a control state");
  const networks = [...whole.networks.values()].filter(
    (it) => handlersOf(whole, instance, it).size > 0,
  );
  const name = stateName(instance, state);
  return networks.length > 1 ? `${name}.${network.core.name}` : name;
};

/** `reprocess s in S`: the handler of S runs here, and then this handler is done. */
export const reprocess = (
  builder: Builder,
  scope: Scope,
  statement: Extract<ast.Statement, { readonly kind: "reprocess" }>,
): void => {
  const handler = certain(scope.handler, "a handler");
  const members = certain(handler.instance.state, "a control state").type.members;
  const state = members.indexOf(statement.state.text);
  if (handler.states.includes(state)) throw new Error("reprocessing in a circle was not reported");
  runHandler(builder, { ...handler, states: [...handler.states, state] });
  exitTo(builder, certain(scope.done, "a handler"));
};
