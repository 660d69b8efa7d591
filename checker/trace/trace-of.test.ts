// Traces follow segments and states, and replay.

import { describe, expect, it } from "vitest";
import {
  choose,
  core,
  deliver,
  duplicate,
  failing,
  integer,
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
  v,
} from "../test/build-core.ts";
import type { Core } from "../core/index.ts";
import { layoutOf, pack } from "../machine/index.ts";
import { goodbye, walk } from "../test/goodbye.ts";
import { segmentReadings, variableReadings } from "./readings.ts";
import { replay } from "./replay.ts";
import { traceOf, traceOfCycle } from "./trace-of.ts";
import type { Trace } from "./trace.ts";
import { flightName } from "./wording.ts";

/**
 * A rule that sends 5; everything can be delivered, lost and doubled, and budgets tell which it
 * was.
 */
const post = (kind: "bag" | "fifo"): Core =>
  core({
    variables: [integer("loss", 9, { initial: 9 }), integer("duplication", 9, { initial: 9 })],
    networks: [network({ kind, capacity: 9, loss: 0, duplication: 1 })],
    actions: [rule("send", k(1), [send(0, 5)]), deliver([]), lose, duplicate],
  });

const namesIn = (trace: Trace): readonly string[] =>
  trace.steps.map(({ segment, copied, result }) => {
    const moved = segment === undefined ? "" : flightName(segment);
    const doubled = copied === undefined ? "" : `=${flightName(copied)}`;
    const flights = result.kind === "state" ? (result.networks[0] ?? []) : [];
    return `${moved}${doubled}: ${flights.map(flightName).join(" ")}`;
  });

describe("segments in a trace", () => {
  it("of equal segments in a bag the first original goes first, copies last", () => {
    const names = ["send", "duplicate wire", "send", ...Array<string>(3).fill("deliver wire")];
    expect(namesIn(traceOf(post("bag"), walk(post("bag"), names)))).toEqual([
      ": #1",
      "#1=#1': #1 #1'",
      ": #1 #2 #1'",
      "#1: #2 #1'",
      "#2: #1'",
      "#1': ",
    ]);
  });
  it("in a FIFO they go in order, a copy right behind its original", () => {
    const names = ["send", "send", "duplicate wire", ...Array<string>(3).fill("deliver wire")];
    expect(namesIn(traceOf(post("fifo"), walk(post("fifo"), names)))).toEqual([
      ": #1",
      ": #1 #2",
      "#1=#1': #1 #1' #2",
      "#1: #1' #2",
      "#1': #2",
      "#2: ",
    ]);
  });
  it("no two copies of a segment have the same name", () => {
    const names = ["send", "duplicate wire", "lose wire", "duplicate wire"];
    expect(namesIn(traceOf(post("bag"), walk(post("bag"), names))).at(-1)).toBe(
      "#1'=#1'': #1' #1''",
    );
  });
});

describe("a trace", () => {
  it("takes the least label that leads to the next state", () => {
    const model = core({
      variables: [integer("a", 9)],
      actions: [rule("pick", k(1), [choose(0, 3), set(0, op("remainder", l(0), k(2)))])],
    });
    const layout = layoutOf(model);
    const states = [0, 1].map((a) => pack(layout, { variables: [a], networks: [] }));
    const [step] = traceOf(model, { states }).steps;
    expect(step?.label.values).toEqual([{ name: "x", value: 1, text: "1" }]);
  });
  it("counts the ticks", () => {
    const trace = traceOf(goodbye, walk(goodbye, ["tcp[A].close", "tick", "tick"]));
    expect(trace.steps.map(({ result }) => result.kind === "state" && result.ticks)).toEqual([
      0, 1, 2,
    ]);
  });
  it("of an error on the way into an initial state has that step only", () => {
    const model = core({ variables: [integer("a", 9)], init: [set(0, failing(3))] });
    const trace = traceOf(model, { states: [], lastStep: { kind: "error", site: 3 } });
    expect([trace.initial.result, trace.steps]).toEqual([
      { kind: "error", site: 3, message: "a model error of kind division" },
      [],
    ]);
  });
  it("tells the events and what they violate", () => {
    const model = core({
      properties: [never("p", 0), { kind: "reachable-event", name: "r", span, event: 1 }],
      actions: [rule("go", k(1), [signal(0), signal(1)])],
    });
    const path = { ...walk(model, []), lastStep: { kind: "event", event: 1 } } as const;
    expect(traceOf(model, path).steps[0]?.events).toEqual([
      { property: "p", violated: true },
      { property: "r", violated: false },
    ]);
  });
  it("around a cycle begins where the cycle does", () => {
    const model = core({
      variables: [integer("a", 9)],
      actions: [rule("turn", k(1), [set(0, op("subtract", k(1), v(0)))])],
    });
    const { states } = walk(model, ["turn", "turn"]);
    const trace = traceOfCycle(model, states.slice(1).concat(states.slice(1, 2)));
    expect(trace.initial.result).toMatchObject({ kind: "state", state: { variables: [1] } });
    expect(trace.steps.map(({ action }) => action)).toEqual(["turn", "turn"]);
  });
  it("of a path that the model does not have is impossible", () => {
    const { states } = walk(goodbye, ["tcp[A].close", "tick"]);
    const broken = { states: states.filter((_, index) => index !== 1) };
    expect(() => traceOf(goodbye, broken)).toThrow(
      "no step of the interpreter leads along the path",
    );
  });
});

