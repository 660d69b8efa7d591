// What the reference interpreter says of one step: everything a trace shows.

import type { State } from "../machine/index.ts";

/** A resolved parameter, choice or branch number of a label, in order. */
export interface LabelValue {
  readonly name: string;
  readonly value: number;
  /** As people read it: `A`, `3`, `true`. */
  readonly text: string;
}

export interface Label {
  /** Index into `Core.actions`; undefined for the step from nowhere into an initial state. */
  readonly action: number | undefined;
  /** Parameters first, then choices in the order they were made. */
  readonly values: readonly LabelValue[];
  /**
   * Of deliver, lose and duplicate: the segment's integers and its place in the network, as they
   * were.
   */
  readonly segment?: {
    readonly network: number;
    readonly position: number;
    readonly integers: readonly number[];
  };
}

export interface Step {
  readonly label: Label;
  readonly fault: boolean;
  /** Branches taken, in order (indices into `Core.branches`). */
  readonly branches: readonly number[];
  /** Events signalled (indices into `Core.events`), without repetition, ascending. */
  readonly events: readonly number[];
  /** Segments put into networks by this step, in order, with what became of each. */
  readonly sent: readonly {
    readonly network: number;
    readonly integers: readonly number[];
    readonly dropped: boolean;
  }[];
  /** The new state, or the site of the model error that ended the path. */
  readonly result:
    | { readonly kind: "state"; readonly state: State }
    | { readonly kind: "error"; readonly site: number };
}

/**
 * What `steps` and `initialSteps` report: the steps, and the paths that are none because of a
 * bound.
 */
export interface Steps {
  readonly steps: readonly Step[];
  /** By bound id: paths cut. */
  readonly cut: readonly number[];
}
