// What a search can find, as diagnostics: judgement -> findings. Wording stands beside its code.

import { define, type Explanation } from "../source/index.ts";
import { interpreted, onlyShortest, onlyWalked, searchCut } from "./incomplete.ts";
import {
  branchNeverTaken,
  excuseOutlived,
  premiseNeverTrue,
  valueNeverHad,
} from "./never-taken.ts";

const steps = (count: number): string => (count === 1 ? "1 step" : `${count} steps`);

export const safetyViolated = define<{
  readonly name: string;
  readonly kind: "invariant" | "never";
  readonly steps: number;
}>(
  {
    code: "TW1000",
    severity: "finding",
    title: "safety property violated",
    text:
      "An `invariant` is false in a state that can be reached, or an event that a `never` forbids can happen. " +
      "The report shows the shortest way there. Mend the model, or, when the violation is the point of the " +
      "check, write `expect violated` with the name of the property.",
    example:
      "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\ninvariant small : n < 2\n",
  },
  ({ name, kind, steps: count }) => ({
    message: `${kind} \`${name}\` is violated after ${steps(count)}`,
  }),
);

export const recoveryViolated = define<{ readonly name: string; readonly steps: number }>(
  {
    code: "TW1001",
    severity: "finding",
    title: "a state without recovery",
    text:
      "A `recoverable` promises that from every state with its first condition a state with its second one can be " +
      "reached. The report shows the shortest way to a state from which that is impossible, and how " +
      "many states can be reached from there.",
    example:
      "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\nrecoverable back : n == 2 can reach n == 0\n",
  },
  ({ name, steps: count }) => ({
    message: `\`${name}\` is violated after ${steps(count)}: from there on recovery is impossible`,
  }),
);

export const deadlocked = define<{ readonly steps: number }>(
  {
    code: "TW1002",
    severity: "finding",
    title: "deadlock",
    text:
      "A state without any step can be reached, and no `final` condition allows it. Give the model the missing step, " +
      "or declare with `final` in which states it may rest.",
    example: "var n : 0..3\nrule up when n < 3 { n += 1 }\n",
  },
  ({ steps: count }) => ({ message: `deadlock after ${steps(count)}` }),
);

export const modelError = define<{ readonly message: string; readonly steps: number }>(
  {
    code: "TW1003",
    severity: "finding",
    title: "model error",
    text:
      "A step does what the model does not allow: it writes outside a range, reads outside an array, unwraps `none`, " +
      "divides by zero, fails an `assert`, meets a segment or an expiry that no handler takes, or fills a network " +
      "beyond its capacity. Such a step leads nowhere, so properties that are not violated otherwise stay " +
      "undecided. Where the error is what the check shows, write `expect error`.",
    example: "var n : 0..3\nrule up { n += 1 }\n",
  },
  ({ message, steps: count }) => ({ message: `model error in step ${count}: ${message}` }),
);

export const unreached = define<{ readonly name: string }>(
  {
    code: "TW1004",
    severity: "finding",
    title: "unmet `reachable`",
    text:
      "A `reachable` guards against proofs that hold only because nothing happens: some state or step must meet it. " +
      "The search is complete, and none does.",
    example: "var n : 0..3\nrule up when n < 2 { n += 1 }\nfinal : true\nreachable top : n == 3\n",
  },
  ({ name }) => ({ message: `\`${name}\` is never reached` }),
);

export const violationMissing = define<{ readonly name: string; readonly isUndecided: boolean }>(
  {
    code: "TW1005",
    severity: "finding",
    title: "expected violation that did not come",
    text:
      "The check expects this property to be violated (or this model error to happen), and the complete search shows " +
      "that it does not. Either the weakness that the check keeps in mind is mended, or the model " +
      "no longer shows it.",
    example:
      'var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\ninvariant small : n < 4\ncheck "too small" expect violated small\n',
  },
  ({ name, isUndecided }) => ({
    message: isUndecided
      ? `\`${name}\` is expected to be violated, and a model error leaves it undecided`
      : `\`${name}\` is expected to be violated, and is not`,
  }),
);

export const errorMissing = define<{ readonly kind: string }>(
  {
    code: "TW1006",
    severity: "finding",
    title: "expected model error that did not come",
    text: "The check expects a model error of this kind, and the complete search meets none.",
    example:
      'var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\ncheck "overflow" expect error range\n',
  },
  ({ kind }) => ({
    message:
      kind === ""
        ? "a model error is expected, and none happens"
        : `a \`${kind}\` error is expected, and none happens`,
  }),
);

