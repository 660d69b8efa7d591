// What is too large to be compiled: the TW06xx diagnostics of semantics.

import { define } from "../source/index.ts";

export const rangeTooWide = define<{ readonly found: string }>(
  {
    code: "TW0601",
    severity: "error",
    title: "range beyond 32 bits",
    text: "A stored integer lies within -2147483648..2147483647, a serial number space has at most 2147483648 numbers. Model checking wants far smaller ranges anyway.",
    example: "var x : 0..5000000000\nrule r { x = 0 }\n",
  },
  ({ found }) => ({ message: `${found} does not fit into 32 bits` }),
);

export const setTooLarge = define<{ readonly element: string; readonly count: number }>(
  {
    code: "TW0602",
    severity: "error",
    title: "set of too many values",
    text: "A set is stored with one bit per possible member, at most 30. Use an array of bool for more.",
    example: "var s : set of 0..99\nrule r when 3 in s { s = set { } }\n",
  },
  ({ element, count }) => ({
    message: `a set of ${element} has ${count} possible members, the limit is 30`,
    help: "use an array of bool",
  }),
);

export const resultTooWide = define<{ readonly operator: string }>(
  {
    code: "TW0603",
    severity: "error",
    title: "arithmetic beyond 53 bits",
    text: "The interval that the result of the operation can lie in exceeds what is computed exactly (9007199254740991). Narrow the operands.",
    example: "var x : 0..2000000000\nrule r when x * x * x > 7 { x = 0 }\n",
  },
  ({ operator }) => ({ message: `the result of \`${operator}\` can exceed 53 bits` }),
);

export const tooManyScalars = define<{ readonly what: string; readonly count: number }>(
  {
    code: "TW0604",
    severity: "error",
    title: "state of too many parts",
    text: "The variables of a state have at most 4096 scalars in all: arrays count per element, records per field.",
    example: "var x : array[0..9999] of bool\nrule r { x[3] = true }\n",
  },
  ({ what, count }) => ({ message: `${what} has ${count} scalars, the limit is 4096` }),
);

export const loopTooLong = define<{ readonly count: number }>(
  {
    code: "TW0605",
    severity: "error",
    title: "domain of too many values",
    text: "`for`, `choose`, quantifiers, comprehensions, rule parameters and process indexes range over at most 4096 values.",
    example: "var x : 0..9999\nrule r { for i in 0..9999 { x = i } }\n",
  },
  ({ count }) => ({ message: `this ranges over ${count} values, the limit is 4096` }),
);

export const tooDeep = define<{ readonly what: string; readonly limit: number }>(
  {
    code: "TW0606",
    severity: "error",
    title: "definitions too deep on one another",
    text: "Types contain each other at most 32 deep, functions and procedures call each other at most 64 deep, and constants that are declared after their uses form chains of at most 100.",
    example: `var x : ${"array[0..0] of ".repeat(33)}bool
rule r { x = x }
`,
  },
  ({ what, limit }) => ({ message: `${what} more than ${limit} deep` }),
);

export const limitsDefinitions = [
  rangeTooWide,
  setTooLarge,
  resultTooWide,
  tooManyScalars,
  loopTooLong,
  tooDeep,
] as const;
