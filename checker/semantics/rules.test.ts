import { describe, expect, test } from "vitest";
import { accept, expectErrors, wire } from "./marked-program.ts";

const tcp = (members: string): string =>
  `${wire}\nprocess tcp[me: Host] {\n  state Phase\n  timer t\n  var n : 0..3\n${members}\n}`;

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
    expectErrors(text, code);
  });

  test("can set variables, fields, elements, and from outside the state of an instance", () => {
    accept(`${tcp("")}
      record Point { x, y : 0..3 }
      var points : array[Host] of Point
      rule r(h: Host) { points[h].x += 1  tcp[h].n = 2  tcp[h].state = BUSY }
      init { tcp[A].state = BUSY  start tcp[A].t(1)  stop tcp[B].t }`);
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
    expectErrors(text, code);
  });

  test("`defer` alone in a case, `done`, `reprocess` and `age` have their places", () => {
    accept(`${tcp(`
      on receive s in IDLE {
        case later when s.fin { defer }
        case again when s.ack { -> BUSY  reprocess s in BUSY }
        else { done }
      }
      on receive s in BUSY { stage one { case a when s.fin { done } } stage two { else { n = 1 } } }
    `)}
    init { send wire { life: 2 } from A to B age 1 }`);
  });
});

describe("networks", () => {
  const plain = "message M { f : bool }\nnetwork n carries M { capacity 1 }\n";
  const rows: readonly (readonly [string, string, string])[] = [
    ["no address", tcp("rule r { send «wire» { life: 1 } }"), "TW0416"],
    ["no sender outside of processes", `${wire} rule r { send «wire» { life: 1 } to A }`, "TW0416"],
    ["an address without need", `${plain} rule r { send n { f } to «3» }`, "TW0416"],
    [
      "a sender's name without need",
      `${plain} process p { on receive s from «h» { ignore } }`,
      "TW0416",
    ],
    ["an age without a lifetime", `${plain} init { send n { f } age «1» }`, "TW0411"],
    [
      "a receiver with an index",
      `${plain} process p[me: bool] { on receive s on «n» { ignore } }`,
      "TW0415",
    ],
    [
      "a receiver without an index",
      `${wire} process p { on receive s on «wire» { ignore } }`,
      "TW0415",
    ],
    [
      "a receiver with another index",
      `${wire} process p[me: Phase] { on receive «s» { ignore } }`,
      "TW0415",
    ],
    ["no network to receive from", "process p { on receive «s» { ignore } }", "TW0414"],
    [
      "two networks to receive from",
      `${plain} network m carries M { capacity 1 }\nprocess p { on receive «s» { ignore } }`,
      "TW0414",
    ],
    [
      "two receivers",
      `${plain} process p { on receive s { ignore } }\nprocess q { «on receive s» { ignore } }`,
      "TW0413",
    ],
    [
      "a field called `to`",
      "enum H { A }\nmessage M { to : H }\nnetwork n carries «M» between H { capacity 1 }",
      "TW0423",
    ],
    [
      "a field called `age`",
      "message M { age : 0..3 }\nnetwork n carries «M» { capacity 1  lifetime 3 }",
      "TW0423",
    ],
    [
      "`.to` of a network without addresses",
      `${plain} invariant i : forall s in n: s.«to» == 0`,
      "TW0417",
    ],
    [
      "`.age` of a message that is in no network",
      `${wire} event e(s: Segment)\nnever n : e(s) when s.«age» == 0`,
      "TW0417",
    ],
    ["a look into it by a rule", `${plain} rule r when exists s in «n»: s.f { }`, "TW0418"],
    ["a look into it by a function", `${plain} fn busy(): bool = exists s in «n»: s.f`, "TW0418"],
    ["no room", "message M { f : bool }\nnetwork n carries M { capacity «0» }", "TW0302"],
    [
      "a negative budget",
      "message M { f : bool }\nnetwork n carries M { capacity 1  loss «0 - 1» }",
      "TW0302",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expectErrors(text, code);
  });

  test("a handler without `on` receives from the only network that fits its process", () => {
    const program = accept(`${plain} ${wire}
      process tcp[me: Host] { on receive s { ignore } }
      process clerk { on receive s { ignore } }`);
    const receives = program.processes.flatMap(({ groups }) => groups.flatMap((it) => it.receives));
    expect(receives.map((it) => program.networkOf(it)?.name)).toEqual(["wire", "n"]);
  });

  test("its clauses have values", () => {
    const program = accept(
      "const K = 2\nmessage M { f : bool }\nnetwork n carries M { capacity K + 1  full drop  lifetime K  loss K  duplication any  reorder none }",
    );
    const { declaration: _, message: __, ...clauses } = program.networks[0] ?? {};
    expect(clauses).toEqual({
      name: "n",
      capacity: 3,
      full: "drop",
      lifetime: 2,
      loss: 2,
      duplication: "any",
      reorder: "none",
    });
  });

  test("properties look at segments, their addresses and ages", () => {
    accept(`${wire} invariant i : forall s in wire: s.to != s.from and s.age <= 1 and s.life < 3
      bound b : (count s in wire: s.fin) <= 1
      final : not exists s in wire: true`);
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
    expectErrors(text, "TW0405");
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
    expectErrors(text, "TW0422");
  });

  test("two stacks fill one hook", () => {
    accept(`${wire}
      process p[me: Host] { var n : 0..3  proc bump(k: 0..3)  fn most(): 0..3  rule r { bump(most()) } }
      extend p when me == A { proc bump(j: 0..3) { n = j }  fn most(): 0..3 = 1 }
      extend p when me == B { proc bump(k: 0..3) { n = 1 }  fn most(): 0..3 = n }`);
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
    expectErrors(text, code);
  });

  test("two stacks may use one name for their rules", () => {
    accept(
      tcp("") + "\nextend tcp when me == A { rule r { } }\nextend tcp when me == B { rule r { } }",
    );
  });

  test("two stacks may reprocess in opposite directions", () => {
    accept(
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
    );
  });

  test("a member of the instance that is named can be read", () => {
    accept(`${wire} process p[me: Host] { }
      extend p when me == A { var x : bool }
      invariant i : p[A].x`);
  });
});

