// The core language: what a program is under one configuration, for every back end and translator.
// `interpret/` executes it as the definition of its meaning; `compile/` must agree with that.

import type { Span } from "../source/index.ts";

/*
 * All values are integers. A boolean is 0 or 1; how records, sets and options become integers is the
 * layout of `semantics/types.ts`. A state is: one integer per variable (timers, budgets and clocks are
 * variables too), and per network a list of segments.
 *
 * Evaluation can FAIL (index out of range, `x!` of none, division by zero): a failure at a `site` ends
 * the path as a model error of that site. `and`, `or`, `implies` and `if` evaluate only what they need.
 */

/** Index into `Core.variables`. */
export type VariableId = number;
/** Locals are numbered from 0 per action (or property); each is assigned before it is read. */
export type LocalId = number;
/** Index into `Core.sites`: a place in the source where a model error can arise. */
export type SiteId = number;
/** Index into `Core.branches`. */
export type BranchId = number;
/** Index into `Core.networks`. */
export type NetworkId = number;

/** What a variable stands for: decides how traces print it and what reductions may do with it. */
export type Origin =
  | { readonly kind: "variable" }
  | { readonly kind: "state" }
  /** 0: stopped; k + 1: k ticks left. */
  | { readonly kind: "timer" }
  | { readonly kind: "clock" }
  /** Remaining losses or duplications of a network. */
  | { readonly kind: "budget"; readonly network: NetworkId; readonly of: "loss" | "duplication" };

/** How an integer is written for people. */
export type Display =
  | { readonly kind: "bool" }
  | { readonly kind: "int" }
  | { readonly kind: "mod"; readonly modulus: number }
  | { readonly kind: "enum"; readonly members: readonly string[] }
  /** Names of the values of the element type, by bit. */
  | { readonly kind: "set"; readonly members: readonly string[] };

export interface Variable {
  /** `tcp[A].rcv_nxt`, `wire.loss`, `big`; components as `x.present`, `net[0].age`. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly display: Display;
  readonly ghost: boolean;
  readonly origin: Origin;
  /** The process instance it belongs to (`tcp[A]`), or "". */
  readonly owner: string;
  /** Value before the `init` blocks run. */
  readonly initial: number;
}

export interface SegmentField {
  /** `seq`, or a component as `range.low`. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly display: Display;
  readonly ghost: boolean;
  /** Name of the boolean field under which this one exists. */
  readonly when?: string;
}

/**
 * A segment is a list of integers: [age if the network has a lifetime] [to, from if it has addresses]
 * then the message fields in layout order. A bag is kept sorted in descending lexicographic order of
 * that list; a FIFO in order of sending (per receiver; between receivers by ascending `to`).
 */
export interface Network {
  readonly name: string;
  readonly capacity: number;
  readonly full: "drop" | "block" | "error";
  /** Raised by a send into a full network when `full` is "error". */
  readonly fullSite: SiteId;
  readonly kind: "bag" | "fifo";
  /** Inclusive, in ticks; undefined: segments have no age. */
  readonly lifetime?: number;
  /** Names of the address values, or undefined when segments have no `to` and `from`. */
  readonly addresses?: Display & { readonly low: number; readonly high: number };
  /** undefined: never. "any": unlimited. Otherwise the variable with the remaining budget. */
  readonly loss?: "any" | VariableId;
  readonly duplication?: "any" | VariableId;
  /** The message fields only. */
  readonly fields: readonly SegmentField[];
  readonly span: Span;
}

export type BinaryOperator =
  | "add"
  | "subtract"
  | "multiply"
  /** Truncating; fails at `site` when the right side is 0. */
  | "divide"
  | "remainder"
  | "min"
  | "max"
  | "equal"
  | "unequal"
  | "less"
  | "less-equal"
  | "and"
  | "or"
  | "implies"
  /** Bit masks of at most 30 bits. */
  | "bit-or"
  | "bit-and-not"
  | "bit-and"
  | "shift-left";

/** Serial-number operations, kept apart because rotation symmetry depends on them. */
export type SerialOperator =
  /** (left + right) mod N for any integer `right` */
  | "plus"
  /** (left - right) mod N for any integer `right` */
  | "minus"
  /** distance (left - right) mod N, an integer 0..N-1 */
  | "distance"
  /** (left - right) mod N >= N/2 */
  | "before";

