// Random small cores, on which searches, back ends and replays are held against each other.

import fc from "fast-check";
import type { Action, Core, Expression, Network, Property, Statement } from "../core/index.ts";
import {
  branch,
  core,
  deliver,
  duplicate,
  ifElse,
  integer,
  is,
  k,
  l,
  lose,
  network,
  op,
  requiring,
  rule,
  span,
  tick,
  timer,
  v,
} from "./build-core.ts";

/*
 * Every core is well formed: locals are assigned before they are read, values sent are in range,
 * and what may be out of range is checked. Sites: 0 full, 1 range, 2 unhandled, 3 division.
 */

const [a, b, flag, t, u, loss, duplication] = [0, 1, 2, 3, 4, 6, 7] as const;

const variables: Core["variables"] = [
  integer("a", 2),
  integer("b", 1, { low: -1 }),
  integer("flag", 1, { display: { kind: "bool" } }),
  timer("t", 0),
  timer("u", 0),
  integer("clock", 1, { origin: { kind: "clock" } }),
  integer("loss", 1, { initial: 1 }),
  integer("duplication", 1, { initial: 1 }),
].map((it) => (it.origin.kind === "timer" ? { ...it, high: 2 } : it));

const operators = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "remainder",
  "min",
  "max",
  "equal",
  "unequal",
  "less",
  "less-equal",
  "and",
  "or",
  "implies",
] as const;

/**
 * Expressions over the variables and the first `locals` locals; binders use the locals after them.
 */
