// The door of `mutate/`.

export { findingOf, mutateDefinitions } from "./findings.ts";
export { edited, type Mutant, operators } from "./mutant.ts";
export { mutantsOf } from "./mutants.ts";
export type { Difference, Outcome, Score } from "./outcome.ts";
export { scoreOf } from "./outcome.ts";
export { type Trial, tryMutant } from "./trial.ts";
export type { Bench, Yardstick } from "./yardstick.ts";
export { byYield, statesOf, yardstickOf } from "./yardstick.ts";
