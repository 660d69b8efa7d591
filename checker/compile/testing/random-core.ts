// Support for tests: cores made at random, of everything that a core can contain.
/* oxlint-disable unicorn/no-thenable -- what a conditional of the core does is named `then` */

import type {
  Action,
  Core,
  LocalId,
  Network,
  Property,
  SegmentField,
  Statement,
  Variable,
} from "../../core/index.ts";
import { segmentRanges } from "../../machine/index.ts";
import type { Context, Draw } from "./random-expression.ts";
import {
  clamped,
  constant,
  expression,
  int,
  mask,
  newLocal,
  pick,
  site,
  span,
  times,
} from "./random-expression.ts";

export type { Draw } from "./random-expression.ts";

const assignment = (context: Context): Statement => {
  const { draw, variables } = context;
  const variable = draw(0, variables.length - 1);
  const { low, high } = pick((_, last) => Math.min(variable, last), variables);
  if (draw(0, 3) > 0) {
    const value = expression(context, 2);
    const target = { kind: "variable", variable } as const;
    return draw(0, 2) === 0
      ? { kind: "assign", target, value, check: { low, high, site: site(context) } }
      : { kind: "assign", target, value: clamped(value, low, high) };
  }
  const count = draw(1, Math.min(3, variables.length - variable));
  const range = variables.slice(variable, variable + count);
  const least = Math.max(...range.map((it) => it.low));
  const most = Math.min(...range.map((it) => it.high));
  const index = draw(0, 1) === 0 ? mask(expression(context, 1)) : expression(context, 1);
  return {
    kind: "assign",
    target: { kind: "element", base: variable, stride: 1, count, index, site: site(context) },
    value: expression(context, 1),
    check: { low: least, high: most, site: site(context) },
  };
};

const send = (context: Context): Statement => {
  const network = context.draw(0, context.networks.length - 1);
  const ranges = segmentRanges(pick((_, last) => Math.min(network, last), context.networks));
  const values = ranges.map(({ low, high }) => clamped(expression(context, 1), low, high));
  return { kind: "send", network, values };
};

/** A statement, and the locals that are certainly assigned after it. */
const statement = (
  context: Context,
  depth: number,
  labels: readonly number[],
): { readonly made: Statement; readonly locals: readonly LocalId[] } => {
  const { draw, locals, count } = context;
  const body = (inner: readonly number[] = labels) => statements(context, depth - 1, inner);
  const kind = draw(0, depth > 0 ? 11 : 5);
  if (kind === 1 && context.networks.length > 0) return { made: send(context), locals };
  if (kind === 2) {
    const value = expression(context, 2);
    const local = draw(0, 2) === 0 && locals.length > 0 ? pick(draw, locals) : newLocal(context);
    return { made: { kind: "let", local, value }, locals: [...locals, local] };
  }
  if (kind === 3 && context.events > 0) {
    const event = draw(0, context.events - 1);
    return { made: { kind: "signal", event, when: expression(context, 2) }, locals };
  }
  if (kind === 4) return { made: { kind: "mark", branch: draw(0, context.branches - 1) }, locals };
  if (kind === 5) return { made: rare(context, labels), locals };
  if (kind === 6 || kind === 7) {
    const condition = expression(context, 2);
    return { made: { kind: "if", condition, then: body(), otherwise: body() }, locals };
  }
  if (kind === 8) {
    const label = count.labels;
    count.labels += 1;
    return { made: { kind: "block", label, body: body([...labels, label]) }, locals };
  }
  if (kind === 9 && count.forks < 3) {
    count.forks += 1;
    return { made: { kind: "either", branches: times(draw(0, 3), () => body()) }, locals };
  }
  if (kind === 10 && count.forks < 3) {
    count.forks += 1;
    const local = newLocal(context);
    const low = draw(-1, 1);
    const after = [...locals, local];
    const guard = expression({ ...context, locals: after }, 2);
    const made = { kind: "choose", local, low, high: low + draw(-1, 3) } as const;
    const named = { ...made, name: "c", display: int };
    return { made: draw(0, 1) === 0 ? named : { ...named, guard }, locals: after };
  }
  return { made: assignment(context), locals };
};

