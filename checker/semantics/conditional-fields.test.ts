import { describe, expect, test } from "vitest";
import { errorsIn, marksIn, wire } from "./marked-program.ts";

const setting = `${wire}
record Slot { full : bool  value : 0..3 when full }
var slot : Slot
var slots : array[Host] of Slot
var n : 0..3
var b : bool
proc empty() { slot = { } }
proc other() { n = 1 }
`;

/** A handler of the message, whose field `code` exists under its flag `ack`. */
const handler = (body: string): string =>
  `${setting}\nprocess tcp[me: Host] {\n  var m : 0..3\n  on receive s { ${body} }\n}`;

describe("a conditional field is used where its flag is known to hold", () => {
  test.each([
    ["behind `and`", "rule r when slot.full and slot.value == 1 { }"],
    ["behind `implies`", "invariant i : slot.full implies slot.value == 1"],
    ["behind `not` and `or`", "invariant i : not slot.full or slot.value == 1"],
    [
      "behind several conditions",
      "rule r when n == 1 and (b and slot.full) and slot.value == 1 { }",
    ],
    ["in the branch of an expression", "rule r { n = if slot.full then slot.value else 0 }"],
    ["in the other branch", "rule r { n = if not slot.full then 0 else slot.value }"],
    ["in the branch of a statement", "rule r { if slot.full { n = slot.value } }"],
    [
      "in the other branch of a statement",
      "rule r { if not slot.full { } else { n = slot.value } }",
    ],
    ["in an arm", "rule r { match slot.full { true => n = slot.value  false => { } } }"],
    ["in the `else` arm", "rule r { n = match slot.full { false => 0 else => slot.value } }"],
    ["behind an equality with a bool", "rule r when slot.full == true and slot.value == 1 { }"],
    ["in a rule whose guard says so", "rule r when slot.full { n = slot.value }"],
    [
      "behind a guard of `choose`",
      "rule r { choose h in Host when slots[h].full { n = slots[h].value } }",
    ],
    ["in a quantifier", "invariant i : forall h in Host: slots[h].full implies slots[h].value < 3"],
    ["over segments", "invariant i : forall s in wire: s.ack implies s.code < 3"],
    ["after an assertion", 'rule r { assert slot.full, "full"  n = slot.value }'],
    ["after setting it", "rule r { slot = { full, value: 1 }  n = slot.value }"],
    ["after setting the flag", "rule r { slot.full = true  slot.value = 2 }"],
    [
      "after a procedure, of a local",
      "rule r { let k = slot  if k.full { empty()  n = k.value } }",
    ],
    [
      "in a loop that does not touch it",
      "rule r { if slot.full { for h in Host { n = slot.value } } }",
    ],
    ["given together with its flag", "rule r { slot = { full: b, value: 1 } }"],
    [
      "in a loop's own condition",
      "rule r { for h in Host { if slots[h].full { n = slots[h].value } } }",
    ],
    [
      "after setting an element by an index that stays",
      "rule r { choose h in Host { slots[h] = { full, value: 1 }  n = slots[h].value } }",
    ],
    ["changed where it is there", "rule r when slot.full { slot = slot with { value: 1 } }"],
  ])("%s", (_, text) => {
    expect(errorsIn(setting + text)).toEqual([]);
  });

  test.each([
    ["in the case that asks", "case c when s.ack { m = s.code } ignore"],
    ["in the guard itself", "case c when s.ack and s.code == 1 { } ignore"],
    [
      "in a case after the one that is for its absence",
      "case none when not s.ack { } case c when s.code == 1 { } ignore",
    ],
    [
      "in `else` after the case that is for its absence",
      "case none when not s.ack { } else { m = s.code }",
    ],
    [
      "after a stage whose case ends with `done`",
      "stage a { case none when not s.ack { done } } stage b { else { m = s.code } }",
    ],
    [
      "after a stage that ends on every way",
      "stage a { case none when not s.ack { if s.fin { m = 1  done } else { done } } } stage b { case c when s.code == 1 { } }",
    ],
    ["after an `if` that ends with `done`", "else { if not s.ack { done }  m = s.code }"],
  ])("%s", (_, body) => {
    expect(errorsIn(handler(body))).toEqual([]);
  });
});

