// Random protocols between two hosts that run the same code, for tests of their interchange.

import fc from "fast-check";
import type { Action, Core, Expression, Statement } from "../../core/index.ts";
import { withBodies, withExpressions, withOperands } from "../../core/index.ts";
import {
  branch,
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

/** Variables of a host in the code that both share. */
const [state, x, t] = [0, 1, 2] as const;
const perHost = 3;
const [to, from, number] = [0, 1, 2] as const;

const hostVariables = (name: string, first: number): Core["variables"] => [
  integer(`host[${name}].state`, 2, {
    display: { kind: "enum", members: ["P", "Q", "R"] },
    origin: { kind: "state" },
    initial: first,
  }),
  integer(`host[${name}].x`, 2),
  { ...timer(`host[${name}].t`, 0), high: 2 },
];

const conditions: fc.Arbitrary<Expression> = fc.oneof(
  fc.nat(2).map((value) => is(v(x), value)),
  fc.nat(2).map((value) => op("less", v(x), k(value))),
  fc.constant(op("equal", v(x), l(number))),
  fc.constant(op("equal", v(x), v(x + perHost))),
);

const guards: fc.Arbitrary<Expression> = fc.oneof(
  fc.nat(2).map((value) => is(v(x), value)),
  fc.constant(k(1)),
);

/** Events: 0 of either host, 1 and 2 of one of them. */
const statements = (received: boolean): fc.Arbitrary<Statement> =>
  fc.oneof(
    fc.nat(2).map((value) => set(x, value)),
    fc.nat(1).map((ticks) => set(t, ticks + 1)),
    fc.constant(send(0, 1, 0, v(x))),
    fc.nat(2).map((value) => send(0, 1, 0, value)),
    (received ? conditions : guards).map((it) => signal(0, it)),
    (received ? conditions : guards).map((it) => signal(1, it)),
  );

const bodies = (received: boolean): fc.Arbitrary<readonly Statement[]> =>
  fc
    .tuple(
      fc.array(statements(received), { maxLength: 3 }),
      received ? conditions : guards,
      fc.array(statements(received), { maxLength: 2 }),
      fc.option(fc.nat(2)),
    )
    .map(([first, condition, inner, next]) => [
      ...first,
      branch(condition, inner),
      ...(next === null ? [] : [set(state, next)]),
    ]);

/** The shared code as host 0 or 1 runs it. */
const expressionOf = (host: number, code: Expression): Expression =>
  code.kind === "variable"
    ? v((code.variable + host * perHost) % (2 * perHost))
    : withOperands(code, (it) => expressionOf(host, it));

const statementOf = (host: number, it: Statement): Statement => {
  const inner = withExpressions(
    withBodies(it, (body) => body.map((one) => statementOf(host, one))),
    (code) => expressionOf(host, code),
  );
  if (inner.kind === "assign" && inner.target.kind === "variable") {
    return {
      ...inner,
      target: { kind: "variable", variable: inner.target.variable + host * perHost },
    };
  }
  if (inner.kind === "signal") return inner.event === 1 ? { ...inner, event: 1 + host } : inner;
  if (inner.kind !== "send") return inner;
  return { ...inner, values: [k(1 - host), k(host), ...inner.values.slice(2)] };
};

const bodyOf = (host: number, body: readonly Statement[]): readonly Statement[] =>
  body.map((it) => statementOf(host, it));

const both = <A>(make: (host: number) => A): readonly [A, A] => [make(0), make(1)];

/** Symmetric but for where they begin and what is asked of them, in some of them. */
export const randomPairs: fc.Arbitrary<Core> = fc
  .record({
    rules: fc.array(fc.tuple(fc.nat(2), guards, bodies(false)), { minLength: 1, maxLength: 3 }),
    received: fc.array(bodies(true), { minLength: 3, maxLength: 3 }),
    first: fc.nat(2),
    second: fc.option(fc.nat(2), { freq: 1 }),
    asked: guards,
    lossy: fc.boolean(),
    odd: fc.nat(9),
  })
  .map((it) => {
    const atHost = (host: number): Expression => is(l(to), host);
    const arms = (host: number): readonly Statement[] => [
      branch(expressionOf(host, is(v(state), 0)), bodyOf(host, it.received[0] ?? []), [
        branch(
          expressionOf(host, is(v(state), 1)),
          bodyOf(host, it.received[1] ?? []),
          bodyOf(host, it.received[2] ?? []),
        ),
      ]),
    ];
    const actions: readonly Action[] = [
      ...it.rules.flatMap(([of, condition, body], index) =>
        both((host) =>
          rule(
            `host[${host}].rule ${index}`,
            expressionOf(host, op("and", is(v(state), of), condition)),
            bodyOf(host, body),
          ),
        ),
      ),
      ...both((host) =>
        rule(`expire ${host}`, expressionOf(host, is(v(t), 1)), bodyOf(host, [set(t, 0)])),
      ),
      deliver([branch(atHost(0), arms(0), arms(1))], [to, from, number]),
      lose,
      duplicate,
      tick,
    ];
    const asked = both((host) => expressionOf(host, op("and", is(v(state), 2), it.asked)));
    return core({
      variables: [...hostVariables("A", it.first), ...hostVariables("B", it.second ?? it.first)],
      networks: [
        network({
          ...(it.odd < 3 ? { capacity: 2, kind: "fifo" } : { capacity: 1 }),
          full: "drop",
          addresses: hosts,
          ...(it.lossy ? { loss: "any" } : {}),
          fields: [{ name: "x", low: 0, high: 2, display: { kind: "int" }, ghost: false }],
        }),
      ],
      actions: it.odd === 0 ? [...actions, rule("odd", k(1), [set(x, 0)])] : actions,
      properties: [
        {
          kind: "invariant",
          name: "a",
          span,
          condition: { kind: "not", operand: asked[0] },
          localCount: 4,
        },
        { kind: "reachable-state", name: "b", span, condition: asked[1], localCount: 4 },
        { kind: "never", name: "never", span, event: 0 },
        { kind: "reachable-event", name: "seen a", span, event: 1 },
        { kind: "reachable-event", name: "seen b", span, event: 2 },
        {
          kind: "recoverable",
          name: "back",
          instance: "",
          span,
          from: op("or", ...asked),
          to: op("and", ...both((host) => expressionOf(host, is(v(state), 0)))),
          withoutFaults: it.lossy,
          localCount: 4,
        },
      ],
    });
  });
