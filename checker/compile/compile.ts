// A core as a machine of generated JavaScript: core -> machine.

import type { Evaluate } from "../code/index.ts";
import { linkJavaScript } from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Likeness } from "../reduce/index.ts";
import { entryNames, machineOf } from "./machine-of.ts";
import type { Lengths } from "./outline.ts";
import { lengthsFor, programOf } from "./program.ts";

export interface Compiling {
  readonly lengths: Lengths;
  /** Makes a function with the parameter `heap` from the text of its body. */
  readonly evaluate: Evaluate;
  /** Of a reduced core: steps lead to normal forms. */
  readonly likeness: Likeness;
}

/**
 * Compiles a core. Where the environment forbids generated code the answer is undefined, and the
 * interpreter, which means the same, can take over.
 */
export const compile = (core: Core, how: Partial<Compiling> = {}): Machine | undefined => {
  const { lengths = lengthsFor.javascript, likeness } = how;
  const program = programOf(core, { lengths, ...(likeness === undefined ? {} : { likeness }) });
  const { functions, globals } = program;
  const module = { functions, globals, exports: entryNames };
  return machineOf(core, program, (words) => {
    const heap = new Int32Array(words);
    const exports = linkJavaScript(module, heap, how.evaluate);
    return exports === undefined ? undefined : { exports, heap };
  });
};
