// Declarations: what each form is read as; comments and documentation.

import { describe, expect, test } from "vitest";
import { parse, parseOverride } from "./index.ts";
import { validateGrammar } from "./parser.ts";
import { show, showDeclarations } from "./show.test-support.ts";

test("the grammar passes all checks of the parser generator", () => {
  expect(validateGrammar).not.toThrow();
});

describe("declarations", () => {
  test.each([
    ['import "a.tw"', "import(path: a.tw)"],
    ["const N = 1", "const(name: N, value: 1)"],
    ["const N : 0..3 = 1", "const(name: N, type: range-type(low: 0, high: 3), value: 1)"],
    ["set N = 1", "set(override: (name: N, value: 1))"],
    ["set N[A] = 1", "set(override: (name: N, index: A, value: 1))"],
    ['assume N > 1, "why"', "assume(condition: (N > 1), why: why)"],
    ["enum E { A, B }", "enum(name: E, members: [A, B])"],
    ["enum E { A, B, }", "enum(name: E, members: [A, B])"],
    ["type T = mod 16", "type(name: T, type: mod-type(modulus: 16))"],
    [
      "record R { a, b : bool  ghost c : T when a }",
      "record(name: R, fields: [(ghost: false, names: [a, b], type: bool-type), " +
        "(ghost: true, names: [c], type: T, when: a)])",
    ],
    [
      "message M { a : bool, b : T, }",
      "message(name: M, fields: [(ghost: false, names: [a], type: bool-type), " +
        "(ghost: false, names: [b], type: T)])",
    ],
    [
      "network n carries M { capacity 2 }",
      "network(name: n, message: M, full: error, loss: none, duplication: none, reorder: none, capacity: 2)",
    ],
    [
      "network n carries M between Host { capacity 2 full drop lifetime L loss any duplication 1 reorder any }",
      "network(name: n, message: M, between: Host, full: drop, loss: any, " +
        "duplication: budget(value: 1), reorder: any, capacity: 2, lifetime: L)",
    ],
    ["event e()", "event(name: e, parameters: [])"],
    [
      "event e(at: Host, s: M)",
      "event(name: e, parameters: [(name: at, type: Host), (name: s, type: M)])",
    ],
    [
      "fn f(x: T): bool = x == 1",
      "fn(name: f, parameters: [(name: x, type: T)], result: bool-type, body: (x == 1))",
    ],
    ["fn hook(): T", "fn(name: hook, parameters: [], result: T)"],
    ["proc p() { }", "proc(name: p, parameters: [], body: (statements: []))"],
    ["proc hook()", "proc(name: hook, parameters: [])"],
    ["var a, b : T", "var(ghost: false, names: [a, b], type: T)"],
    ["ghost var a : T = 1", "var(ghost: true, names: [a], type: T, initial: 1)"],
    ["clock t : mod 4", "clock(name: t, type: mod-type(modulus: 4))"],
    ["init { }", "init(body: (statements: []))"],
    ["bound b : x", "bound(name: b, condition: x)"],
    ["final : x", "final(condition: x)"],
    ["process p { }", "process(name: p, members: [])"],
    ["process p[i: T] { }", "process(name: p, index: (name: i, type: T), members: [])"],
    ["extend p { }", "extend(process: p, members: [])"],
    [
      "extend p when x in set { A } { }",
      "extend(process: p, when: (x in set(elements: [A])), members: [])",
    ],
    [
      "rule r { }",
      "rule(fault: false, name: r, parameters: [], states: [], body: (statements: []))",
    ],
    [
      "fault rule r(x: T) when x { }",
      "rule(fault: true, name: r, parameters: [(name: x, type: T)], states: [], guard: x, " +
        "body: (statements: []))",
    ],
  ])("%s", (text, tree) => {
    expect(showDeclarations(text)).toBe(tree);
  });
});

