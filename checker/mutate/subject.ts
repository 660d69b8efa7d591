// What one mutant is tried with: both texts and the checks; and one check of a text, planned.

import { plan, type Planned, type PlanRequest } from "../prove/index.ts";
import type { Modules } from "../semantics/index.ts";
import { type Checked, isError } from "../source/index.ts";
import { bareModels, type Graph, type Yardstick } from "./yardstick.ts";

/** A check or sweep that was left out. */
export interface LeftOut {
  /** What is asked beside its models. */
  readonly asked: string;
  /** The digests of its models. */
  readonly models: readonly string[];
}

/** What was once found out about the specification itself, and is asked again with other mutants. */
export interface Known {
  /** By title: those that were left out. */
  readonly checks: Map<string, LeftOut | undefined>;
  /** By the digest of a model: all of its states, or undefined where they are too many. */
  readonly graphs: Map<string, Graph | undefined>;
}

export const nothingKnown = (): Known => ({ checks: new Map(), graphs: new Map() });

export interface Trial {
  /** The specification as it is. */
  readonly before: Checked<Modules>;
  /** With the mistake in it. */
  readonly after: Checked<Modules>;
  readonly request: PlanRequest;
  /** In the order in which checks are tried. */
  readonly yardsticks: readonly Yardstick[];
  /** Titles of the checks and sweeps that are too large to try mutants. */
  readonly leftOut: readonly string[];
  /** The largest check that was not left out may have so many states. */
  readonly maxStates: number;
  readonly known: Known;
}

export const planOf = (
  loaded: Checked<Modules>,
  request: PlanRequest,
  title: string,
): { readonly planned?: Planned; readonly mistake?: string } => {
  const { value, diagnostics } = plan(loaded, { ...request, isWanted: (it) => it === title });
  const mistake = diagnostics.find(isError);
  const [planned] = value.obligations;
  return {
    ...(planned === undefined ? {} : { planned }),
    ...(mistake === undefined ? {} : { mistake: `${mistake.code} ${mistake.message}` }),
  };
};

/** The models of one check or sweep, each as a check that judges nothing. */
export const modelsFor = (loaded: Checked<Modules>, { request }: Trial, title: string) => {
  const { planned } = planOf(loaded, request, title);
  return planned === undefined ? [] : bareModels(planned);
};