export type Expression =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "variable"; readonly variable: VariableId }
  | { readonly kind: "local"; readonly local: LocalId }
  /**
   * `variables[base + stride * index]` (or locals): `index` must be in 0..count-1, else failure at `site`.
   */
  | {
      readonly kind: "element";
      readonly of: "variable" | "local";
      readonly base: number;
      readonly stride: number;
      readonly count: number;
      readonly index: Expression;
      readonly site: SiteId;
    }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "negate"; readonly operand: Expression }
  | { readonly kind: "absolute"; readonly operand: Expression }
  /** Number of bits set. */
  | { readonly kind: "size"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      /** Only of `divide` and `remainder`. */
      readonly site?: SiteId;
    }
  | {
      readonly kind: "serial";
      readonly operator: SerialOperator;
      readonly modulus: number;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | {
      readonly kind: "let";
      readonly local: LocalId;
      readonly value: Expression;
      readonly body: Expression;
    }
  /** The value of `then`, unless `condition` is 0: then failure at `site`. */
  | {
      readonly kind: "require";
      readonly condition: Expression;
      readonly site: SiteId;
      readonly then: Expression;
    }
  /** Over `local` in low..high ascending (`forall`/`exists` stop early; `count` counts). */
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists" | "count";
      readonly local: LocalId;
      readonly low: number;
      readonly high: number;
      readonly body: Expression;
    }
  /**
   * Over the segments of a network, in stored order, copies each on their own. `locals` receives the
   * segment's integers in stored order (age, to, from, fields); undefined entries are not needed.
   */
  | {
      readonly kind: "segments";
      readonly quantifier: "forall" | "exists" | "count";
      readonly network: NetworkId;
      readonly locals: readonly (LocalId | undefined)[];
      readonly body: Expression;
    };

export type Target =
  | { readonly kind: "variable"; readonly variable: VariableId }
  | {
      readonly kind: "element";
      readonly base: VariableId;
      readonly stride: number;
      readonly count: number;
      readonly index: Expression;
      readonly site: SiteId;
    };

export type Statement =
  /** A value outside low..high is a model error at `site`; `check` is absent where it cannot be. */
  | {
      readonly kind: "assign";
      readonly target: Target;
      readonly value: Expression;
      readonly check?: { readonly low: number; readonly high: number; readonly site: SiteId };
    }
  /** Locals may be assigned more than once (loops are unrolled by elaboration or restarted by `choose`). */
  | { readonly kind: "let"; readonly local: LocalId; readonly value: Expression }
  /**
   * Puts a segment into a network; what a full network does is the network's `full`. `values` are the
   * integers in stored order (age, to, from, fields); each is in range.
   */
  | {
      readonly kind: "send";
      readonly network: NetworkId;
      readonly values: readonly Expression[];
    }
  /** The step is marked with property `event` (index into `Core.events`) when `when` is not 0. */
  | { readonly kind: "signal"; readonly event: number; readonly when: Expression }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /**
   * Nondeterminism: the path continues once for every value of low..high (ascending) for which `guard` holds;
   * with none, the path is no step. What follows the statement runs in each. `choice` names it in labels.
   */
  | {
      readonly kind: "choose";
      readonly local: LocalId;
      readonly low: number;
      readonly high: number;
      readonly guard?: Expression;
      readonly name: string;
      readonly display: Display;
    }
  /** Nondeterminism between branches in order; what follows runs after each. */
  | { readonly kind: "either"; readonly branches: readonly (readonly Statement[])[] }
  /** Runs `body`; an `exit` with the same label inside leaves it. */
  | { readonly kind: "block"; readonly label: number; readonly body: readonly Statement[] }
  | { readonly kind: "exit"; readonly label: number }
  /** Model error at `site` unless `condition` holds. */
  | { readonly kind: "require"; readonly condition: Expression; readonly site: SiteId }
  /** This path is no step (`defer`). */
  | { readonly kind: "disable" }
  /** A named branch (handler case, stage case, else) was taken: for traces and coverage. */
  | { readonly kind: "mark"; readonly branch: BranchId };

/**
 * What a step can be. The order of `Core.actions` and, within an action, of its parameters, segments
 * and choices (each ascending, first most significant) is the order of labels.
 */
