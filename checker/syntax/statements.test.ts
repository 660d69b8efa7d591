// Statements: what each form is read as, and where one ends and the next begins.

import { expect, test } from "vitest";
import { showStatements } from "./show.test-support.ts";

test.each([
  ["x = 1", "assign(operator: =, target: x, value: 1)"],
  ["x.f[i] += y", "assign(operator: +=, target: x.f[i], value: y)"],
  [
    "x -= 1  y = 2",
    "assign(operator: -=, target: x, value: 1), assign(operator: =, target: y, value: 2)",
  ],
  ["x = a\n-> S", "assign(operator: =, target: x, value: a), go(state: S)"],
  ["send n m", "send(network: n, value: m)"],
  ["send n m to a from b age 2", "send(network: n, value: m, to: a, from: b, age: 2)"],
  ["send n m age 2 to a", "send(network: n, value: m, age: 2, to: a)"],
  ["send n m to = 1", "send(network: n, value: m), assign(operator: =, target: to, value: 1)"],
  [
    "send n m from.x = 1",
    "send(network: n, value: m), assign(operator: =, target: from.x, value: 1)",
  ],
  ["send n m to (a)", "send(network: n, value: m, to: a)"],
  ["start t(3)", "start(timer: t, ticks: 3)"],
  ["start p[A].t(x + 1)", "start(timer: p[A].t, ticks: (x + 1))"],
  ["stop t f()", "stop(timer: t), call(callee: f, arguments: [])"],
  ["emit ev(a, 1)", "emit(event: ev, arguments: [a, 1])"],
  ["done defer", "done, defer"],
  ["reprocess s in S", "reprocess(message: s, state: S)"],
  ["let x = 1", "let(name: x, value: 1)"],
  ["let x : 0..3 = 1", "let(name: x, type: range-type(low: 0, high: 3), value: 1)"],
  ['assert x, "why"', "assert(condition: x, why: why)"],
  ["if a { done }", "if(condition: a, then: (statements: [done]))"],
  [
    "if a { } else if b { } else { done }",
    "if(condition: a, then: (statements: []), otherwise: (statements: [" +
      "if(condition: b, then: (statements: []), otherwise: (statements: [done]))]))",
  ],
  [
    "for i in 0..3 { done }",
    "for(binder: i, domain: range-domain(low: 0, high: 3), body: (statements: [done]))",
  ],
  [
    "for h in set { A } { }",
    "for(binder: h, domain: expression-domain(value: set(elements: [A])), body: (statements: []))",
  ],
  [
    "choose x in T when x != a { done } done",
    "choose(binder: x, domain: expression-domain(value: T), guard: (x != a), " +
      "body: (statements: [done])), done",
  ],
  [
    "either { } or { done } or { }",
    "either(branches: [(statements: []), (statements: [done]), (statements: [])])",
  ],
  [
    "match x { A | B => done C => { } else => y = 1 }",
    "match(subject: x, arms: [" +
      "(patterns: [A, B], isElse: false, body: (statements: [done])), " +
      "(patterns: [C], isElse: false, body: (statements: [])), " +
      "(patterns: [], isElse: true, body: (statements: [assign(operator: =, target: y, value: 1)]))])",
  ],
  [
    "match x { A => if b { } else => done }",
    "match(subject: x, arms: [" +
      "(patterns: [A], isElse: false, body: (statements: [if(condition: b, then: (statements: []))])), " +
      "(patterns: [], isElse: true, body: (statements: [done]))])",
  ],
  [
    "match x { A => send n m to => done }",
    "match(subject: x, arms: [" +
      "(patterns: [A], isElse: false, body: (statements: [send(network: n, value: m)])), " +
      "(patterns: [to], isElse: false, body: (statements: [done]))])",
  ],
])("%s", (text, tree) => {
  expect(showStatements(text)).toBe(tree);
});
