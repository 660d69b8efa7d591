// What a model's verdicts are with reductions and without, by the naive search: for tests.

import type { Core } from "../../core/index.ts";
import {
  type Interpreter,
  interpreter,
  type Step,
  type Survey,
  surveyWith,
} from "../../interpret/index.ts";
import { normaliser, reduce, type ReductionName } from "../index.ts";

/** Everything that reductions must not change. */
const verdictsOf = (core: Core, it: Survey, isSelected: (property: number) => boolean) => ({
  properties: it.properties.map((steps, id) => (isSelected(id) ? steps : undefined)),
  deadlock: it.deadlock,
  errors: it.errors,
  failures: it.failures.filter(({ formula }) => isSelected(formula)),
  isCut: it.cut.map((paths) => paths > 0),
  isDropped: it.dropped.map((segments) => segments > 0),
  names: core.properties.map(({ name }) => name),
});

const reducedInterpreter = (
  core: Core,
  isSelected: (property: number) => boolean,
  names: readonly ReductionName[],
): Interpreter => {
  const { core: smaller, likeness } = reduce(core, isSelected, names);
  const reference = interpreter(smaller);
  const normalise = normaliser(smaller, likeness);
  const normal = (step: Step): Step =>
    step.result.kind === "error"
      ? step
      : {
          ...step,
          result: { kind: "state", state: normalise(step.result.state) },
        };
  return {
    ...reference,
    initialSteps: () => {
      const { steps, cut } = reference.initialSteps();
      return { steps: steps.map(normal), cut };
    },
    steps: (state) => {
      const { steps, cut } = reference.steps(state);
      return { steps: steps.map(normal), cut };
    },
  };
};

/** The verdicts of both searches, and how many states each has seen. */
export const bothVerdicts = (
  core: Core,
  names: readonly ReductionName[],
  isSelected: (property: number) => boolean = () => true,
) => {
  const off = surveyWith(interpreter(core));
  const on = surveyWith(reducedInterpreter(core, isSelected, names));
  return {
    off: verdictsOf(core, off, isSelected),
    on: verdictsOf(core, on, isSelected),
    states: { off: off.states, on: on.states },
  };
};
