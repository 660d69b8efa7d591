// What programs become: variables, folding, statements, sends, properties.

import { describe, expect, test } from "vitest";
import { codeOf, coreOf, stepsOf } from "./testing/core-of.ts";

/** The statements of a rule `r` over some declarations. */
const rule = (declarations: string, body: string): readonly string[] =>
  codeOf(`${declarations}\nrule r { ${body} }`, "rule r")
    .slice(1)
    .map((it) => it.slice(2));

/** The guard of a rule `r` over some declarations. */
const guard = (declarations: string, condition: string): string =>
  (codeOf(`${declarations}\nrule r when ${condition} { }`, "rule r")[0] ?? "").replace(
    /^rule r \d+ when /,
    "",
  );

describe("variables", () => {
  test("every integer of a value is a variable with a name, a range and a first value", () => {
    const { variables } = coreOf(`
      enum Host { A, B }
      record Pair { left : 2..5  right : mod 4  ghost seen : bool }
      var plain : Pair
      var table : array[Host] of 0..3 = [1, 2]
      type Small = 0..3
      var maybe : Small?
      var some : set of Host = set { B }
      clock time : mod 6
      rule r { }`);
    const shown = variables.map(
      (it) => `${it.name} ${it.low}..${it.high} ${it.initial} ${it.origin.kind} ${it.ghost}`,
    );
    expect(shown).toEqual([
      "plain.left 2..5 2 variable false",
      "plain.right 0..3 0 variable false",
      "plain.seen 0..1 0 variable true",
      "table[A] 0..3 1 variable false",
      "table[B] 0..3 2 variable false",
      "maybe.present 0..1 0 variable false",
      "maybe.value 0..3 0 variable false",
      "some 0..3 2 variable false",
      "time 0..5 0 clock false",
    ]);
  });

  test("a process has its variables once per instance, the control state first", () => {
    const { variables } = coreOf(`
      enum Host { A, B }
      enum Mode { IDLE, BUSY }
      process node[me: Host] {
        state Mode = if me == A then BUSY else IDLE
        var first : Host = me
        timer t
        rule r in BUSY { start t(if me == A then 3 else 1) }
        on expire t { }
      }`);
    expect(variables.map(({ name, initial, high, owner }) => [name, initial, high, owner])).toEqual(
      [
        ["node[A].state", 1, 1, "node[A]"],
        ["node[A].first", 0, 1, "node[A]"],
        ["node[A].t", 0, 4, "node[A]"],
        ["node[B].state", 0, 1, "node[B]"],
        ["node[B].first", 1, 1, "node[B]"],
        ["node[B].t", 0, 2, "node[B]"],
      ],
    );
  });

  test("budgets are variables, and none where there is nothing to count", () => {
    const { variables, networks } = coreOf(`
      message Word { lit : bool }
      network one carries Word { capacity 1  loss 2  duplication any }
      network two carries Word { capacity 1  loss 0  duplication none }
      rule r { send one { lit }  send two { lit } }
      process sink { on receive w on one { ignore }  on receive w on two { ignore } }`);
    expect(variables.map(({ name, high, initial }) => [name, high, initial])).toEqual([
      ["one.loss", 2, 2],
    ]);
    expect(networks.map(({ loss, duplication }) => [loss, duplication])).toEqual([
      [0, "any"],
      [undefined, undefined],
    ]);
  });

  test("constants are listed with their values and whether these are the declared ones", () => {
    const { parameters } = coreOf(`
      enum Host { A, B }
      const N = 3
      const FLAGS : array[Host] of bool = [true, false]
      var x : 0..N
      rule r when FLAGS[A] { x = 0 }`);
    expect(parameters).toEqual([
      { name: "N", value: "3", isDefault: true },
      { name: "FLAGS", value: "[true, false]", isDefault: true },
    ]);
  });
});

