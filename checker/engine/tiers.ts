// The forms of a generated search, and when a run goes over from one to the next: program -> engine.

import type { CodeModule, CompiledModule, Exports, Memory } from "../code/index.ts";
import {
  compileWebAssembly,
  compileWebAssemblyNow,
  createMemory,
  encodeWebAssembly,
  linkJavaScript,
  linkWebAssembly,
  webAssembly,
} from "../code/index.ts";
import type { Program } from "../compile/index.ts";
import type { Shape } from "./control.ts";
import { type Engine, field, moveTo, newEngine } from "./engine.ts";
import { moduleOf } from "./module.ts";

/** Lets a search that grows go over to faster code; called between two calls of the code. */
export type Shift = (engine: Engine) => void;

export type Form = "javascript" | "webassembly";

/** A model as generated code; each form has functions of the length that suits it. */
export type Programs = (form: Form) => Program;

export interface Tiers {
  readonly engine: Engine;
  readonly shift: Shift;
}

export interface TierOptions {
  readonly form: Form | "auto";
  readonly memoryBytes: number;
  /** Words of the first heap. */
  readonly firstWords?: number;
  /** States from which on a run goes over to WebAssembly. */
  readonly shiftAt?: number;
}

/** Words of a page of WebAssembly, and the most that there can be of them. */
const pageWords = 1 << 14;
const mostWords = 2 ** 30;

/** Measured: compiling takes as long as JavaScript takes for some ten thousand states. */
const usualShift = 20_000;
const usualFirst = 1 << 18;

const moduleIn = (form: Form, shape: Omit<Shape, "program">, programs: Programs): CodeModule =>
  moduleOf({ ...shape, program: programs(form) });

/** An engine that starts in the form that is asked for; undefined where no code can be generated. */
export const tiersOf = (
  programs: Programs,
  shape: Omit<Shape, "program">,
  options: TierOptions,
): Tiers | "no-code" | "no-memory" => {
  const { form, memoryBytes, firstWords = usualFirst, shiftAt = usualShift } = options;
  const words = Math.min(mostWords, Math.floor(memoryBytes / 4));
  const hasWebAssembly = form !== "javascript" && webAssembly() !== undefined;
  const largest = hasWebAssembly ? words - (words % pageWords) : words;
  const start = (
    form: Form,
    link: (heap: Int32Array) => Exports | undefined,
    newHeap: (words: number) => Int32Array,
    smallest: number,
  ): Engine | "no-code" | "no-memory" => {
    let isRefused = false;
    const engine = newEngine(
      { ...shape, program: programs(form) },
      {
        link: (heap) => {
          const code = link(heap);
          isRefused = code === undefined;
          return code ?? {};
        },
        newHeap,
        smallest,
        largest,
      },
    );
    return isRefused ? "no-code" : (engine ?? "no-memory");
  };
  if (form !== "webassembly") {
    const module = moduleIn("javascript", shape, programs);
    const engine = start(
      "javascript",
      (heap) => linkJavaScript(module, heap),
      (it) => new Int32Array(it),
      firstWords,
    );
    if (typeof engine === "string") return engine;
    const encode = () =>
      encodeWebAssembly(moduleIn("webassembly", shape, programs), { shared: true });
    return { engine, shift: hasWebAssembly ? shiftOf(shiftAt, encode) : () => undefined };
  }
  if (!hasWebAssembly) return "no-code";
  const module = compileWebAssemblyNow(
    encodeWebAssembly(moduleIn("webassembly", shape, programs), { shared: true }),
  );
  let memory: Memory | undefined;
  const engine = start(
    "webassembly",
    () => (memory === undefined ? undefined : linkWebAssembly(module, memory)),
    () => {
      memory = newMemory(largest);
      return new Int32Array(memory.buffer);
    },
    largest,
  );
  if (typeof engine === "string") return engine;
  return { engine, shift: () => undefined };
};

const newMemory = (words: number): Memory => {
  const pages = words / pageWords;
  return createMemory({ initial: pages, maximum: pages, shared: true });
};

const shiftOf = (shiftAt: number, encode: () => Uint8Array): Shift => {
  let isBegun = false;
  let module: CompiledModule | undefined;
  let isDone = false;
  return (engine) => {
    if (isDone || field(engine, "count") < shiftAt) return;
    if (!isBegun) {
      isBegun = true;
      void compileWebAssembly(encode()).then((compiled) => {
        module = compiled;
      });
    }
    if (module === undefined) return;
    isDone = true;
    const compiled = module;
    const memory = newMemory(engine.largest);
    moveTo(engine, new Int32Array(memory.buffer), () => linkWebAssembly(compiled, memory));
  };
};
