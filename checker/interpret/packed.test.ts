// The interpreter behind the packed contract says what the interpreter says.

import { describe, expect, it } from "vitest";
import type { Core } from "../core/index.ts";
import { unpack } from "../machine/index.ts";
import {
  add,
  core,
  failing,
  integer,
  invariant,
  is,
  k,
  lose,
  never,
  network,
  op,
  recoverable,
  rule,
  send,
  set,
  signal,
  span,
  v,
} from "../test/build-core.ts";
import { interpret } from "./packed.ts";

const model: Core = core({
  variables: [integer("a", 9), integer("loss", 1, { initial: 1 })],
  networks: [network({ capacity: 1, full: "drop", loss: 1 })],
  init: [send(0, 7)],
  actions: [
    rule("up", op("less", v(0), k(2)), [
      { kind: "mark", branch: 1 },
      add(0, 1),
      send(0, 3),
      ...Array.from({ length: 35 }, (_, event) => signal(event, k(event % 34 === 0 ? 1 : 0))),
    ]),
    rule("fail", is(v(0), 0), [{ kind: "mark", branch: 0 }, set(0, failing(3))], { fault: true }),
    lose,
    rule("out", k(1), [{ kind: "mark", branch: 2 }, set(0, 8)]),
  ],
  bounds: [{ name: "small", condition: op("less", v(0), k(5)), localCount: 0, span }],
  branches: ["first", "second", "third"].map((name) => ({ name, span })),
  properties: [
    invariant("below two", op("less", v(0), k(2))),
    invariant("divides", op("less", k(0), op("divide", k(9), v(0), 3))),
    recoverable(is(v(0), 1), is(v(0), 0)),
    ...Array.from({ length: 35 }, (_, event) => never(`n${event}`, event)),
  ],
  finals: [{ condition: is(v(0), 2), localCount: 0 }],
});

const stateOf = (variables: readonly number[], ...segments: readonly (readonly number[])[]) => ({
  variables,
  networks: [segments],
});

describe("the packed interpreter", () => {
  const machine = interpret(model);
  const initial = new Int32Array(machine.stepWords);

  it("says so when the room is too small, and then counts nothing", () => {
    expect(machine.initial(new Int32Array(machine.stepWords - 1))).toBe(-1);
    machine.initial(initial);
    expect(machine.expand(initial, 0, new Int32Array(2 * machine.stepWords))).toBe(-1);
    const { dropped, cut } = machine.counters;
    expect([[...dropped], [...cut], [...machine.taken]]).toEqual([[0], [0], [0, 0, 0]]);
  });

  it("writes the initial state", () => {
    expect(machine.initial(initial)).toBe(1);
    expect(unpack(machine.layout, initial)).toEqual(stateOf([0, 1], [7]));
    expect(initial[machine.layout.words]).toBe(0);
  });

  it("writes steps in label order with faults, errors, events and counters", () => {
    const out = new Int32Array(9 * machine.stepWords).fill(-1);
    const states = Int32Array.from([5, ...initial]);
    const count = machine.expand(states, 1, out);
    const records = Array.from({ length: count }, (_, index) => {
      const at = index * machine.stepWords;
      const tail = at + machine.layout.words;
      return {
        state: unpack(machine.layout, out, at),
        info: out[tail],
        events: Array.from(out.subarray(tail + 1, at + machine.stepWords)),
      };
    });
    expect(machine.eventWords).toBe(2);
    expect(records).toEqual([
      { state: stateOf([1, 1], [7]), info: 0, events: [1, 4] },
      { state: expect.anything(), info: (4 << 1) | 1, events: [0, 0] },
      { state: stateOf([0, 0]), info: 1, events: [0, 0] },
    ]);
    const { dropped, cut } = machine.counters;
    expect([[...dropped], [...cut], [...machine.taken]]).toEqual([[1], [1], [1, 1, 0]]);
  });

  it("judges formulas in order and notes the first failure", () => {
    const out = Int32Array.from([-1]);
    expect(machine.formulas.map(({ kind }) => kind)).toEqual([
      "invariant",
      "invariant",
      "recoverable-from",
      "recoverable-to",
      "final",
    ]);
    expect([machine.judge(initial, 0, out), machine.failure.site, out[0]]).toEqual([2, 3, 0b01001]);
  });
});
