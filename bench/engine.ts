// Measures the engine on the checks of a .tw file: states, states per second, bytes per state.
// Bundle and run: npx rolldown bench/engine.ts --platform node --file engine.mjs && node engine.mjs
// FILE [CHECK] [--interpret | --javascript | --webassembly]

import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { lengthsFor, programOf } from "../checker/compile/index.ts";
import type { Core } from "../checker/core/index.ts";
import { explore, type ExploreOptions, exploreProgram } from "../checker/explore/index.ts";
import { interpret } from "../checker/interpret/index.ts";
import { plan } from "../checker/prove/index.ts";
import { loadModules, type Read } from "../checker/semantics/index.ts";
import { parse } from "../checker/syntax/index.ts";

interface Obligation {
  readonly title: string;
  readonly core: Core;
  readonly selected: (property: string) => boolean;
}

/** Run from the root of the repository, where what the package ships stands. */
const read: Read = (path) => E.right(readFileSync(path.replace(/^timewait:/, ""), "utf8"));

const obligationsOf = (file: string): readonly Obligation[] => {
  const request = { commandLine: [], isWanted: () => true, only: [] };
  const planned = plan(loadModules(file, read, parse), request);
  const errors = planned.diagnostics.filter((it) => it.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((it) => it.message).join("\n"));
  return planned.value.obligations.flatMap((it): readonly Obligation[] => {
    if (it.kind !== "check" || it.model.kind !== "core") return [];
    const { value: core } = it.model.build();
    return core === undefined ? [] : [{ title: it.title, core, selected: it.isSelected }];
  });
};

type Form = "auto" | "javascript" | "webassembly" | "interpret";

/** By one thread: threads are started by the built program alone. */
const search = ({ core, selected }: Obligation, form: Form) => {
  const options: ExploreOptions = {
    selected: (property) => selected(core.properties[property]?.name ?? ""),
    deadlock: selected("deadlock"),
    limits: {},
    now: () => performance.now(),
    breathe: () => new Promise((done) => setImmediate(() => done("go-on"))),
    stopWhenDecided: false,
  };
  if (form === "interpret") return explore(interpret(core), core, options);
  const programs = (one: string) =>
    programOf(core, { lengths: lengthsFor[one === "javascript" ? one : "wasm"] });
  const found = exploreProgram(programs, core, { ...options, engine: form });
  if (found === "no-code") throw new Error("there is no generated code here");
  return found;
};

const measure = async (obligation: Obligation, form: Form) => {
  const { title } = obligation;
  const cpu = process.cpuUsage();
  const result = await search(obligation, form);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (user + system) / 1e6;
  return {
    title,
    states: result.states,
    transitions: result.transitions,
    depth: result.depth,
    wallSeconds: Number(result.seconds.toFixed(3)),
    statesPerSecond: Math.round(result.states / result.seconds),
    statesPerCpuSecond: Math.round(result.states / seconds),
    bytesPerState: Number((result.memoryBytes / result.states).toFixed(1)),
    stateSet: result.stateSet,
  };
};

const words = process.argv.slice(2);
const [file, wanted] = words.filter((it) => !it.startsWith("--"));
if (file === undefined) throw new Error("usage: engine FILE [CHECK] [--interpret]");
const forms = ["interpret", "javascript", "webassembly"] as const;
const form = forms.find((it) => words.includes(`--${it}`)) ?? "auto";
for (const obligation of obligationsOf(file)) {
  if (wanted !== undefined && !obligation.title.includes(wanted)) continue;
  console.log(await measure(obligation, form));
}
