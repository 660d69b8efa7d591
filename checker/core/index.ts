// The door of `core/`.

export type * from "./core.ts";
export { coreDefinitions } from "./diagnostics.ts";
export { elaborate, inspect, type Inspection } from "./elaborate.ts";
export { serialize } from "./serialize.ts";
export { bodiesOf, expressionsOf, operandsOf } from "./walk.ts";
