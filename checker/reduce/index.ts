// The door of `reduce/`.

export { type Likeness, type Normaliser, normaliser } from "./normalise.ts";
export { normalMachine } from "./normal-machine.ts";
export { type Reduced, reduce, type ReductionName, reductionNames } from "./reduce.ts";
export type { Permutation } from "./permutation.ts";
export type { SpaceField } from "./places.ts";
export type { Reset } from "./dead-variables.ts";
export type { Space } from "./spaces.ts";