describe("a conditional field is refused where its flag may not hold", () => {
  test.each([
    ["with nothing before it", "rule r { n = slot.«value» }"],
    ["before its condition", "rule r when slot.«value» == 1 and slot.full { }"],
    ["behind `or`", "rule r when slot.full or slot.«value» == 1 { }"],
    ["behind the flag of another", "rule r when slots[A].full and slots[B].«value» == 1 { }"],
    ["in the branch where it is absent", "rule r { if slot.full { } else { n = slot.«value» } }"],
    ["after a branch", "rule r { if slot.full { }  n = slot.«value» }"],
    ["after the variable has been set", "rule r when slot.full { slot = { }  n = slot.«value» }"],
    ["after a procedure, which may set it", "rule r when slot.full { other()  n = slot.«value» }"],
    [
      "in a loop that sets it",
      "rule r when slot.full { for h in Host { n = slot.«value»  slot = { } } }",
    ],
    [
      "after the index has been set",
      "var h : Host\nrule r when slots[h].full { h = B  n = slots[h].«value» }",
    ],
    ["in a function's body", "fn f(s: Slot): 0..3 = s.«value»"],
    ["as the target of an assignment", "rule r { slot.«value» = 1 }"],
    ["behind a disjunction of flags", "rule r when slot.full or b { n = slot.«value» }"],
    [
      "in a second choice of the same name",
      "rule r { choose h in Host when slots[h].full { }  choose h in Host { n = slots[h].«value» } }",
    ],
    [
      "in a loop whose name a choice had before",
      "rule r { choose h in Host when slots[h].full { }  for h in Host { n = slots[h].«value» } }",
    ],
    [
      "in the next round of a loop",
      'rule r { for h in Host { n = slots[h].«value»  assert slots[h].full, "full" } }',
    ],
    [
      "under a `let` whose name a block had before",
      'rule r { if b { let k = A  assert slots[k].full, "" } else { let k = A  assert slots[k].full, "" }  let k = B  n = slots[k].«value» }',
    ],
    [
      "in a quantifier whose name a choice had before",
      "rule r { choose h in Host when slots[h].full { }  b = exists h in Host: slots[h].«value» == 1 }",
    ],
    [
      "in a comprehension whose name a choice had before",
      "var all : array[Host] of 0..3\nrule r { choose h in Host when slots[h].full { }  all = [h in Host: slots[h].«value»] }",
    ],
    [
      "after an assignment that moves its own index",
      "record K { full : bool  k : 0..1  value : 0..3 when full }\nvar ks : array[0..1] of K\nrule r { ks[ks[0].k] = { full, k: 1, value: 2 }  n = ks[ks[0].k].«value» }",
    ],
    [
      "after an assignment that moves its own index by another name",
      "record K { full : bool  k : 0..1  value : 0..3 when full }\nprocess p[me: Host] { var ks : array[0..1] of K\nrule r { ks[p[me].ks[0].k] = { full, k: 1, value: 2 }  n = ks[p[me].ks[0].k].«value» } }",
    ],
    [
      "after the control state that is its index has changed",
      "process p { state Host  var of_state : array[Host] of Slot\nrule r when of_state[state].full { -> B  n = of_state[state].«value» } }",
    ],
    [
      "in a loop that changes the control state that is its index",
      "process p { state Host  var of_state : array[Host] of Slot\nrule r when of_state[state].full { for h in Host { n = of_state[state].«value»  -> B } } }",
    ],
    [
      "after a procedure that changes the control state that is its index",
      "process p { state Host  var of_state : array[Host] of Slot\nproc go() { -> B }\nrule r when of_state[state].full { go()  n = of_state[state].«value» } }",
    ],
  ])("%s", (_, text) => {
    expect(errorsIn(setting + text)).toEqual(marksIn(setting + text, "TW0308"));
  });

  test.each([
    ["in a case that does not ask", "case c when s.fin { m = s.«code» } ignore"],
    ["in a case after one that asks", "case c when s.ack { } case d when s.«code» == 1 { } ignore"],
    [
      "after a stage whose case does not end",
      "stage a { case none when not s.ack { m = 1 } } stage b { else { m = s.«code» } }",
    ],
    [
      "after a stage whose case ends on one way only",
      "stage a { case none when not s.ack { if s.fin { done } } } stage b { else { m = s.«code» } }",
    ],
  ])("%s", (_, body) => {
    const text = handler(body);
    expect(errorsIn(text)).toEqual(marksIn(text, "TW0308"));
  });

  test.each([
    ["without its flag", "rule r { slot = { «value»: 1 } }"],
    ["with the flag false", "rule r { slot = { full: false, «value»: 1 } }"],
    ["by `with`, without knowing its flag", "rule r { slot = slot with { «value»: 1 } }"],
  ])("a literal cannot give it %s", (_, text) => {
    expect(errorsIn(setting + text)).toEqual(marksIn(setting + text, "TW0309"));
  });
});
