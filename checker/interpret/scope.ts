// What an expression sees while the interpreter evaluates it: the state so far and the locals.

import type { State } from "../machine/index.ts";

export interface Scope {
  readonly variables: number[];
  /** By network id, in stored order. */
  readonly networks: (readonly (readonly number[])[])[];
  readonly locals: number[];
  /**
   * The site of the first failure. Expressions are total: after a failure evaluation goes on with
   * 0, and whoever asked for the value looks here before using it.
   */
  failure: number | undefined;
}

/** A scope on a copy of a state. */
export const scopeOn = (state: State, localCount: number): Scope => ({
  variables: [...state.variables],
  networks: [...state.networks],
  locals: Array.from({ length: localCount }, () => 0),
  failure: undefined,
});

/** The state as it stands in a scope. */
export const stateOf = ({ variables, networks }: Scope): State => ({
  variables: [...variables],
  networks: [...networks],
});

/** An element that a well-formed core always has. */
export const at = <A>(list: readonly A[], index: number): A => {
  const found = list[index];
  if (found === undefined) throw new Error(`the core names element ${index} of ${list.length}`);
  return found;
};
