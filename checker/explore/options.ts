// What a caller asks of an exploration, and what it hears while the search runs.

import type { Threads, Tuning } from "../engine/index.ts";

export interface Limits {
  /**
   * The search ends with the level in which more states than this are found. A level that brings
   * more than twice as many is left out, and all that was found in it.
   */
  readonly maxStates?: number;
  readonly seconds?: number;
  /** Of the state store, its index and the stored edges. */
  readonly memoryBytes?: number;
}

export interface Progress {
  readonly depth: number;
  readonly states: number;
  /** Since the last report. */
  readonly statesPerSecond: number;
  readonly transitions: number;
  /** States found and not yet expanded. */
  readonly queue: number;
  readonly memoryBytes: number;
  readonly seconds: number;
  /** What is done after all states are found, where that may take long. */
  readonly phase?: { readonly name: string; readonly done: number; readonly all: number };
}

export interface ExploreOptions {
  /** By position in `Core.properties`: which are judged. */
  readonly selected: (property: number) => boolean;
  /** Whether a state without steps is judged. */
  readonly deadlock: boolean;
  readonly limits: Limits;
  /**
   * A clock in milliseconds, from any beginning. It decides when to report, never what is found.
   */
  readonly now: () => number;
  /**
   * Called about every 60 ms: the caller may report, handle its own events, and ask for the end.
   */
  readonly breathe: (progress: Progress) => Promise<"go-on" | "stop">;
  /** Of what counterexamples have the least: steps, or faults and then steps (default: steps). */
  readonly minimal?: "steps" | "faults";
  /** End with the level in which everything selected is decided. */
  readonly stopWhenDecided: boolean;
  /**
   * Shown every state that was expanded, once all are found, in no order; answers whether it has seen enough.
   * Of a search that a limit ends, states of whole levels only.
   */
  readonly look?: (words: Int32Array, at: number) => boolean;
  /**
   * End with the level in which a model error is found, or a violation (of a property by position, or
   * a deadlock) for which this says so. What else is violated further away stays unknown.
   */
  readonly stopAt?: (violated: number | "deadlock") => boolean;
  /** Leave out the sum that names the set of states: where nobody compares it, it need not be computed. */
  readonly withoutStateSet?: boolean;
  /** Of generated code: its form. Without one, small runs are JavaScript and large WebAssembly. */
  readonly engine?: "auto" | "javascript" | "webassembly";
  /** Of generated code: how many threads, and how others are started. */
  readonly threads?: Threads;
  /** Of generated code: when it grows and how far at once; nothing that is found depends on it. */
  readonly tuning?: Tuning;
}