describe("expressions", () => {
  const numbers = "var a, b : 0..3\nvar s, t : mod 16\nvar p, q : bool";

  test("serial numbers are computed and compared as such", () => {
    expect(guard(numbers, "before(s, t)")).toBe("(s before%16 t)");
    expect(guard(numbers, "after(s, t)")).toBe("(t before%16 s)");
    expect(guard(numbers, "window(s, t, 4)")).toBe("((s distance%16 t) less 4)");
    expect(guard(numbers, "s - t == 3")).toBe("((s distance%16 t) equal 3)");
    expect(guard(numbers, "s - 1 == t")).toBe("((s plus%16 15) equal t)");
    expect(guard(numbers, "s + a == t")).toBe("((s plus%16 a) equal t)");
    expect(guard(numbers, "s == 2 * 3")).toBe("(s equal 6)");
  });

  test("what is known by range is folded", () => {
    expect(guard(numbers, "a <= 3 and p")).toBe("p");
    expect(guard(numbers, "a + b > 6 or q")).toBe("q");
    expect(guard(numbers, "p implies a < 4")).toBe("1");
  });

  test("membership is a bit of a mask", () => {
    const sets =
      "enum E { X, Y, Z }\nvar e : E\nvar f : set of E\nvar n : 0..5\nvar g : set of 1..3";
    expect(guard(sets, "e in set { X, Z }")).toBe("((5 bit-and (1 shift-left e)) unequal 0)");
    expect(guard(sets, "e in set { Y }")).toBe("(e equal 1)");
    expect(guard(sets, "size(f union set { X }) == 2")).toBe("((size (f bit-or 1)) equal 2)");
    expect(guard(sets, "Y in f minus set { X }")).toBe("(((f bit-and-not 1) bit-and 2) unequal 0)");
    // Outside the element type the answer is no.
    expect(guard(sets, "n in g")).toBe(
      "(((1 less-equal n) and (n less-equal 3)) and ((g bit-and (1 shift-left (n add -1))) unequal 0))",
    );
  });

  test("short quantifiers are written out, long ones are loops", () => {
    expect(guard("var x : array[0..2] of bool", "forall i in 0..2: x[i]")).toBe(
      "((x[0] and x[1]) and x[2])",
    );
    expect(guard("var x : array[0..2] of bool", "(count i in 0..2: x[i]) == 2")).toBe(
      "(((x[0] add x[1]) add x[2]) equal 2)",
    );
    expect(guard("var x : array[0..99] of bool", "exists i in 0..99: x[i]")).toBe(
      "(exists l0 0..99 (x[0]+1*l0<100 else s0))",
    );
  });

  test("a quantifier over a set variable asks for membership", () => {
    const sets = "enum E { X, Y }\nvar f : set of E\nvar a : array[E] of bool";
    expect(guard(sets, "forall e in f: a[e]")).toBe(
      "((((f bit-and 1) unequal 0) implies a[X]) and (((f bit-and 2) unequal 0) implies a[Y]))",
    );
  });

  test("an index known only at run time reaches storage in one access", () => {
    const arrays = "record R { m : bool  n : 0..3 }\nvar i : 0..2\nvar x : array[0..2] of R";
    expect(guard(arrays, "x[i].n == 2")).toBe("((x[0].n+2*i<3 else s0) equal 2)");
    expect(guard(arrays, "x[i] == x[1]")).toBe(
      "(((x[0].m+2*i<3 else s0) equal x[1].m) and ((x[0].n+2*i<3 else s0) equal x[1].n))",
    );
  });

  test("an index into constants becomes conditions", () => {
    const table = "const T : array[0..3] of 0..9 = [7, 7, 2, 2]\nvar i : 0..3";
    expect(guard(table, "T[i] == 7")).toBe("((if (i equal 0) 7 (if (i equal 1) 7 2)) equal 7)");
  });

  test("a function is inlined, and its argument is evaluated once", () => {
    expect(guard(`${numbers}\nfn twice(n: 0..4): 0..8 = n + n`, "twice(a + 1) > 3")).toBe(
      "(l0 := (a add 1); (3 less (l0 add l0)))",
    );
    expect(guard(`${numbers}\nfn next(n: 0..4): 0..5 = n + 1`, "next(a + 1) > 3")).toBe(
      "(3 less ((a add 1) add 1))",
    );
    expect(guard(`${numbers}\nfn same(n: 0..3): 0..3 = n`, "same(2) == 2 and p")).toBe("p");
  });

  test("a range is checked only where the interval does not fit it", () => {
    expect(guard(`${numbers}\nfn f(n: 0..2): bool = n == 1`, "f(a)")).toBe(
      "(require (a less-equal 2) else s0; (a equal 1))",
    );
    expect(guard(`${numbers}\nfn f(n: 0..3): bool = n == 1`, "f(a)")).toBe("(a equal 1)");
  });

  test("what can fail stays where it is evaluated", () => {
    const option = "type N = 0..3\nvar x : N?\nvar p : bool";
    expect(guard(option, "p and x! == 2")).toBe(
      "(p and (require x.present else s0; (x.value equal 2)))",
    );
    // Known to be present, so nothing can fail.
    expect(guard(option, "not (x is none) and x! == 2")).toBe("(x.present and (x.value equal 2))");
    expect(guard(option, "(x ?? 3) == 2")).toBe("((if x.present x.value 3) equal 2)");
    expect(rule(option, "x = x ?? match p { true => 1  else => none }")).toEqual([
      "l0 := (x.present or p)",
      "l1 := (if x.present x.value p)",
      "x.present := l0",
      "x.value := l1",
    ]);
    expect(guard(option, "x == 2")).toBe("(x.present and (x.value equal 2))");
    expect(guard(option, "x != none")).toBe("x.present");
  });

  test("a division names its site where the divisor can be zero", () => {
    expect(guard(numbers, "6 / a == 2")).toBe("((6 divide a else s0) equal 2)");
    expect(guard(numbers, "6 % (a + 1) == 2")).toBe("((6 remainder (a add 1)) equal 2)");
  });

  test("a match tests its arms in order, the last without a test", () => {
    const state = "enum E { X, Y, Z }\nvar e : E\nvar a : 0..3";
    expect(guard(state, "(match e { X => 1  Y | Z => a }) == 2")).toBe(
      "((if (e equal 0) 1 a) equal 2)",
    );
  });

  test("a loop over segments takes only the integers that it reads", () => {
    const core = coreOf(`
      enum Host { A, B }
      message Word { lit : bool  n : 0..3 }
      network wire carries Word between Host { capacity 2  lifetime 1  reorder any }
      process node[me: Host] {
        rule put(h: Host) { send wire { lit, n: 2 } to h }
        on receive w { ignore }
      }
      invariant old : exists s in wire: s.age == 1 and s.to == B`);
    expect(core.properties[0]).toMatchObject({
      condition: { kind: "segments", locals: [0, 1, undefined, undefined, undefined] },
    });
  });
});

