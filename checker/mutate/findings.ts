// What is said of mutants that live on: outcome -> finding at the place of the mistake.

import { define, type Diagnostic, type Explanation } from "../source/index.ts";
import { type Mutant, operators } from "./mutant.ts";
import type { Difference, Outcome } from "./outcome.ts";

export const mutantSurvived = define<{
  readonly what: string;
  readonly text: string;
  readonly difference?: Difference;
}>(
  {
    code: "TW1020",
    severity: "finding",
    title: "a mistake that no check notices",
    text:
      "`check mutate` made this small mistake in the specification, and every check still came out as expected, " +
      "although the model went another way. If the specification said so by mistake, nobody would know. Add a property that " +
      "the shown state breaks, or a check whose constants lead there; or remove what makes no difference that matters.",
  },
  ({ what, text, difference }) => ({
    message: `no check notices ${what}`,
    help: text === "" ? "left out" : text,
    notes: difference === undefined ? [] : notesOf(difference),
  }),
);

export const mutantUndecided = define<{ readonly what: string; readonly check: string }>(
  {
    code: "TW1021",
    severity: "finding",
    title: "a mistake that makes a check too large",
    text:
      "`check mutate` made this small mistake, no check told it, and the search of one of them was cut because the mistake " +
      "gives the model many more states than it should have. It counts as not noticed.",
  },
  ({ what, check }) => ({
    message: `whether any check notices ${what} is open`,
    help: `the search of "${check}" was cut`,
  }),
);

const notesOf = ({ check, depth, state, without, with: mutated }: Difference) => {
  const told = state.length === 0 ? "everything at its zero" : state.join(", ");
  const when = depth === 0 ? "at once" : `after ${depth} ${depth === 1 ? "step" : "steps"}`;
  const where = depth < 0 ? "the initial states differ" : `${when}: ${told}`;
  return [
    { message: check === "" ? where : `in "${check}" ${where}` },
    ...without.map((it) => ({ message: `no longer there: ${it}` })),
    ...mutated.map((it) => ({ message: `new: ${it}` })),
  ];
};

/** The finding about a mutant that was not killed, and is not equivalent. */
export const findingOf = (mutant: Mutant, outcome: Outcome): Diagnostic | undefined => {
  const what = operators[mutant.operator];
  const { span, text } = mutant;
  switch (outcome.kind) {
    case "survived":
      return mutantSurvived(span, {
        what,
        text: text === "" ? "" : `instead: ${text.replaceAll(/\s+/g, " ")}`,
        ...(outcome.difference === undefined ? {} : { difference: outcome.difference }),
      });
    case "undecided":
      return mutantUndecided(span, { what, check: outcome.check });
    case "invalid":
    case "killed":
    case "equivalent":
      return undefined;
  }
};

export const mutateDefinitions: readonly Explanation[] = [mutantSurvived, mutantUndecided].map(
  (it) => it.explanation,
);
