// The door of `core/`.

export type * from "./core.ts";
export { coreDefinitions } from "./diagnostics.ts";
export { elaborate } from "./elaborate.ts";
export { serialize } from "./serialize.ts";