describe("statements", () => {
  const numbers = "var a, b : 0..3\nvar s : mod 4\nvar p : bool";

  test("a write is checked only where the value may lie outside", () => {
    expect(rule(numbers, "a = b")).toEqual(["a := b"]);
    expect(rule(numbers, "a += 1")).toEqual(["a := (a add 1) in 0..3 else s0"]);
    expect(rule(numbers, "a = min(b + 1, 3)")).toEqual(["a := ((b add 1) min 3)"]);
    expect(rule(numbers, "s += 1  s -= 3")).toEqual(["s := (s plus%4 1)", "s := (s plus%4 1)"]);
    expect(coreOf(`${numbers}\nrule r { a += b }`).sites[0]?.message).toBe("`a` takes 0..3");
  });

  test("what a statement leaves is known to the next ones", () => {
    expect(rule(numbers, "p = true  if p { a = 1 } else { a = 2 }")).toEqual(["p := 1", "a := 1"]);
    expect(rule(numbers, "if p { a = 1 } else { a = 2 }  if a == 3 { b = 0 }")).toEqual([
      "if p",
      "  a := 1",
      "else",
      "  a := 2",
    ]);
    expect(rule(numbers, "if a == 1 { a = 1  b = a }")).toEqual(["if (a equal 1)", "  b := 1"]);
  });

  test("what one side of a choice may have changed is not known after it", () => {
    expect(rule(numbers, "a = 1  either { a = 2 } or { b = a }  if a == 1 { p = true }")).toEqual([
      "a := 1",
      "either",
      "  a := 2",
      "or",
      "  b := 1",
      "if (a equal 1)",
      "  p := 1",
    ]);
  });

  test("a write through an index forgets all that it may have changed", () => {
    const arrays = "var x : array[0..1] of 0..3\nvar i : 0..1\nvar p : bool";
    expect(rule(arrays, "x[0] = 1  x[i] = 2  p = x[0] == 1")).toEqual([
      "x[0] := 1",
      "l0 := i",
      "x[0]+1*l0<2 else s0 := 2",
      "p := (x[0] equal 1)",
    ]);
  });

  test("a compound value is computed before any part of its target changes", () => {
    const pairs = "record P { l, r : 0..3 }\nvar x : P";
    expect(rule(pairs, "x = { l: x.r, r: x.l }")).toEqual([
      "l0 := x.r",
      "l1 := x.l",
      "x.l := l0",
      "x.r := l1",
    ]);
    expect(rule(pairs, "x = x with { l: 2 }")).toEqual(["x.l := 2"]);
  });

  test("a field whose flag is false is stored as zero", () => {
    const segments =
      "message M { ack : bool  n : 1..3  no : mod 4 when ack }\nvar m, k : M\nvar p : bool\nvar s : mod 4";
    expect(rule(segments, "m = { ack, no: 2, n: 1 }")).toEqual([
      "m.ack := 1",
      "m.n := 1",
      "m.no := 2",
    ]);
    expect(rule(segments, "m = m with { ack: false }")).toEqual(["m.ack := 0", "m.no := 0"]);
    expect(rule(segments, "m.ack = false")).toEqual(["m.ack := 0", "m.no := 0"]);
    expect(rule(segments, "m.ack = p")).toEqual(["m.ack := p", "if (not m.ack)", "  m.no := 0"]);
    expect(rule(segments, "m = k")).toEqual(["m.ack := k.ack", "m.n := k.n", "m.no := k.no"]);
  });

  test("a loop is written out, one binder value after the other", () => {
    expect(rule("var x : array[0..2] of 0..9", "for i in 0..2 { x[i] = 2 * i }")).toEqual([
      "x[0] := 0",
      "x[1] := 2",
      "x[2] := 4",
    ]);
    expect(
      rule(
        "enum E { X, Y }\nvar f : set of E\nvar a : 0..3",
        "for e in f { f = f minus set { e }  a = 1 }",
      ),
    ).toEqual([
      "l0 := f",
      "if ((l0 bit-and 1) unequal 0)",
      "  f := (f bit-and-not 1)",
      "  a := 1",
      "if ((l0 bit-and 2) unequal 0)",
      "  f := (f bit-and-not 2)",
      "  a := 1",
    ]);
  });

  test("a choice has a name, a range and a guard; what follows runs for each", () => {
    expect(
      rule(
        "enum E { X, Y }\nvar e : E\nvar p : bool",
        "choose c in E when c != e { e = c }  p = true",
      ),
    ).toEqual([
      'choose c l0 0..1 when (l0 unequal e) {"kind":"enum","members":["X","Y"]}',
      "e := l0",
      "p := 1",
    ]);
    expect(rule(numbers, "choose c in 0..3 when c > 3 { a = c }")).toEqual(["disable"]);
  });

  test("the argument of a procedure keeps its value when variables change", () => {
    expect(rule(`${numbers}\nproc put(n: 0..3) { a = 0  b = n }`, "put(a)")).toEqual([
      "l0 := a",
      "a := 0",
      "b := l0",
    ]);
    expect(rule(`${numbers}\nproc put(n: 0..3) { a = 0  b = n }`, "put(2)")).toEqual([
      "a := 0",
      "b := 2",
    ]);
  });

  test("a let that nothing reads disappears, unless it can fail", () => {
    expect(rule(numbers, "let x = a + b  p = true")).toEqual(["p := 1"]);
    expect(rule(numbers, "let x = 6 / a  p = true")).toEqual([
      "l0 := (6 divide a else s0)",
      "p := 1",
    ]);
  });

  test("an assertion that always holds disappears", () => {
    expect(rule(numbers, 'assert a <= 3, "fits"  assert p, "lit"')).toEqual(["require p else s0"]);
  });

  test("two indices known only at run time become conditions and one access", () => {
    const grid = "var x : array[0..1] of array[0..1] of bool\nvar i, j : 0..1";
    expect(stepsOf(`${grid}\ninit { i = 1 }\nrule r { x[i][j] = true }`, "r")).toEqual([
      "x[1][0] = 1",
    ]);
    expect(stepsOf(`${grid}\ninit { j = 1 }\nrule r { x[i][j] = not x[j][i] }`, "r")).toEqual([
      "x[0][1] = 1",
    ]);
  });

  test("an index outside is a model error", () => {
    const array = "var x : array[1..2] of bool\nvar i : 0..3 = 3\nvar p : bool";
    expect(stepsOf(`${array}\nrule r { x[i] = true }`, "r")).toEqual([
      "error: `x` has the indices 1..2",
    ]);
    expect(stepsOf(`${array}\nrule r { p = x[i] }`, "r")).toEqual([
      "error: the array has the indices 1..2",
    ]);
  });
});

