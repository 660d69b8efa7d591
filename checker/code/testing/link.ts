// Test support: a module with a heap of its own, in each of the ways it can run.

import type { CodeModule } from "../code.ts";
import {
  compileWebAssemblyNow,
  createMemory,
  encodeWebAssembly,
  linkJavaScript,
  linkWebAssembly,
} from "../index.ts";
import type { Exports } from "../index.ts";
import { evaluateModule } from "./evaluate.ts";

export interface Linked {
  readonly heap: Int32Array;
  readonly call: (name: string, ...values: readonly number[]) => number;
}

/** Without the sign of a zero, which nothing in the code can tell. */
const callOf =
  (exports: Exports | undefined): Linked["call"] =>
  (name, ...values) => {
    const found = exports?.[name];
    if (found === undefined) throw new Error(`${name} is not exported`);
    return (found(...values) ?? 0) + 0;
  };

export const asMeant = (module: CodeModule, words = 128): Linked => {
  const heap = new Int32Array(words);
  return { heap, call: evaluateModule(module, heap) };
};

export const asJavaScript = (module: CodeModule, words = 128): Linked => {
  const heap = new Int32Array(new SharedArrayBuffer(words * 4));
  return { heap, call: callOf(linkJavaScript(module, heap)) };
};

export const asWebAssembly = (module: CodeModule, words = 128): Linked => {
  const memory = createMemory({ initial: 1, maximum: 2, shared: true });
  const compiled = compileWebAssemblyNow(encodeWebAssembly(module, { shared: true }));
  const heap = new Int32Array(memory.buffer, 0, words);
  return { heap, call: callOf(linkWebAssembly(compiled, memory)) };
};

export const ways = [
  ["the reference", asMeant],
  ["JavaScript", asJavaScript],
  ["WebAssembly", asWebAssembly],
] as const;
