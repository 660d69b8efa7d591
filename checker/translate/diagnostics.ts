// What a translation cannot say: codes, explanations and wording.

import { define, type Explanation } from "../source/index.ts";

export const notTranslated = define<{ readonly name: string; readonly target: string }>(
  {
    code: "TW0661",
    severity: "warning",
    title: "property that other checkers cannot judge",
    text: "Murphi and the searches of SPIN that count states judge single states and steps. Whether a state can be left again (`recoverable`) is a question about all paths; it is left out of the translation, whose states and transitions are the same without it.",
  },
  ({ name, target }) => ({
    message: `\`${name}\` is left out of the ${target} text: it is no property of single states or steps`,
  }),
);

export const tooManyOptions = define<{
  readonly action: string;
  readonly options: number;
  readonly limit: number;
}>(
  {
    code: "TW0662",
    severity: "error",
    title: "action with too many labels to translate",
    text: "The Promela text has one option for every combination of the parameters and choices of an action. Give the parameters smaller domains, or translate to Murphi, which writes a combination as nested rule sets.",
  },
  ({ action, options, limit }) => ({
    message: `\`${action}\` has ${options} combinations of parameters and choices, more than ${limit}`,
  }),
);

export const translateDefinitions: readonly Explanation[] = [
  notTranslated.explanation,
  tooManyOptions.explanation,
];
