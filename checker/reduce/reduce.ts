// Chooses and applies reductions: a core -> a core with fewer states, and what makes states alike.

import type { Core } from "../core/index.ts";
import { forget, type Forgotten } from "./dead-variables.ts";
import { interchangeOf } from "./interchange.ts";
import type { Interest } from "./reads.ts";
import type { Likeness } from "./normalise.ts";
import { withResets } from "./resets.ts";
import { spacesOf, type Spaces } from "./spaces.ts";

/** In order of application. */
export const reductionNames = ["dead", "rotation", "interchange"] as const;

export type ReductionName = (typeof reductionNames)[number];

export interface Reduced {
  /** Has the variables, networks, actions, properties and events of the given core, at their places. */
  readonly core: Core;
  /** To be applied to every state of that core, and to states of the given one. */
  readonly likeness: Likeness;
  /** The reductions asked for that can merge states of this core. */
  readonly on: readonly ReductionName[];
  readonly fixed: Spaces["fixed"];
}

/**
 * Applies the reductions asked for. `isSelected` says which properties are judged: the others'
 * verdicts mean nothing in the reduced core.
 */
export const reduce = (
  core: Core,
  isSelected: (property: number) => boolean,
  wanted: readonly ReductionName[],
): Reduced => {
  const interest = interestIn(core, isSelected);
  const forgotten: Forgotten = wanted.includes("dead")
    ? forget(core, interest)
    : { core, resets: [], fields: [] };
  const { core: judging, permutations } = wanted.includes("interchange")
    ? interchangeOf(forgotten.core, interest)
    : { core: forgotten.core, permutations: [] };
  // Judging the image as well may tie down what was free.
  const { spaces, fixed } = wanted.includes("rotation")
    ? spacesOf(judging, interest)
    : { spaces: [], fixed: [] };
  const { resets, fields } = forgotten;
  const bites: Readonly<Record<ReductionName, boolean>> = {
    dead: resets.length > 0 || fields.length > 0,
    rotation: spaces.length > 0,
    interchange: permutations.length > 0,
  };
  return {
    core: withResets(judging, resets),
    likeness: { resets, fields, spaces, permutations },
    on: reductionNames.filter((it) => bites[it]),
    fixed,
  };
};

const interestIn = (core: Core, isSelected: (property: number) => boolean): Interest => {
  const events = new Set(
    core.properties.flatMap((it, id) => ("event" in it && isSelected(id) ? [it.event] : [])),
  );
  return { isSelected, isEventSelected: (event) => events.has(event) };
};
