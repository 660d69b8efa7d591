// Random small protocols with control states and serial numbers, on which reductions bite: for tests.

import fc from "fast-check";
import type { Core, Expression, Statement } from "../../core/index.ts";
import {
  branch,
  choose,
  core,
  deliver,
  duplicate,
  hosts,
  integer,
  is,
  k,
  l,
  lose,
  network,
  op,
  rule,
  send,
  set,
  signal,
  span,
  tick,
  timer,
  v,
} from "../../test/build-core.ts";

const [state, x, y, n, t] = [0, 1, 2, 3, 4] as const;
const modulus = 4;
const serialDisplay = { kind: "mod", modulus } as const;

const variables = (second: number): Core["variables"] => [
  integer("state", 2, {
    display: { kind: "enum", members: ["P", "Q", "R"] },
    origin: { kind: "state" },
  }),
  integer("x", modulus - 1, { display: serialDisplay, initial: 1 }),
  integer("y", modulus - 1, { display: serialDisplay, initial: second }),
  integer("n", 2),
  { ...timer("t", 0), high: 2 },
];

const serial = (
  operator: "plus" | "minus" | "distance" | "before",
  left: Expression,
  right: Expression,
): Expression => ({ kind: "serial", operator, modulus, left, right });

/** Locals of a delivered segment: to, from, flag, number, conditional number. */
const [to, flag, number, conditional, chosen] = [0, 2, 3, 4, 5] as const;

const serials = (received: boolean): fc.Arbitrary<Expression> =>
  fc
    .tuple(
      fc.constantFrom(v(x), v(y), ...(received ? [l(number)] : [])),
      fc.integer({ min: 0, max: 1 }),
    )
    .map(([value, by]) => (by === 0 ? value : serial("plus", value, k(by))));

const conditions = (received: boolean): fc.Arbitrary<Expression> => {
  const one = serials(received);
  return fc.oneof(
    fc.tuple(one, one).map(([left, right]) => op("equal", left, right)),
    fc.tuple(one, one).map(([left, right]) => serial("before", left, right)),
    fc.tuple(one, one).map(([left, right]) => op("less", serial("distance", left, right), k(2))),
    fc.nat(2).map((value) => is(v(n), value)),
    // Now and then what is absolute.
    fc.tuple(one, fc.nat(299)).map(([left, value]) => (value < 4 ? is(left, value) : is(v(n), 0))),
    ...(received ? [one.map((it) => op("and", l(flag), op("equal", l(conditional), it)))] : []),
  );
};

const simple = (received: boolean): fc.Arbitrary<Statement> => {
  const one = serials(received);
  return fc.oneof(
    fc.tuple(fc.constantFrom(x, y), one).map(([target, value]) => set(target, value)),
    fc
      .tuple(fc.constantFrom(x, y), fc.nat(299))
      .map(([target, value]) => (value < 4 ? set(target, value) : set(n, value % 3))),
    fc.nat(2).map((value) => set(n, value)),
    fc.nat(1).map((ticks) => set(t, ticks + 1)),
    fc.tuple(one, one, fc.nat(1)).map(([a, b, address]) => send(0, 0, address, 0, 1, a, b)),
    fc.tuple(one, fc.nat(1)).map(([a, address]) => send(0, 0, address, 0, 0, a, 0)),
    conditions(received).map((it) => signal(0, it)),
    conditions(received).map((it) => signal(1, it)),
  );
};

const bodies = (received: boolean): fc.Arbitrary<readonly Statement[]> =>
  fc
    .tuple(
      fc.array(simple(received), { maxLength: 3 }),
      fc.option(conditions(received), { freq: 1 }),
      fc.array(simple(received), { maxLength: 2 }),
      fc.option(fc.nat(2)),
      fc.boolean(),
    )
    .map(([first, condition, inner, next, picks]) => [
      ...(picks
        ? [choose(chosen, modulus - 1, serial("before", l(chosen), v(x))), set(y, l(chosen))]
        : []),
      ...first,
      ...(condition === null ? inner : [branch(condition, inner)]),
      ...(next === null ? [] : [set(state, next)]),
    ]);

