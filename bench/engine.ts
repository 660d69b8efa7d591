// Measures the engine on the checks of a .tw file: states, states per second, bytes per state.
// Bundle and run: npx rolldown bench/engine.ts --platform node --file engine.mjs && node engine.mjs
// FILE [CHECK] [--interpret]

import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { compile } from "../checker/compile/index.ts";
import type { Core } from "../checker/core/index.ts";
import { explore } from "../checker/explore/index.ts";
import { interpret } from "../checker/interpret/index.ts";
import { gate, load, plan, type Read } from "../checker/pipeline.ts";

interface Obligation {
  readonly title: string;
  readonly core: Core;
  readonly selected: (property: string) => boolean;
}

/** Run from the root of the repository, where what the package ships stands. */
const read: Read = (path) => E.right(readFileSync(path.replace(/^timewait:/, ""), "utf8"));

const obligationsOf = (file: string): readonly Obligation[] => {
  const planned = plan(load(file, read), { commandLine: [], isWanted: () => true, only: [] });
  const gated = gate(planned);
  if (E.isLeft(gated)) throw new Error(gated.left.map((it) => it.message).join("\n"));
  return gated.right.obligations.flatMap((it): readonly Obligation[] => {
    if (it.kind !== "check" || it.model.kind !== "core") return [];
    const { value: core } = it.model.build();
    return core === undefined ? [] : [{ title: it.title, core, selected: it.isSelected }];
  });
};

const measure = async ({ title, core, selected }: Obligation, isInterpreted: boolean) => {
  const begin = performance.now();
  const machine = isInterpreted ? undefined : compile(core);
  const compiled = performance.now();
  const cpu = process.cpuUsage();
  const result = await explore(machine ?? interpret(core), core, {
    selected: (property) => selected(core.properties[property]?.name ?? ""),
    deadlock: selected("deadlock"),
    limits: {},
    now: () => performance.now(),
    breathe: () => new Promise((done) => setImmediate(() => done("go-on"))),
    stopWhenDecided: false,
  });
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  return {
    title,
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    words: machine?.layout.words,
    compileMs: Math.round(compiled - begin),
    wallSeconds: Number(result.seconds.toFixed(3)),
    statesPerSecond: Math.round(result.states / result.seconds),
    statesPerCpuSecond: Math.round(result.states / seconds),
    bytesPerState: Number((result.memoryBytes / result.states).toFixed(1)),
    stateSet: result.stateSet,
  };
};

const [file, wanted] = process.argv.slice(2).filter((it) => !it.startsWith("--"));
if (file === undefined) throw new Error("usage: engine FILE [CHECK] [--interpret]");
for (const obligation of obligationsOf(file)) {
  if (wanted !== undefined && !obligation.title.includes(wanted)) continue;
  console.log(await measure(obligation, process.argv.includes("--interpret")));
}
