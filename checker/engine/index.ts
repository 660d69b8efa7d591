// The door of `engine/`.

export type { Group, Shape } from "./control.ts";
export { filterSize, noStart, note, noteWords, nowhere, reason } from "./control.ts";
export { moduleOf } from "./module.ts";
export { digestFactors, digestStarts } from "./sweeps.ts";
export type { Engine, EngineOptions, Link } from "./engine.ts";
export {
  bytesInUse,
  digestSums,
  field,
  growBatch,
  listAt,
  makeRoom,
  moveTo,
  newEngine,
  setField,
} from "./engine.ts";
export type { Form, Programs, Shift, Tiers } from "./tiers.ts";
export { tiersOf } from "./tiers.ts";
