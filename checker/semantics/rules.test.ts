import { describe, expect, test } from "vitest";
import { errorsIn, expectErrors, marksIn, tcp, wire } from "./marked-program.ts";

describe("assignments", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a constant", "const N = 3\nrule r { «N» = 3 }", "TW0404"],
    ["an enum member", `${wire} rule r { «A» = B }`, "TW0404"],
    ["a parameter", "rule r(k: 0..3) { «k» = 3 }", "TW0404"],
    ["a `let`", "rule r { let k = 1  «k» = 1 }", "TW0404"],
    ["a loop variable", "rule r { for i in 0..3 { «i» += 1 } }", "TW0404"],
    ["a field of the received segment", tcp("on receive s { else { «s».fin = true } }"), "TW0404"],
    ["the process index", tcp("rule r { «me» = A }"), "TW0404"],
    ["the control state", tcp("rule r { «state» = BUSY }"), "TW0404"],
    ["a clock", "clock c : mod 4\nrule r { «c» = 3 }", "TW0404"],
    ["a variable of another instance", tcp("rule r(h: Host) { «tcp[h].n» = 1 }"), "TW0424"],
  ];
  test.each(rows)("cannot set %s", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("can set variables, fields, elements, and from outside the state of an instance", () => {
    expect(
      errorsIn(`${tcp("")}
      record Point { x, y : 0..3 }
      var points : array[Host] of Point
      rule r(h: Host) { points[h].x += 1  tcp[h].n = 2  tcp[h].state = BUSY }
      init { tcp[A].state = BUSY  start tcp[A].t(1)  stop tcp[B].t }`),
    ).toEqual([]);
  });
});

describe("places of statements", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["`done` in a rule", tcp("rule r { «done» }"), "TW0407"],
    ["`done` in a procedure", tcp("proc p() { «done» }"), "TW0407"],
    ["`done` in an expiry", tcp("on expire t { «done» }"), "TW0407"],
    ["`defer` in a rule", tcp("rule r { «defer» }"), "TW0408"],
    [
      "`defer` with company",
      tcp("on receive s { case c when s.fin { n = 1  «defer» } ignore }"),
      "TW0408",
    ],
    ["`defer` in `else`", tcp("on receive s { else { «defer» } }"), "TW0408"],
    ["`reprocess` in a rule", tcp("rule r { «reprocess s in IDLE» }"), "TW0409"],
    ["`reprocess` in a procedure", tcp("proc p() { «reprocess s in IDLE» }"), "TW0409"],
    [
      "`reprocess` of another name",
      tcp("on receive s in IDLE { else { reprocess «x» in BUSY } }"),
      "TW0409",
    ],
    ["`age` in a rule", tcp("rule r { send wire { life: 1 } to A age «1» }"), "TW0411"],
    ["`->` without a control state", "process p { rule r { -> «X» } }", "TW0406"],
    ["`in` without a control state", "process p { rule r in «X» { } }", "TW0406"],
    ["`->` outside of processes", `${wire} rule r { -> «IDLE» }`, "TW0406"],
    ["`start` of a variable", tcp("rule r { start «n»(1) }"), "TW0412"],
    ["`start` of another's timer in a rule", tcp("rule r { start «tcp[A].t»(1) }"), "TW0412"],
    ["`running` of a variable", tcp("rule r when running(«n») { }"), "TW0412"],
    ["an expiry of a variable", tcp("on expire «n» { }"), "TW0412"],
    [
      "a statement after `done`",
      tcp("on receive s { case c when s.fin { done  «n = 1» } ignore }"),
      "TW0420",
    ],
    [
      "a statement after two that end",
      tcp("on receive s { else { if s.fin { done } else { done }  «n = 1» } }"),
      "TW0420",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("`defer` alone in a case, `done`, `reprocess` and `age` have their places", () => {
    expect(
      errorsIn(`${tcp(`
      on receive s in IDLE {
        case later when s.fin { defer }
        case again when s.ack { -> BUSY  reprocess s in BUSY }
        else { done }
      }
      on receive s in BUSY { stage one { case a when s.fin { done } } stage two { else { n = 1 } } }
    `)}
    init { send wire { life: 2 } from A to B age 1 }`),
    ).toEqual([]);
  });
});

