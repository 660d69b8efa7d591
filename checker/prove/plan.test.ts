import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { loadModules } from "../semantics/index.ts";
import { parse } from "../syntax/index.ts";
import { plan } from "./plan.ts";

const said = (text: string): readonly string[] => {
  const modules = loadModules("a.tw", () => E.right(text), parse);
  const planned = plan(modules, { commandLine: [], isWanted: () => true, only: [] });
  return planned.diagnostics.map((it) => `${it.code}: ${it.message}`);
};

test("a mistake that every configuration words differently is reported once", () => {
  const text = `const N : 1..9 = 3
var x : 0..N
rule r { x = true }
invariant i : x >= 0
check "a" expect holds
check "b" { N = 4 } expect holds
sweep "s" { N in 5..7 }`;
  expect(said(text)).toEqual(["TW0301: expected 0..3, found bool"]);
});

test("two mistakes of one configuration at one place are both reported", () => {
  const text = "var x : 0..3\nrule r { lost(gone) = 1 }\ninvariant i : x == gone and gone > x";
  expect(said(text).length).toBeGreaterThan(2);
});

test("a text that does not parse has no unused names", () => {
  const uses = "const N : 0..3 = 2\nvar x : 0..3\ninvariant i : x <= 3\n";
  expect(said(`${uses}rule r { x = 1 }`)).toEqual(["TW0430: constant `N` is never used"]);
  expect(said(`${uses}rule r { x = N`).map((it) => it.slice(0, 6))).toEqual(["TW0122"]);
});
