// The text of a core: the same for the same model, another for another.

import { expect, test } from "vitest";
import { serialize } from "./index.ts";
import { coreOf } from "./testing/core-of.ts";

const text = `
enum Host { A, B }
const LONG = 2
message Word { lit : bool }
network wire carries Word between Host { capacity 1  lifetime 1  loss 1  reorder none }
event heard(at: Host)
process node[me: Host] {
  var x : 0..3
  timer t
  rule put(h: Host) when x < 3 { send wire { lit } to h  x += 1  start t(LONG) }
  on receive w { case lit when w.lit { emit heard(me) }  else { } }
  on expire t { either { x = 0 } or { assert x > 0, "rests" } }
}
bound few : forall h in Host: node[h].x < 3
final : forall h in Host: not running(node[h].t)
never loud : heard(h) when h == B
recoverable quiet : exists s in wire: s.lit can reach node[A].x == 0 without faults
`;

test("it says nothing of places", () => {
  const moved = `// a remark\n\n${text.replaceAll("  ", "   ")}`;
  expect(serialize(coreOf(moved))).toBe(serialize(coreOf(text)));
});

test("it says everything that decides what a model does", () => {
  const changes: readonly (readonly [string, string])[] = [
    ["LONG = 2", "LONG = 1"],
    ["0..3", "0..4"],
    ["capacity 1", "capacity 2"],
    ["loss 1", "loss any"],
    ["reorder none", "reorder any"],
    ["lifetime 1", "lifetime 2"],
    ["x += 1", "x += 2"],
    ["x < 3 {", "x < 2 {"],
    ["h == B", "h == A"],
    ["w.lit", "not w.lit"],
    ["{ x = 0 }", "{ x = 1 }"],
    ["x > 0", "x > 1"],
    ["few : forall", "few : exists"],
    ["not running", "running"],
    [" without faults", ""],
    ["case lit", "case bright"],
    ["rule put", "fault rule put"],
    ["rule put", "rule putt"],
    ["rests", "waits"],
  ];
  const original = serialize(coreOf(text));
  const unseen = changes.filter(
    ([from, to]) => serialize(coreOf(text.replace(from, to))) === original,
  );
  expect(unseen).toEqual([]);
});