describe("properties", () => {
  test("an event is judged at its place by every property that listens", () => {
    const core = coreOf(`
      var x : 0..3
      event hit(n: 0..3)
      rule r { x = 1  emit hit(x)  x = 2 }
      never high : hit(n) when n > 2 or x == 2
      reachable low : hit(n) when n == x
      invariant fits : x < 3
      never any : hit(_)`);
    expect(core.events).toEqual([{ property: "high" }, { property: "low" }, { property: "any" }]);
    expect(core.properties.map((it) => [it.kind, "event" in it ? it.event : undefined])).toEqual([
      ["never", 0],
      ["reachable-event", 1],
      ["invariant", undefined],
      ["never", 2],
    ]);
    expect(core.actions[0]).toMatchObject({
      body: [
        { kind: "assign" },
        { kind: "signal", event: 0, when: { value: 0 } },
        { kind: "signal", event: 1, when: { value: 1 } },
        { kind: "signal", event: 2, when: { value: 1 } },
        { kind: "assign" },
      ],
    });
  });

  test("a recoverable with forall is one property per value", () => {
    const { properties } = coreOf(`
      enum E { X, Y }
      var lit : array[E] of bool
      rule r(e: E) { lit[e] = not lit[e] }
      recoverable back : forall e in E: lit[e] can reach not lit[e] without faults`);
    expect(properties.map((it) => (it.kind === "recoverable" ? it.instance : ""))).toEqual([
      "e = X",
      "e = Y",
    ]);
  });
});

