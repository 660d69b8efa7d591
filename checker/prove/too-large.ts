// States that cannot be packed, as diagnostics: core -> machine, when there is no machine.

import { type LayoutProblem, layoutProblems, type Storage } from "../machine/index.ts";
import { define, type Diagnostic, type Explanation, type Span } from "../source/index.ts";

export const rangeTooWide = define<{
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly bits: number;
  readonly bitLimit: number;
}>(
  {
    code: "TW0611",
    severity: "error",
    title: "a range that cannot be packed",
    text: "Every integer of a state is stored in at most 32 bits, every field and age of a segment in at most 31. Give the type a smaller range.",
  },
  ({ name, low, high, bits, bitLimit }) => ({
    message: `\`${name}\` takes ${low}..${high}, which needs ${bits} bits`,
    help: `a state holds at most ${bitLimit} bits for it`,
  }),
);

export const capacityTooLarge = define<{
  readonly name: string;
  readonly capacity: number;
  readonly limit: number;
}>(
  {
    code: "TW0612",
    severity: "error",
    title: "a network that is too large",
    text: "A state stores every segment that a network can hold. Searches come to an end with a handful of them; thousands cannot be stored.",
  },
  ({ name, capacity, limit }) => ({
    message: `\`${name}\` has a capacity of ${capacity}, more than ${limit}`,
    help: "give the network a smaller capacity",
  }),
);

export const stateTooWide = define<{ readonly words: number; readonly limit: number }>(
  {
    code: "TW0613",
    severity: "error",
    title: "a state that is too wide",
    text: "All variables and networks of a state together must fit into 16 KiB. Use smaller arrays, ranges or capacities.",
  },
  ({ words, limit }) => ({
    message: `a state takes ${words * 4} bytes, more than ${limit * 4}`,
    help: "use smaller arrays, ranges or capacities",
  }),
);

export const tooManyPoints = define<{ readonly points: number; readonly limit: number }>(
  {
    code: "TW0614",
    severity: "error",
    title: "a sweep of too many points",
    text: "A sweep explores one model per combination of the values of its axes. Give its axes fewer values, or split it.",
    example:
      'const A : 0..999 = 0\nconst B : 0..999 = 0\nvar x : 0..A + B\nfinal : true\nsweep "all" { A in 0..999, B in 0..999 }\n',
  },
  ({ points, limit }) => ({
    message: `the sweep has ${points} points, more than ${limit}`,
    help: "give its axes fewer values",
  }),
);

/** More searches than anybody waits for. */
export const pointLimit = 10_000;

const diagnosticOf = (problem: LayoutProblem, core: Storage, fallback: Span): Diagnostic => {
  switch (problem.kind) {
    case "range": {
      const network = problem.network === undefined ? undefined : core.networks[problem.network];
      return rangeTooWide(network?.span ?? fallback, problem);
    }
    case "capacity": {
      const network = core.networks[problem.network];
      return capacityTooLarge(network?.span ?? fallback, {
        name: network?.name ?? "",
        capacity: problem.capacity,
        limit: problem.capacityLimit,
      });
    }
    case "state":
      return stateTooWide(fallback, { words: problem.words, limit: problem.wordLimit });
  }
};

/** Why the states of a core cannot be packed; `fallback` is shown where no better place is known. */
export const tooLarge = (core: Storage, fallback: Span): readonly Diagnostic[] =>
  layoutProblems(core).map((it) => diagnosticOf(it, core, fallback));

export const tooLargeDefinitions: readonly Explanation[] = [
  rangeTooWide,
  capacityTooLarge,
  stateTooWide,
  tooManyPoints,
].map((it) => it.explanation);
