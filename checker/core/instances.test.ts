// Processes: extensions per instance, hooks, handlers, delivery, expiry, and what is wrong with
// them.

import { describe, expect, test } from "vitest";
import { codeOf, complaintsOf, coreOf, stepsOf } from "./testing/core-of.ts";

const hosts = "enum Host { A, B }\n";
const modes = "enum Mode { IDLE, BUSY, GONE }\n";
const wire =
  "message Word { lit : bool  n : 0..3 }\nnetwork wire carries Word between Host { capacity 2 }\n";

describe("extensions", () => {
  const two = `${hosts}
    process node[me: Host] { var x : 0..7  proc finish()  rule go { finish() } }
    extend node when me == A { proc finish() { x = 1 } }
    extend node when me == B { var y : 0..7  proc finish() { y = 2 }  rule more { x = y } }`;

  test("each instance has the members of the extensions that apply to it", () => {
    const { variables, actions } = coreOf(two);
    expect(variables.map((it) => it.name)).toEqual(["node[A].x", "node[B].x", "node[B].y"]);
    expect(actions.map((it) => it.name)).toEqual(["node[A].go", "node[B].go", "node[B].more"]);
  });

  test("a hook runs the body of its instance", () => {
    expect(stepsOf(two, "node[A].go")).toEqual(["node[A].x = 1"]);
    expect(stepsOf(two, "node[B].go")).toEqual(["node[B].y = 2"]);
  });

  test("an index known only at run time reaches instances that differ in size", () => {
    const text = `${two}\nvar h : Host\nvar z : 0..7\nrule read { z = node[h].x }\nrule write { node[h].x = 5 }`;
    expect(stepsOf(text, "write")).toEqual(["node[A].x = 5"]);
    expect(stepsOf(`${text}\ninit { h = B  node[B].x = 3 }`, "read")).toEqual(["z = 3"]);
    expect(stepsOf(`${text}\ninit { h = B }`, "write")).toEqual(["node[B].x = 5"]);
  });

  test("a hook without a body is told with the instances that miss it", () => {
    expect(
      complaintsOf(`${hosts}
        process node[me: Host] { var x : bool  proc finish()  rule go { finish() } }
        extend node when me == A { proc finish() { x = true } }`),
    ).toEqual(["TW0450 at 3:53 hook `finish` has no body in node[B]"]);
  });

  test("two bodies for one hook are told with both places", () => {
    expect(
      complaintsOf(`${hosts}
        process node[me: Host] { var x : bool  fn f(): bool  rule go when f() { x = true } }
        extend node when me == A { fn f(): bool = true }
        extend node when me in set { A, B } { fn f(): bool = false }`),
    ).toEqual(["TW0451 at 5:50 `f` has a second body in node[A]", "  4:39 the first body is here"]);
  });

  test("two extensions that meet in an instance do not declare one name twice", () => {
    expect(
      complaintsOf(`${hosts}
        process node[me: Host] { rule go { } }
        extend node when me == A { var x : bool  rule on_a { x = true } }
        extend node when me in set { A, B } { var x : bool  rule on_b { x = true } }`),
    ).toEqual([
      "TW0454 at 5:51 `x` is declared a second time in node[A]",
      "  4:40 the first one is here",
    ]);
  });
});

describe("handlers", () => {
  test("two for one state are told once, with the states and instances in which they meet", () => {
    expect(
      complaintsOf(`${hosts}${modes}${wire}
        process node[me: Host] {
          state Mode
          rule put(h: Host) { send wire { lit } to h  -> BUSY }
          on receive w in IDLE | BUSY { ignore }
          on receive w in BUSY | GONE { ignore }
        }
        extend node when me == B { on receive w in GONE { ignore } }`),
    ).toEqual([
      "TW0452 at 10:11 a second handler for segments of `wire` in BUSY of node[A], node[B]",
      "  9:11 the first one is here",
      "TW0452 at 12:36 a second handler for segments of `wire` in GONE of node[B]",
      "  10:11 the first one is here",
    ]);
  });

  test("a state without one is told where its process receives", () => {
    expect(
      complaintsOf(`${hosts}${modes}${wire}
        process node[me: Host] {
          state Mode
          rule put(h: Host) { send wire { lit } to h  -> BUSY }
          on receive w in IDLE { ignore }
        }
        extend node when me == B { on receive w in BUSY { ignore } }`),
    ).toEqual([
      "TW0453 at 9:11 no handler for segments of `wire` in BUSY, GONE of node[A]",
      "TW0453 at 9:11 no handler for segments of `wire` in GONE of node[B]",
    ]);
  });

  test("two for the expiry of a timer are an error, none is not", () => {
    const process = (handlers: string) =>
      `${modes}process m { state Mode  timer t  rule go { start t(1) } ${handlers} }`;
    expect(complaintsOf(process("on expire t in IDLE { }"))).toEqual([]);
    expect(complaintsOf(process("on expire t in IDLE { }  on expire t { }"))).toEqual([
      "TW0452 at 2:82 a second handler for the expiry of `t` in IDLE of m",
      "  2:57 the first one is here",
    ]);
  });
});

