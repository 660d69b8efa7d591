// The door of `reduce/`.

export { type Likeness, normalise } from "./normalise.ts";
export { type Reduced, reduce, type ReductionName, reductionNames } from "./reduce.ts";
export type { Space } from "./spaces.ts";
