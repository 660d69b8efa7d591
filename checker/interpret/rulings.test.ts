// The rulings of the language on single steps, on cores written by hand.

import { describe, expect, it } from "vitest";
import type { Core, Statement } from "../core/index.ts";
import type { State } from "../machine/index.ts";
import {
  add,
  branch,
  choose,
  core,
  deliver,
  disable,
  duplicate,
  failing,
  hosts,
  integer,
  is,
  k,
  l,
  lose,
  never,
  network,
  op,
  rule,
  send,
  set,
  signal,
  tick,
  timer,
  v,
} from "../test/build-core.ts";
import type { Parts } from "../test/build-core.ts";
import { interpreter } from "./interpreter.ts";
import type { Step } from "./step.ts";

/** `label -> variables | segments`, or `label -> error site`. */
const show = ({ label, result, events }: Step): string => {
  const values = label.values.map(({ name, text }) => ` ${name}=${text}`).join("");
  const segment = label.segment === undefined ? "" : ` ${label.segment.integers.join(".")}`;
  const marks = events.map((it) => ` !${it}`).join("");
  if (result.kind === "error") return `${segment}${values} -> error ${result.site}${marks}`.trim();
  const networks = result.state.networks.map((it) => it.map((one) => one.join(".")).join(" "));
  const variables = result.state.variables.join(",");
  return `${segment}${values} -> ${[variables, ...networks].join(" | ")}${marks}`.trim();
};

const stepsFrom = (model: Core, state: State): readonly string[] =>
  interpreter(model).steps(state).steps.map(show);

const initialOf = (model: Core): readonly string[] =>
  interpreter(model).initialSteps().steps.map(show);

const from = (variables: readonly number[], ...networks: State["networks"]): State => ({
  variables,
  networks,
});

/** The steps of one rule with this body in a state of two variables and an empty bag. */
const paths = (body: readonly Statement[], guard = k(1)): readonly string[] =>
  stepsFrom(
    core({
      variables: [integer("a", 9), integer("b", 9)],
      networks: [network()],
      properties: [never("p", 0), never("q", 1)],
      actions: [rule("go", guard, body)],
    }),
    from([0, 0], []),
  );

const either = (...branches: readonly (readonly Statement[])[]): Statement => ({
  kind: "either",
  branches,
});

describe("ruling 4: initial states", () => {
  const variables = [integer("a", 9, { initial: 3 }), timer("t", 0)];
  it("without init there is one, of the initial values and empty networks", () => {
    expect(initialOf(core({ variables, networks: [network()] }))).toEqual(["-> 3,0 |"]);
  });
  it("init runs as one program that may choose, send aged segments and start timers", () => {
    const init = [
      choose(0, 1),
      set(0, op("add", v(0), l(0))),
      either([send(0, 1, 7)], [set(1, 3)]),
      set(0, op("add", v(0), v(1))),
    ];
    expect(initialOf(core({ variables, networks: [network({ lifetime: 2 })], init }))).toEqual([
      "x=0 either=1 -> 3,0 | 1.7",
      "x=0 either=2 -> 6,3 |",
      "x=1 either=1 -> 4,0 | 1.7",
      "x=1 either=2 -> 7,3 |",
    ]);
  });
  it("a model error in init is a step from nowhere without a state", () => {
    expect(initialOf(core({ variables, init: [set(0, failing(3))] }))).toEqual(["-> error 3"]);
  });
});

describe("ruling 5: bodies are sequential and atomic", () => {
  it("each statement sees the earlier ones", () => {
    expect(paths([add(0, 1), set(1, v(0)), add(0, 1)])).toEqual(["-> 2,1 |"]);
  });
  it("what is emitted is judged at the emit", () => {
    const body = [signal(0, is(v(0), 0)), add(0, 1), signal(1, is(v(0), 0))];
    expect(paths(body)).toEqual(["-> 1,0 |  !0"]);
  });
  it("an exit leaves its block and the statements behind the block run", () => {
    const leave = branch(is(v(0), 1), [{ kind: "exit", label: 1 }], [{ kind: "exit", label: 2 }]);
    const inner: Statement = { kind: "block", label: 2, body: [leave, set(1, 9)] };
    const outer: Statement = { kind: "block", label: 1, body: [inner, add(1, 4)] };
    expect(paths([set(0, 1), outer, add(1, 2)])).toEqual(["-> 1,2 |"]);
    expect(paths([set(0, 0), outer, add(1, 2)])).toEqual(["-> 0,6 |"]);
  });
});

