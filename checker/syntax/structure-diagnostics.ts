// What the parser has to say of declarations, brackets and whole files: wording and documentation
// together.

import { define, type Span } from "../source/index.ts";

const error = { severity: "error" } as const;

export const missing = define<{
  readonly expected: string;
  readonly found: string;
  readonly help?: string;
}>(
  {
    ...error,
    code: "TW0115",
    title: "something is missing",
    text: "At this place the language wants something that is not there.",
    example: "enum Host A, B }\n",
  },
  ({ expected, found, help }) => ({
    message: `expected ${expected}, found ${found}`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const unexpected = define<{
  readonly expected: string;
  readonly found: string;
  readonly help?: string;
}>(
  {
    ...error,
    code: "TW0116",
    title: "unexpected token",
    text: "The token cannot stand here; the message says what can.",
    example: "enum Host { A, 3 }\n",
  },
  ({ expected, found, help }) => ({
    message: `expected ${expected}, found ${found}`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const nestedTooDeeply = define<{ readonly limit: number }>(
  {
    ...error,
    code: "TW0117",
    title: "nested too deeply",
    text: "Blocks, expressions and types nest at most 100 deep.",
  },
  ({ limit }) => ({ message: `nested too deeply: more than ${limit} levels` }),
);

export const unclosedBracket = define<{
  readonly bracket: string;
  readonly at: Span;
  readonly expected: string;
}>(
  {
    ...error,
    code: "TW0122",
    title: "unclosed bracket",
    text: "Every `{`, `(` and `[` is closed again, in the reverse order of opening.",
    example: "enum Host { A, B\n",
  },
  ({ bracket, at, expected }) => ({
    message: `\`${bracket}\` is never closed: expected ${expected}, found the end of the file`,
    notes: [{ message: `the \`${bracket}\` is here`, span: at }],
  }),
);

export const unopenedBracket = define<{ readonly bracket: string }>(
  {
    ...error,
    code: "TW0123",
    title: "unopened bracket",
    text: "This closing bracket has no opening one: there is one too many, or the opening one is missing.",
    example: "enum Host { A, B } }\n",
  },
  ({ bracket }) => ({ message: `\`${bracket}\` closes nothing`, help: "remove it" }),
);

export const clauseTwice = define<{ readonly clause: string }>(
  {
    ...error,
    code: "TW0124",
    title: "clause given twice",
    text: "Each clause of a `network` or a `send` may be given once.",
    example: "message M { f : bool }\nnetwork n carries M { capacity 1  capacity 2 }\n",
  },
  ({ clause }) => ({ message: `\`${clause}\` is given twice`, help: "remove one" }),
);

export const capacityMissing = define<{ readonly network: string }>(
  {
    ...error,
    code: "TW0125",
    title: "network without capacity",
    text: "A network holds a bounded number of messages; say how many with `capacity N`.",
    example: "message M { f : bool }\nnetwork n carries M { loss any }\n",
  },
  ({ network }) => ({
    message: `network \`${network}\` has no capacity`,
    help: "add `capacity N`",
  }),
);

export const casesBesideStages = define<{ readonly found: "case" | "stage" | "else" | "ignore" }>(
  {
    ...error,
    code: "TW0128",
    title: "cases beside stages",
    text:
      "The body of `on receive` is a list of cases, the first that applies is taken, or a list of " +
      "stages, each run in turn. Cases may be followed by one `else { … }` or `ignore`.",
    example: "process p { on receive m { case a when true { }  stage b { } } }\n",
  },
  ({ found }) => ({
    message:
      found === "else" || found === "ignore"
        ? `stages have no \`${found}\` after them`
        : `a \`${found}\` cannot stand here: a handler has cases or stages`,
    help:
      found === "else" || found === "ignore"
        ? "each stage may have its own `else`"
        : "write a second handler, or turn the cases into stages",
  }),
);

export const tooManyErrors = define<{ readonly limit: number }>(
  {
    ...error,
    code: "TW0130",
    title: "too many errors",
    text: "After 100 syntax errors the rest of the file is not read.",
  },
  ({ limit }) => ({ message: `${limit} errors: the rest of the file is not read` }),
);
