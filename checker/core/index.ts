// The door of `core/`.

export type * from "./core.ts";
export { coreDefinitions } from "./diagnostics.ts";
export { elaborate, inspect, type Inspection } from "./elaborate.ts";
export { serialize } from "./serialize.ts";
export {
  bodiesOf,
  canFail,
  expressionsOf,
  operandsOf,
  someExpression,
  withBodies,
  withExpressions,
  withOperands,
} from "./walk.ts";
