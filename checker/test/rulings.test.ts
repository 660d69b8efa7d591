// The rulings that make two implementations agree, each from text through the whole pipeline.

import { describe, expect, test } from "vitest";
import type { Exploration, PropertyVerdict } from "../explore/index.ts";
import { explore } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import { traceOf } from "../trace/index.ts";
import {
  concernsOf,
  coreOf,
  essence,
  everySearch,
  figuresOf,
  naiveFigures,
  proveText,
} from "./run-text.ts";

const file = "ruling.tw";

const verdictText = (verdict: PropertyVerdict | undefined): string => {
  switch (verdict?.kind) {
    case undefined:
      return "not selected";
    case "holds":
    case "unreached":
      return verdict.kind;
    case "violated":
    case "reached":
    case "error":
      return `${verdict.kind} in ${verdict.steps}`;
    case "unknown":
      return `unknown: ${verdict.why}`;
  }
};

/** Explores a text in every way, compares with the naive search, and says what was found. */
const found = async (text: string) => {
  const core = coreOf(file, text);
  const [interpreted, ...others] = await everySearch(core);
  for (const other of others) expect(essence(other)).toEqual(essence(interpreted));
  expect(figuresOf(interpreted)).toEqual(naiveFigures(core));
  const { states, transitions, depth, verdicts, deadlock, errors, cut, dropped } = interpreted;
  return {
    figures: [states, transitions, depth],
    verdicts: Object.fromEntries(
      core.properties.map(({ name }, id) => [name, verdictText(verdicts[id])]),
    ),
    deadlock: verdictText(deadlock),
    errors: errors.map(({ site, steps }) => `${core.sites[site]?.error ?? ""} in ${steps}`),
    cut,
    dropped,
  };
};

/** A network of words between two hosts, its clauses given; the rest of the model follows. */
const wire = (clauses: string): string => `
  enum Host { A, B }
  message Word { value : 0..3 }
  network wire carries Word between Host { ${clauses} }
`;

describe("1. states", () => {
  test("differ by ghosts and by timers", async () => {
    const { figures } = await found(`
      ghost var looked : bool
      process p {
        timer t
        rule arm { start t(1) }
        on expire t { }
        rule look { looked = true }
      }
    `);
    // Stopped, 1 left, 0 left; with and without having looked.
    expect(figures[0]).toBe(6);
  });
  test("differ by ages and budgets", async () => {
    const { figures } = await found(`
      ${wire("capacity 1  lifetime 1  loss 1")}
      init { send wire { } from A to B }
      process p[me: Host] { on receive w { ignore } }
      final : true
    `);
    // In the network at age 0 or 1; delivered; lost.
    expect(figures).toEqual([4, 5, 1]);
  });
});

describe("2. transitions", () => {
  test("are pairs of state and label: parameters and choices tell labels apart", async () => {
    const { figures } = await found(`
      var x : 0..1
      rule set_it(v: 0..1) { x = v }
      rule pick { choose v in 0..1 { x = v } }
      rule stay { }
    `);
    expect(figures).toEqual([2, 10, 1]);
  });
});

describe("3. depth", () => {
  test("counts steps, and an event in the k-th step has k", async () => {
    const { figures, verdicts } = await found(`
      var n : 0..3
      event went(from_n: 0..3)
      rule up when n < 3 { emit went(n)  n += 1 }
      invariant below_two : n < 2
      never late : went(m) when m == 2
      never at_once : went(m)
      reachable top : n == 3
      final : true
    `);
    expect(figures).toEqual([4, 3, 3]);
    expect(verdicts).toEqual({
      below_two: "violated in 2",
      late: "violated in 3",
      at_once: "violated in 1",
      top: "reached in 3",
    });
  });
});

