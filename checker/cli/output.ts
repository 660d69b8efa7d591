// Files that a command makes: text -> file, or why not.

import * as E from "fp-ts/lib/Either.js";
import type { Outcome } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import { writeWhole } from "./write-whole.ts";

/** Writes a file whole, or says why it cannot be written. */
export const writeOutput = (
  path: string,
  text: string | Uint8Array,
  terminal: Terminal,
): readonly Outcome[] => {
  const written = writeWhole(path, text);
  if (E.isRight(written)) return [];
  terminal.remark(`check: cannot write \`${path}\`: ${written.left}\n`);
  return ["output"];
};
