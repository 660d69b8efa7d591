// Why what was not found stays unknown: limits of a search, and walks, which are none.

import type { Limit } from "../explore/index.ts";
import { define } from "../source/index.ts";

export const searchCut = define<{
  readonly limit: Exclude<Limit, "walks">;
  readonly depth: number;
}>(
  {
    code: "TW0701",
    severity: "finding",
    title: "incomplete search",
    text:
      "A limit (`--max-states`, `--timeout`, `--memory`), the loss of a thread, or an interruption ended the search before every state was " +
      "visited. What was not violated by then is unknown, never proved. Raise the limit, or make the model's bounds smaller. " +
      "States take two thirds of the machine's memory at most, unless `--memory` says otherwise, and never more than 4 GiB. " +
      "Where the system refuses memory earlier (`ulimit -v`), the search ends in the same way, and no `--memory` changes that. " +
      "`--max-states n` ends the search with the level in which n states are passed, and leaves out a level that brings " +
      "more than twice as many, so that the report is the same on every machine.",
  },
  ({ limit, depth }) => ({
    message:
      limit === "interrupted"
        ? `interrupted: the search is whole up to depth ${depth}`
        : limit === "thread"
          ? `incomplete: a thread of the search ended; the search is whole up to depth ${depth}`
          : `incomplete: the limit of ${limit} (${optionOf[limit]}) ended the search, which is whole up to depth ${depth}`,
  }),
);

export const onlyWalked = define<{
  /** Of an interruption: the walks that were made before it. */
  readonly interruptedAfter?: number;
}>(
  {
    code: "TW0704",
    severity: "finding",
    title: "random walks are not a proof",
    text:
      "`check simulate` follows some behaviours, chosen by lot. What they met is true: every way is replayed by the reference " +
      "interpreter. What they did not meet is unknown, and a `recoverable` cannot be judged at all, since a way back that no " +
      "walk took may be there. Only a search of all states proves that a property holds: `check FILE`.",
  },
  ({ interruptedAfter: walks }) => ({
    message:
      walks === undefined
        ? "random walks are not a proof: what they did not meet is unknown"
        : `interrupted after ${walks === 1 ? "1 walk" : `${walks} walks`}: what was not met is unknown`,
  }),
);

/** A check that no file wrote has no title. */
const titleText = (title: string): string => (title === "" ? "all properties" : `"${title}"`);

const optionOf = {
  states: "--max-states",
  time: "--timeout",
  memory: "--memory, or the system's",
} as const;

export const interpreted = define<{ readonly title: string }>(
  {
    code: "TW0702",
    severity: "warning",
    title: "no generated code",
    text:
      "Models are searched by code that is generated for them. Where the environment forbids generated code, the reference " +
      "interpreter runs them: the verdicts are the same, the search is some hundred times slower.",
  },
  ({ title }) => ({
    message: `${title === "" ? "the check of" : "check"} ${titleText(title)} runs in the interpreter, which is much slower than generated code`,
  }),
);

const whyOnlyShortest: Readonly<Record<Limit, string>> = {
  states: "the limit of states",
  time: "the end of the time",
  memory: "want of memory",
  thread: "the loss of a thread",
  interrupted: "an interruption",
  walks: "the end of the walks",
};

export const onlyShortest = define<{ readonly title: string; readonly limit: Limit }>(
  {
    code: "TW0705",
    severity: "warning",
    title: "fewest faults not found",
    text:
      "With `--minimal faults`, the states are put in the order of faults and steps after the search. A limit, an interruption or " +
      "the end of memory may end that; the verdicts stand, and the counterexamples are shortest ones, as without the option. " +
      "The order takes 16 bytes for each state, beside all that the search keeps: with so much more `--memory` there is room.",
  },
  ({ title, limit }) => ({
    message: `the fewest faults of ${titleText(title)} were not looked for to the end, by ${whyOnlyShortest[limit]}: counterexamples are shortest ones`,
  }),
);
