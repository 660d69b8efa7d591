// Random walks on random cores: every machine takes the same, what they meet is there, and its trace replays.

import fc from "fast-check";
import { expect, it } from "vitest";
import { compile, compileToWebAssembly } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import { explore, type Path, walkRandomly, type Walked } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import { replay, traceOf } from "../trace/index.ts";
import { randomCores } from "./random-core.ts";

const walk = (machine: Machine | undefined, core: Core, seed: number): Promise<Walked> => {
  if (machine === undefined) throw new Error("this environment forbids generated code");
  return walkRandomly(machine, core, {
    selected: () => true,
    deadlock: true,
    seed,
    walks: Array.from({ length: 12 }, (_, number) => number),
    depth: 15,
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
  });
};

/** What was met, by name: steps and path. */
const met = ({
  exploration,
}: Pick<Walked, "exploration">): readonly (readonly [string, number, Path])[] => [
  ...[...exploration.verdicts, exploration.deadlock].flatMap((verdict, id) =>
    verdict !== undefined && "steps" in verdict
      ? [[`${verdict.kind} ${id}`, verdict.steps, verdict.path] as const]
      : [],
  ),
  ...exploration.errors.map(({ site, steps, path }) => [`error ${site}`, steps, path] as const),
];

it("are the same on every machine of a core", async () => {
  await fc.assert(
    fc.asyncProperty(randomCores, fc.nat(), async (core, seed) => {
      const plain = await walk(interpret(core), core, seed);
      for (const machine of [compile(core), compileToWebAssembly(core)]) {
        expect(await walk(machine, core, seed)).toEqual(plain);
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

it("meet nothing that a search does not find, nor sooner, and by ways that replay", async () => {
  let findings = 0;
  await fc.assert(
    fc.asyncProperty(randomCores, fc.nat(), async (core, seed) => {
      const machine = interpret(core);
      const walked = await walk(machine, core, seed);
      const searched = await explore(machine, core, {
        selected: () => true,
        deadlock: true,
        limits: { maxStates: 1500 },
        now: () => 0,
        breathe: () => Promise.resolve("go-on"),
        stopWhenDecided: false,
      });
      // What fails to be evaluated somewhere may be told as that or as violated.
      fc.pre(searched.complete && searched.verdicts.every((it) => it?.kind !== "error"));
      const least = new Map(met({ exploration: searched }).map(([name, steps]) => [name, steps]));
      for (const [name, steps, path] of met(walked)) {
        findings += 1;
        const trace = traceOf(core, path);
        expect(replay(core, trace)).toEqual({ kind: "agrees" });
        expect(trace.steps.length).toBe(steps);
        expect(steps).toBeGreaterThanOrEqual(least.get(name) ?? Infinity);
      }
    }),
    { seed: 1, numRuns: 80, maxSkipsPerRun: 100 },
  );
  expect(findings).toBeGreaterThan(20);
});
