// The door of `compile/`.

export { compile } from "./compile.ts";
export { compileToWebAssembly } from "./web-assembly.ts";
export type { Lengths } from "./outline.ts";
export type { Area, Program, ProgramOptions } from "./program.ts";
export { lengthsFor, programOf } from "./program.ts";