describe("events and properties", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a value in the place of a name", "event e(n: 0..3)\nreachable r : e(«1»)", "TW0419"],
    ["a `when` of a formula", "var x : bool\nreachable r : x when «x»", "TW0419"],
    ["a condition that is no bool", "var n : 0..3\ninvariant i : «n»", "TW0301"],
    ["an argument of another type", "event e(n: 0..3)\nrule r { emit e(«true») }", "TW0301"],
    [
      "instances of a network",
      `${wire} recoverable r : forall s in «wire»: true can reach true`,
      "TW0301",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expectErrors(text, code);
  });

  test("binders have the types of the event's parameters", () => {
    accept(`${tcp("rule r { emit seen(me, { fin, ack, code: 3 }, 4) }")}
      event seen(at: Host, s: Segment, q: mod 16)
      never one : seen(h, s, _) when s.life != 2 and tcp[h].n == 3
      reachable two : seen(h, _, q) when after(q, 3) and tcp[h].state == BUSY
      reachable three : tcp[A].n == 3 and running(tcp[B].t) and left(tcp[B].t) < 3
      recoverable four : forall h in Host: tcp[h].n == 1 can reach tcp[h].n == 0 without faults`);
  });
});

describe("bindings", () => {
  const binding = (items: string): string =>
    `${tcp("rule close { }")}\nconst RFC1337 = true\nbinding tcp { ${items} }`;
  const rows: readonly (readonly [string, string, string])[] = [
    ["a message that is none", "segment «Segmet» { SEQ = seq }", "TW0201"],
    ["a field that is none", "segment Segment { SEQ = «sec» }", "TW0204"],
    ["a header that is none", "segment Segment { «SEC» = seq }", "TW0425"],
    ["a field of the wrong type", "segment Segment { SYN = «seq» }", "TW0425"],
    ["a host that is none", "hosts { «C» = 192.0.2.1 }", "TW0201"],
    ["a rule that is none", "call close = «clos»", "TW0425"],
    ["a timer that is none", "timer TIME_WAIT = «tw»", "TW0425"],
    ["a constant that is none", "sysctl net.ipv4.tcp_rfc1337 = «RFC1338»", "TW0501"],
  ];
  test.each(rows)("%s is refused", (_, items, code) => {
    expectErrors(binding(items), code);
  });

  test("of every kind are accepted", () => {
    accept(
      binding(
        "segment Segment { SEQ = seq  FIN = fin }  hosts { A = 192.0.2.1  B = 192.0.2.2 }  call close = close  timer TIME_WAIT = t  sysctl net.ipv4.tcp_rfc1337 = RFC1337",
      ),
    );
  });
});
