// Runs rumur and SPIN on translations, in a folder of its own that is removed afterwards.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Core } from "../../checker/core/index.ts";
import { translate } from "../../checker/pipeline.ts";
import { markedLines, type Reading, seenIn } from "./reading.ts";

export type Tool = "rumur" | "spin";

/** Names of the programs that are missing for a tool. */
export const missingFor = (tool: Tool): readonly string[] =>
  [tool, "gcc"].filter((it) => spawnSync(it, ["--version"]).error !== undefined);

const run = (folder: string, program: string, words: readonly string[]): string => {
  const limits = { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
  const { stdout, stderr, error, status } = spawnSync(program, [...words], limits);
  if (error !== undefined) throw error;
  // rumur's checker ends with 1 when it has found something, which is what we read.
  if (status !== 0 && program !== "./model") {
    throw new Error(`${program} ends with ${String(status)}: ${stdout}${stderr}`.slice(0, 4000));
  }
  return stdout;
};

const number = (text: string, pattern: RegExp): number => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`no ${pattern.source} in: ${text.slice(-2000)}`);
  return Number(found);
};

const rumur = (folder: string, core: Core): Reading => {
  const search = "--threads 1 --deadlock-detection stuck --max-errors 1000000000";
  const output = "--counterexample-trace off --output-format machine-readable";
  run(folder, "rumur", `model.m -o model.c ${search} ${output}`.split(" "));
  run(folder, "gcc", ["-w", "-O1", "-mcx16", "model.c", "-o", "model", "-lpthread"]);
  const said = run(folder, "./model", []);
  const marks = markedLines(said.replaceAll(/<message>(@error \d+|deadlock)</g, "\n@$1\n<"));
  const plain = [...marks.keys()].map((it) => it.replace("@@", "@"));
  // A state in which the behaviour may end has one firing more than steps, so that it is not stuck.
  const finals = marks.get("@final") ?? 0;
  return {
    states: number(said, /<summary states="(\d+)"/),
    transitions: number(said, /<summary .*rules_fired="(\d+)"/) - finals,
    seen: seenIn(core, plain),
  };
};

const spin = (folder: string, core: Core, states: number): Reading => {
  run(folder, "spin", ["-a", "model.pml"]);
  const flags = ["-DSAFETY", "-DNOREDUCE", "-DNOFAIR"];
  run(folder, "gcc", ["-w", "-O0", ...flags, "pan.c", "-o", "pan"]);
  // A path of the search is no longer than there are states; where the behaviour ends is ours to judge.
  const output = run(folder, "./pan", ["-E", "-c0", "-n", `-m${states * 2 + 20_000}`]);
  if (/max search depth too small/.test(output)) throw new Error("the search was cut");
  const starts = number(output, /^@start (\d+)/m);
  const before = number(output, /^@begin (\d+)/m);
  // The states before the initial ones, the steps between them, and the one that SPIN begins with.
  return {
    states: number(output, /(\d+) states, stored/) - before,
    transitions: number(output, /(\d+) transitions/) - before - starts,
    seen: seenIn(core, markedLines(output).keys()),
  };
};

/** What a tool says of the translation of a core; `states` is about how many it will find. */
export const ask = (tool: Tool, core: Core, states: number): Reading | "refused" => {
  const isRumur = tool === "rumur";
  const options = { judging: "count", heading: ["For comparison."] } as const;
  const { value, diagnostics } = translate(core, isRumur ? "murphi" : "promela", options);
  if (diagnostics.some((it) => it.severity === "error")) return "refused";
  const folder = mkdtempSync(join(tmpdir(), "oracle-"));
  try {
    writeFileSync(join(folder, isRumur ? "model.m" : "model.pml"), value);
    return isRumur ? rumur(folder, core) : spin(folder, core, states);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
