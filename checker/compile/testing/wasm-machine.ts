// Support for tests: the machine of a core whose program runs as WebAssembly.

import type { Core } from "../../core/index.ts";
import type { Machine } from "../../machine/index.ts";
import type { ProgramOptions } from "../program.ts";
import { compileToWebAssembly } from "../web-assembly.ts";

export const wasmMachine = (core: Core, options: Partial<ProgramOptions> = {}): Machine => {
  const machine = compileToWebAssembly(core, options);
  if (machine === undefined) throw new Error("a program always runs");
  return machine;
};
