// Everything the scanner and the parser have to say: codes TW01xx in one list.

import { notUtf8, type Explanation } from "../source/index.ts";
import * as expressions from "./expression-diagnostics.ts";
import * as structure from "./structure-diagnostics.ts";
import * as tokens from "./token-diagnostics.ts";

export * from "./expression-diagnostics.ts";
export * from "./structure-diagnostics.ts";
export * from "./token-diagnostics.ts";

/** The documentation of every code of this layer, by code. */
export const syntaxDefinitions: readonly Explanation[] = [
  notUtf8,
  ...Object.values(tokens),
  ...Object.values(expressions),
  ...Object.values(structure),
]
  .map(({ explanation }) => explanation)
  .sort((one, other) => (one.code < other.code ? -1 : 1));