describe("4. initial states", () => {
  test("init blocks run in order of import, the importer's last, on initialisers and zeros", async () => {
    const { figures, verdicts } = await found(`
      import "checker/test/corpus/library/counter.tw"
      var first : 0..9 = 7
      init { first = first + counter.value + 1  counter.value = 3 }
      bound start_only : counter.value == 3
      reachable as_said : first == 8 and counter.value == 3
      final : true
    `);
    expect([figures, verdicts]).toEqual([[1, 0, 0], { as_said: "reached in 0" }]);
  });
  test("choices give several, equal ones merge", async () => {
    const { figures } = await found(`
      var x : 0..3
      init { choose v in 0..3 { x = v / 2 } either { } or { x += 2 } }
      final : true
    `);
    expect(figures).toEqual([4, 0, 0]);
  });
  test("a model can start anywhere: states, timers, segments of any age", async () => {
    const { figures } = await found(`
      ${wire("capacity 1  lifetime 3")}
      enum State { OPEN, WAITING }
      process p[me: Host] {
        state State
        timer t
        on expire t in WAITING { -> OPEN }
        on receive w { ignore }
      }
      init { p[B].state = WAITING  start p[B].t(1)  send wire { value: 2 } from A to B age 2 }
      final : true
    `);
    // One tick, then expiry and delivery; delivery first, then tick, expiry.
    expect(figures).toEqual([6, 7, 3]);
  });
});

describe("5. bodies", () => {
  test("are atomic, see their own writes, and emit what is true at the emit", async () => {
    const { figures, verdicts } = await found(`
      var a, b : 0..9
      event saw(x: 0..9)
      rule go when a == 0 { a += 1  b = a + 1  emit saw(b)  b = 5 }
      never then_two : saw(x) when x == 2 and b == 2
      never later_five : saw(x) when b == 5
      invariant together : a == 1 implies b == 5
      final : a == 1
    `);
    expect(figures).toEqual([2, 1, 1]);
    expect(verdicts).toEqual({
      then_two: "violated in 1",
      later_five: "holds",
      together: "holds",
    });
  });
});

describe("6. delivery", () => {
  test("takes the segment out first: an answer fits a network for one", async () => {
    const { errors, figures } = await found(`
      ${wire("capacity 1")}
      init { send wire { value: 1 } from A to B }
      process p[me: Host] {
        on receive w from h { case low when w.value < 3 { send wire { value: w.value + 1 } to h } ignore }
      }
      final : true
    `);
    expect([errors, figures]).toEqual([[], [4, 3, 3]]);
  });
  test("happens in every control state; without a case it is a model error of that step", async () => {
    const { errors, figures } = await found(`
      ${wire("capacity 1")}
      enum State { OPEN, CLOSED }
      init { choose v in 0..1 { send wire { value: v } from A to B } }
      process p[me: Host] {
        state State
        on receive w in OPEN { case zero when w.value == 0 { -> CLOSED } }
        on receive w in CLOSED { ignore }
      }
      final : true
    `);
    expect([errors, figures]).toEqual([["unhandled in 1"], [3, 1, 1]]);
  });
  test("a deferred segment is not deliverable now", async () => {
    const { figures, deadlock } = await found(`
      ${wire("capacity 1")}
      var ready : bool
      init { send wire { } from A to B }
      rule prepare when not ready { ready = true }
      process p[me: Host] {
        on receive w { case early when not ready { defer } else { } }
      }
      final : ready and (count w in wire: true) == 0
    `);
    expect([figures, deadlock]).toEqual([[3, 2, 2], "holds"]);
  });
  test("of a FIFO only the head per receiver", async () => {
    const { verdicts } = await found(`
      ${wire("capacity 3  reorder none")}
      var got : array[Host] of 0..3
      init {
        send wire { value: 1 } from A to B
        send wire { value: 2 } from A to B
        send wire { value: 3 } from B to A
      }
      process p[me: Host] { on receive w { else { got[me] = w.value } } }
      reachable a_first : got[A] == 3 and got[B] == 0
      reachable b_first : got[A] == 0 and got[B] == 2
      invariant in_order : got[B] == 2 implies (count w in wire: w.value == 1) == 0
      final : true
    `);
    expect(verdicts).toEqual({
      a_first: "reached in 1",
      b_first: "reached in 2",
      in_order: "holds",
    });
  });
  test("an expiry without a handler is a model error", async () => {
    const { errors } = await found(`
      enum State { OPEN, CLOSED }
      process p {
        state State
        timer t
        rule go in OPEN { start t(0)  -> CLOSED }
        on expire t in OPEN { }
      }
    `);
    expect(errors).toEqual(["unhandled in 2"]);
  });
});