describe("ruling 6: delivery", () => {
  const bag = network({ capacity: 1 });
  it("the segment is out of the network when the body runs", () => {
    const model = core({ networks: [bag], actions: [deliver([send(0, op("add", l(0), k(1)))])] });
    expect(stepsFrom(model, from([], [[4]]))).toEqual(["4 ->  | 5"]);
  });
  it("a segment that no case takes is a model error of that step", () => {
    const body: Statement[] = [{ kind: "require", condition: is(l(0), 4), site: 2 }];
    const model = core({ networks: [network()], actions: [deliver(body)] });
    expect(stepsFrom(model, from([], [[5], [4]]))).toEqual(["5 -> error 2", "4 ->  | 5"]);
  });
  it("a deferred segment stays where it is", () => {
    const body: Statement[] = [branch(is(l(0), 4), [disable])];
    const model = core({ networks: [network()], actions: [deliver(body)] });
    expect(stepsFrom(model, from([], [[5], [4]]))).toEqual(["5 ->  | 4"]);
  });
  it("every segment of a bag can be delivered, the head per receiver of a FIFO", () => {
    const locals = [0, 1, 2];
    const segments = [
      [0, 1, 7],
      [0, 1, 3],
      [1, 0, 5],
      [1, 0, 6],
    ];
    const fifo = network({ kind: "fifo", addresses: hosts, capacity: 4 });
    const model = core({ networks: [fifo], actions: [deliver([], locals)] });
    expect(stepsFrom(model, from([], segments))).toEqual([
      "0.1.7 ->  | 0.1.3 1.0.5 1.0.6",
      "1.0.5 ->  | 0.1.7 0.1.3 1.0.6",
    ]);
    const bagModel = core({
      networks: [network({ addresses: hosts })],
      actions: [deliver([], locals)],
    });
    expect(stepsFrom(bagModel, from([], segments.toReversed())).length).toBe(4);
  });
});

describe("ruling 7: copies", () => {
  const faults = [deliver([]), lose, duplicate];
  const budgets = { loss: 0, duplication: 1 } as const;
  const variables = [integer("loss", 2), integer("duplication", 2)];
  it("equal copies in a bag give one delivery, one loss and one duplication", () => {
    const model = core({
      variables,
      networks: [network({ capacity: 4, ...budgets })],
      actions: faults,
    });
    expect(stepsFrom(model, from([1, 1], [[5], [5], [2]]))).toEqual([
      "5 -> 1,1 | 5 2",
      "2 -> 1,1 | 5 5",
      "5 -> 0,1 | 5 2",
      "2 -> 0,1 | 5 5",
      "5 -> 1,0 | 5 5 5 2",
      "2 -> 1,0 | 5 5 2 2",
    ]);
  });
  it("a FIFO loses and duplicates per position, a copy right behind its original", () => {
    const model = core({
      variables,
      networks: [network({ kind: "fifo", capacity: 4, ...budgets })],
      actions: faults,
    });
    expect(stepsFrom(model, from([1, 1], [[5], [2], [5]]))).toEqual([
      "5 -> 1,1 | 2 5",
      "5 -> 0,1 | 2 5",
      "2 -> 0,1 | 5 5",
      "5 -> 0,1 | 5 2",
      "5 -> 1,0 | 5 5 2 5",
      "2 -> 1,0 | 5 2 2 5",
      "5 -> 1,0 | 5 2 5 5",
    ]);
  });
  it("a copy keeps its age", () => {
    const aged = network({ lifetime: 3, duplication: "any" });
    const model = core({ networks: [aged], actions: [duplicate] });
    expect(stepsFrom(model, from([], [[2, 5]]))).toEqual(["2.5 ->  | 2.5 2.5"]);
  });
  it.each(["drop", "block", "error"] as const)("no copy fits a full network (%s)", (full) => {
    const fullNetwork = network({ capacity: 1, full, duplication: "any" });
    const model = core({ networks: [fullNetwork], actions: [duplicate] });
    expect(stepsFrom(model, from([], [[5]]))).toEqual([]);
  });
  it("a bag is kept in descending order, whatever the order of sending", () => {
    expect(paths([send(0, 3), send(0, 7), send(0, 5)])).toEqual(["-> 0,0 | 7 5 3"]);
  });
  it("a FIFO keeps the order of sending per receiver, receivers ascending", () => {
    const fifo = network({ kind: "fifo", addresses: hosts, capacity: 4 });
    const body = [send(0, 1, 0, 7), send(0, 0, 1, 3), send(0, 1, 0, 2), send(0, 0, 1, 9)];
    const model = core({ networks: [fifo], actions: [rule("go", k(1), body)] });
    expect(stepsFrom(model, from([], []))).toEqual(["->  | 0.1.3 0.1.9 1.0.7 1.0.2"]);
  });
});

