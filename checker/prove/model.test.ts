import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { loadModules } from "../semantics/index.ts";
import { parse } from "../syntax/index.ts";
import { plan } from "./plan.ts";

/** The first models use up what planning writes: each has some 4000 statements. */
const bulk = `
const N : 0..9 = 0
var x : 0..9
proc ten() { for i in 0..9 { for j in 0..9 { for k in 0..9 { x = (x + i + j + k) % 10 } } } }
rule heavy { ten() }
rule heavier { ten() }
`;

const plannedOf = (text: string) => {
  const modules = loadModules("a.tw", () => E.right(text), parse);
  const { value, diagnostics } = plan(modules, {
    commandLine: [],
    isWanted: () => true,
    only: [],
  });
  const errors = diagnostics.filter((it) => it.severity === "error").map((it) => it.code);
  const models = value.obligations.flatMap((it) =>
    it.kind === "check" ? [it.model] : it.points.map((point) => point.model),
  );
  const built = models.flatMap((it) =>
    it.kind === "core" ? it.build().diagnostics.map(({ code }) => code) : [],
  );
  return { errors, built };
};

const sweep = 'sweep "s" { N in 0..9 }';

test("planning finds what is wrong with instances in the last of many large models", () => {
  const hook =
    "process p { proc chime()\n rule strike { chime() } }\nextend p when N < 9 { proc chime() { } }";
  expect(plannedOf(`${bulk}${hook}\n${sweep}`)).toEqual({ errors: ["TW0450"], built: [] });
});

test("planning finds an endless timer in the last of many large models", () => {
  const timer =
    "process p { timer t\n rule go when running(t) { start t(if N < 9 then 1 else left(t) + 1) }\n" +
    "rule begin when not running(t) { start t(1) }\n on expire t { } }";
  expect(plannedOf(`${bulk}${timer}\n${sweep}`)).toEqual({ errors: ["TW0650"], built: [] });
});

test("planning finds a state too wide in the last of many large models", () => {
  const wide =
    "const S = if N < 9 then 1 else 4000\nmessage M { y, z : 0..1000000000 }\n" +
    "network w carries M { capacity S }\nrule say { send w { y: 1, z: 1 } }\n" +
    "process p { on receive m { ignore } }";
  expect(plannedOf(`${bulk}${wide}\n${sweep}`)).toEqual({ errors: ["TW0613"], built: [] });
});

test("code that is too large only in the last of many large models is a mistake when that is built", () => {
  const loop =
    "const S = if N < 9 then 1 else 99\nrule all { for i in 0..S { for j in 0..S { for k in 0..S { x = (x + i) % 10 } } } }";
  expect(plannedOf(`${bulk}${loop}\n${sweep}`)).toEqual({ errors: [], built: ["TW0651"] });
});

test.each([
  ["a property", "invariant short : running(p.t) implies left(p.t) + 1 <= 5"],
  [
    "the result of a function",
    "fn rest(): 0..5 = if running(p.t) then left(p.t) + 1 else 0\ninvariant few : rest() >= 0",
  ],
  [
    "what hands it on within a declared range",
    "extend p { proc hold(k: 0..5) { start t(k) }\n rule again when running(t) { hold(left(t) + 1) } }",
  ],
])("no code is written to see how long timers run that only %s reads", (_, reader) => {
  const loop =
    "const S = if N < 9 then 1 else 99\nrule all { for i in 0..S { for j in 0..S { for k in 0..S { x = (x + i) % 10 } } } }";
  const timer =
    "process p { timer t\n rule begin when not running(t) { start t(3) }\n on expire t { } }";
  const planned = plannedOf(`${bulk}${timer}\n${reader}\n${loop}\n${sweep}`);
  expect(planned).toEqual({ errors: [], built: ["TW0651"] });
});
