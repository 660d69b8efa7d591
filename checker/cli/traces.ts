// `--out DIR`: results -> trace files, one per violation, with the same behaviour as ITF beside each.

import { basename, join, resolve } from "node:path";
import type { ObligationResult } from "../pipeline.ts";
import {
  evidenceOf,
  itfText,
  type Provenance,
  traceNames,
  traceOf,
  traceText,
} from "../pipeline.ts";
import { confirm } from "./fate.ts";
import type { Outcome } from "./exit-codes.ts";
import { makeFolder } from "./make-folder.ts";
import { writeOutput } from "./output.ts";
import type { Terminal } from "./terminal.ts";
import { refusalOf } from "./write-whole.ts";

export interface TraceWriter {
  /** Writes what one check found wrong. */
  readonly write: (
    about: Pick<Provenance, "source" | "digest" | "set">,
    result: ObligationResult,
  ) => void;
  /** Says how many there are; what went wrong. */
  readonly finish: () => readonly Outcome[];
}

/** A file that lies elsewhere is known by its name: a folder outside says nothing on another machine. */
export const sourceName = (file: string): string =>
  /^(\/|[A-Za-z]:|\.\.\/)/.test(file) ? basename(file) : file;

const folderFor = (path: string, terminal: Terminal): boolean => {
  try {
    makeFolder(path);
    return true;
  } catch (thrown) {
    terminal.remark(`check: cannot make the folder \`${path}\`: ${refusalOf(thrown)}\n`);
    return false;
  }
};

/** A writer into a folder that is made when the first trace comes. */
export const traceWriter = (
  {
    out,
    folder,
    tool,
  }: {
    readonly out: string;
    readonly folder: string;
    readonly tool: string;
  },
  terminal: Terminal,
): TraceWriter => {
  const nameOf = traceNames();
  const outcomes: Outcome[] = [];
  let isAnythingViolated = false;
  let isAnythingChecked = false;
  return {
    finish: () => {
      if (isAnythingChecked && !isAnythingViolated)
        terminal.remark("check: nothing is violated, so there is no trace to write\n");
      return outcomes;
    },
    write: ({ source, digest, set }, result) => {
      if (result.kind !== "check" || result.search === undefined) return;
      isAnythingChecked = true;
      const { search, title, parameters } = result;
      const { core } = search;
      const evidence = evidenceOf(search);
      if (evidence.length === 0) return;
      isAnythingViolated = true;
      if (!folderFor(resolve(folder, out), terminal)) {
        outcomes.push("output");
        return;
      }
      for (const { violation, path, trace = traceOf(core, path) } of evidence) {
        confirm(core, trace, violation);
        const about = { source, digest, check: title, set, parameters, violation };
        const place = join(resolve(folder, out), nameOf(source, title, violation));
        outcomes.push(
          ...writeOutput(`${place}.json`, traceText(core, about, trace), terminal),
          ...writeOutput(`${place}.itf.json`, itfText(core, about, trace, { tool }), terminal),
        );
      }
    },
  };
};