describe("delivery", () => {
  const node = (members: string, segment = "{ lit, n: 2 }") => `${hosts}${modes}${wire}
    process node[me: Host] {
      state Mode
      var x : 0..9
      ${members}
    }
    init { node[B].state = BUSY  send wire ${segment} to B from A }`;

  test("the first case that fits is taken, under the name of instance and state", () => {
    const text = node(`on receive w from h in BUSY | GONE {
        case unlit when not w.lit { x = 1 }
        case two when w.n == 2 and h == A { x = 2 }
        case lit when w.lit { x = 3 }
        ignore
      }
      on receive w in IDLE { else { x = 4 } }`);
    expect(stepsOf(text, "deliver wire")).toEqual(["node[B].BUSY.two, node[B].x = 2"]);
    expect(coreOf(text).branches.map((it) => it.name)).toEqual([
      "node[A].IDLE.else",
      "node[A].BUSY.unlit",
      "node[A].BUSY.two",
      "node[A].BUSY.lit",
      "node[A].BUSY.ignore",
      "node[A].GONE.unlit",
      "node[A].GONE.two",
      "node[A].GONE.lit",
      "node[A].GONE.ignore",
      "node[B].IDLE.else",
      "node[B].BUSY.unlit",
      "node[B].BUSY.two",
      "node[B].BUSY.lit",
      "node[B].BUSY.ignore",
      "node[B].GONE.unlit",
      "node[B].GONE.two",
      "node[B].GONE.lit",
      "node[B].GONE.ignore",
    ]);
  });

  test("in a handler the control state is a constant", () => {
    const text = node("on receive w { else { if state == BUSY { x = 1 } else { x = 2 } } }");
    expect(codeOf(text, "deliver deliver wire")).toEqual([
      "deliver deliver wire 4 (0 1 2 3)",
      "  if (not l0)",
      ...["A", "B"].flatMap((it) => [
        ...(it === "A" ? [] : ["  else"]),
        `    if (node[${it}].state equal 0)`,
        `      mark node[${it}].IDLE.else`,
        `      node[${it}].x := 2`,
        "    else",
        `      if (node[${it}].state equal 1)`,
        `        mark node[${it}].BUSY.else`,
        `        node[${it}].x := 1`,
        "      else",
        `        mark node[${it}].GONE.else`,
        `        node[${it}].x := 2`,
      ]),
    ]);
  });

  test("stages run one after the other until one is done", () => {
    const stages = `on receive w {
        stage first { case unlit when not w.lit { done }  else { x = 1 } }
        stage second { case two when w.n == 2 { x += 1 } }
        stage third { case far when x > 1 { x += 2  if w.n == 2 { done }  x = 0 }  else { x = 4 } }
        stage last { case never_here when w.n == 2 { x = 0 }  else { x += 4 } }
      }`;
    expect(stepsOf(node(stages), "deliver wire")).toEqual([
      "node[B].BUSY.first.else, node[B].BUSY.second.two, node[B].BUSY.third.far, node[B].x = 4",
    ]);
    expect(stepsOf(node(stages, "{ n: 2 }"), "deliver wire")).toEqual(["node[B].BUSY.first.unlit"]);
    expect(stepsOf(node(stages, "{ lit, n: 1 }"), "deliver wire")).toEqual([
      "node[B].BUSY.first.else, node[B].BUSY.third.else, node[B].BUSY.last.else, node[B].x = 8",
    ]);
  });

  test("reprocess runs the handler of the other state, and nothing after it", () => {
    const text = node(`
      on receive w in BUSY { case move when w.lit { x = 1  -> GONE  reprocess w in GONE }  ignore }
      on receive v in GONE { case two when v.n == 2 { x += 2  done }  ignore }
      on receive w in IDLE { ignore }`);
    expect(stepsOf(text, "deliver wire")).toEqual([
      "node[B].BUSY.move, node[B].GONE.two, node[B].state = 2, node[B].x = 3",
    ]);
  });

  test("a deferred segment makes no step", () => {
    const text = node("on receive w { case wait when w.n == 2 { defer }  else { x = 1 } }");
    expect(stepsOf(text, "deliver wire")).toEqual([]);
    expect(
      stepsOf(
        node("on receive w { case wait when w.n == 1 { defer }  else { x = 1 } }"),
        "deliver wire",
      ),
    ).toEqual(["node[B].BUSY.else, node[B].x = 1"]);
  });

  test("a segment that no case takes is a model error", () => {
    const text = node("on receive w { case one when w.n == 1 { } }");
    expect(stepsOf(text, "deliver wire")).toEqual([
      "error: no case of `on receive w` takes this segment of `wire` in node[B].BUSY",
    ]);
  });

  test("a network that nobody receives from makes its segments model errors", () => {
    const text =
      "message Word { lit : bool }\nnetwork wire carries Word { capacity 1 }\ninit { send wire { lit } }";
    expect(stepsOf(text, "deliver wire")).toEqual([
      "error: no process receives the segments of `wire`",
    ]);
  });

  test("the segment is out of the network before its handler runs", () => {
    const text = `message Word { lit : bool }
      network wire carries Word { capacity 1  full error }
      process sink { on receive w { else { send wire { lit: not w.lit } } } }
      init { send wire { lit } }`;
    expect(stepsOf(text, "deliver wire")).toEqual(["sink.else"]);
  });

  test("of a process that receives from two networks branches name the network", () => {
    const text = `message Word { lit : bool }
      network one carries Word { capacity 1 }
      network two carries Word { capacity 1 }
      process sink { on receive w on one { ignore }  on receive w on two { ignore } }
      init { send two { lit } }`;
    expect(stepsOf(text, "deliver two")).toEqual(["sink.two.ignore"]);
  });
});

