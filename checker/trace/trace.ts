// A complete trace as data: what every renderer, export and replay of a counterexample starts from.

import type { Action } from "../core/index.ts";
import type { Label } from "../interpret/index.ts";
import type { State } from "../machine/index.ts";

/** One value as people read it. */
export interface Reading {
  /** `tcp[A].rcv_nxt`, `seq`; an optional value is one reading. */
  readonly name: string;
  /** `3`, `TIME_WAIT`, `none`; of a timer the ticks left, or `stopped`. */
  readonly text: string;
  readonly ghost: boolean;
  /** A boolean: traces write the names of the true ones. */
  readonly flag?: boolean;
  /** Its type has this one value in this configuration, so that it tells nobody anything. */
  readonly fixed?: true;
}

/** A segment in a network, or on its way into or out of one. */
export interface Flight {
  readonly network: number;
  /** Counted from 1 in the order in which segments enter the networks. */
  readonly id: number;
  /** 0: as it was sent; k: the k-th copy that a duplication made of it. */
  readonly copy: number;
  /** As stored: age, to, from, fields. */
  readonly integers: readonly number[];
  readonly age?: number;
  readonly to?: Reading;
  readonly from?: Reading;
  /** Only the fields that exist under their flags. */
  readonly fields: readonly Reading[];
}

export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The first of the variables that the reading stands for. */
  readonly variable: number;
}

/** The model after a step. */
export interface Moment {
  readonly state: State;
  /** By network id, in stored order. */
  readonly networks: readonly (readonly Flight[])[];
  /** Ticks since the initial state. */
  readonly ticks: number;
}

export interface TraceStep {
  /** 0 is the way into the initial state. */
  readonly number: number;
  readonly kind: Action["kind"] | "initial";
  /** `tcp[A].close`, `deliver wire`; "initial" for the way into the initial state. */
  readonly action: string;
  readonly label: Label;
  readonly fault: boolean;
  /** What is delivered, lost or duplicated. */
  readonly segment?: Flight;
  /** The copy that a duplication makes. */
  readonly copied?: Flight;
  /** Names of the branches taken, in order. */
  readonly branches: readonly string[];
  readonly sent: readonly { readonly flight: Flight; readonly dropped: boolean }[];
  /** Properties whose event the step signals; `never` ones are violated by it. */
  readonly events: readonly { readonly property: string; readonly violated: boolean }[];
  readonly changes: readonly Change[];
  /** By network id, in stored order, before the step. */
  readonly networksBefore: readonly (readonly Flight[])[];
  readonly result:
    | ({ readonly kind: "state" } & Moment)
    | { readonly kind: "error"; readonly site: number; readonly message: string };
}

export interface Trace {
  readonly initial: TraceStep;
  readonly steps: readonly TraceStep[];
}
