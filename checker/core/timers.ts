// Starting and stopping timers, and the longest run of each: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { require, share, siteOf, type Builder } from "./builder.ts";
import { certain } from "./certain.ts";
import type { VariableId } from "./core.ts";
import { timerUnbounded } from "./diagnostics.ts";
import type { Elaboration, Scope } from "./elaboration.ts";
import { elaborateScalar } from "./expressions.ts";
import { processOf } from "./names.ts";
import { locateMember, type Place } from "./places.ts";
import { assign } from "./store.ts";
import { add, constant, constantOf, lessEqual, type Term } from "./term.ts";

type Of<Kind extends ast.Statement["kind"]> = Extract<ast.Statement, { readonly kind: Kind }>;

/** `start t(e)`: e ticks are stored as e + 1, because 0 is a stopped timer. */
export const elaborateStart = (builder: Builder, scope: Scope, statement: Of<"start">): void => {
  const ticks = share(builder, elaborateScalar(builder, scope, statement.ticks));
  const { span } = statement.ticks;
  require(builder, lessEqual(constant(0), ticks), () =>
    siteOf(builder, "timer", span, "a timer runs for 0 ticks or more"));
  eachTimer(builder, scope, statement.timer, (place) => {
    lengthen(builder.whole, place, ticks, statement);
    set(builder, place, add(ticks, constant(1)));
  });
};

export const elaborateStop = (builder: Builder, scope: Scope, statement: Of<"stop">): void =>
  eachTimer(builder, scope, statement.timer, (place) => set(builder, place, constant(0)));

/** Writes the variable of a timer; its range is made to fit afterwards. */
const set = (builder: Builder, place: Place, value: Term): void => {
  const { base, moved } = place;
  const target =
    moved === undefined
      ? ({ kind: "variable", variable: base } as const)
      : ({ kind: "element", base, ...moved, index: moved.index.code } as const);
  assign(builder, target, value, {});
};

/** The timer that an expression names: of the process itself, or `p[i].t`. */
const eachTimer = (
  builder: Builder,
  scope: Scope,
  timer: ast.Expression,
  then: (place: Place) => void,
): void => {
  if (timer.kind === "name") {
    const own = certain(scope.instance?.timers.get(timer.name), `the timer ${timer.name}`);
    return then({
      type: { kind: "int", low: 0, high: own.term.high },
      name: own.name,
      base: own.variable,
      exists: constant(1),
    });
  }
  if (timer.kind !== "field") throw new Error("a timer is a name or a member of a process");
  const reference = certain(processOf(builder, scope, timer.object), "a process");
  locateMember(builder, scope, reference, timer.field, "timer", then);
};

/** Remembers the greatest number of ticks with which each timer is started. */
const lengthen = (whole: Elaboration, place: Place, ticks: Term, statement: Of<"start">): void => {
  const { base, moved, name } = place;
  const most = constantOf(ticks) ?? ticks.high;
  if (!Number.isFinite(most)) {
    const timers = [...whole.processes.values()].flat().flatMap((it) => [...it.timers.values()]);
    const timer = certain(
      timers.find((it) => it.variable === base),
      "a timer",
    );
    const facts = { timer: name, start: statement.ticks.span };
    whole.diagnostics.push(timerUnbounded(timer.declared.span, facts));
    return;
  }
  const count = moved?.count ?? 1;
  for (let at = 0; at < count; at += 1) {
    const variable: VariableId = base + at * (moved?.stride ?? 0);
    whole.longest.set(variable, Math.max(whole.longest.get(variable) ?? 0, most));
  }
};
