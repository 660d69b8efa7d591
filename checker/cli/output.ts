// Files that a command makes: text -> file, or why not.

import { renameSync, rmSync, writeFileSync } from "node:fs";
import type { Outcome } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** Written beside the file and renamed, so that nobody ever sees half of it. */
export const writeOutput = (
  path: string,
  text: string | Uint8Array,
  terminal: Terminal,
): readonly Outcome[] => {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    rmSync(beside, { force: true });
    terminal.remark(`check: cannot write \`${path}\`: the system says ${String(thrown.code)}\n`);
    return ["output"];
  }
};
