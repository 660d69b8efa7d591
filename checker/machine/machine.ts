// The narrow waist: what exploration knows of a model. `interpret/` and `compile/` fulfil it.

import type { Layout } from "./layout.ts";

/*
 * A state is `layout.words` consecutive 32-bit words of an Int32Array. Order between states is the
 * lexicographic order of their words as unsigned integers: the "canonical encoding" of every
 * tie-break.
 *
 * A step record is `layout.words` words of target state, then one word of info, then `eventWords`
 * words of events:
 *   info       bit 0: the step is a fault; bits 1..: 0, or site + 1 of the model error that ended
 *              the path (then the state and event words mean nothing)
 *   events     bit k of word k >> 5: event k of `Core.events` was signalled
 *
 * Steps come in label order: actions in order, then parameters or segments, then choices. A path
 * that is no step (disabled, blocked, bound) yields no record.
 */
export interface Machine {
  readonly layout: Layout;
  readonly eventWords: number;
  /** Words of one step record: layout.words + 1 + eventWords. */
  readonly stepWords: number;
  /**
   * Writes the initial states as step records (info 0 or an error), in choice order, not yet
   * merged. Returns their number, or -1 when `out` is too small: call again with a larger one.
   */
  readonly initial: (out: Int32Array) => number;
  /**
   * Writes the steps of the state at `states[at..]` to `out` from 0. Returns their number, or -1
   * when `out` is too small: call again with a larger one (counters are then as before the call).
   */
  readonly expand: (states: Int32Array, at: number, out: Int32Array) => number;
  /**
   * Evaluates the state formulas (`formulas`, in that order) in the state at `states[at..]`: bit k
   * of out[k >> 5] is the value of formula k, 0 where its evaluation failed. Returns 0, or k + 1 for
   * the first formula k, not before `from` (default 0), whose evaluation failed; its site is then in
   * `failure.site`. Called again with the answer as `from`, it finds the next one that failed.
   */
  readonly judge: (states: Int32Array, at: number, out: Int32Array, from?: number) => number;
  readonly failure: { site: number };
  readonly formulas: readonly Formula[];
  /**
   * By network id, segments that `full drop` dropped in steps so far, model errors and initial
   * steps included; by bound id, paths cut so far, each by the first bound that its state breaks.
   */
  readonly counters: { readonly dropped: Float64Array; readonly cut: Float64Array };
  /** By branch id: 1 once a step took the branch. */
  readonly taken: Uint8Array;
}

/** What `judge` evaluates: each condition of `Core.properties` and `Core.finals`. */
export type Formula =
  | { readonly kind: "invariant" | "reachable-state"; readonly property: number }
  | { readonly kind: "recoverable-from" | "recoverable-to"; readonly property: number }
  | { readonly kind: "final"; readonly final: number };
