// Does a line make files, beside what it says? Then it is worth finishing although nobody listens: line -> yes or no.

import type { CheckOptions, CommandLine } from "./command-line.ts";
import type { Shell } from "./shell.ts";

const checkMakes = (
  { reports = {}, coverage, sweeps, out, keeping, watch }: CheckOptions,
  environment: Shell["environment"],
): boolean => {
  // Who watches reads; without a reader it would never end.
  if (watch === true) return false;
  const files = [reports.sarif, reports.junit, coverage?.html, sweeps?.svg, out];
  return (
    files.some((it) => it !== undefined && it !== "-") ||
    keeping?.lock?.update === true ||
    (environment["GITHUB_STEP_SUMMARY"] ?? "") !== ""
  );
};

/** What a line only prints may end with its reader: `check … | head` must not search for hours. */
export const makesFiles = (line: CommandLine, environment: Shell["environment"]): boolean => {
  switch (line.kind) {
    case "check":
    case "merge":
      return checkMakes(line.options, environment);
    case "export":
    case "graph":
    case "translate":
      return line.output !== undefined;
    case "simulate":
      return line.out !== undefined;
    case "mutate":
      return line.shard !== undefined;
    case "format":
      return line.mode === "write";
    case "refresh":
      return true;
    case "conform":
    case "explain":
    case "print":
    case "replay":
      return false;
  }
};
