// What the package offers to test files, such as those that `check export TRACE --to vitest` writes.

type Scalars = Readonly<Record<string, number | boolean | string>>;

/** A step, by what tells it from others. */
export interface Cue {
  readonly action: string;
  readonly parameters?: Scalars;
  /** Of a delivery, loss or duplication: fields that are not named here may have any value. */
  readonly segment?: Scalars;
  /** Control states after the step. */
  readonly leadsTo?: Scalars;
}

export type Violation =
  | { readonly kind: "never" | "invariant"; readonly property: string }
  | { readonly kind: "recoverable"; readonly property: string; readonly instance: string }
  | { readonly kind: "deadlock" }
  | {
      readonly kind: "error";
      readonly error:
        "range" | "index" | "none" | "division" | "unhandled" | "full" | "assert" | "timer";
      readonly message: string;
    };

export interface TraceScript {
  /** The title of the check; "" in a file without checks. */
  readonly check: string;
  /** `NAME=VALUE`: constants that have other values than in the check. */
  readonly set?: readonly string[];
  readonly violation: Violation;
  /** The way into the initial state first. */
  readonly steps: readonly Cue[];
}

export type Rehearsed =
  | { readonly kind: "still violated" }
  /** No step like this one is possible there any more. */
  | { readonly kind: "not possible"; readonly step: number; readonly cue: Cue }
  /** All steps are possible, and what failed at their end does not. */
  | { readonly kind: "not violated" }
  /** Too much follows to look at all of it. */
  | { readonly kind: "undecided" }
  /** The model cannot be read, has mistakes, or has no such check. */
  | { readonly kind: "no model"; readonly why: string };

/** Plays a script on the model as it is now: the path of a `.tw` file, or its URL. */
export declare const rehearse: (model: string | URL, script: TraceScript) => Rehearsed;
