// Whether mutants that were not tried could still lift a score to what is asked for: outcomes -> yes or no.

import { isEnough, type MutantOutcome, scoreOf } from "./outcome.ts";

const killed: MutantOutcome = { kind: "killed", by: "verdict", check: "", why: "" };

/** The best that can become of a run that left mutants untried is that a property tells every one of them. */
export const mayReach = (
  outcomes: readonly MutantOutcome[],
  untried: number,
  least: number,
): boolean =>
  isEnough(scoreOf([...outcomes, ...Array.from({ length: untried }, () => killed)]), least);