const rare = (context: Context, labels: readonly number[]): Statement => {
  const { draw } = context;
  if (labels.length > 0 && draw(0, 1) === 0) return { kind: "exit", label: pick(draw, labels) };
  if (draw(0, 2) === 0) return { kind: "disable" };
  return { kind: "require", condition: expression(context, 2), site: site(context) };
};

const statements = (
  context: Context,
  depth: number,
  labels: readonly number[] = [],
): readonly Statement[] => {
  let known = context.locals;
  return times(context.draw(0, 3), () => {
    const { made, locals } = statement({ ...context, locals: known }, depth, labels);
    known = locals;
    return made;
  });
};

const variable = (draw: Draw, index: number): Variable => {
  const base = { name: `v${index}`, display: int, ghost: false, owner: "" };
  switch (draw(0, 11)) {
    case 10: {
      const [low, high] = pick(draw, [
        [0, 2 ** 32 - 1],
        [2 ** 40, 2 ** 40 + 5],
        [-(2 ** 32), -1],
      ] as const);
      return { ...base, low, high, initial: high, origin: { kind: "variable" } };
    }
    case 0:
      return { ...base, low: 0, high: draw(0, 3), initial: 0, origin: { kind: "timer" } };
    case 1:
      return { ...base, low: 0, high: draw(1, 3), initial: 0, origin: { kind: "clock" } };
    case 2:
      return {
        ...base,
        low: -(2 ** 31),
        high: 2 ** 31 - 1,
        initial: -1,
        origin: { kind: "variable" },
      };
    case 3:
      return { ...base, low: 3, high: 3, initial: 3, origin: { kind: "variable" } };
    default: {
      const low = draw(-4, 2);
      const high = low + draw(1, 7);
      return { ...base, low, high, initial: draw(low, high), origin: { kind: "variable" } };
    }
  }
};

const field = (draw: Draw, index: number): SegmentField => {
  const low = draw(-1, 1);
  const high = low + pick(draw, [0, 1, 2, 3, 5, 1000, 2 ** 20 - 1]);
  return { name: `f${index}`, low, high, display: int, ghost: false };
};

/** A network and the variables of its budgets. */
const network = (
  draw: Draw,
  id: number,
  firstVariable: number,
): { readonly made: Network; readonly budgets: readonly Variable[] } => {
  const budgets: Variable[] = [];
  const faultiness = (of: "loss" | "duplication"): Network["loss"] => {
    const kind = draw(0, 3);
    if (kind < 2) return kind === 0 ? undefined : "any";
    const high = draw(1, 2);
    const origin = { kind: "budget", network: id, of } as const;
    const base = { name: `n${id}.${of}`, display: int, ghost: false, owner: "", origin };
    budgets.push({ ...base, low: 0, high, initial: high });
    return firstVariable + budgets.length - 1;
  };
  const [loss, duplication] = [faultiness("loss"), faultiness("duplication")];
  const made: Network = {
    name: `n${id}`,
    capacity: draw(1, 3),
    full: pick(draw, ["drop", "block", "error"] as const),
    fullSite: 0,
    kind: pick(draw, ["bag", "fifo"] as const),
    fields: times(draw(0, 4), (index) => field(draw, index)),
    span,
    ...(draw(0, 1) === 0 ? {} : { lifetime: draw(0, 2) }),
    ...(draw(0, 1) === 0 ? {} : { addresses: { ...int, low: 0, high: draw(0, 2) } }),
    ...(loss === undefined ? {} : { loss }),
    ...(duplication === undefined ? {} : { duplication }),
  };
  return { made, budgets };
};

