// What is found alike in small models, and what must not be.

import { describe, expect, test } from "vitest";
import { coreOf, readRepository } from "../test/run-text.ts";
import { reduce, reductionNames } from "./index.ts";
import { bothVerdicts } from "./testing/verdicts.ts";

const everything = (): boolean => true;

const found = (text: string) => {
  const core = coreOf("model.tw", text);
  const { on, fixed, likeness } = reduce(core, everything, reductionNames);
  return { on, fixed, spaces: likeness.spaces.length };
};

/** Same verdicts with all reductions as without; and by how many states they differ. */
const statesOf = (text: string) => {
  const { off, on, states } = bothVerdicts(coreOf("model.tw", text), reductionNames);
  expect(on).toEqual(off);
  return states;
};

describe("rotation", () => {
  test("the two directions of the narrow model are two spaces", () => {
    const text = readRepository("models/classics/narrow-time-wait-typed.tw");
    expect(found(text)).toEqual({ on: ["dead", "rotation"], fixed: [], spaces: 2 });
  });

  const counting = (rule: string): string => `
    var x, y : mod 4
    rule step { x += 1 }
    rule follow when before(y, x) { y = x }
    ${rule}
    invariant near : x - y <= 3
  `;

  test("differences leave four states of sixteen", () => {
    expect(statesOf(counting(""))).toEqual({ off: 16, on: 4 });
  });

  test("a comparison with a number ties its space down, and is named", () => {
    const text = counting("rule odd when x == 3 { y = x }");
    expect(found(text).fixed).toEqual([
      { name: "x", why: "odd" },
      { name: "y", why: "odd" },
    ]);
    expect(statesOf(text).on).toBe(statesOf(text).off);
  });

  test("so do an assigned number, an index, and a choice among some", () => {
    for (const rule of [
      "rule odd { y = 2 }",
      "var seen : array[0..3] of bool\nrule odd { for i in 0..3 { if x - y == i { seen[i] = true } } choose n in set { 1, 2 } { y = n } }",
    ]) {
      expect(found(counting(rule)).fixed.length).toBeGreaterThan(0);
      statesOf(counting(rule));
    }
  });

  const keeping = (body: string): string => `
    message M { flag : bool  a : mod 4  b : mod 4 when flag }
    network wire carries M { capacity 1  full block }
    var x, y : mod 4
    var kept : M
    process p {
      rule step { x += 1 }
      rule send_one { send wire { flag, a: x, b: x } }
      rule send_other { send wire { a: x } }
      on receive m { ${body} }
    }
    invariant same : not kept.flag or kept.b - kept.a == 0
    reachable absent_is_zero : not kept.flag and kept.a == y
    final : true
  `;

  test("a field that may not exist does not rotate where its flag is not known", () => {
    const guarded = found(keeping("case some when m.flag { y = m.b } else { y = m.a }"));
    expect(guarded.fixed.map(({ name }) => name)).not.toContain("x");
    const copied = found(keeping("else { kept = m  y = m.a }"));
    expect(copied.fixed.map(({ name }) => name)).toContain("kept.b");
    statesOf(keeping("case some when m.flag { y = m.b } else { y = m.a }"));
    statesOf(keeping("else { kept = m  y = m.a }"));
  });
});

describe("interchange", () => {
  const pair = (more: string): string => `
    enum Host { A, B }
    enum Phase { IDLE, READY, DONE }
    process host[me: Host] {
      state Phase
      rule go in READY { -> DONE }
      rule again in DONE { -> READY }
    }
    ${more}
  `;

  test("two hosts that begin alike count once", () => {
    const text = pair(`
      init { for h in Host { host[h].state = READY } }
      reachable a : host[A].state == DONE and host[B].state == READY
    `);
    expect(found(text).on).toEqual(["interchange"]);
    expect(statesOf(text)).toEqual({ off: 4, on: 3 });
  });

  test("what only one of them can do is not claimed of the other", () => {
    const text = pair(`
      init { host[A].state = READY }
      reachable b : host[B].state == DONE
      invariant a : host[A].state != DONE
    `);
    expect(found(text).on).not.toContain("interchange");
    statesOf(text);
  });

  test("a recoverable of one of them keeps them apart", () => {
    const text = pair(`
      init { for h in Host { host[h].state = READY } }
      rule stop when host[B].state == DONE and host[A].state == DONE { }
      recoverable a : host[A].state == DONE can reach host[A].state == READY
    `);
    expect(found(text).on).not.toContain("interchange");
  });

  test("a rest that is allowed to one of them keeps them apart", () => {
    const text = `
      enum Host { A, B }
      enum Phase { READY, DONE }
      process host[me: Host] { state Phase  rule go in READY { -> DONE } }
      rule back when host[A].state == DONE and host[B].state == DONE { }
      bound one : not (host[A].state == DONE and host[B].state == DONE)
      final : host[A].state == DONE
      reachable done : exists h in Host: host[h].state == DONE
    `;
    expect(found(text).on).not.toContain("interchange");
    expect(statesOf(text)).toEqual({ off: 3, on: 3 });
  });

  test("hosts that differ in a constant are not alike", () => {
    const text = pair(`
      const STAYS : array[Host] of bool = [h in Host: h == A]
      rule rest when host[A].state == DONE and STAYS[A] or host[B].state == DONE and STAYS[B] { }
      init { for h in Host { host[h].state = READY } }
      reachable done : forall h in Host: host[h].state == DONE
    `);
    expect(found(text).on).not.toContain("interchange");
    statesOf(text);
  });
});

describe("dead variables", () => {
  const text = `
    enum Phase { IDLE, BUSY }
    process p {
      state Phase
      var n, used : 0..3
      ghost var count : 0..100
      rule begin(v: 0..3) in IDLE { n = v  -> BUSY }
      rule finish in BUSY { used = n / 2  -> IDLE }
    }
    reachable one : p.used == 1
    invariant counted : p.count == 0
  `;

  test("a value is forgotten in the state in which it is written before it is read", () => {
    // IDLE: n is 0..3 and `used` its half; BUSY: n is 0..3, and `used` 0 or 1. In IDLE n is dead.
    expect(statesOf(text)).toEqual({ off: 4 + 8, on: 2 + 8 });
  });

  test("a variable that nobody reads is still held against its range", () => {
    expect(statesOf("var n : 0..3\nrule up { n += 1 }\nreachable all : true")).toEqual({
      off: 4,
      on: 4,
    });
  });

  test("what no selected property reads goes, with all that only it reads", () => {
    const core = coreOf("model.tw", text);
    const { core: smaller } = reduce(core, () => false, ["dead"]);
    const fixed = smaller.variables.filter(({ low, high }) => low === high);
    expect(fixed.map(({ name }) => name)).toEqual(["p.n", "p.used", "p.count"]);
  });
});
