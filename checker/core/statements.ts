// Statements of the typed program to core statements: typed program -> core.

import type * as ast from "../syntax/index.ts";
import {
  branch,
  capture,
  captureValue,
  emit,
  lazily,
  learn,
  newLocal,
  require,
  share,
  side,
  siteOf,
  type Builder,
} from "./builder.ts";
import { exitTo } from "./blocks.ts";
import { certain, itemAt } from "./certain.ts";
import { displayOf } from "./components.ts";
import { rangeOf, valuesIn } from "./domains.ts";
import { scopeOf, withLocal, type Instance, type Scope } from "./elaboration.ts";
import { elaborateEmit } from "./events.ts";
import {
  elaborateExpression,
  elaborateFor,
  elaborateScalar,
  patternCondition,
} from "./expressions.ts";
import { join } from "./flow.ts";
import { contentOf, locate } from "./places.ts";
import { assign, store } from "./store.ts";
import { reprocess } from "./receive.ts";
import { elaborateSend } from "./send.ts";
import * as serial from "./serial.ts";
import { add, and, constant, constantOf, localTerm, subtract, truth } from "./term.ts";
import { elaborateStart, elaborateStop } from "./timers.ts";
import { asType, boolean, scalarOf, single, type Value } from "./value.ts";

/*
 * The judgement: in a scope, with what is known at this point, a statement writes core statements
 * and leaves the scope and the knowledge of what follows it. Nothing is written where control
 * cannot be.
 */

/** Writes a block; its locals end with it. */
export const elaborateBlock = (builder: Builder, scope: Scope, block: ast.Block): void => {
  let inner = scope;
  for (const statement of block.statements) {
    if (builder.flow === undefined) return;
    inner = elaborateStatement(builder, inner, statement);
  }
};

type Of<Kind extends ast.Statement["kind"]> = Extract<ast.Statement, { readonly kind: Kind }>;

/** Writes one statement, and returns the scope of the next. */
const elaborateStatement = (builder: Builder, scope: Scope, statement: ast.Statement): Scope => {
  switch (statement.kind) {
    case "let":
      return withLocal(scope, statement.name.text, letValue(builder, scope, statement));
    case "assign":
      elaborateAssign(builder, scope, statement);
      return scope;
    case "go":
      goTo(builder, certain(scope.instance, "an instance"), statement.state.text);
      return scope;
    case "send":
      elaborateSend(builder, scope, statement);
      return scope;
    case "start":
      elaborateStart(builder, scope, statement);
      return scope;
    case "stop":
      elaborateStop(builder, scope, statement);
      return scope;
    case "emit":
      elaborateEmit(builder, scope, statement);
      return scope;
    case "if":
      elaborateIf(builder, scope, statement);
      return scope;
    case "match":
      elaborateMatch(builder, scope, statement);
      return scope;
    case "for":
      elaborateLoop(builder, scope, statement);
      return scope;
    case "choose":
      elaborateChoose(builder, scope, statement);
      return scope;
    case "either":
      elaborateEither(builder, scope, statement);
      return scope;
    case "assert":
      require(builder, elaborateScalar(builder, scope, statement.condition), () =>
        siteOf(builder, "assert", statement.condition.span, statement.why));
      return scope;
    case "done":
      exitTo(builder, certain(scope.done, "a handler"));
      return scope;
    case "defer":
      disable(builder);
      return scope;
    case "reprocess":
      reprocess(builder, scope, statement);
      return scope;
    case "call":
      elaborateProcedure(builder, scope, statement);
      return scope;
    case "missing":
      throw new Error("a program with errors is not elaborated");
  }
};

/** The path is no step. */
const disable = (builder: Builder): void => {
  emit(builder, { kind: "disable" });
  builder.flow = undefined;
};

const letValue = (builder: Builder, scope: Scope, statement: Of<"let">): Value => {
  const { value, type } = statement;
  if (type === undefined) return captureValue(builder, elaborateExpression(builder, scope, value));
  const wanted = builder.whole.program.denote(type);
  const place = `\`${statement.name.text}\``;
  return captureValue(builder, elaborateFor(builder, scope, value, wanted, place));
};

const elaborateAssign = (builder: Builder, scope: Scope, statement: Of<"assign">): void => {
  const { operator, target } = statement;
  // The value is computed before the indices of the target; neither changes anything.
  const value = elaborateExpression(builder, scope, statement.value);
  locate(builder, scope, target, (place) => {
    if (operator === "=") {
      store(builder, place, asType(value, place.type), statement.value.span);
      return;
    }
    const [old, amount] = [scalarOf(contentOf(builder, place)), scalarOf(value)];
    const isPlus = operator === "+=";
    const { type } = place;
    if (type.kind === "mod") {
      const sum = (isPlus ? serial.plus : serial.minus)(type.modulus, old, amount);
      store(builder, place, single(type, sum), statement.span);
    } else {
      const sum = isPlus ? add(old, amount) : subtract(old, amount);
      store(builder, place, single(type, sum), statement.span);
    }
  });
};

