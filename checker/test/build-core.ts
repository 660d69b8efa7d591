// Small builders for core values written by hand in tests.
/* oxlint-disable unicorn/no-thenable -- what a conditional of the core does is named `then` */

import type {
  Action,
  BinaryOperator,
  Core,
  Expression,
  Network,
  Property,
  Statement,
  Variable,
} from "../core/index.ts";

export const span = { file: "hand.tw", start: 0, end: 0 };

export const k = (value: number): Expression => ({ kind: "constant", value });
export const v = (variable: number): Expression => ({ kind: "variable", variable });
export const l = (local: number): Expression => ({ kind: "local", local });
export const op = (
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  site?: number,
): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
  ...(site === undefined ? {} : { site }),
});
export const is = (left: Expression, right: number): Expression => op("equal", left, k(right));
/** An expression that fails at a site. */
export const failing = (site: number): Expression => op("divide", k(1), k(0), site);

export const ifElse = (
  condition: Expression,
  then: Expression,
  otherwise: Expression,
): Expression => ({ kind: "if", condition, then, otherwise });
/** The value, unless the condition fails at a site. */
export const requiring = (condition: Expression, site: number, then: Expression): Expression => ({
  kind: "require",
  condition,
  site,
  then,
});

export const branch = (
  condition: Expression,
  then: readonly Statement[],
  otherwise: readonly Statement[] = [],
): Statement => ({ kind: "if", condition, then, otherwise });
export const set = (variable: number, value: Expression | number): Statement => ({
  kind: "assign",
  target: { kind: "variable", variable },
  value: typeof value === "number" ? k(value) : value,
});
export const add = (variable: number, amount: number): Statement =>
  set(variable, op("add", v(variable), k(amount)));
export const send = (network: number, ...values: readonly (Expression | number)[]): Statement => ({
  kind: "send",
  network,
  values: values.map((it) => (typeof it === "number" ? k(it) : it)),
});
export const signal = (event: number, when: Expression = k(1)): Statement => ({
  kind: "signal",
  event,
  when,
});
export const choose = (local: number, high: number, guard?: Expression): Statement => ({
  kind: "choose",
  local,
  low: 0,
  high,
  name: "x",
  display: { kind: "int" },
  ...(guard === undefined ? {} : { guard }),
});
export const disable: Statement = { kind: "disable" };

export const integer = (name: string, high: number, more: Partial<Variable> = {}): Variable => ({
  name,
  low: 0,
  high,
  display: { kind: "int" },
  ghost: false,
  origin: { kind: "variable" },
  owner: "",
  initial: 0,
  ...more,
});

export const timer = (name: string, initial: number): Variable =>
  integer(name, 9, { origin: { kind: "timer" }, initial });

/** One field `x : 0..9`, a bag of three, errors when full. */
export const network = (more: Partial<Network> = {}): Network => ({
  name: "wire",
  capacity: 3,
  full: "error",
  fullSite: 0,
  kind: "bag",
  fields: [{ name: "x", low: 0, high: 9, display: { kind: "int" }, ghost: false }],
  span,
  ...more,
});

export const hosts = { kind: "enum", members: ["A", "B"], low: 0, high: 1 } as const;

export const rule = (
  name: string,
  guard: Expression,
  body: readonly Statement[],
  more: { readonly fault?: boolean; readonly localCount?: number } = {},
): Action => ({
  kind: "rule",
  name,
  span,
  fault: false,
  localCount: 4,
  parameters: [],
  guard,
  body,
  ...more,
});

export const deliver = (body: readonly Statement[], locals = [0], id = 0): Action => ({
  kind: "deliver",
  name: "deliver wire",
  span,
  fault: false,
  localCount: 9,
  network: id,
  locals,
  body,
});
export const lose: Action = {
  kind: "lose",
  name: "lose wire",
  span,
  fault: true,
  localCount: 0,
  network: 0,
};
export const duplicate: Action = {
  kind: "duplicate",
  name: "duplicate wire",
  span,
  fault: true,
  localCount: 0,
  network: 0,
};
export const tick: Action = { kind: "tick", name: "tick", span, fault: false, localCount: 0 };

export const invariant = (name: string, condition: Expression): Property => ({
  kind: "invariant",
  name,
  span,
  condition,
  localCount: 4,
});
export const never = (name: string, event: number): Property => ({
  kind: "never",
  name,
  span,
  event,
});
export const recoverable = (from: Expression, to: Expression, withoutFaults = false): Property => ({
  kind: "recoverable",
  name: "back",
  instance: "",
  span,
  from,
  to,
  withoutFaults,
  localCount: 4,
});

type Site = Core["sites"][number];
const sites: readonly Site[] = (["full", "range", "unhandled", "division"] as const).map(
  (error) => ({ error, message: `a model error of kind ${error}`, span }),
);

/** The parts of a core worth writing down; `init` is only its statements. */
export type Parts = Partial<Omit<Core, "init">> & { readonly init?: readonly Statement[] };

/** A core from its interesting parts; sites 0..3 are full, range, unhandled and division. */
export const core = (parts: Parts): Core => {
  const { init = [], properties = [], ...rest } = parts;
  return {
    variables: [],
    networks: [],
    actions: [],
    properties,
    events: properties.flatMap((it) => ("event" in it ? [{ property: it.name }] : [])),
    bounds: [],
    finals: [],
    sites,
    branches: [],
    parameters: [],
    init: { body: init, localCount: 4 },
    ...rest,
  };
};