describe("members", () => {
  test.each([
    ["state S", "state(type: S)"],
    ["state S = A", "state(type: S, initial: A)"],
    ["timer a, b", "timer(names: [a, b])"],
    ["var x : T  state S", "var(ghost: false, names: [x], type: T), state(type: S)"],
    [
      "var x : T = state  state S",
      "var(ghost: false, names: [x], type: T, initial: state), state(type: S)",
    ],
    [
      "rule r in A | B when g { }",
      "rule(fault: false, name: r, parameters: [], states: [A, B], guard: g, body: (statements: []))",
    ],
    [
      "on receive s { }",
      "receive(message: s, states: [], body: cases(cases: [], tail: unhandled))",
    ],
    [
      "on receive s from h on n in A | B { case c when g { done } ignore }",
      "receive(message: s, from: h, network: n, states: [A, B], body: " +
        "cases(cases: [(name: c, guard: g, body: (statements: [done]))], tail: ignore))",
    ],
    [
      "on receive s { case none when g { defer } else { done } }",
      "receive(message: s, states: [], body: " +
        "cases(cases: [(name: none, guard: g, body: (statements: [defer]))], " +
        "tail: else(body: (statements: [done]))))",
    ],
    [
      "on receive s { stage a { case c when g { } else { done } } stage b { } }",
      "receive(message: s, states: [], body: stages(stages: [" +
        "(name: a, cases: [(name: c, guard: g, body: (statements: []))], otherwise: (statements: [done])), " +
        "(name: b, cases: [])]))",
    ],
    ["on expire t in A { }", "expire(timer: t, states: [A], body: (statements: []))"],
  ])("%s", (text, tree) => {
    expect(showDeclarations(`process p { ${text} }`)).toBe(`process(name: p, members: [${tree}])`);
  });
});

describe("properties, checks and bindings", () => {
  test.each([
    ["invariant n : x", "invariant(name: n, condition: x)"],
    ["never n : ev()", "never(name: n, event: ev, binders: [])"],
    [
      "never n : ev(h, _) when h == A",
      "never(name: n, event: ev, binders: [h, _], when: (h == A))",
    ],
    ["reachable n : x", "reachable(name: n, subject: x)"],
    [
      "reachable n : ev(h) when h",
      "reachable(name: n, subject: call(callee: ev, arguments: [h]), when: h)",
    ],
    ["recoverable n : p can reach q", "recoverable(name: n, from: p, to: q, withoutFaults: false)"],
    [
      "recoverable n : forall x in T: p can reach q without faults",
      "recoverable(name: n, binder: x, domain: expression-domain(value: T), from: p, to: q, " +
        "withoutFaults: true)",
    ],
    [
      'check "c" expect holds',
      "check(title: c, overrides: [], only: [], expectation: (kind: holds, names: [], figures: []))",
    ],
    [
      'check "c" { N = 1, M[A] = 2 } only p, q expect violated p, deadlock in 9 steps',
      "check(title: c, overrides: [(name: N, value: 1), (name: M, index: A, value: 2)], " +
        "only: [p, q], expectation: violated(names: [p, deadlock], figures: [(value: 9, unit: steps)]))",
    ],
    [
      'check "c" expect holds in 288 states, 2 * n transitions',
      "check(title: c, overrides: [], only: [], expectation: holds(names: [], " +
        "figures: [(value: 288, unit: states), (value: (2 * n), unit: transitions)]))",
    ],
    [
      'check "c" expect error none, assert, timer, full',
      "check(title: c, overrides: [], only: [], " +
        "expectation: error(names: [none, assert, timer, full], figures: []))",
    ],
    [
      'check "c" expect error fault rule r { }',
      "check(title: c, overrides: [], only: [], expectation: error(names: [], figures: []))\n" +
        "rule(fault: true, name: r, parameters: [], states: [], body: (statements: []))",
    ],
    [
      'sweep "s" { N in 1..3, M = 2 } only p least N expect least == none',
      "sweep(title: s, axes: [axis(name: N, domain: range-domain(low: 1, high: 3)), " +
        "fixed(name: M, value: 2)], only: [p], least: N, expected: none)",
    ],
    [
      'sweep "s" { N in Host }',
      "sweep(title: s, axes: [axis(name: N, domain: expression-domain(value: Host))], only: [])",
    ],
    [
      "binding tcp { segment M { SEQ = seq ACK = ack } hosts { A = 192.0.2.1 B = 10.0.0.255 } " +
        "call close = shut sysctl net.ipv4.timer = N timer TIME_WAIT = tw }",
      "binding(name: tcp, items: [" +
        "segment(message: M, fields: [(header: SEQ, field: seq), (header: ACK, field: ack)]), " +
        "hosts(hosts: [(host: A, address: 192.0.2.1), (host: B, address: 10.0.0.255)]), " +
        "call(call: close, rule: shut), sysctl(key: net.ipv4.timer, constant: N), " +
        "timer(role: TIME_WAIT, timer: tw)])",
    ],
  ])("%s", (text, tree) => {
    expect(showDeclarations(text)).toBe(tree.replace("(kind: holds, names", "holds(names"));
  });
});

