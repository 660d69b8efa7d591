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

export const onlyWalked = define(
  {
    code: "TW0704",
    severity: "finding",
    title: "random walks are not a proof",
    text:
      "`check simulate` follows some behaviours, chosen by lot. What they met is true: every way is replayed by the reference " +
      "interpreter. What they did not meet is unknown, and a `recoverable` cannot be judged at all, since a way back that no " +
      "walk took may be there. Only a search of all states proves that a property holds: `check FILE`.",
  },
  () => ({ message: "random walks are not a proof: what they did not meet is unknown" }),
);

const optionOf = { states: "--max-states", time: "--timeout", memory: "--memory" } as const;
