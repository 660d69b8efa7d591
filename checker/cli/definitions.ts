// Every diagnostic of the program, documented.

import { phaseDefinitions } from "../pipeline.ts";
import { define, type Explanation } from "../source/index.ts";
import { inputDefinitions } from "./input.ts";
import { lockDefinitions } from "./lock-diagnostics.ts";
import { shardDefinitions } from "./shard-diagnostics.ts";
import { usageDefinitions } from "./usage.ts";

export const internalError = define<{ readonly what: string }>(
  {
    code: "TW0901",
    severity: "error",
    title: "internal error",
    text: "The program met a state that its authors held to be impossible. Whatever the specification says, this is a defect of `check`; please report it with the specification and the command line.",
  },
  ({ what }) => ({ message: `internal error: ${what}` }),
);

export const definitions: readonly Explanation[] = [
  ...phaseDefinitions,
  ...inputDefinitions,
  ...lockDefinitions,
  ...usageDefinitions,
  ...shardDefinitions,
  internalError.explanation,
].toSorted((left, right) => (left.code < right.code ? -1 : 1));
