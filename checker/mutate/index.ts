// The door of `mutate/`.

export { findingOf, mutateDefinitions } from "./findings.ts";
export { edited, type Mutant, operators } from "./mutant.ts";
export { mutantsOf } from "./mutants.ts";
export type { Difference, MutantOutcome, Score, Unexplored } from "./outcome.ts";
export { isEnough, scoreOf } from "./outcome.ts";
export { mayReach } from "./reach.ts";
export { type Known, nothingKnown, type Trial } from "./subject.ts";
export { tryMutant } from "./trial.ts";
export type { Bench, Yardstick } from "./yardstick.ts";
export { byYield, statesOf, yardstickOf } from "./yardstick.ts";
