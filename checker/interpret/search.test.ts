// The rulings of the language that speak of all reachable states.

import { describe, expect, it } from "vitest";
import type { Core } from "../core/index.ts";
import {
  add,
  choose,
  core,
  disable,
  integer,
  invariant,
  is,
  k,
  l,
  network,
  never,
  op,
  recoverable,
  rule,
  send,
  set,
  signal,
  tick,
  timer,
  v,
} from "../test/build-core.ts";
import type { Parts } from "../test/build-core.ts";
import { survey } from "./search.ts";

const upTo = (limit: number) => rule("up", op("less", v(0), k(limit)), [add(0, 1)]);
const counter = (parts: Parts = {}): Core =>
  core({ variables: [integer("a", 9)], actions: [upTo(3)], ...parts });

describe("rulings 1 to 3: states, transitions, depth", () => {
  it("a chain of four states has three transitions and depth three", () => {
    const { states, transitions, depth } = survey(counter());
    expect({ states, transitions, depth }).toEqual({ states: 4, transitions: 3, depth: 3 });
  });
  it("self-loops, known targets and equal results of different labels count", () => {
    const actions = [rule("stay", k(1), []), rule("pick", k(1), [choose(0, 1), set(0, 0)])];
    const { states, transitions, depth } = survey(counter({ actions }));
    expect({ states, transitions, depth }).toEqual({ states: 1, transitions: 3, depth: 0 });
  });
  it("initial states merge and are no transitions", () => {
    const init = [choose(0, 3), set(0, op("remainder", l(0), k(2)))];
    const { states, transitions } = survey(core({ variables: [integer("a", 9)], init }));
    expect({ states, transitions }).toEqual({ states: 2, transitions: 0 });
  });
  it("states differ by budgets, ages and timers", () => {
    const model = core({
      variables: [timer("t", 2)],
      networks: [network({ lifetime: 1 })],
      init: [send(0, 0, 5)],
      actions: [tick],
    });
    expect([...survey(model).distances]).toEqual([
      ['{"variables":[2],"networks":[[[0,5]]]}', 0],
      ['{"variables":[1],"networks":[[[1,5]]]}', 1],
    ]);
  });
});

describe("ruling 11: deadlock", () => {
  const final = { condition: is(v(0), 3), localCount: 0 };
  it("a state without steps is one, at its distance", () => {
    expect(survey(counter()).deadlock).toBe(3);
  });
  it("a final state is none, another one still is", () => {
    expect(survey(counter({ finals: [final] })).deadlock).toBeUndefined();
    expect(survey(counter({ finals: [{ ...final, condition: is(v(0), 2) }] })).deadlock).toBe(3);
  });
  it("a step that changes nothing is a step, and so is an error", () => {
    const stay = rule("stay", is(v(0), 3), []);
    const fail = rule("fail", is(v(0), 3), [{ kind: "require", condition: k(0), site: 1 }]);
    expect(survey(counter({ actions: [upTo(3), stay] })).deadlock).toBeUndefined();
    expect(survey(counter({ actions: [upTo(3), fail] })).deadlock).toBeUndefined();
  });
  it("a disabled path is no step", () => {
    const wait = rule("wait", is(v(0), 3), [disable]);
    expect(survey(counter({ actions: [upTo(3), wait] })).deadlock).toBe(3);
  });
  it("where a bound cuts every step there is a deadlock", () => {
    const span = { file: "hand.tw", start: 0, end: 0 };
    const bounds = [{ name: "b", condition: op("less", v(0), k(2)), localCount: 0, span }];
    const { deadlock, cut, states } = survey(counter({ bounds }));
    expect({ deadlock, cut, states }).toEqual({ deadlock: 1, cut: [1], states: 2 });
  });
});

describe("rulings 12 and 13: errors and violations do not stop the search", () => {
  it("an error step has no successor and is no transition", () => {
    const fail = rule("fail", is(v(0), 1), [{ kind: "require", condition: k(0), site: 1 }]);
    const { errors, states, transitions } = survey(counter({ actions: [upTo(3), fail] }));
    expect({ errors, states, transitions }).toEqual({
      errors: [{ site: 1, steps: 2 }],
      states: 4,
      transitions: 3,
    });
  });
  it("a violated invariant does not prune", () => {
    const properties = [invariant("low", op("less", v(0), k(1)))];
    const { properties: violated, states } = survey(counter({ properties }));
    expect({ violated, states }).toEqual({ violated: [1], states: 4 });
  });
  it("a property that cannot be evaluated is a failure, not a violation", () => {
    const properties = [invariant("odd", op("less", op("divide", k(6), v(0), 3), k(9)))];
    const { properties: violated, failures } = survey(counter({ properties }));
    expect({ violated, failures }).toEqual({
      violated: [undefined],
      failures: [{ formula: 0, steps: 0 }],
    });
  });
});

describe("ruling 15: never is judged on every transition", () => {
  it("also on one that leads to a known state", () => {
    const actions = [upTo(3), rule("back", is(v(0), 2), [set(0, 0), signal(0)])];
    expect(survey(counter({ actions, properties: [never("p", 0)] })).properties).toEqual([3]);
  });
  it("an event on the way into an initial state has no step before it", () => {
    const model = core({ properties: [never("p", 0)], init: [signal(0)] });
    expect(survey(model).properties).toEqual([0]);
  });
});

describe("ruling 16: recoverable", () => {
  const at = (value: number) => is(v(0), value);
  const back = (fault: boolean) => rule("back", at(2), [set(0, 0)], { fault });
  const verdict = (properties: Core["properties"], actions: Core["actions"]) => {
    const { properties: distances, traps } = survey(counter({ properties, actions }));
    return { distances, traps };
  };
  it("holds where every such state has a way", () => {
    expect(verdict([recoverable(at(1), at(0))], [upTo(2), back(false)])).toEqual({
      distances: [undefined],
      traps: [0],
    });
  });
  it("is violated at the nearest state without one", () => {
    const property = recoverable(op("less", k(0), v(0)), at(0));
    expect(verdict([property], [upTo(3), back(false)])).toEqual({ distances: [3], traps: [1] });
  });
  it("the goal in the same state counts", () => {
    expect(verdict([recoverable(at(3), at(3))], [upTo(3)]).distances).toEqual([undefined]);
  });
  it("without faults no fault lies on the way out, though faults may lead in", () => {
    expect(verdict([recoverable(at(1), at(0), true)], [upTo(2), back(true)]).distances).toEqual([
      1,
    ]);
    expect(verdict([recoverable(at(1), at(0))], [upTo(2), back(true)]).distances).toEqual([
      undefined,
    ]);
    const upByFault = { ...upTo(2), fault: true };
    expect(verdict([recoverable(at(2), at(0), true)], [upByFault, back(false)]).distances).toEqual([
      undefined,
    ]);
  });
  it("an error step is no way out", () => {
    const fail = rule("fail", at(1), [set(0, 0), { kind: "require", condition: k(0), site: 1 }]);
    expect(verdict([recoverable(at(1), at(0))], [upTo(1), fail]).distances).toEqual([1]);
  });
});