const rule = (context: Context, index: number): Action => {
  const { draw } = context;
  const inner = { ...context, count: { locals: 0, labels: 0, forks: 0 } };
  const parameters = times(draw(0, 2), (position) => {
    const local = newLocal(inner);
    const low = draw(-1, 1);
    return { name: `p${position}`, local, low, high: low + draw(0, 2), display: int };
  });
  const known = { ...inner, locals: parameters.map(({ local }) => local) };
  const guard = draw(0, 1) === 0 ? constant(1) : expression(known, 2);
  const body = statements(known, 3);
  const head = { name: `rule ${index}`, span, fault: draw(0, 4) === 0 };
  return { kind: "rule", ...head, parameters, guard, body, localCount: inner.count.locals };
};

const networkActions = (context: Context, id: number, made: Network): readonly Action[] => {
  const count = { locals: 0, labels: 0, forks: 0 };
  const inner = { ...context, count };
  const locals = segmentRanges(made).map(() => newLocal(inner));
  const body = statements({ ...inner, locals }, 3);
  const head = { span, fault: false, network: id };
  return [
    { ...head, kind: "deliver", name: `deliver n${id}`, locals, body, localCount: count.locals },
    ...(made.loss === undefined
      ? []
      : [{ ...head, kind: "lose", name: "lose", fault: true, localCount: 0 } as const]),
    ...(made.duplication === undefined
      ? []
      : [{ ...head, kind: "duplicate", name: "duplicate", fault: true, localCount: 0 } as const]),
  ];
};

const condition = (context: Context, depth = 3) => {
  const inner = { ...context, count: { locals: 0, labels: 0, forks: 0 }, locals: [] };
  return { condition: expression(inner, depth), localCount: inner.count.locals };
};

const properties = (context: Context, events: number): readonly Property[] => {
  const { draw } = context;
  const states = times(draw(0, 3), (index): Property => {
    const kind = pick(draw, ["invariant", "reachable-state"] as const);
    return { kind, name: `s${index}`, span, ...condition(context) };
  });
  const marked = times(events, (event): Property => {
    const kind = pick(draw, ["never", "reachable-event"] as const);
    return { kind, name: `e${event}`, span, event };
  });
  const recoverable = times(draw(0, 2), (index): Property => {
    const [from, to] = [condition(context, 2), condition(context, 2)];
    const localCount = Math.max(from.localCount, to.localCount);
    const head = { name: `r${index}`, instance: "", span, withoutFaults: draw(0, 1) === 0 };
    return { kind: "recoverable", ...head, from: from.condition, to: to.condition, localCount };
  });
  return [...states, ...marked, ...recoverable];
};

/** A core of everything, well formed, and with few enough states or cut off by a test. */
export const randomCore = (draw: Draw): Core => {
  const own = times(draw(1, 5), (index) => variable(draw, index));
  const networks: Network[] = [];
  const variables: Variable[] = [...own];
  for (let id = draw(0, 2); id > 0; id -= 1) {
    const { made, budgets } = network(draw, networks.length, variables.length);
    networks.push(made);
    variables.push(...budgets);
  }
  const events = pick(draw, [0, 1, 2, 34]);
  const context: Context = {
    draw,
    variables,
    networks,
    events,
    branches: 6,
    sites: 5,
    locals: [],
    count: { locals: 0, labels: 0, forks: 0 },
  };
  const start = { ...context, count: { locals: 0, labels: 0, forks: 0 } };
  const init = statements(start, 2);
  return {
    variables,
    networks,
    init: { body: init, localCount: start.count.locals },
    actions: [
      ...times(draw(1, 3), (index) => rule(context, index)),
      ...networks.flatMap((it, id) => networkActions(context, id, it)),
      { kind: "tick", name: "tick", span, fault: false, localCount: 0 },
    ],
    properties: properties(context, events),
    events: times(events, (event) => ({ property: `e${event}` })),
    bounds: times(draw(0, 3) === 0 ? 2 : 0, (index) => ({
      name: `b${index}`,
      span,
      ...condition(context, 2),
    })),
    finals: times(draw(0, 2), () => condition(context, 2)),
    sites: times(5, () => ({ error: "range", message: "", span })),
    branches: times(6, (index) => ({ name: `branch ${index}`, span })),
    parameters: [],
  };
};
