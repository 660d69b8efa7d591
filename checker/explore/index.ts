// The door of `explore/`.

export { explore, exploreProgram } from "./explore.ts";
export type { Programs } from "../engine/index.ts";
export { randomOf } from "./random.ts";
export type { Random } from "./random.ts";
export { walkRandomly } from "./walk.ts";
export type { Meeting, Walked, WalkOptions, WalkProgress } from "./walk.ts";
export type { ExploreOptions, Limits, Progress } from "./options.ts";
export type {
  Cost,
  Exploration,
  Limit,
  ModelError,
  Path,
  PropertyVerdict,
  Trap,
  Unknown,
} from "./result.ts";
export { type Graph, graphOf } from "./graph.ts";
