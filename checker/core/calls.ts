// Calls of functions and builtins, inlined: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { countOf, type FunctionSymbol } from "../semantics/index.ts";
import * as bits from "./bits.ts";
import { read, shareValue, type Builder } from "./builder.ts";
import { certain, itemAt } from "./certain.ts";
import { scopeOf, withLocal, type Scope } from "./elaboration.ts";
import { elaborateExpression, elaborateFor, memberAt } from "./expressions.ts";
import { processOf } from "./names.ts";
import * as serial from "./serial.ts";
import { absolute, add, constant, equal, maximum, minimum, not, type Term } from "./term.ts";
import { boolean, integer, scalarOf, zero, type Value } from "./value.ts";

type Call = Extract<ast.Expression, { readonly kind: "call" }>;

/** The value of a call. */
export const elaborateCall = (builder: Builder, scope: Scope, call: Call): Value => {
  const name = call.callee.text;
  const member = scope.instance?.functions.get(name);
  if (member !== undefined) return inlined(builder, scope, call, member, scopeOf(scope.instance));
  const global = builder.whole.functions.get(name);
  if (global !== undefined) return inlined(builder, scope, call, global, {});
  return elaborateBuiltin(builder, scope, call);
};

/** Arguments are evaluated once, in order, and checked against the ranges of the parameters. */
const inlined = (
  builder: Builder,
  scope: Scope,
  call: Call,
  symbol: FunctionSymbol,
  outer: Scope,
): Value => {
  builder.whole.spend(1);
  if (builder.whole.isSpent()) return zero(symbol.result);
  const inner = symbol.parameters.reduce((sum, { name, type }, at) => {
    const argument = itemAt(call.arguments, at, "an argument");
    const value = elaborateFor(builder, scope, argument, type, `\`${name}\` of \`${symbol.name}\``);
    return withLocal(sum, name, shareValue(builder, value));
  }, outer);
  const body = certain(symbol.declaration.body, `a body of ${symbol.name}`);
  return elaborateFor(builder, inner, body, symbol.result, `the result of \`${symbol.name}\``);
};

const elaborateBuiltin = (builder: Builder, scope: Scope, call: Call): Value => {
  const name = call.callee.text;
  if (name === "running" || name === "left") return elaborateTimer(builder, scope, call, name);
  const values = call.arguments.map((it) => elaborateExpression(builder, scope, it));
  const terms = values.map(scalarOf);
  const term = (at: number): Term => itemAt(terms, at, "an argument");
  const modulus = (): number => {
    const type = values.find((it) => it.type.kind === "mod")?.type;
    return type?.kind === "mod" ? type.modulus : modulusOf(builder, call);
  };
  switch (name) {
    case "before":
      return boolean(serial.before(modulus(), term(0), term(1)));
    case "after":
      return boolean(serial.before(modulus(), term(1), term(0)));
    case "window":
      return boolean(serial.window(modulus(), term(0), term(1), term(2)));
    case "min":
      return integer(terms.reduce(minimum));
    case "max":
      return integer(terms.reduce(maximum));
    case "abs":
      return integer(absolute(term(0)));
    case "int":
      return integer(term(0));
    case "size":
      return integer(elaborateSize(itemAt(values, 0, "an argument")));
    default:
      throw new Error(`no function ${name} is known to elaboration`);
  }
};

/** Where both are constants, only their types tell the space. */
const modulusOf = (builder: Builder, call: Call): number => {
  for (const argument of call.arguments) {
    const type = builder.whole.program.typeOf(argument);
    if (type.kind === "mod") return type.modulus;
  }
  throw new Error(`${call.callee.text} compares serial numbers`);
};

const elaborateSize = (value: Value): Term => {
  if (value.type.kind !== "set") throw new Error("only a set has a size");
  return bits.size(scalarOf(value), countOf(value.type.element));
};

/** `running(t)`; `left(t)` is the ticks left, 0 when it is stopped. */
const elaborateTimer = (
  builder: Builder,
  scope: Scope,
  call: Call,
  name: "running" | "left",
): Value => {
  const stored = timerTerm(builder, scope, itemAt(call.arguments, 0, "a timer"));
  const timer = scalarOf(read(builder, integer(stored)));
  if (name === "running") return boolean(not(equal(timer, constant(0))));
  return integer(maximum(add(timer, constant(-1)), constant(0)));
};

/** The variable of a timer: `t` in its process, `p[i].t` elsewhere. */
const timerTerm = (builder: Builder, scope: Scope, expression: ast.Expression): Term => {
  if (expression.kind === "name") {
    const timer = certain(scope.instance?.timers.get(expression.name), expression.name);
    return timer.term;
  }
  if (expression.kind !== "field") throw new Error("a timer is a name or a member of a process");
  const reference = certain(processOf(builder, scope, expression.object), "a process");
  return scalarOf(memberAt(builder, scope, reference, expression.field, "timer"));
};
