// What is wrong with constants and their overrides, checks and sweeps: the TW05xx diagnostics.

import { define, type Note, type Span } from "../source/index.ts";

export const unknownConstant = define<{
  readonly name: string;
  readonly nearest: string | undefined;
  readonly found?: string | undefined;
}>(
  {
    code: "TW0501",
    severity: "error",
    title: "override of an unknown constant",
    text: "Overrides in a `check`, a `sweep`, a `set` or on the command line name constants of the program; of several files on one line, one at least has the constant.",
    example:
      'const MSL = 1\nvar x : 0..MSL\nrule r { x = 0 }\ncheck "c" { MSI = 2 } expect holds\n',
  },
  ({ name, nearest, found }) => ({
    message:
      found === undefined
        ? `there is no constant \`${name}\``
        : `\`${name}\` is ${found}, not a constant`,
    ...(nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` }),
  }),
);

export const wrongOverride = define<{
  readonly name: string;
  readonly expected: string;
  readonly found: string;
  /** What it can be, where its type has few values. */
  readonly members?: readonly string[] | undefined;
}>(
  {
    code: "TW0502",
    severity: "error",
    title: "override of the wrong type",
    text: "An override has the type of the constant it overrides.",
    example:
      'const MSL : 1..4 = 1\nvar x : 0..MSL\nrule r { x = 0 }\ncheck "c" { MSL = true } expect holds\n',
  },
  ({ name, expected, found, members }) => ({
    message: `\`${name}\` expected ${expected}, found ${found}`,
    ...(members === undefined ? {} : { help: `one of ${members.join(", ")}` }),
  }),
);

export const overrideOutside = define<{
  readonly name: string;
  readonly range: string;
  readonly value: string;
}>(
  {
    code: "TW0503",
    severity: "error",
    title: "override outside its range",
    text: "The declaration of a constant says which values make sense. An override outside them is refused.",
    example:
      'const MSL : 1..4 = 1\nvar x : 0..MSL\nrule r { x = 0 }\ncheck "c" { MSL = 5 } expect holds\n',
  },
  ({ name, range, value }) => ({ message: `\`${name}\` takes ${range}, found ${value}` }),
);

export const equalRank = define<{ readonly name: string; readonly first: Span }>(
  {
    code: "TW0504",
    severity: "error",
    title: "two `set` of equal rank",
    text: "When several files `set` a constant, the one nearest to the checked file wins. Two that are equally near contradict each other: decide in the file that imports both.",
  },
  ({ name, first }) => ({
    message: `\`${name}\` is set twice with equal rank`,
    notes: [{ message: "the other `set` is here", span: first }],
    help: "set it in the file that imports both",
  }),
);

export const defaultOutside = define<{
  readonly name: string;
  readonly range: string;
  readonly value: string;
  readonly notes?: readonly Note[];
}>(
  {
    code: "TW0505",
    severity: "error",
    title: "constant outside its range",
    text: "The value of the constant, as it follows from the constants it mentions, lies outside the range it declares.",
    example: "const MSL = 5\nconst LEN : 0..9 = 2 * MSL\nvar x : 0..LEN\nrule r { x = 0 }\n",
  },
  ({ name, range, value, notes }) => ({
    message: `\`${name}\` takes ${range}, but its value here is ${value}`,
    notes: notes ?? [],
  }),
);

export const cyclicConstants = define<{ readonly cycle: readonly string[] }>(
  {
    code: "TW0506",
    severity: "error",
    title: "constants that define each other",
    text: "The value of a constant cannot depend on itself, neither in its default nor through an override.",
    example: "const A = B\nconst B = A\nvar x : 0..A\nrule r { x = 0 }\n",
  },
  ({ cycle }) => ({
    message: `the value of \`${cycle[0] ?? ""}\` depends on itself`,
    notes: cycle.length > 2 ? [{ message: `through ${cycle.join(" -> ")}` }] : [],
  }),
);

export const wrongOverrideIndex = define<{ readonly name: string; readonly reason: string }>(
  {
    code: "TW0507",
    severity: "error",
    title: "override of an element that is not there",
    text: "`X[A] = e` overrides one element of a constant that is an array over a type that has the value A.",
    example:
      'const MSL = 1\nvar x : 0..MSL\nrule r { x = 0 }\ncheck "c" { MSL[0] = 2 } expect holds\n',
  },
  ({ name, reason }) => ({ message: `cannot override an element of \`${name}\`: ${reason}` }),
);

export const overrideTwice = define<{ readonly name: string; readonly first: Span }>(
  {
    code: "TW0508",
    severity: "error",
    title: "constant overridden twice",
    text: "One block overrides a constant, or one of its elements, once.",
    example:
      'const MSL = 1\nvar x : 0..MSL\nrule r { x = 0 }\ncheck "c" { MSL = 2, MSL = 3 } expect holds\n',
  },
  ({ name, first }) => ({
    message: `\`${name}\` is overridden twice here`,
    notes: [{ message: "the first override is here", span: first }],
  }),
);

export const setAtHome = define<{ readonly name: string; readonly declared: Span }>(
  {
    code: "TW0509",
    severity: "error",
    title: "`set` of a constant that is not imported",
    text: "`set` gives an imported constant another default. In the file that declares it, change the declaration.",
    example: "const MSL = 1\nset MSL = 2\nvar x : 0..MSL\nrule r { x = 0 }\n",
  },
  ({ name, declared }) => ({
    message: `\`${name}\` is not imported by this file`,
    notes: [{ message: "it is declared here", span: declared }],
  }),
);

export const titleTwice = define<{ readonly title: string; readonly first: Span }>(
  {
    code: "TW0510",
    severity: "error",
    title: "two checks with one name",
    text: "The name of a check or sweep selects it on the command line and names its results, so it is used once in a file.",
    example:
      'var x : 0..3\nrule r { x = 1 }\ncheck "c" expect holds\ncheck "c" expect violated deadlock\n',
  },
  ({ title, first }) => ({
    message: `there are two checks or sweeps called "${title}"`,
    notes: [{ message: "the first one is here", span: first }],
  }),
);

export const wrongSweep = define<{ readonly reason: string }>(
  {
    code: "TW0511",
    severity: "error",
    title: "sweep that cannot be run",
    text: "A sweep ranges over constants, each once; `least` names one of its ranging integer axes.",
    example: 'const MSL = 1\nvar x : 0..MSL\nrule r { x = 0 }\nsweep "s" { MSL = 2 } least MSL\n',
  },
  ({ reason }) => ({ message: reason }),
);

export const wrongExpectation = define<{ readonly reason: string; readonly help?: string }>(
  {
    code: "TW0512",
    severity: "error",
    title: "expectation that cannot be met",
    text: "`violated` names selected properties, `error` names kinds of model errors (range, index, none, division, unhandled, full, assert, timer), figures are constant and not negative.",
    example: 'var x : 0..3\nrule r { x = 1 }\ncheck "c" expect error overflow\n',
  },
  ({ reason, help }) => ({ message: reason, ...(help === undefined ? {} : { help }) }),
);

export const expectationFollows = define<{ readonly name: string; readonly axis: string }>(
  {
    code: "TW0513",
    severity: "error",
    title: "expected least that follows the swept constant",
    text: "`expect least == e` gives one value for each combination of the other axes. Where `e` reads the constant that `least` looks for, in itself or through another constant, it has another value at every point.",
    example:
      'const MSL : 1..4 = 1\nvar x : 0..MSL\nrule r { x = 0 }\nsweep "s" { MSL in 1..4 } least MSL expect least == MSL + 1\n',
  },
  ({ name, axis }) => ({
    message:
      name === axis
        ? `the expected least \`${axis}\` cannot read \`${axis}\` itself`
        : `\`${name}\` follows \`${axis}\`, whose least value is expected here`,
    help: "say the value with other constants, a number or `none`",
  }),
);

export const configurationDefinitions = [
  unknownConstant,
  wrongOverride,
  overrideOutside,
  equalRank,
  defaultOutside,
  cyclicConstants,
  wrongOverrideIndex,
  overrideTwice,
  setAtHome,
  titleTwice,
  wrongSweep,
  wrongExpectation,
  expectationFollows,
] as const;
