// Generated code against the interpreter, which defines what a core means.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tryCoreOf } from "../core/testing/core-of.ts";
import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { compile, lengthsFor } from "./index.ts";
import { compare } from "./testing/agreement.ts";
import { randomCore } from "./testing/random-core.ts";
import { wasmMachine } from "./testing/wasm-machine.ts";

const javascriptMachine = (core: Core, how: Parameters<typeof compile>[1] = {}): Machine => {
  const machine = compile(core, how);
  if (machine === undefined) throw new Error("this environment forbids generated code");
  return machine;
};

const runs = Number(process.env["RUNS"] ?? 300);

const report = (machineOf: (core: Core) => Machine) =>
  fc.defaultReportMessage(
    fc.check(
      fc.property(fc.gen(), (gen) => {
        const core = randomCore((min, max) => gen(fc.integer, { min, max }));
        compare(core, machineOf(core), 60);
      }),
      { numRuns: runs },
    ),
  );

const small = { lengths: { function: 60, part: 12 } };

test("a compiled machine does what the interpreter says", () => {
  expect(report((core) => javascriptMachine(core))).toBeUndefined();
});

test("so does one whose functions are split into small parts", () => {
  expect(report((core) => javascriptMachine(core, small))).toBeUndefined();
});

test("so does the same program as WebAssembly", () => {
  expect(report((core) => wasmMachine(core))).toBeUndefined();
});

test("and as WebAssembly in small parts", () => {
  expect(report((core) => wasmMachine(core, small))).toBeUndefined();
});

/** The texts of the corpus that need no other file and no configuration. */
const corpus = ["holds", "violated"].flatMap((folder) => {
  const here = new URL(`../test/corpus/${folder}/`, import.meta.url);
  return readdirSync(here).map((name) => ({
    name: `${folder}/${name}`,
    core: tryCoreOf(readFileSync(new URL(name, here), "utf8")),
  }));
});

test("both forms of every program of the corpus do what the interpreter says", () => {
  const compared = corpus.flatMap(({ name, core }) => {
    if (core === undefined) return [];
    const states = [
      compare(core, javascriptMachine(core, { lengths: lengthsFor.javascript }), 200),
      compare(core, wasmMachine(core, { lengths: lengthsFor.wasm }), 200),
    ];
    return [{ name, states }];
  });
  expect(compared.length).toBeGreaterThan(100);
  expect(compared.filter(({ states: [one, other] }) => one !== other)).toEqual([]);
});

test("a machine writes more records than its heap had room for", () => {
  const parameter = { name: "p", local: 0, low: 1, high: 1000, display: { kind: "int" } } as const;
  const many: Core = {
    ...randomCore((low) => low),
    init: { body: [], localCount: 0 },
    actions: [
      {
        kind: "rule",
        name: "many",
        span: { file: "", start: 0, end: 0 },
        fault: false,
        localCount: 1,
        parameters: [parameter],
        guard: { kind: "constant", value: 1 },
        body: [],
      },
    ],
  };
  const machine = javascriptMachine(many);
  const state = new Int32Array(machine.layout.words);
  expect(machine.expand(state, 0, new Int32Array(999 * machine.stepWords))).toBe(-1);
  expect(machine.expand(state, 0, new Int32Array(1000 * machine.stepWords))).toBe(1000);
});

test("where code may not be generated there is no compiled machine", () => {
  const evaluate = (): never => {
    throw new EvalError("code generation from strings is not allowed here");
  };
  const core = randomCore((low) => low);
  expect(compile(core)).toBeDefined();
  expect(compile(core, { evaluate })).toBeUndefined();
});