describe("files", () => {
  test.each(["", " \n\n", "\uFEFF", "// only a comment", "/* a */"])(
    "%j has no declarations and no errors",
    (text) => {
      const { value, diagnostics } = parse("test.tw", text);
      expect({ declarations: value.declarations, diagnostics }).toEqual({
        declarations: [],
        diagnostics: [],
      });
    },
  );

  test("line ends may be of any kind", () => {
    expect(showDeclarations("const A = 1 // a\r\nconst B = 2\rconst C = 3")).toBe(
      "const(name: A, value: 1)\nconst(name: B, value: 2)\nconst(name: C, value: 3)",
    );
  });

  test("places are offsets in UTF-16 units", () => {
    const { value } = parse("test.tw", "// 🐢\nconst A = 1");
    expect(value.declarations[0]?.span).toEqual({ file: "test.tw", start: 6, end: 17 });
  });
});

describe("documentation", () => {
  const docOf = (text: string): unknown => {
    const { value } = parse("test.tw", text);
    return value.declarations.map(({ doc }) => doc);
  };

  test("the `///` lines before a declaration are its documentation", () => {
    expect(docOf("/// one\n///  two \n///\nconst A = 1")).toEqual(["one\n two\n"]);
  });

  test("a blank line does not part documentation from its declaration", () => {
    expect(docOf("/// one\n\nconst A = 1")).toEqual(["one"]);
  });

  test("another comment does", () => {
    expect(docOf("/// one\n// two\nconst A = 1")).toEqual([undefined]);
  });

  test("what stands behind a declaration documents nothing", () => {
    expect(docOf("const A = 1 /// one\nconst B = 2")).toEqual([undefined, undefined]);
  });

  test("fields, members, stages and cases have documentation", () => {
    const shown = showDeclarations(
      "record R {\n/// r\na : T }\nprocess p {\n/// m\non receive s {\n/// s\nstage a {\n/// c\ncase b when g { } } } }",
    );
    expect(shown.match(/doc: \w/g)).toEqual(["doc: r", "doc: m", "doc: s", "doc: c"]);
  });

  test("comments that document nothing are kept in order", () => {
    const { value } = parse("test.tw", "/// a\n// b\n/// c\nconst A = /* d */ 1 // e\n/// f");
    expect(value.comments.map(({ text }) => text)).toEqual([
      "/// a",
      "// b",
      "/* d */",
      "// e",
      "/// f",
    ]);
  });
});

describe("overrides on the command line", () => {
  test.each([
    ["N=1", "(name: N, value: 1)"],
    ["N = 2 * M", "(name: N, value: (2 * M))"],
    ["N[A]=true", "(name: N, index: A, value: true)"],
  ])("%s", (text, tree) => {
    const { value, diagnostics } = parseOverride("<command line>", text);
    expect({ tree: show(value), diagnostics }).toEqual({ tree, diagnostics: [] });
  });

  test.each(["", "N", "1=2", "=1", "N[=1"])("%j is refused", (text) => {
    expect(parseOverride("<command line>", text).diagnostics.map(({ code }) => code)).toEqual([
      "TW0131",
    ]);
  });
});
