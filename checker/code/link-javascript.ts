// Links generated code that is printed as JavaScript.

import type { CodeModule } from "./code.ts";
import { printJavaScript } from "./javascript.ts";

/** Functions of a linked module. They take and give integers of their types, nothing else. */
export type Exports = Readonly<Record<string, (...values: number[]) => number>>;

/** Makes a function with the parameter `heap` from the text of its body. */
export type Evaluate = (source: string) => unknown;

/** How often something was linked: only to make every text another one. */
let links = 0;

/** A search links its module again with every heap that it outgrows. */
const printed = new WeakMap<CodeModule, string>();

const textOf = (module: CodeModule): string => {
  const known = printed.get(module);
  if (known !== undefined) return known;
  const text = printJavaScript(module);
  printed.set(module, text);
  return text;
};

/** Undefined where the environment forbids generated code. */
export const linkJavaScript = (
  module: CodeModule,
  heap: Int32Array,
  evaluate: Evaluate = usual,
): Exports | undefined => {
  links += 1;
  // Measured: V8 recognises a text that it had before, shares its functions, can then no longer
  // take the heap for a constant, and is half as fast.
  const source = `${textOf(module)}// ${links}\n`;
  try {
    // The text is written by `javascript.ts`, which is what makes it a function of this type.
    return (evaluate(source) as (heap: Int32Array) => Exports)(heap);
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
};

// oxlint-disable-next-line typescript/no-implied-eval -- this layer generates code
const usual: Evaluate = (source) => new Function("heap", source);