describe("7. copies", () => {
  const two = "init { send wire { value: 1 } from A to B  send wire { value: 1 } from A to B }";
  const sink = "process p[me: Host] { on receive w { ignore } }  final : true";
  test("equal ones in a bag give one delivery, one loss, one duplication; count counts both", async () => {
    const { figures, verdicts } = await found(`
      ${wire("capacity 2  loss 1  duplication 1  reorder any")} ${two} ${sink}
      bound never_empty : (count w in wire: w.value == 1) >= 1
      reachable both : (count w in wire: w.value == 1) == 2
    `);
    // Two copies: delivered or lost, not doubled, for there is no room; one copy: doubled; two of
    // them again.
    expect(verdicts).toEqual({ both: "reached in 0" });
    expect(figures).toEqual([7, 7, 3]);
  });
  test("in a FIFO they are lost and doubled by position", async () => {
    const { figures } = await found(`
      ${wire("capacity 3  loss 1  reorder none")} ${two} ${sink}
      bound never_empty : (count w in wire: true) >= 1
    `);
    // Deliver the head, lose either: three steps, two states; a delivery then leaves one to lose,
    // which is cut.
    expect(figures).toEqual([3, 3, 1]);
  });
  test("a copy keeps its age, and none is made in a full network", async () => {
    const { figures, verdicts } = await found(`
      ${wire("capacity 2  lifetime 2  duplication any")}
      init { send wire { } from A to B age 1 }
      process p[me: Host] { on receive w { ignore } }
      invariant same_age : forall w in wire: w.age >= 1
      final : true
    `);
    // One or two copies of age 1 or 2, or none.
    expect([figures[0], verdicts]).toEqual([5, { same_age: "holds" }]);
  });
});

describe("8. a full network", () => {
  const model = (full: string): string => `
    ${wire(`capacity 1  ${full}  loss 1`)}
    var said : 0..2
    process p[me: Host] { on receive w { ignore } }
    rule say when said == 0 {
      send wire { value: 1 } from A to B
      send wire { value: 2 } from A to B
      said = 2
    }
    final : true
  `;
  test("block: the path is no step at all", async () => {
    expect((await found(model("full block"))).figures).toEqual([1, 0, 0]);
  });
  test("drop: the body goes on, costs no budget and is counted", async () => {
    const { figures, dropped } = await found(model("full drop"));
    expect([figures, dropped]).toEqual([[4, 3, 2], [1]]);
  });
  test("error: a model error, and what a network does when nothing is said", async () => {
    expect((await found(model("full error"))).errors).toEqual(["full in 1"]);
    expect((await found(model(""))).errors).toEqual(["full in 1"]);
  });
});

describe("9. choice", () => {
  test("without a candidate the path is no step; either keeps its other branch", async () => {
    const { figures } = await found(`
      var x : 0..3
      rule never_taken { choose v in 0..3 when v > 3 { x = v } }
      rule half { either { choose v in 0..3 when v > x + 2 { x = v } } or { x = 1 } }
    `);
    // From 0 both ways, from 3 and from 1 the second.
    expect(figures).toEqual([3, 4, 1]);
  });
  test("candidates come in order of declaration", async () => {
    const text = `
      enum Colour { RED, GREEN, BLUE }
      var c : Colour
      rule paint { choose k in Colour when k != c { c = k } }
      never green : chosen(k) when k == GREEN
      event chosen(k: Colour)
      rule say when c != RED { choose k in set { GREEN, BLUE } { emit chosen(k) } }
    `;
    const core = coreOf(file, text);
    const [{ verdicts }] = await everySearch(core);
    const [green] = verdicts;
    const steps = green?.kind === "violated" ? traceOf(core, green.path).steps : [];
    expect(steps.map(({ label }) => label.values.map((it) => it.text))).toEqual([
      ["GREEN"],
      ["GREEN"],
    ]);
  });
});