const expressions = (locals: number, networks: number, depth = 2): fc.Arbitrary<Expression> => {
  const leaves: fc.Arbitrary<Expression>[] = [
    fc.integer({ min: -2, max: 3 }).map(k),
    fc.integer({ min: 0, max: 5 }).map(v),
    ...(locals === 0 ? [] : [fc.nat(locals - 1).map(l)]),
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = expressions(locals, networks, depth - 1);
  const bound = expressions(locals + 1, networks, depth - 1);
  return fc.oneof(
    ...leaves,
    fc
      .tuple(fc.constantFrom(...operators), inner, inner)
      .map(([operator, left, right]) => op(operator, left, right, 3)),
    fc
      .tuple(fc.constantFrom("plus", "minus", "distance", "before"), inner, inner)
      .map(([operator, left, right]): Expression => {
        return { kind: "serial", operator, modulus: 4, left, right };
      }),
    fc
      .constantFrom("not", "negate", "absolute")
      .chain((kind) => inner.map((operand): Expression => ({ kind, operand }))),
    fc.tuple(inner, inner, inner).map(([condition, yes, otherwise]): Expression => {
      return ifElse(condition, yes, otherwise);
    }),
    fc.tuple(inner, inner).map(([condition, value]): Expression => {
      return requiring(condition, 2, value);
    }),
    fc.tuple(inner, bound).map(([value, body]): Expression => {
      return { kind: "let", local: locals, value, body };
    }),
    inner.map((index): Expression => {
      return { kind: "element", of: "variable", base: a, stride: 1, count: 2, index, site: 2 };
    }),
    fc
      .tuple(fc.constantFrom("forall", "exists", "count"), bound)
      .map(([quantifier, body]): Expression => {
        return { kind: "quantifier", quantifier, local: locals, low: -1, high: 1, body };
      }),
    ...(networks === 0
      ? []
      : [
          fc
            .tuple(fc.constantFrom("forall", "exists", "count"), bound)
            .map(([quantifier, body]): Expression => {
              return { kind: "segments", quantifier, network: 0, locals: [locals], body };
            }),
        ]),
  );
};

const condition = (locals: number, networks: number): fc.Arbitrary<Expression> =>
  expressions(locals, networks).map((it) => op("unequal", it, k(0)));

/** Any integer made one of low..high. */
const fitted = (value: Expression, low: number, high: number): Expression => ({
  kind: "serial",
  operator: "plus",
  modulus: high - low + 1,
  left: value,
  right: k(0),
});

const ranges: Readonly<Record<number, readonly [number, number]>> = {
  [a]: [0, 2],
  [b]: [-1, 1],
  [flag]: [0, 1],
  [t]: [0, 2],
  [u]: [0, 2],
};

const assignments = (locals: number, networks: number): fc.Arbitrary<Statement> =>
  fc
    .tuple(fc.nat(u), expressions(locals, networks), fc.boolean())
    .map(([variable, value, wild]) => {
      const [low, high] = ranges[variable] ?? [0, 0];
      const target = { kind: "variable", variable } as const;
      if (wild) return { kind: "assign", target, value, check: { low, high, site: 1 } };
      // A fitted value starts at 0, which every range contains; half of the range of `b` is enough.
      return { kind: "assign", target, value: fitted(value, 0, high) };
    });

const statements = (
  locals: number,
  one: Network | undefined,
  depth: number,
): fc.Arbitrary<Statement> => {
  const networks = one === undefined ? 0 : 1;
  const value = expressions(locals, networks, 1);
  const simple: fc.Arbitrary<Statement>[] = [
    assignments(locals, networks),
    assignments(locals, networks),
    fc.tuple(value, value).map(([index, it]): Statement => {
      const target = { kind: "element", base: a, stride: 1, count: 2, index, site: 2 } as const;
      return { kind: "assign", target, value: fitted(it, 0, 1) };
    }),
    fc
      .tuple(fc.nat(1), condition(locals, networks))
      .map(([event, when]): Statement => ({ kind: "signal", event, when })),
    value.map((it): Statement => ({ kind: "require", condition: it, site: 2 })),
    fc.constant<Statement>({ kind: "disable" }),
    fc.nat(3).map((branch): Statement => ({ kind: "mark", branch })),
    ...(one === undefined ? [] : [sends(value, one), sends(value, one)]),
  ];
  if (depth === 0) return fc.oneof(...simple);
  const inner = fc.array(statements(locals, one, depth - 1), { maxLength: 2 });
  return fc.oneof(
    ...simple,
    fc.tuple(value, inner, inner).map(([it, yes, otherwise]): Statement => {
      return branch(it, yes, otherwise);
    }),
    fc.array(inner, { maxLength: 2 }).map((branches): Statement => ({ kind: "either", branches })),
    fc.tuple(inner, value, inner).map(([before, leaves, after]): Statement => {
      const exit: Statement = { kind: "exit", label: depth };
      const leave = branch(leaves, [exit]);
      return { kind: "block", label: depth, body: [...before, leave, ...after] };
    }),
  );
};

const sends = (value: fc.Arbitrary<Expression>, one: Network): fc.Arbitrary<Statement> =>
  fc.tuple(value, value, value, value).map(([to, from, x, y]) => ({
    kind: "send",
    network: 0,
    values: [
      ...(one.lifetime === undefined ? [] : [k(0)]),
      ...(one.addresses === undefined ? [] : [fitted(to, 0, 1), fitted(from, 0, 1)]),
      fitted(x, 0, 1),
      op("subtract", fitted(y, 0, 1), k(1)),
    ],
  }));

/** Statements of which the first may choose into the local after those given. */
const bodies = (locals: number, one: Network | undefined): fc.Arbitrary<readonly Statement[]> => {
  const list = (known: number) => fc.array(statements(known, one, 2), { maxLength: 3 });
  const networks = one === undefined ? 0 : 1;
  return fc.oneof(
    list(locals),
    fc
      .tuple(fc.option(condition(locals + 1, networks), { nil: undefined }), list(locals + 1))
      .map(([guard, rest]): readonly Statement[] => [
        {
          kind: "choose",
          local: locals,
          low: 0,
          high: 1,
          name: "c",
          display: { kind: "int" },
          ...(guard === undefined ? {} : { guard }),
        },
        ...rest,
      ]),
  );
};

const localCount = 12;

const rules = (name: string, one: Network | undefined): fc.Arbitrary<Action> =>
  fc
    .record({
      guard: condition(1, one === undefined ? 0 : 1),
      body: bodies(1, one),
      fault: fc.boolean(),
      high: fc.integer({ min: 0, max: 1 }),
    })
    .map(({ guard, body, fault, high }) => ({
      ...rule(name, guard, body, { fault, localCount }),
      kind: "rule",
      parameters: [{ name: "p", local: 0, low: 0, high, display: { kind: "int" } }],
      guard,
      body,
    }));

const networks: fc.Arbitrary<Network> = fc
  .record({
    capacity: fc.integer({ min: 0, max: 2 }),
    kind: fc.constantFrom("bag", "fifo"),
    full: fc.constantFrom("drop", "block", "error"),
    lifetime: fc.constantFrom({}, { lifetime: 1 }),
    addresses: fc.constantFrom({}, { addresses: { kind: "int", low: 0, high: 1 } as const }),
    loss: fc.constantFrom({}, { loss: "any" as const }, { loss }),
    duplication: fc.constantFrom({}, { duplication: "any" as const }, { duplication }),
  })
  .map(({ lifetime, addresses, loss: losing, duplication: doubling, ...rest }) =>
    network({
      ...rest,
      ...lifetime,
      ...addresses,
      ...losing,
      ...doubling,
      fields: [
        { name: "x", low: 0, high: 1, display: { kind: "int" }, ghost: false },
        { name: "y", low: -1, high: 0, display: { kind: "int" }, ghost: false },
      ],
    }),
  );

const expiry = (name: string, variable: number, body: readonly Statement[]): Action => {
  const stop: Statement = {
    kind: "assign",
    target: { kind: "variable", variable },
    value: k(0),
  };
  return { ...rule(name, is(v(variable), 1), [stop, ...body], { localCount }) };
};

const properties = (networksCount: number): fc.Arbitrary<readonly Property[]> => {
  const it = condition(0, networksCount);
  return fc.tuple(it, it, it, it, fc.boolean()).map(([always, once, from, to, withoutFaults]) => [
    { kind: "invariant", name: "always", span, condition: always, localCount },
    { kind: "reachable-state", name: "once", span, condition: once, localCount },
    { kind: "never", name: "never", span, event: 0 },
    { kind: "reachable-event", name: "seen", span, event: 1 },
    { kind: "recoverable", name: "back", instance: "", span, from, to, withoutFaults, localCount },
  ]);
};

/** Well-formed cores with everything the language has; most have less than a thousand states. */
export const randomCores: fc.Arbitrary<Core> = fc
  .option(networks, { nil: undefined, freq: 5 })
  .chain((one) => {
    const some = one === undefined ? 0 : 1;
    const stored = one === undefined ? [] : segmentLocals(one);
    return fc
      .record({
        rules: fc.tuple(rules("first", one), rules("second", one)),
        received: bodies(stored.length, one),
        expired: bodies(0, one),
        init: bodies(0, one),
        properties: properties(some),
        bound: fc.option(condition(0, some), { nil: undefined, freq: 2 }),
        hasClock: fc.boolean(),
        final: fc.option(condition(0, some), { nil: undefined }),
      })
      .map((parts) => {
        const made = core({
          variables: variables.map((it) =>
            it.name !== "clock" || parts.hasClock ? it : { ...it, origin: { kind: "variable" } },
          ),
          networks: one === undefined ? [] : [one],
          actions: [
            ...parts.rules,
            expiry("expire t", t, parts.expired),
            expiry("expire u", u, []),
            ...(one === undefined
              ? []
              : [{ ...deliver(parts.received, [...stored]), localCount }, lose, duplicate]),
            tick,
          ],
          properties: parts.properties,
          bounds:
            parts.bound === undefined
              ? []
              : [{ name: "bound", condition: parts.bound, localCount, span }],
          finals: parts.final === undefined ? [] : [{ condition: parts.final, localCount }],
          branches: ["p", "q", "r", "s"].map((name) => ({ name, span })),
        });
        return { ...made, init: { body: parts.init, localCount } };
      });
  });

const segmentLocals = (one: Network): readonly number[] => {
  const count = (one.lifetime === undefined ? 0 : 1) + (one.addresses === undefined ? 0 : 2) + 2;
  return Array.from({ length: count }, (_, local) => local);
};