describe("ruling 8: a full network", () => {
  const sendingTwo = (full: "drop" | "block" | "error"): Core =>
    core({
      variables: [integer("a", 9), integer("loss", 1, { initial: 1 })],
      networks: [network({ capacity: 1, full, loss: 1 })],
      actions: [rule("go", k(1), [send(0, 4), send(0, 7), add(0, 1)])],
    });
  it("block: the path is no step, earlier sends of the body counted", () => {
    expect(stepsFrom(sendingTwo("block"), from([0, 1], []))).toEqual([]);
  });
  it("drop: the body goes on, no budget is spent, the drop is reported", () => {
    const { steps } = interpreter(sendingTwo("drop")).steps(from([0, 1], []));
    expect(steps.map(show)).toEqual(["-> 1,1 | 4"]);
    expect(steps[0]?.sent).toEqual([
      { network: 0, integers: [4], dropped: false },
      { network: 0, integers: [7], dropped: true },
    ]);
  });
  it("error: a model error at the network's site", () => {
    expect(stepsFrom(sendingTwo("error"), from([0, 1], []))).toEqual(["-> error 0"]);
  });
  it("a failure in the segment comes before what a full network does", () => {
    const model = core({
      networks: [network({ capacity: 0, full: "drop" })],
      actions: [rule("go", k(1), [send(0, failing(3))])],
    });
    expect(stepsFrom(model, from([], []))).toEqual(["-> error 3"]);
  });
});

describe("ruling 9: choice", () => {
  it("candidates come in order, later choices vary faster", () => {
    expect(paths([choose(0, 1), set(0, l(0)), choose(1, 1), set(1, l(1))])).toEqual([
      "x=0 x=0 -> 0,0 |",
      "x=0 x=1 -> 0,1 |",
      "x=1 x=0 -> 1,0 |",
      "x=1 x=1 -> 1,1 |",
    ]);
  });
  it("a choice without a candidate disables the path", () => {
    expect(paths([add(0, 1), choose(0, 3, k(0))])).toEqual([]);
    expect(paths([choose(0, -1)])).toEqual([]);
  });
  it("only candidates for which the guard holds are taken", () => {
    expect(paths([choose(0, 3, op("less", k(1), l(0))), set(0, l(0))])).toEqual([
      "x=2 -> 2,0 |",
      "x=3 -> 3,0 |",
    ]);
  });
  it("a guard that fails is an error of that candidate alone", () => {
    expect(paths([choose(0, 1, op("divide", k(1), l(0), 3)), set(0, 5)])).toEqual([
      "x=0 -> error 3",
      "x=1 -> 5,0 |",
    ]);
  });
  it("either keeps its other branch when one is disabled", () => {
    expect(paths([either([choose(0, 3, k(0))], [set(0, 2)]), add(1, 1)])).toEqual([
      "either=2 -> 2,1 |",
    ]);
  });
  it("a choice inside a branch is asked only there", () => {
    expect(paths([either([choose(0, 1), set(0, l(0))], [set(1, 9)])])).toEqual([
      "either=1 x=0 -> 0,0 |",
      "either=1 x=1 -> 1,0 |",
      "either=2 -> 0,9 |",
    ]);
  });
  it("parameters vary before choices, the first most significant", () => {
    const parameter = (name: string, local: number) =>
      ({ name, local, low: 1, high: 2, display: { kind: "int" } }) as const;
    const action = {
      ...rule("go", op("less-equal", l(0), l(1)), [choose(2, 1), set(0, l(2))]),
      parameters: [parameter("i", 0), parameter("j", 1)],
    };
    const model = core({ variables: [integer("a", 9)], actions: [action] });
    expect(stepsFrom(model, from([0]))).toEqual([
      "i=1 j=1 x=0 -> 0",
      "i=1 j=1 x=1 -> 1",
      "i=1 j=2 x=0 -> 0",
      "i=1 j=2 x=1 -> 1",
      "i=2 j=2 x=0 -> 0",
      "i=2 j=2 x=1 -> 1",
    ]);
  });
});

describe("ruling 10: budgets", () => {
  const withLoss = (loss: "any" | number | undefined, left: number): readonly string[] =>
    stepsFrom(
      core({
        variables: [integer("loss", 2)],
        networks: [loss === undefined ? network() : network({ loss })],
        actions: [lose],
      }),
      from([left], [[5]]),
    );
  it("none never loses", () => {
    expect(withLoss(undefined, 2)).toEqual([]);
  });
  it("any always can", () => {
    expect(withLoss("any", 0)).toEqual(["5 -> 0 |"]);
  });
  it("a budget goes down with every loss and ends at zero", () => {
    expect(withLoss(0, 2)).toEqual(["5 -> 1 |"]);
    expect(withLoss(0, 0)).toEqual([]);
  });
});