describe("10. budgets and timers", () => {
  test("a timer stops before its handler's body, and start restarts it", async () => {
    const { figures, errors } = await found(`
      process p {
        var rounds : 0..2
        timer t
        rule go when not running(t) and rounds == 0 { start t(1)  start t(2) }
        on expire t {
          assert not running(t), "stopped"
          rounds += 1
          if rounds < 2 { start t(0) }
        }
      }
      final : p.rounds == 2
    `);
    expect([errors, figures]).toEqual([[], [6, 5, 5]]);
  });
  test("a negative time is a model error", async () => {
    const { errors } = await found(`
      process p {
        var n : 0..1
        timer t
        rule go { start t(n - 1) }
        on expire t { }
      }
    `);
    expect(errors).toEqual(["timer in 1"]);
  });
  test("budgets are part of the state, none and any are not", async () => {
    const states = async (loss: string): Promise<number | undefined> =>
      (
        await found(`
          ${wire(`capacity 1  loss ${loss}`)}
          init { send wire { } from A to B }
          process p[me: Host] { on receive w { ignore } }
          final : true
        `)
      ).figures[0];
    expect([await states("none"), await states("any"), await states("1")]).toEqual([2, 2, 3]);
  });
});

describe("11. deadlock", () => {
  const chain = "var x : 0..2  rule up when x < 2 { x += 1 }";
  test("is a state without any step, unless a final holds", async () => {
    const of = async (more: string) => (await found(`${chain} ${more}`)).deadlock;
    expect([
      await of(""),
      await of("final : x == 1  final : x == 2"),
      await of("final : x == 1"),
      await of("rule stay when x == 2 { }"),
    ]).toEqual(["violated in 2", "holds", "violated in 2", "holds"]);
  });
});

describe("12. model errors", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["range", "rule go { x = x + 3 }"],
    ["range", "ghost var g : 0..1  rule go { g = x + 1  x = 1 }  invariant i : g >= 0"],
    ["index", "var a : array[0..1] of bool  rule go { a[x] = true  x += 1 }"],
    ["none", "var o : 0..3?  rule go when o! > 0 { }"],
    ["division", "rule go when 1 / x > 0 { }"],
    ["assert", 'rule go { assert x == 1, "one" }'],
  ];
  test.each(rows)("%s: %s", async (kind, body) => {
    const { errors } = await found(`var x : 0..2  ${body}`);
    expect(errors.map((it) => it.split(" ")[0])).toEqual([kind]);
  });
  test("have no successor; the search goes on; what is not violated is unknown", async () => {
    const { figures, errors, verdicts } = await found(`
      var x : 0..3
      rule up when x < 3 { assert x != 1, "not from one"  x += 1 }
      rule jump when x < 2 { x += 2 }
      invariant below_three : x < 3
      invariant below_four : x < 4
      final : true
    `);
    expect([figures, errors, verdicts]).toEqual([
      [4, 4, 2],
      ["assert in 2"],
      { below_three: "violated in 2", below_four: "unknown: model-error" },
    ]);
  });
});