export const figureDiffers = define<{
  readonly unit: string;
  readonly pinned: number;
  readonly found: number;
}>(
  {
    code: "TW1007",
    severity: "finding",
    title: "pinned figure differs",
    text:
      "The expectation pins how many states, transitions or steps the search must find. Another number means that the " +
      "model, or the tool, means something else than when the figure was written. `in n steps` is the " +
      "shortest violation or error; with `holds` it is the depth of the search.",
    example:
      'var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\ncheck "all" expect holds in 5 states\n',
  },
  ({ unit, pinned, found }) => ({ message: `expected ${pinned} ${unit}, found ${found}` }),
);

export const assumptionFalse = define<{ readonly why: string; readonly values: string }>(
  {
    code: "TW1008",
    severity: "finding",
    title: "an assumption about constants is false",
    text:
      "An `assume` states for which constants the model is meant. A check whose constants make it false proves nothing, so it is " +
      "not run. The points of a sweep for which it is false are skipped.",
    example:
      'const N = 3\nassume N < 3, "small"\nvar n : 0..N\nfinal : true\ncheck "it" expect holds\n',
  },
  ({ why, values }) => ({
    message: `the assumption "${why}" is false`,
    ...(values === "" ? {} : { help: `with ${values}` }),
  }),
);

export const leastDiffers = define<{
  readonly name: string;
  readonly found: string;
  readonly expected: string;
  readonly where: string;
}>(
  {
    code: "TW1009",
    severity: "finding",
    title: "unmet expectation of a sweep",
    text:
      "The least value for which every selected property holds differs from the one that the sweep expects. `none` " +
      "means that no value of the axis is enough.",
    example:
      'const N : 0..3 = 0\nvar n : 0..3\nrule up when n < 2 { n += 1 }\nfinal : true\ninvariant small : n <= N\nsweep "how large" { N in 0..3 } only small least N expect least == 3\n',
  },
  ({ name, found, expected, where }) => ({
    message: `the least \`${name}\`${where} is ${found}, expected ${expected}`,
  }),
);

/** What a network with `full block` has room for. */
interface Room {
  readonly network: string;
  readonly capacity: number;
}

export const noInitialState = define<{ readonly rooms: readonly Room[] }>(
  {
    code: "TW1012",
    severity: "finding",
    title: "a model without an initial state",
    text:
      "Every way through the `init` blocks ends without a state: a `choose` has no candidate, a `bound` is not met, or " +
      "a network with `full block` has no room. Such a model has no behaviour, so nothing is proved about it, and nothing " +
      "refuted. Weaken what the `init` blocks or the `bound` ask for.",
    example: "var n : 0..3\nbound started : n > 0\nfinal : true\ninvariant small : n < 3\n",
  },
  ({ rooms }) => ({
    message: "the model has no initial state, so nothing is known about it",
    notes: rooms.map(({ network, capacity }) => ({
      message: `\`${network}\` has room for ${capacity === 1 ? "one segment" : `${capacity} segments`}, and a \`send\` in \`init\` must find it`,
    })),
    help: "the `init` blocks, or a `bound`, leave no way to begin",
  }),
);

export const boundUndecided = define<{
  readonly name: string;
  readonly bounds: readonly string[];
}>(
  {
    code: "TW0703",
    severity: "finding",
    title: "a recoverable undecided by a bound",
    text:
      "A `bound` cut steps. The way back may lead through the states that it cuts off, and these may hold traps of their " +
      "own, so a `recoverable` is neither proved nor refuted. Make the ranges and capacities small enough to do without the bound, or judge the " +
      "`recoverable` in a check whose constants keep the model within it.",
    example:
      "var n : 0..9\nrule up when n < 9 { n += 1 }\nrule back { n = 0 }\nbound small : n < 4\nrecoverable home : n > 0 can reach n == 0\n",
  },
  ({ name, bounds }) => ({ message: `\`${name}\` is unknown: ${boundsCut(bounds)}` }),
);

/** "bound `small` cut steps": why nobody knows where these lead. */
export const boundsCut = (bounds: readonly string[]): string =>
  `bound${bounds.length === 1 ? "" : "s"} ${bounds.map((it) => `\`${it}\``).join(", ")} cut steps`;

/** The documentation of every finding. */
export const proveDefinitions: readonly Explanation[] = [
  searchCut,
  onlyWalked,
  interpreted,
  onlyShortest,
  boundUndecided,
  safetyViolated,
  recoveryViolated,
  deadlocked,
  modelError,
  unreached,
  violationMissing,
  errorMissing,
  figureDiffers,
  assumptionFalse,
  leastDiffers,
  branchNeverTaken,
  premiseNeverTrue,
  valueNeverHad,
  excuseOutlived,
  noInitialState,
].map((it) => it.explanation);
