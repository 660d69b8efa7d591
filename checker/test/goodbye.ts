// A small core for the tests of traces: A says goodbye to B over a network that loses and doubles.

import type { Action, Core, Statement, Variable } from "../core/index.ts";
import type { Path } from "../explore/index.ts";
import type { Step } from "../interpret/index.ts";
import { interpreter } from "../interpret/index.ts";
import { layoutOf, pack } from "../machine/index.ts";
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
  never,
  op,
  rule,
  send,
  set,
  signal,
  span,
  tick,
  v,
} from "./build-core.ts";

const states = { kind: "enum", members: ["OPEN", "FIN_WAIT", "TIME_WAIT", "CLOSED"] } as const;
const [OPEN, FIN_WAIT, TIME_WAIT, CLOSED] = [0, 1, 2, 3] as const;
const [A, B] = [0, 1] as const;

/**
 * Variables of host A, then of host B, then of the whole; each host has state, seq, peer and tw.
 */
const host = (name: string): readonly Variable[] => {
  const owner = `tcp[${name}]`;
  return [
    integer(`${owner}.state`, 3, { owner, display: states, origin: { kind: "state" } }),
    integer(`${owner}.seq`, 7, { owner, display: { kind: "mod", modulus: 8 } }),
    integer(`${owner}.peer.present`, 1, { owner, display: { kind: "bool" } }),
    integer(`${owner}.peer.value`, 7, { owner, display: { kind: "mod", modulus: 8 } }),
    integer(`${owner}.tw`, 4, { owner, origin: { kind: "timer" } }),
  ];
};
const [state, seq, peer, peerValue, tw] = [0, 1, 2, 3, 4] as const;
const of = (owner: number, variable: number): number => owner * 5 + variable;
const loss = 10;
const duplication = 11;

// Locals of a delivery: age 0, to 1, from 2, syn 3, ack 4, fin 5, seq 6, ackno 7, life 8.
const segment = (to: number, from: number, ack: number, ackno: number | typeof echo) =>
  send(0, 0, to, from, 0, ack, 1, v(of(from, seq)), ackno, 1);
const echo = l(6);

const receive = (me: number): Statement =>
  branch(
    is(v(of(me, state)), CLOSED),
    [{ kind: "mark", branch: of(me, 0) }, signal(0, is(l(8), 1))],
    [
      { kind: "mark", branch: of(me, 1) },
      set(of(me, peer), 1),
      set(of(me, peerValue), l(6)),
      branch(
        l(4),
        [set(of(me, state), TIME_WAIT), set(of(me, tw), 3)],
        [set(of(me, state), CLOSED), segment(1 - me, me, 1, echo)],
      ),
    ],
  );

const hostActions = (name: string, me: number): readonly Action[] => [
  rule(`tcp[${name}].close`, is(v(of(me, state)), OPEN), [
    { kind: "choose", local: 0, low: 2, high: 3, name: "first", display: { kind: "int" } },
    set(of(me, seq), l(0)),
    segment(1 - me, me, 0, 0),
    set(of(me, state), FIN_WAIT),
  ]),
  rule(`tcp[${name}].expire tw`, is(v(of(me, tw)), 1), [
    set(of(me, tw), 0),
    set(of(me, state), CLOSED),
  ]),
];

const bool = (name: string) =>
  ({ name, low: 0, high: 1, display: { kind: "bool" }, ghost: false }) as const;
const serial = (name: string) =>
  ({ name, low: 0, high: 7, display: { kind: "mod", modulus: 8 }, ghost: false }) as const;

export const goodbye: Core = core({
  variables: [
    ...host("A"),
    ...host("B"),
    integer("wire.loss", 1, { initial: 1 }),
    integer("wire.duplication", 1, { initial: 1 }),
  ],
  networks: [
    network({
      lifetime: 2,
      full: "drop",
      addresses: hosts,
      loss,
      duplication,
      fields: [
        bool("syn"),
        bool("ack"),
        bool("fin"),
        serial("seq"),
        { ...serial("ackno"), when: "ack" },
        { name: "life", low: 0, high: 2, display: { kind: "int" }, ghost: true },
      ],
    }),
  ],
  actions: [
    ...hostActions("A", A),
    ...hostActions("B", B),
    rule("shake", k(1), [{ kind: "require", condition: op("less", v(loss), k(1)), site: 2 }]),
    deliver([branch(is(l(1), A), [receive(A)], [receive(B)])], [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    lose,
    duplicate,
    tick,
  ],
  properties: [never("nothing_after_the_end", 0)],
  branches: ["A", "B"].flatMap((name) =>
    ["CLOSED.late", "OPEN.fin.else", "x", "x", "x"].map((rest) => ({
      name: `tcp[${name}].${rest}`,
      span,
    })),
  ),
});

/**
 * The path that takes, step by step, the first step whose action has this name, and ends as told.
 */
export const walk = (model: Core, names: readonly string[], lastStep?: Path["lastStep"]): Path => {
  const layout = layoutOf(model);
  const { initialSteps, steps } = interpreter(model);
  const path: Int32Array[] = [];
  const take = (ways: readonly Step[], name: string): readonly Step[] => {
    const [action, age] = name.split("@");
    const step = ways.find(
      ({ label, result }) =>
        result.kind === "state" &&
        (label.action === undefined ? "initial" : model.actions[label.action]?.name) === action &&
        (age === undefined || String(label.segment?.integers[0]) === age),
    );
    if (step?.result.kind !== "state") throw new Error(`no step ${name} after ${path.length - 1}`);
    path.push(pack(layout, step.result.state));
    return steps(step.result.state).steps;
  };
  let ways = take(initialSteps().steps, "initial");
  for (const name of names) ways = take(ways, name);
  return { states: path, ...(lastStep === undefined ? {} : { lastStep }) };
};