describe("replay", () => {
  const names = ["tcp[A].close", "duplicate wire", "deliver wire", "tick"];
  const trace = traceOf(goodbye, walk(goodbye, names, { kind: "event", event: 0 }));
  const changed = (name: string, body: Core["actions"][number]): Core => ({
    ...goodbye,
    actions: goodbye.actions.map((it) => (it.name === name ? body : it)),
  });
  it("agrees with the model it comes from", () => {
    expect(replay(goodbye, trace)).toEqual({ kind: "agrees" });
  });
  it("finds actions by name", () => {
    const actions = [rule("new", k(1), []), ...goodbye.actions];
    expect(replay({ ...goodbye, actions }, trace)).toEqual({ kind: "agrees" });
  });
  it("parts where an action is gone", () => {
    expect(replay(changed("duplicate wire", rule("other", k(1), [])), trace)).toEqual({
      kind: "parts",
      step: 2,
      why: "no such step",
    });
  });
  it("parts where a step leads elsewhere", () => {
    const close = rule("tcp[A].close", k(1), [
      { kind: "choose", local: 0, low: 0, high: 3, name: "first", display: { kind: "int" } },
    ]);
    expect(replay(changed("tcp[A].close", close), trace)).toEqual({
      kind: "parts",
      step: 1,
      why: "another state",
    });
  });
  it("parts where an event is missing, and where an error is", () => {
    const silent = { ...goodbye, events: [{ property: "another" }] };
    expect(replay(silent, trace)).toMatchObject({ step: 5, why: "other events" });
    const wrong = traceOf(goodbye, walk(goodbye, [], { kind: "error", site: 2 }));
    expect(replay(goodbye, wrong)).toEqual({ kind: "agrees" });
    expect(replay(changed("shake", rule("shake", k(1), [])), wrong)).toMatchObject({
      step: 1,
      why: "another error",
    });
  });
});

describe("readings", () => {
  const optional = (present: number, value: number) =>
    variableReadings(
      core({
        variables: [
          integer("x.present", 1, { display: { kind: "bool" } }),
          integer("x.value", 5, { low: 0 }),
          integer("y", 3, { display: { kind: "set", members: ["A", "B"] } }),
        ],
      }),
      [present, value, 2],
    ).map(({ name, text, variable }) => [name, text, variable]);
  it("an optional value is one, a set its members", () => {
    expect(optional(1, 4)).toEqual([
      ["x", "4", 0],
      ["y", "{B}", 2],
    ]);
    expect(optional(0, 0)).toEqual([
      ["x", "none", 0],
      ["y", "{B}", 2],
    ]);
  });
  it("a record that looks like one is two", () => {
    expect(optional(0, 4)).toEqual([
      ["x.present", "false", 0],
      ["x.value", "4", 1],
      ["y", "{B}", 2],
    ]);
  });
  it("a timer reads as the ticks left", () => {
    const { variables } = goodbye;
    const tw = variables.findIndex(({ name }) => name === "tcp[A].tw");
    const at = (value: number) =>
      variableReadings(
        goodbye,
        variables.map((_, id) => (id === tw ? value : 0)),
      ).find(({ variable }) => variable === tw)?.text;
    expect([at(0), at(1), at(3)]).toEqual(["stopped", "0", "2"]);
  });
  it("what has only one possible value is fixed", () => {
    const fixed = variableReadings(
      core({
        variables: [
          integer("x", 5, { low: 5 }),
          integer("y", 5, { low: 4 }),
          integer("z.present", 1, { display: { kind: "bool" } }),
          integer("z.value", 2, { low: 2 }),
        ],
      }),
      [5, 5, 0, 2],
    ).map((it) => [it.name, it.fixed]);
    expect(fixed).toEqual([
      ["x", true],
      ["y", undefined],
      ["z", undefined],
    ]);
  });
  it("a field exists only under its flag", () => {
    const [wire] = goodbye.networks;
    if (wire === undefined) throw new Error("the core has a network");
    const fieldsWith = (ack: number) =>
      segmentReadings(wire, [0, 0, 1, 0, ack, 0, 3, 4, 1]).fields.map(({ name }) => name);
    expect([fieldsWith(0), fieldsWith(1)]).toEqual([
      ["syn", "ack", "fin", "seq", "life"],
      ["syn", "ack", "fin", "seq", "ackno", "life"],
    ]);
  });
});