describe("13. violations", () => {
  const text = `
    var x : 0..5
    rule up when x < 5 { x += 1 }
    invariant low : x < 1
    invariant middle : x < 3
    final : true
  `;
  test("do not prune", async () => {
    const { figures, verdicts } = await found(text);
    expect([figures, verdicts]).toEqual([
      [6, 5, 5],
      { low: "violated in 1", middle: "violated in 3" },
    ]);
  });
  test("may end the search with their level where nothing else is asked", async () => {
    const { obligations } = await proveText(
      file,
      `${text} check "low" only low expect violated low`,
    );
    const [check] = obligations;
    const exploration = check?.kind === "check" ? check.search?.exploration : undefined;
    expect([
      exploration?.complete,
      exploration?.stopped,
      exploration?.depth,
      check?.concerns,
    ]).toEqual([false, "stopped", 1, []]);
  });
});

describe("14. expectations", () => {
  const concerns = async (expectation: string): Promise<number> =>
    concernsOf(
      await proveText(
        file,
        `
          var x : 0..2
          rule up when x < 2 { x += 1 }
          invariant low : x < 1
          invariant small : x < 2
          invariant true_one : x < 3
          check "it" ${expectation}
        `,
      ),
    ).length;
  test.each([
    ["expect violated low, small, deadlock", 0],
    ["expect violated low, small", 1],
    ["expect violated low, small, deadlock, true_one", 1],
    ["only low expect violated low in 1 steps", 0],
    ["only low expect violated low in 2 steps", 1],
    ["only true_one expect holds in 3 states, 2 transitions", 0],
    ["only true_one expect holds in 4 states", 1],
    ["only low expect holds", 1],
  ])("%s", async (expectation, unmet) => {
    expect(Math.min(await concerns(expectation), 1)).toBe(unmet);
  });
});

describe("15. events", () => {
  test("are judged on every transition, also into known states", async () => {
    const { verdicts } = await found(`
      var x : 0..1
      event turned(back: bool)
      rule turn { emit turned(x == 1)  x = 1 - x }
      never back_again : turned(b) when b
    `);
    expect(verdicts).toEqual({ back_again: "violated in 2" });
  });
  test("on a path that is no step or ends in a model error do not count", async () => {
    const { verdicts } = await found(`
      var x : 0..1
      event said(it: bool)
      rule none { emit said(true)  choose v in 0..1 when v > 1 { x = v } }
      never said_it : said(b)
    `);
    const { verdicts: failed } = await found(`
      event said(it: bool)
      rule wrong { emit said(true)  assert false, "wrong" }
      never said_it : said(b)
    `);
    expect([verdicts, failed]).toEqual([{ said_it: "holds" }, { said_it: "unknown: model-error" }]);
  });
});

describe("16. recoverable", () => {
  test("the way back exists from every such state; the goal in the same state counts", async () => {
    const { verdicts } = await found(`
      var x : 0..3
      rule up when x < 3 { x += 1 }
      rule back when x == 2 { x = 0 }
      recoverable from_one : x == 1 can reach x == 0
      recoverable from_any : x >= 0 can reach x == 0
      recoverable at_once : x == 3 can reach x == 3
      final : true
    `);
    expect(verdicts).toEqual({
      from_one: "holds",
      from_any: "violated in 3",
      at_once: "holds",
    });
  });
  test("without faults the way back takes none, the way in may", async () => {
    const { verdicts } = await found(`
      var x : 0..2
      fault rule break_it when x == 0 { x = 1 }
      rule mend when x == 1 { x = 0 }
      fault rule worse when x == 1 { x = 2 }
      fault rule repair when x == 2 { x = 0 }
      recoverable mended : x == 1 can reach x == 0 without faults
      recoverable repaired : x == 2 can reach x == 0
      recoverable repaired_alone : x == 2 can reach x == 0 without faults
    `);
    expect(verdicts).toEqual({
      mended: "holds",
      repaired: "holds",
      repaired_alone: "violated in 2",
    });
  });
  test("a leading forall makes one instance each", async () => {
    const core = coreOf(
      file,
      `
        enum Host { A, B }
        var up : array[Host] of bool = [h in Host: true]
        rule fall(h: Host) when up[h] { up[h] = false }
        rule rise when not up[A] { up[A] = true }
        recoverable each : forall h in Host: not up[h] can reach up[h]
        final : true
      `,
    );
    const [{ verdicts }] = await everySearch(core);
    expect(
      core.properties.map((it, id) => [
        it.kind === "recoverable" ? it.instance : "",
        verdictText(verdicts[id]),
      ]),
    ).toEqual([
      ["h = A", "holds"],
      ["h = B", "violated in 1"],
    ]);
  });
  test("an error step is no way out", async () => {
    const { verdicts } = await found(`
      var x : 0..1
      rule go when x == 0 { x = 1 }
      rule out when x == 1 { x = 0  assert false, "no way" }
      recoverable back : x == 1 can reach x == 0
    `);
    expect(verdicts).toEqual({ back: "violated in 1" });
  });
});

