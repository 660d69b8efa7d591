// The reference interpreter: the definition of what a core means (core -> steps).

import type { Core } from "../core/index.ts";
import type { State } from "../machine/index.ts";
import { conditionOf, formulasOf } from "../machine/index.ts";
import type { Outcome } from "./actions.ts";
import { outcomes, outcomesOf } from "./actions.ts";
import { evaluate } from "./evaluate.ts";
import { execute } from "./execute.ts";
import { at, scopeOn } from "./scope.ts";
import type { Steps } from "./step.ts";

export interface Interpreter {
  readonly core: Core;
  /** The steps from nowhere into the initial states, in choice order, not merged. */
  readonly initialSteps: () => Steps;
  /** The steps of a state, in label order. */
  readonly steps: (state: State) => Steps;
  /**
   * The value of formula `k` of `formulasOf(core)` in a state, or the site where evaluating it
   * fails.
   */
  readonly formula: (k: number, state: State) => boolean | { readonly failure: number };
}

/** Gives a core its meaning. */
export const interpreter = (core: Core): Interpreter => {
  const formulas = formulasOf(core).map((it) => conditionOf(core, it));
  return {
    core,
    initialSteps: () => {
      const state: State = {
        variables: core.variables.map(({ initial }) => initial),
        networks: core.networks.map(() => []),
      };
      const { body, localCount } = core.init;
      const label = { action: undefined, values: [] };
      const beginning = { state, localCount, label, fault: false };
      return collect(
        core,
        outcomes(core, beginning, (run) => execute(body, run)),
      );
    },
    steps: (state) =>
      collect(
        core,
        core.actions.flatMap((_, action) => outcomesOf(core, state, action)),
      ),
    formula: (k, state) => {
      const { condition, localCount } = at(formulas, k);
      const scope = scopeOn(state, localCount);
      const value = evaluate(condition, scope);
      return scope.failure === undefined ? value !== 0 : { failure: scope.failure };
    },
  };
};

const collect = (core: Core, all: readonly Outcome[]): Steps => ({
  steps: all.flatMap((it) => (it.kind === "step" ? [it.step] : [])),
  cut: core.bounds.map(
    (_, bound) => all.filter((it) => it.kind === "cut" && it.bound === bound).length,
  ),
});
