// The reports of a run for other programs, wherever the command line wants them: run -> files, lines.

import { appendFileSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import {
  annotationsText,
  junitText,
  lineReader,
  type Places,
  type Run,
  sarifText,
  summaryTable,
} from "../report/index.ts";
import type { CheckOptions } from "./command-line.ts";
import { definitions } from "./definitions.ts";
import type { Outcome } from "./exit-codes.ts";
import { writeOutput } from "./output.ts";
import type { Shell } from "./shell.ts";
import type { Library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { refusalOf } from "./write-whole.ts";

/** Is standard output one document, so that nothing else may stand there? */
export const isDocument = ({ json, reports = {} }: CheckOptions): boolean =>
  json || reports.jsonLines === true || reports.sarif === "-" || reports.junit === "-";

const slashed = (path: string): string => path.split(sep).join("/");

/** Of a file of the user's; not of standard input, the command line, what comes with the program. */
const pathFrom = (root: string, file: string, { place }: Library): string | undefined => {
  if (/^<.*>$/.test(file)) return undefined;
  const real = place(file);
  if (real === undefined) return undefined;
  const path = slashed(relative(root, real));
  const isPackaged = path.startsWith("../") || /(^|\/)node_modules\//.test(path);
  return file.startsWith("timewait:") && isPackaged ? undefined : path;
};

/** Files are named as seen from a folder, and no path names the machine. */
const placesFrom = (root: string, library: Library): Places => ({
  lines: lineReader(library.texts),
  pathOf: (file) => pathFrom(root, file, library),
});

/** GitHub reads paths from the root of its checkout, wherever a step runs. */
const workspaceOf = ({ environment, folder }: Shell): string => {
  const workspace = environment["GITHUB_WORKSPACE"] ?? "";
  const isAbove = workspace !== "" && !relative(workspace, folder).startsWith("..");
  return isAbove ? workspace : folder;
};

const wantsAnnotations = ({ reports }: CheckOptions, { environment }: Shell): boolean =>
  reports?.annotations ?? environment["GITHUB_ACTIONS"] === "true";

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const appendSummary = (run: Run, shell: Shell, terminal: Terminal): readonly Outcome[] => {
  const path = shell.environment["GITHUB_STEP_SUMMARY"] ?? "";
  if (path === "") return [];
  try {
    appendFileSync(path, summaryTable(run, sizeOf(path)));
    return [];
  } catch (thrown) {
    terminal.remark(`check: cannot write \`${path}\`: ${refusalOf(thrown)}\n`);
    return ["output"];
  }
};

/** Does all of it, also where something throws: that is thrown when everything else is done. */
const allOf = (works: readonly (() => readonly Outcome[])[]): readonly Outcome[] => {
  const thrown: unknown[] = [];
  const outcomes = works.flatMap((work) => {
    try {
      return work();
    } catch (error) {
      thrown.push(error);
      return [];
    }
  });
  if (thrown.length > 0) throw thrown[0];
  return outcomes;
};

export interface Reporter {
  /** Writes all that is asked for, `--json` apart; once. */
  readonly write: (run: Run) => readonly Outcome[];
}

export const reporter = (
  shell: Shell,
  terminal: Terminal,
  options: CheckOptions,
  texts: Library,
): Reporter => {
  const places = placesFrom(shell.folder, texts);
  const { sarif, junit } = options.reports ?? {};
  const written = (path: string | undefined, text: () => string): readonly Outcome[] => {
    if (path === undefined) return [];
    if (path !== "-") return writeOutput(resolve(shell.folder, path), text(), terminal);
    terminal.result(text());
    return [];
  };
  const fromCheckout = placesFrom(workspaceOf(shell), texts);
  const annotate = (run: Run): readonly Outcome[] => {
    if (!wantsAnnotations(options, shell)) return [];
    const text = annotationsText(run, fromCheckout);
    (isDocument(options) ? terminal.remark : terminal.result)(text);
    return [];
  };
  return {
    write: (run) =>
      allOf([
        () => annotate(run),
        () => written(sarif, () => sarifText(run, definitions, fromCheckout)),
        () => written(junit, () => junitText(run, places)),
        () => appendSummary(run, shell, terminal),
      ]),
  };
};