describe("ruling 12: model errors", () => {
  const ranged = (value: number): Statement => ({
    kind: "assign",
    target: { kind: "variable", variable: 0 },
    value: k(value),
    check: { low: 0, high: 9, site: 1 },
  });
  it("a value outside its range is an error, inside it is not", () => {
    expect([paths([ranged(10)]), paths([ranged(-1)]), paths([ranged(9)])]).toEqual([
      ["-> error 1"],
      ["-> error 1"],
      ["-> 9,0 |"],
    ]);
  });
  it("a guard that fails is a model error step", () => {
    expect(paths([set(0, 1)], failing(3))).toEqual(["-> error 3"]);
  });
  it("of a target and a value that both fail the target counts", () => {
    const target = { kind: "element", base: 0, stride: 1, count: 2, index: k(2), site: 2 } as const;
    expect(paths([{ kind: "assign", target, value: failing(3) }])).toEqual(["-> error 2"]);
    expect(paths([{ kind: "assign", target: { ...target, index: k(1) }, value: k(3) }])).toEqual([
      "-> 0,3 |",
    ]);
  });
  it("what follows the failure does not happen", () => {
    expect(paths([{ kind: "let", local: 0, value: failing(3) }, disable])).toEqual(["-> error 3"]);
    expect(paths([branch(failing(3), [], [disable])])).toEqual(["-> error 3"]);
  });
});

describe("ruling 15: events", () => {
  it("an event counts although the step changes nothing", () => {
    expect(paths([signal(1), signal(0), signal(1)])).toEqual(["-> 0,0 |  !0 !1"]);
  });
  it("an event on a path that ends in a model error does not count", () => {
    expect(paths([signal(0), set(0, failing(3))])).toEqual(["-> error 3"]);
  });
  it("an event on a path that ends disabled does not count", () => {
    expect(paths([signal(0), either([disable], [])])).toEqual(["either=2 -> 0,0 |  !0"]);
  });
});

describe("time", () => {
  const timed = (more: Parts = {}): Core =>
    core({
      variables: [timer("t", 0), timer("u", 0), integer("n", 9)],
      networks: [network({ lifetime: 2 })],
      actions: [tick],
      ...more,
    });
  it("a tick takes one off every running timer and adds one to every age", () => {
    expect(
      stepsFrom(
        timed(),
        from(
          [3, 0, 5],
          [
            [1, 4],
            [0, 7],
          ],
        ),
      ),
    ).toEqual(["-> 2,0,5 | 2.4 1.7"]);
  });
  it("no tick while a timer is at zero", () => {
    expect(stepsFrom(timed(), from([3, 1, 5], []))).toEqual([]);
  });
  it("no tick while a segment is at the end of its life", () => {
    expect(stepsFrom(timed(), from([3, 0, 5], [[2, 4]]))).toEqual([]);
  });
  it("no tick when nothing would change", () => {
    expect(stepsFrom(timed(), from([0, 0, 5], []))).toEqual([]);
    expect(stepsFrom(timed({ networks: [network()] }), from([0, 0, 5], [[4]]))).toEqual([]);
  });
  it("a tick for a timer alone, a segment alone, a clock alone", () => {
    expect(stepsFrom(timed(), from([2, 0, 5], []))).toEqual(["-> 1,0,5 |"]);
    expect(stepsFrom(timed(), from([0, 0, 5], [[0, 4]]))).toEqual(["-> 0,0,5 | 1.4"]);
    const clock = integer("c", 3, { origin: { kind: "clock" } });
    const model = core({ variables: [clock], actions: [tick] });
    expect(stepsFrom(model, from([2]))).toEqual(["-> 3"]);
    expect(stepsFrom(model, from([3]))).toEqual(["-> 0"]);
  });
});

describe("bounds", () => {
  const bound = (limit: number) => ({
    name: "small",
    condition: op("less", v(0), k(limit)),
    localCount: 0,
    span,
  });
  const span = { file: "hand.tw", start: 0, end: 0 };
  const counter = (limits: readonly number[]): Core =>
    core({
      variables: [integer("a", 9)],
      bounds: limits.map(bound),
      init: [choose(0, 2), set(0, l(0))],
      actions: [rule("up", k(1), [add(0, 1)]), rule("up2", k(1), [add(0, 2)])],
    });
  it("a step into a state outside is no step and is counted", () => {
    const { steps, cut } = interpreter(counter([3])).steps(from([1]));
    expect([steps.map(show), cut]).toEqual([["-> 2"], [1]]);
  });
  it("an initial state outside is cut as well", () => {
    const { steps, cut } = interpreter(counter([2])).initialSteps();
    expect([steps.length, cut]).toEqual([2, [1]]);
  });
  it("a step that breaks several bounds is counted by the first", () => {
    expect(interpreter(counter([3, 2])).steps(from([1])).cut).toEqual([1, 1]);
  });
});
