// A core as a machine of WebAssembly: core -> machine.

import {
  compileWebAssemblyNow,
  createMemory,
  encodeWebAssembly,
  linkWebAssembly,
} from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { entryNames, machineOf } from "./machine-of.ts";
import { type ProgramOptions, programOf } from "./program.ts";

const wordsOfPage = 2 ** 14;

/** Compiles a core at once; how `compile` does it with JavaScript. */
export const compileToWebAssembly = (
  core: Core,
  options: Partial<ProgramOptions> = {},
): Machine | undefined => {
  const program = programOf(core, options);
  const { functions, globals } = program;
  const bytes = encodeWebAssembly({ functions, globals, exports: entryNames }, { shared: false });
  const module = compileWebAssemblyNow(bytes);
  return machineOf(core, program, (words) => {
    const memory = createMemory({ initial: Math.ceil(words / wordsOfPage) });
    return {
      exports: linkWebAssembly(module, memory),
      heap: new Int32Array(memory.buffer, 0, words),
    };
  });
};
