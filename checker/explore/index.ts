// The door of `explore/`.

export { explore } from "./explore.ts";
export type { ExploreOptions, Limits, Progress } from "./options.ts";
export type {
  Exploration,
  Limit,
  ModelError,
  Path,
  PropertyVerdict,
  Trap,
  Unknown,
} from "./result.ts";