const inState = (of: number, condition: Expression): Expression =>
  op("and", is(v(state), of), condition);

const rules = fc.array(
  fc.tuple(fc.nat(2), fc.oneof(conditions(false), fc.constant(k(1))), bodies(false)),
  { minLength: 2, maxLength: 4 },
);

/** One body per receiver and control state, as elaboration writes them. */
const dispatch = (arms: readonly (readonly Statement[])[]): readonly Statement[] => {
  const states = (first: number): readonly Statement[] => [
    branch(is(v(state), 0), arms[first] ?? [], [
      branch(is(v(state), 1), arms[first + 1] ?? [], arms[first + 2] ?? []),
    ]),
  ];
  return [branch(is(l(to), 0), states(0), states(3))];
};

/** Protocols with up to a few thousand states. */
export const randomProtocols: fc.Arbitrary<Core> = fc
  .record({
    rules,
    received: fc.array(bodies(true), { minLength: 6, maxLength: 6 }),
    always: conditions(false),
    once: conditions(false),
    goal: conditions(false),
    second: fc.nat(modulus - 1),
    lifetime: fc.option(fc.constant(1)),
    lossy: fc.boolean(),
    isFifo: fc.boolean(),
  })
  .map((it) =>
    core({
      variables: variables(it.second),
      networks: [
        network({
          capacity: 1,
          full: "drop",
          kind: it.isFifo ? "fifo" : "bag",
          addresses: hosts,
          ...(it.lossy ? { loss: "any", duplication: "any" } : {}),
          fields: [
            { name: "flag", low: 0, high: 1, display: { kind: "bool" }, ghost: false },
            { name: "number", low: 0, high: 3, display: serialDisplay, ghost: false },
            {
              name: "conditional",
              low: 0,
              high: 3,
              display: serialDisplay,
              ghost: false,
              when: "flag",
            },
          ],
          ...(it.lifetime === null ? {} : { lifetime: it.lifetime }),
        }),
      ].map((one) => ({ ...one })),
      actions: [
        ...it.rules.map(([of, condition, body], index) =>
          rule(`rule ${index}`, inState(of, condition), body, { localCount: 9 }),
        ),
        rule("expire t", is(v(t), 1), [set(t, 0)]),
        deliver(dispatch(it.received), [0, 1, 2, 3, 4]),
        lose,
        duplicate,
        tick,
      ],
      properties: [
        { kind: "invariant", name: "always", span, condition: it.always, localCount: 4 },
        { kind: "reachable-state", name: "once", span, condition: it.once, localCount: 4 },
        { kind: "never", name: "never", span, event: 0 },
        { kind: "reachable-event", name: "seen", span, event: 1 },
        {
          kind: "recoverable",
          name: "back",
          instance: "",
          span,
          from: is(v(state), 1),
          to: inState(0, it.goal),
          withoutFaults: it.lossy,
          localCount: 4,
        },
      ],
    }),
  )
  .map(withoutAges);

/** Without a lifetime segments have no age: neither in `send` nor in `deliver`. */
function withoutAges(made: Core): Core {
  if (made.networks[0]?.lifetime === undefined) return strip(made);
  return {
    ...made,
    actions: made.actions.map((it) =>
      it.kind === "deliver" ? { ...it, locals: [8, 0, 1, 2, 3, 4] } : it,
    ),
  };
}

const strip = (made: Core): Core => ({
  ...made,
  actions: made.actions.map((it) => ("body" in it ? { ...it, body: it.body.map(stripped) } : it)),
});

const stripped = (it: Statement): Statement => {
  if (it.kind === "send") return { ...it, values: it.values.slice(1) };
  if (it.kind !== "if") return it;
  return { ...it, then: it.then.map(stripped), otherwise: it.otherwise.map(stripped) };
};