export type Action = {
  /** `tcp[A].close`, `deliver wire`, `lose wire`, `duplicate wire`, `tcp[A].expire tw`, `tick`. */
  readonly name: string;
  readonly span: Span;
  readonly fault: boolean;
  /** How many locals `guard` and `body` use. */
  readonly localCount: number;
} & (
  | {
      /** A rule, or the expiry of a timer (then the guard says that the timer is at zero). */
      readonly kind: "rule" | "expiry";
      readonly parameters: readonly {
        readonly name: string;
        readonly local: LocalId;
        readonly low: number;
        readonly high: number;
        readonly display: Display;
      }[];
      /** Failing in the guard is a model error step. */
      readonly guard: Expression;
      readonly body: readonly Statement[];
    }
  | {
      /**
       * Once per distinct segment of a bag (descending, as stored), or the head per receiver of a FIFO (ascending
       * `to`): takes one copy out, puts its integers into `locals` (stored order) and runs `body`,
       * which dispatches on the receiver.
       */
      readonly kind: "deliver";
      readonly network: NetworkId;
      readonly locals: readonly LocalId[];
      readonly body: readonly Statement[];
    }
  /** Once per distinct segment of a bag / position of a FIFO, while the budget lasts. */
  | { readonly kind: "lose" | "duplicate"; readonly network: NetworkId }
  /**
   * Enabled when no running timer is at zero, no segment has reached its network's lifetime, and
   * something would change: a timer runs, a segment ages or there is a clock. Takes 1 off every running timer, adds 1
   * to every age and advances every clock modulo its size.
   */
  | { readonly kind: "tick" }
);

/** A place where a model error can arise. */
export interface Site {
  readonly error:
    "range" | "index" | "none" | "division" | "unhandled" | "full" | "assert" | "timer";
  /** One sentence for people: "`tcp[A].len` takes 0..1". */
  readonly message: string;
  readonly span: Span;
}

export interface Branch {
  /** `tcp[A].TIME_WAIT.rst_in_order`, `tcp[A].ESTABLISHED.window.outside`, `….else`. */
  readonly name: string;
  /** The same source branch in several instances and states shares a span. */
  readonly span: Span;
}

export type Property =
  | {
      readonly kind: "invariant" | "reachable-state";
      readonly name: string;
      readonly span: Span;
      readonly condition: Expression;
      readonly localCount: number;
      /** Of an invariant: what stands before its `implies`. Where that is false, the condition is true. */
      readonly occasion?: { readonly condition: Expression; readonly localCount: number };
    }
  /** `never` is violated by, `reachable-event` is met by, a step with this event. */
  | {
      readonly kind: "never" | "reachable-event";
      readonly name: string;
      readonly span: Span;
      readonly event: number;
    }
  /** One per instance of a leading `forall`; instances share `name`; `instance` is "h = A" or "". */
  | {
      readonly kind: "recoverable";
      readonly name: string;
      readonly instance: string;
      readonly span: Span;
      readonly from: Expression;
      readonly to: Expression;
      readonly withoutFaults: boolean;
      readonly localCount: number;
    };

export interface Core {
  readonly variables: readonly Variable[];
  readonly networks: readonly Network[];
  /** The `init` blocks as one program, run on the state of the initial values and empty networks. */
  readonly init: { readonly body: readonly Statement[]; readonly localCount: number };
  readonly actions: readonly Action[];
  readonly properties: readonly Property[];
  /** Events that a `signal` can mark: one per never or event-reachable property. */
  readonly events: readonly { readonly property: string }[];
  /** Steps into a state where one of these is 0 are no steps, and are counted. */
  readonly bounds: readonly {
    readonly name: string;
    readonly condition: Expression;
    readonly localCount: number;
    readonly span: Span;
  }[];
  /** Deadlock is allowed where one of these holds; with none, nowhere. */
  readonly finals: readonly { readonly condition: Expression; readonly localCount: number }[];
  readonly sites: readonly Site[];
  readonly branches: readonly Branch[];
  /** Constants as they are under this configuration, for reports and cache keys. */
  readonly parameters: readonly {
    readonly name: string;
    readonly value: string;
    readonly isDefault: boolean;
  }[];
}
