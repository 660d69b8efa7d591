// What is said of mutants that live on: outcome -> finding at the place of the mistake.

import { define, type Diagnostic, type Explanation } from "../source/index.ts";
import { type Mutant, operators } from "./mutant.ts";
import type { Difference, MutantOutcome, Unexplored } from "./outcome.ts";

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

const whyOpen: { readonly [because in Unexplored["because"]]: (check: string) => string } = {
  cut: (check) => `the search of "${check}" was cut`,
  "left out": (check) => `only checks that were left out have another model, such as "${check}"`,
  "ends early": (check) =>
    `only searches that end early have another model, such as "${check}": all of it is too large to compare`,
  counted: (check) =>
    `the transitions of "${check}" are as many, and too many to compare one by one`,
};

export const mutantUndecided = define<
  { readonly what: string; readonly text: string } & Unexplored
>(
  {
    code: "TW1021",
    severity: "finding",
    title: "a mistake that makes a check too large, or shows only in one that is",
    text:
      "`check mutate` made this small mistake and no check told it, but not all was searched. Either the mistake gives a check many " +
      "more states than it should have, and its search was cut; or the only checks whose model is another were left out as " +
      "too large, or end early with what they look for. It counts as not noticed. Allow more states with `--max-states`, or add a " +
      "small check with the constants under which the mistake shows.",
  },
  ({ what, text, check, because }) => ({
    message: `whether any check notices ${what} is open`,
    help: text === "" ? "left out" : text,
    notes: [{ message: whyOpen[because](check) }],
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
export const findingOf = (mutant: Mutant, outcome: MutantOutcome): Diagnostic | undefined => {
  const { span } = mutant;
  const what = operators[mutant.operator];
  const text = mutant.text === "" ? "" : `instead: ${mutant.text.replaceAll(/\s+/g, " ")}`;
  switch (outcome.kind) {
    case "survived": {
      const { difference } = outcome;
      return mutantSurvived(span, {
        what,
        text,
        ...(difference === undefined ? {} : { difference }),
      });
    }
    case "undecided": {
      const { check, because } = outcome;
      return mutantUndecided(span, { what, text, check, because });
    }
    case "invalid":
    case "killed":
    case "equivalent":
    case "alike":
      return undefined;
  }
};

export const mutateDefinitions: readonly Explanation[] = [mutantSurvived, mutantUndecided].map(
  (it) => it.explanation,
);
