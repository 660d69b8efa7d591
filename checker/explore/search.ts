// A search in the making: everything that the phases of an exploration share.

import type { Core } from "../core/index.ts";
import type { Findings } from "./findings.ts";
import type { ExploreOptions } from "./options.ts";
import type { Recoveries } from "./recovery.ts";
import type { Counters, Level, Space } from "./space.ts";

export interface Search {
  readonly space: Space;
  readonly core: Core;
  readonly options: ExploreOptions;
  readonly findings: Findings;
  /** Only of selected properties. */
  readonly groups: readonly Recoveries[];
  /** Of the states being expanded; -1 while the initial states are found. */
  level: number;
  /** Where the states of each level are. */
  readonly levels: Level[];
  /** Whether all states of the level that was begun last were expanded. */
  isLevelWhole: boolean;
  /** What is done after the search, where that may take long: so many of so many states. */
  phase: { readonly name: string; done: number; readonly all: number } | undefined;
  /** Set when a level is left out of the result: what there was before it. */
  before: Figures | undefined;
}

/** Of a search so far. */
export interface Figures {
  readonly states: number;
  readonly transitions: number;
  readonly counters: Counters;
}

export const figuresOf = ({ space, before }: Search): Figures =>
  before ?? {
    states: space.count(),
    transitions: space.transitions(),
    counters: space.counters(),
  };
