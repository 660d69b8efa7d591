// The door of `semantics`: names, types and constants of a program under one configuration.

export { nearestName } from "./nearest-name.ts";
export { checkProgram } from "./check-program.ts";
export {
  checksOf,
  loadModules,
  sweepsOf,
  type Module,
  type Modules,
  type Parse,
  type Read,
  type ReadFailure,
} from "./modules.ts";
export { unknownToAll } from "./overrides.ts";
export { semanticDefinitions } from "./semantic-definitions.ts";
export * from "./type-layout.ts";
export * from "./typed-program.ts";
export * from "./types.ts";
