// A core as a machine of generated JavaScript: core -> machine.

import type { Evaluate } from "../code/index.ts";
import { linkJavaScript } from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { entryNames, machineOf } from "./machine-of.ts";
import type { Lengths } from "./outline.ts";
import { lengthsFor, programOf } from "./program.ts";

export interface Compiling {
  readonly lengths: Lengths;
  /** Makes a function with the parameter `heap` from the text of its body. */
  readonly evaluate: Evaluate;
}

/**
 * Compiles a core. Where the environment forbids generated code the answer is undefined, and the
 * interpreter, which means the same, can take over.
 */
export const compile = (core: Core, how: Partial<Compiling> = {}): Machine | undefined => {
  const program = programOf(core, { lengths: how.lengths ?? lengthsFor.javascript });
  const { functions, globals } = program;
  const module = { functions, globals, exports: entryNames };
  return machineOf(core, program, (words) => {
    const heap = new Int32Array(words);
    const exports = linkJavaScript(module, heap, how.evaluate);
    return exports === undefined ? undefined : { exports, heap };
  });
};