describe("actions", () => {
  test("they come in the order of labels", () => {
    const { actions } = coreOf(`
      enum Host { A, B }
      message Word { lit : bool }
      network wire carries Word between Host { capacity 1  lifetime 1  loss 1  duplication 1 }
      var p : bool
      process node[me: Host] {
        timer t
        rule put(h: Host) { send wire { lit } to h  start t(1) }
        rule dead when 1 == 2 { p = true }
        on receive w { ignore }
        on expire t { p = false }
      }
      fault rule flip { p = not p }`);
    expect(actions.map(({ name, fault }) => (fault ? `${name} (fault)` : name))).toEqual([
      "flip (fault)",
      "node[A].put",
      "node[A].expire t",
      "node[B].put",
      "node[B].expire t",
      "deliver wire",
      "lose wire (fault)",
      "duplicate wire (fault)",
      "tick",
    ]);
  });

  test("without timers, lifetimes and clocks there is no tick", () => {
    expect(coreOf("var p : bool\nrule r { p = true }").actions.map((it) => it.name)).toEqual(["r"]);
  });

  test("a rule with several states asks for one of them before its guard", () => {
    const text = `
      enum S { X, Y, Z, W }
      process m {
        state S
        var n : 0..3
        rule r in X | Y | Z when 6 / n == 2 { -> W }
        rule back in W { -> X }
      }`;
    expect(codeOf(text, "rule m.r")[0]).toBe(
      "rule m.r 0 when (((7 bit-and (1 shift-left m.state)) unequal 0) and ((6 divide m.n else s0) equal 2))",
    );
  });
});