describe("functions and procedures", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["a function", "fn «f»(n: 0..3): 0..3 = if n == 0 then 0 else f(n - 1)"],
    ["a procedure", "proc «p»() { p() }"],
    ["two procedures", "proc «p»() { q() }\nproc q() { p() }"],
    ["a function of a process", "process x { fn «f»(): bool = g()  fn g(): bool = f() }"],
    [
      "a hook through its body",
      "process x { proc «h»()  proc p() { h() } }\nextend x { proc h() { p() } }".replace(
        "«h»()  proc p()",
        "h()  proc «p»()",
      ),
    ],
  ];
  test.each(rows)("recursion of %s is reported once", (_, text) => {
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0405"));
  });

  test("the circle is told", () => {
    const [diagnostic] = expectErrors("proc «p»() { q() }\nproc q() { p() }", "TW0405");
    expect(diagnostic?.notes).toEqual([{ message: "through p -> q -> p" }]);
  });

  const hooks: readonly (readonly [string, string])[] = [
    ["other parameters", "process x { proc h(n: 0..3) }\nextend x { proc «h»(n: 0..4) { } }"],
    ["more parameters", "process x { proc h() }\nextend x { proc «h»(n: bool) { } }"],
    ["another result", "process x { fn h(): bool }\nextend x { fn «h»(): 0..3 = 1 }"],
    ["other parameters, outside of processes", "proc h(n: 0..3)\nproc «h»(n: bool) { }"],
  ];
  test.each(hooks)("a body with %s does not fill its hook", (_, text) => {
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0422"));
  });

  test("two stacks fill one hook", () => {
    expect(
      errorsIn(`${wire}
      process p[me: Host] { var n : 0..3  proc bump(k: 0..3)  fn most(): 0..3  rule r { bump(most()) } }
      extend p when me == A { proc bump(j: 0..3) { n = j }  fn most(): 0..3 = 1 }
      extend p when me == B { proc bump(k: 0..3) { n = 1 }  fn most(): 0..3 = n }`),
    ).toEqual([]);
  });
});

describe("handlers and rules", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["two rules of one name", "rule r { }\nrule «r» { }", "TW0421"],
    [
      "two rules of one name in an instance",
      tcp("rule r { }") + "\nextend tcp when me == A { rule «r» { } }",
      "TW0421",
    ],
    [
      "two cases of one name",
      tcp("on receive s { case c when s.fin { } case «c» when s.ack { } ignore }"),
      "TW0421",
    ],
    [
      "two stages of one name",
      tcp("on receive s { stage c { else { } } stage «c» { else { } } }"),
      "TW0421",
    ],
    [
      "reprocessing in a circle",
      tcp(
        "on receive s in IDLE { else { reprocess s in BUSY } } on receive s in BUSY { else { reprocess s in «IDLE» } }",
      ),
      "TW0410",
    ],
    [
      "reprocessing in its own state",
      tcp("on receive s { else { reprocess s in «IDLE» } }"),
      "TW0410",
    ],
    [
      "a member of some instances",
      `${wire} process p[me: Host] { } extend p when me == A { var x : bool } invariant i : p[B].«x»`,
      "TW0212",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("two stacks may use one name for their rules", () => {
    expect(
      errorsIn(
        tcp("") +
          "\nextend tcp when me == A { rule r { } }\nextend tcp when me == B { rule r { } }",
      ),
    ).toEqual([]);
  });

  test("two stacks may reprocess in opposite directions", () => {
    expect(
      errorsIn(
        tcp("") +
          `
      extend tcp when me == A {
        on receive s in IDLE { else { reprocess s in BUSY } }
        on receive s in BUSY { ignore }
      }
      extend tcp when me == B {
        on receive s in BUSY { else { reprocess s in IDLE } }
        on receive s in IDLE { ignore }
      }`,
      ),
    ).toEqual([]);
  });

  test("a member of the instance that is named can be read", () => {
    expect(
      errorsIn(`${wire} process p[me: Host] { }
      extend p when me == A { var x : bool }
      invariant i : p[A].x`),
    ).toEqual([]);
  });
});