/** `-> S` */
const goTo = (builder: Builder, instance: Instance, name: string): void => {
  const { type, term } = certain(instance.state, "a control state");
  if (term.code.kind !== "variable") throw new Error("the control state is a variable");
  const target = { kind: "variable", variable: term.code.variable } as const;
  assign(builder, target, constant(type.members.indexOf(name)), {});
};

const elaborateIf = (builder: Builder, scope: Scope, statement: Of<"if">): void => {
  const { then, otherwise } = statement;
  branch(
    builder,
    elaborateScalar(builder, scope, statement.condition),
    () => elaborateBlock(builder, scope, then),
    () => {
      if (otherwise !== undefined) elaborateBlock(builder, scope, otherwise);
    },
  );
};

/** Arms are tried in order; the last is taken without a test, because a match covers its type. */
const elaborateMatch = (builder: Builder, scope: Scope, statement: Of<"match">): void => {
  // Not captured: bodies learn what the arm says of a variable, and read it before they change it.
  const subject = share(builder, elaborateScalar(builder, scope, statement.subject));
  const from = (at: number): void => {
    const arm = itemAt(statement.arms, at, "an arm that covers");
    const body = () => elaborateBlock(builder, scope, arm.body);
    const condition = patternCondition(builder, scope, subject, arm) ?? truth;
    if (at < statement.arms.length - 1) {
      return branch(builder, condition, body, () => from(at + 1));
    }
    learn(builder, condition);
    body();
  };
  from(0);
};

/** Written out in declaration order. */
const elaborateLoop = (builder: Builder, scope: Scope, statement: Of<"for">): void => {
  const { binder, body } = statement;
  const { repeated } = builder;
  const values = valuesIn(rangeOf(builder, scope, statement.domain, capture));
  builder.repeated *= Math.max(1, values.length);
  for (const { value, holds } of values) {
    builder.whole.spend(1);
    if (builder.whole.isSpent()) break;
    const inner = withLocal(scope, binder.text, value);
    branch(
      builder,
      holds,
      () => elaborateBlock(builder, inner, body),
      () => {},
    );
  }
  builder.repeated = repeated;
};

const elaborateChoose = (builder: Builder, scope: Scope, statement: Of<"choose">): void => {
  const { binder, guard } = statement;
  const range = rangeOf(builder, scope, statement.domain, capture);
  if (range.low > range.high) return disable(builder);
  const local = newLocal(builder);
  const term = localTerm(local, range.low, range.high);
  const inner = withLocal(scope, binder.text, single(range.type, term));
  const holds = range.holds?.(term) ?? truth;
  const condition =
    guard === undefined
      ? holds
      : and(
          holds,
          scalarOf(
            lazily(builder, holds, true, () => boolean(elaborateScalar(builder, inner, guard))),
          ),
        );
  const decided = constantOf(condition);
  if (decided === 0) return disable(builder);
  emit(builder, {
    kind: "choose",
    local,
    low: range.low,
    high: range.high,
    ...(decided === undefined ? { guard: condition.code } : {}),
    name: binder.text,
    display: displayOf(range.type),
  });
  learn(builder, condition);
  elaborateBlock(builder, inner, statement.body);
};

const elaborateEither = (builder: Builder, scope: Scope, statement: Of<"either">): void => {
  const { flow, out } = builder;
  if (flow === undefined) return;
  const sides = statement.branches.map((it) =>
    side(builder, flow, () => elaborateBlock(builder, scope, it)),
  );
  builder.out = out;
  builder.flow = flow;
  emit(builder, { kind: "either", branches: sides.map((it) => it.body) });
  builder.flow = sides.map((it) => it.flow).reduce(join, undefined);
};

/** Arguments are evaluated once, in order, and checked against the ranges of the parameters. */
const elaborateProcedure = (builder: Builder, scope: Scope, statement: Of<"call">): void => {
  const name = statement.callee.text;
  const member = scope.instance?.procedures.get(name);
  const symbol = certain(member ?? builder.whole.procedures.get(name), `the procedure ${name}`);
  builder.whole.spend(1);
  const outer = member === undefined ? {} : scopeOf(scope.instance);
  const inner = symbol.parameters.reduce((sum, parameter, at) => {
    const argument = itemAt(statement.arguments, at, "an argument");
    const place = `\`${parameter.name}\` of \`${name}\``;
    const value = elaborateFor(builder, scope, argument, parameter.type, place);
    return withLocal(sum, parameter.name, captureValue(builder, value));
  }, outer);
  elaborateBlock(builder, inner, certain(symbol.declaration.body, `a body of ${name}`));
};