describe("timers", () => {
  const process = (members: string) =>
    `${modes}process m { state Mode  timer t  var n : 0..5\n${members} }`;

  test("the range reaches to the longest run of each instance", () => {
    const { variables } = coreOf(`${hosts}
      const LONG : array[Host] of 0..9 = [7, 2]
      process node[me: Host] {
        timer t, unused
        var n : 0..3
        rule a { start t(LONG[me]) }
        rule b { start t(n + 1) }
        on expire t { }
        on expire unused { }
      }`);
    const timers = variables.filter((it) => it.origin.kind === "timer");
    expect(timers.map(({ name, low, high }) => [name, low, high])).toEqual([
      ["node[A].t", 0, 8],
      ["node[A].unused", 0, 0],
      ["node[B].t", 0, 5],
      ["node[B].unused", 0, 0],
    ]);
  });

  test("a timer that is never started has no expiry", () => {
    const names = coreOf(
      process("timer never_started  rule go { start t(2) }  on expire t { }"),
    ).actions;
    expect(names.map((it) => it.name)).toEqual(["m.go", "m.expire t", "tick"]);
  });

  test("it stops before its handler runs, and can be started again there", () => {
    const text = process(
      "rule go { start t(0) }  on expire t in IDLE { if running(t) { n = 1 } else { n = 2 } start t(n) }",
    );
    expect(codeOf(text, "expiry")).toEqual([
      "expiry m.expire t 0 when (m.t equal 1)",
      "  m.t := 0",
      "  if (m.state equal 0)",
      "    m.n := 2",
      "    m.t := 3",
      "  else",
      "    require 0 else s0",
    ]);
  });

  test("an expiry in a state without a handler is a model error", () => {
    const text = `${process("on expire t in BUSY { }")}\ninit { start m.t(0) }`;
    expect(stepsOf(text, "m.expire t")).toEqual([
      "error: no `on expire t` of m answers in this control state",
    ]);
  });

  test("running and left read what is stored as ticks and one", () => {
    const text = `${process("rule go { if running(t) { n = left(t) } else { n = 5 - left(t) } }  on expire t { }")}`;
    expect(stepsOf(`${text}\ninit { start m.t(3) }`, "m.go")).toEqual(["m.n = 3"]);
    expect(stepsOf(text, "m.go")).toEqual(["m.n = 5"]);
  });

  test("a negative run is a model error", () => {
    const text = process("rule go { start t(n - 1) }  on expire t { }");
    expect(stepsOf(text, "m.go")).toEqual(["error: a timer runs for 0 ticks or more"]);
  });

  test("a run without an upper bound is an error", () => {
    expect(
      complaintsOf(
        process("rule go { start t(2) }  rule more { start t(left(t) + 1) }  on expire t { }"),
      ),
    ).toEqual([
      "TW0650 at 2:31 the ticks of `m.t` have no upper bound",
      "  3:45 it is started with these",
    ]);
    expect(
      complaintsOf(process("rule go { start t(min(left(t) + 1, 4)) }  on expire t { }")),
    ).toEqual([]);
  });
});
