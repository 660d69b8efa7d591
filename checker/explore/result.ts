// What an exploration found: verdicts, figures and the raw paths from which traces are made.

/** What a way costs. */
export interface Cost {
  /** Steps that are faults: losses, duplications, and rules that are declared so. */
  readonly faults: number;
  readonly steps: number;
}

/**
 * A path through packed states: `states[0]` is initial; the last step may be a step without a new
 * state.
 */
export interface Path {
  /** Packed states, each of `layout.words` words, from an initial state to the last one reached. */
  readonly states: readonly Int32Array[];
  /**
   * Set when the finding is about the step out of the last state, not about that state: the least
   * step (in label order) that signals `event`, or that ends in a model error at `site`.
   */
  readonly lastStep?:
    | { readonly kind: "event"; readonly event: number }
    | { readonly kind: "error"; readonly site: number };
  /** Set when the path was chosen for its few faults, and is perhaps not the shortest. */
  readonly cost?: Cost;
}

/**
 * "thread": one of the threads that search ended, so that its states are lost. "walks": nothing was
 * searched, only walked.
 */
export type Limit = "states" | "time" | "memory" | "thread" | "walks" | "interrupted";

export type PropertyVerdict =
  | { readonly kind: "holds" }
  /** `steps` as ruling 6.3 counts them: an event in the k-th step has k. */
  | { readonly kind: "violated"; readonly steps: number; readonly path: Path; readonly trap?: Trap }
  /** A `reachable` that no state or step meets, in a complete search. */
  | { readonly kind: "unreached" }
  /** A `reachable` that is met: with the shortest witness. */
  | { readonly kind: "reached"; readonly steps: number; readonly path: Path }
  /** Evaluating the property itself failed. */
  | { readonly kind: "error"; readonly steps: number; readonly site: number; readonly path: Path }
  | { readonly kind: "unknown"; readonly why: Unknown };

/**
 * "no-initial-state": there is no behaviour to speak about. "bound": of a recoverable, where a
 * bound cut steps that could lead out, or in.
 */
export type Unknown = Limit | "model-error" | "stopped" | "no-initial-state" | "bound";

/**
 * Where a recoverable is violated: how many states are in the trap, and one cycle (or stuck state)
 * in it.
 */
export interface Trap {
  readonly states: number;
  /**
   * Packed states of a cycle reachable from the violating state, first = last; empty when the trap
   * ends in states without steps.
   */
  readonly cycle: readonly Int32Array[];
}

export interface ModelError {
  readonly site: number;
  /** Of the step that failed, or of the state in which a `final` could not be evaluated. */
  readonly steps: number;
  readonly path: Path;
}

export interface Exploration {
  /** True when every reachable state within the bounds was expanded. */
  readonly complete: boolean;
  /** Why it is not complete. "stopped": everything asked for was decided before the end. */
  readonly stopped?: Limit | "stopped";
  readonly states: number;
  readonly transitions: number;
  /** Greatest breadth-first distance reached; levels up to `wholeDepth` are whole. */
  readonly depth: number;
  readonly wholeDepth: number;
  /** By position in `Core.properties`; undefined for properties that were not selected. */
  readonly verdicts: readonly (PropertyVerdict | undefined)[];
  readonly deadlock: PropertyVerdict | undefined;
  /** The first error per site, in order of (steps, site). */
  readonly errors: readonly ModelError[];
  /** By network id and bound id. */
  readonly dropped: readonly number[];
  readonly cut: readonly number[];
  /**
   * By network id: true when some reachable state has spent the whole loss / duplication budget.
   */
  readonly spent: readonly { readonly loss: boolean; readonly duplication: boolean }[];
  /** By branch id. */
  readonly taken: Uint8Array;
  /** Whether all expanded states were shown to who wanted to look at them. */
  readonly isSeen?: true;
  /**
   * Commutative 128-bit sum over the packed states, 32 hex digits: equal sets have equal sums. Empty
   * where it was left out, and of walks.
   */
  readonly stateSet: string;
  /** Set where the fewest faults were asked for: the limit that ended the search for them; paths are shortest ones. */
  readonly onlyShortest?: Limit;
  readonly seconds: number;
  /** Bytes of the state store at the end. */
  readonly memoryBytes: number;
}
