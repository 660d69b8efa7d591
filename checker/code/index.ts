// The door of generated code: the contract, its builders, its two printers and how they are linked.

export type * from "./code.ts";
export { constant, constantOf, wide } from "./constants.ts";
export * from "./instructions.ts";
export * from "./values.ts";
export { isPure, isTruth, typeOf } from "./typing.ts";
export { printJavaScript } from "./javascript.ts";
export { linkJavaScript } from "./link-javascript.ts";
export type { Evaluate, Exports } from "./link-javascript.ts";
export { encodeWebAssembly } from "./webassembly.ts";
export type { MemoryKind } from "./webassembly.ts";
export {
  compileWebAssembly,
  compileWebAssemblyNow,
  createMemory,
  isValidWebAssembly,
  linkWebAssembly,
  webAssembly,
} from "./link-webassembly.ts";
export type { CompiledModule, Memory } from "./link-webassembly.ts";