describe("17. ties", () => {
  test("the same path in every search: least state, least predecessor, least label", async () => {
    // `found` compares paths word for word; here the path itself is pinned.
    const core = coreOf(
      file,
      `
        var x, y : 0..3
        rule both(a: 0..1) { choose b in 0..1 { x = a + b  y = 2 * a + b } }
        invariant not_one : x != 1
      `,
    );
    const [{ verdicts }] = await everySearch(core);
    const [one] = verdicts;
    const trace = one?.kind === "violated" ? traceOf(core, one.path) : undefined;
    expect(trace?.steps.map(({ label }) => label.values.map((it) => it.value))).toEqual([[0, 1]]);
  });
});

describe("18. a run that is cut", () => {
  const cutAt = (maxStates: number): Promise<Exploration> => {
    const core = coreOf(
      file,
      `
        var a, b : 0..9
        rule up when a < 9 { a += 1 }
        rule right when b < 9 { b += 1 }
        invariant early : a + b < 2
        invariant late : a + b < 18
        invariant sound : a + b < 19
        recoverable back : a == 9 can reach b == 9
        final : true
      `,
    );
    return explore(interpret(core), core, {
      selected: () => true,
      deadlock: true,
      limits: { maxStates },
      now: () => 0,
      breathe: () => Promise.resolve("go-on"),
      stopWhenDecided: false,
    });
  };
  test("ends at a whole level, keeps what it found, and knows nothing of the rest", async () => {
    const { complete, stopped, wholeDepth, states, verdicts } = await cutAt(10);
    expect({ complete, stopped, wholeDepth, states, verdicts: verdicts.map(verdictText) }).toEqual({
      complete: false,
      stopped: "states",
      wholeDepth: 4,
      states: 15,
      verdicts: ["violated in 2", "unknown: states", "unknown: states", "unknown: states"],
    });
  });
  test("without a cut everything is known", async () => {
    const { complete, verdicts } = await cutAt(100);
    expect([complete, verdicts.map(verdictText)]).toEqual([
      true,
      ["violated in 2", "violated in 18", "holds", "holds"],
    ]);
  });
});

describe("21. findings of vacuity", () => {
  const model = (checks: string): string => `
    var x : 0..2
    rule up when x < 2 { x += 1 }
    rule stay when x == 2 { }
    enum Host { A, B }
    message Word { value : 0..3 }
    network wire carries Word between Host { capacity 1 }
    init { send wire { value: 1 } from A to B }
    process p[me: Host] {
      on receive w { case one when w.value == 1 { } case two when w.value == 2 { } ignore }
    }
    invariant small : x < 2
    check "all" expect violated small
    ${checks}
  `;
  test("name cases that no check takes, when all ran to the end", async () => {
    const { findings } = await proveText(file, model(""));
    expect(findings.some(({ message }) => message.includes("two"))).toBe(true);
    expect(findings.some(({ message }) => message.includes("one"))).toBe(false);
  });
  test("are not given when a check stopped early", async () => {
    const { findings } = await proveText(
      file,
      model('check "part" only small expect violated small'),
    );
    expect(findings).toEqual([]);
  });
});
