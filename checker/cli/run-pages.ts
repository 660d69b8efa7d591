// What a run draws for people beside its text: results -> a picture of sweeps, sources with coverage.

import type { FileResult } from "../pipeline.ts";
import { coverageHtml, coverageText, sweepSvg } from "../report/index.ts";
import type { Run } from "./check-run.ts";
import type { Outcome } from "./exit-codes.ts";
import { writeOutput } from "./output.ts";
import { isDocument } from "./run-reports.ts";

/** Draws what was swept, if that is asked for. */
export const drawn = (
  files: readonly FileResult[],
  { options, terminal }: Run,
): readonly Outcome[] => {
  const path = options.sweeps?.svg;
  if (path === undefined) return [];
  const sweeps = files
    .flatMap((it) => it.obligations)
    .flatMap((it) => (it.kind === "sweep" ? [it] : []));
  // What could not even be planned leaves an earlier drawing as it is.
  return sweeps.length === 0 ? [] : writeOutput(path, sweepSvg(sweeps), terminal);
};

/** What searches took, beside the source, if that is asked for. */
export const covered = (files: readonly FileResult[], run: Run): readonly Outcome[] => {
  const { options, terminal, texts } = run;
  if (options.coverage === undefined) return [];
  const { isText, html } = options.coverage;
  const tell = isDocument(options) ? terminal.remark : terminal.result;
  if (isText) {
    for (const it of files) tell(`\n${coverageText(it, texts.texts, terminal.resultLook)}`);
  }
  return html === undefined ? [] : writeOutput(html, coverageHtml(files, texts.texts), terminal);
};
