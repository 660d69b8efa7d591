// Support for tests: the machine of a core whose program runs as WebAssembly.

import {
  compileWebAssemblyNow,
  createMemory,
  encodeWebAssembly,
  linkWebAssembly,
} from "../../code/index.ts";
import type { Core } from "../../core/index.ts";
import type { Machine } from "../../machine/index.ts";
import { entryNames, machineOf } from "../machine-of.ts";
import type { ProgramOptions } from "../program.ts";
import { programOf } from "../program.ts";

const wordsOfPage = 2 ** 14;

export const wasmMachine = (core: Core, options: Partial<ProgramOptions> = {}): Machine => {
  const program = programOf(core, options);
  const { functions, globals } = program;
  const bytes = encodeWebAssembly({ functions, globals, exports: entryNames }, { shared: false });
  const module = compileWebAssemblyNow(bytes);
  const machine = machineOf(core, program, (words) => {
    const memory = createMemory({ initial: Math.ceil(words / wordsOfPage) });
    return {
      exports: linkWebAssembly(module, memory),
      heap: new Int32Array(memory.buffer, 0, words),
    };
  });
  if (machine === undefined) throw new Error("a program always runs");
  return machine;
};
