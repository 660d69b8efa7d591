// On random cores the exploration finds what the naive search finds, and every trace of it replays.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import type { Exploration, Path, PropertyVerdict } from "../explore/index.ts";
import { explore } from "../explore/index.ts";
import type { Survey } from "../interpret/index.ts";
import { interpret, survey } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import { formulasOf, layoutOf, unpack } from "../machine/index.ts";
import { replay, traceOf } from "../trace/index.ts";
import { k, op, v } from "./build-core.ts";
import { randomCores } from "./random-core.ts";
import { essence, generated } from "./run-text.ts";

const maxStates = 1500;

/**
 * Most random cores end where they begin: an error in `init`, or a bound that no state is within.
 * Every second one therefore begins with the values of its variables, and within its bound, which
 * cuts some steps later.
 */
const models: fc.Arbitrary<Core> = fc.oneof(
  randomCores,
  randomCores.map((model) => ({
    ...model,
    init: { body: [], localCount: 0 },
    bounds: model.bounds.map((it) => ({ ...it, condition: op("unequal", v(0), k(1)) })),
  })),
);

const exploreAll = (machine: Machine, model: Core): Promise<Exploration> =>
  explore(machine, model, {
    selected: () => true,
    deadlock: true,
    limits: { maxStates },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
  });

const compiled = (model: Core): Machine => {
  const machine = compile(model);
  if (machine === undefined) throw new Error("this environment forbids generated code");
  return machine;
};

/** Properties whose own evaluation fails nowhere: only for them is there one right verdict. */
const soundProperties = (model: Core, failing: ReadonlySet<number>): readonly number[] =>
  model.properties.flatMap((_, id) => {
    const own = formulasOf(model).flatMap((it, k) =>
      "property" in it && it.property === id ? [k] : [],
    );
    return own.some((k) => failing.has(k)) ? [] : [id];
  });

/** At which distance something was found, or why nothing is known of it. */
const sayingOf = (verdict: PropertyVerdict | undefined) => {
  if (verdict === undefined) return "unasked";
  if ("steps" in verdict) return verdict.steps;
  return verdict.kind === "unknown" ? verdict.why : "nowhere";
};

/**
 * The same from the naive search, which says only where something is found. Where nothing is, an
 * error leaves it open (ruling 12), as does a model without states (ruling 18); where a bound cut
 * steps nobody knows what recovers (ruling 16), even if there is no way out of what is left.
 */
const naiveSaying = (naive: Survey, steps: number | undefined, isRecoverable: boolean) => {
  const isOpen = isRecoverable && naive.cut.some((paths) => paths > 0);
  if (steps !== undefined && !isOpen) return steps;
  if (naive.errors.length > 0) return "model-error";
  if (naive.states === 0) return "no-initial-state";
  return isOpen ? "bound" : "nowhere";
};

/** What both searches can say, from the exploration and from the naive one. */
const findings = (model: Core, result: Exploration, naive: Survey) => {
  const failing = new Set(naive.failures.map(({ formula }) => formula));
  const sound = soundProperties(model, failing);
  const isFinalSound = formulasOf(model).every((it, k) => it.kind !== "final" || !failing.has(k));
  const errors = result.errors.map(({ site, steps }) => ({ site, steps }));
  return {
    explored: {
      states: result.states,
      transitions: result.transitions,
      depth: result.depth,
      dropped: result.dropped,
      cut: result.cut,
      verdicts: sound.map((id) => sayingOf(result.verdicts[id])),
      deadlock: isFinalSound ? sayingOf(result.deadlock) : undefined,
      errors: errors.toSorted((left, right) => left.site - right.site),
    },
    naive: {
      states: naive.states,
      transitions: naive.transitions,
      depth: naive.depth,
      dropped: naive.dropped,
      cut: naive.cut,
      verdicts: sound.map((id) =>
        naiveSaying(naive, naive.properties[id], model.properties[id]?.kind === "recoverable"),
      ),
      deadlock: isFinalSound ? naiveSaying(naive, naive.deadlock, false) : undefined,
      errors: naive.errors,
    },
  };
};

const pathsOf = (
  result: Exploration,
): readonly { readonly steps: number; readonly path: Path }[] => [
  ...[...result.verdicts, result.deadlock].flatMap((it) =>
    it !== undefined && "path" in it ? [it] : [],
  ),
  ...result.errors,
];

/** What the trace of a path says, and what the path says. */
const told = (model: Core, steps: number, path: Path) => {
  const trace = traceOf(model, path);
  const layout = layoutOf(model);
  const moments = [trace.initial, ...trace.steps].map(({ result }) => result);
  // The last step of a finding about a step has no state in the path.
  const reached = path.lastStep === undefined ? moments : moments.slice(0, -1);
  return {
    trace: {
      replay: replay(model, trace),
      steps: trace.steps.length,
      states: reached.map((it) => (it.kind === "state" ? it.state : undefined)),
    },
    path: {
      replay: { kind: "agrees" },
      steps,
      states: path.states.map((words) => unpack(layout, words)),
    },
  };
};

describe("random cores", () => {
  it("are explored as the naive search explores them, compiled or not, and traces replay", async () => {
    const seen = { states: 0, cut: 0, dropped: 0, errors: 0, deadlocks: 0, traps: 0, paths: 0 };
    await fc.assert(
      fc.asyncProperty(models, async (model) => {
        const result = await exploreAll(compiled(model), model);
        fc.pre(result.complete && result.states <= maxStates);
        const interpreted = await exploreAll(interpret(model), model);
        expect(essence(result)).toEqual(essence(interpreted));
        for (const engine of ["javascript", "webassembly"] as const) {
          const found = await generated(model, { engine, limits: { maxStates } });
          expect(essence(found)).toEqual(essence(interpreted));
        }
        const naive = survey(model);
        const both = findings(model, result, naive);
        expect(both.explored).toEqual(both.naive);
        for (const { steps, path } of pathsOf(result)) {
          const { trace, path: expected } = told(model, steps, path);
          expect(trace).toEqual(expected);
          seen.paths += 1;
        }
        seen.states += result.states;
        seen.cut += Math.max(0, ...result.cut);
        seen.dropped += Math.max(0, ...result.dropped);
        seen.errors += result.errors.length;
        seen.deadlocks += result.deadlock?.kind === "violated" ? 1 : 0;
        seen.traps += naive.traps.some((it) => it > 0) ? 1 : 0;
      }),
      { seed: 1, numRuns: 400, maxSkipsPerRun: 100 },
    );
    // The comparison would be worth little if the models did not show these.
    expect(Object.entries(seen).filter(([, count]) => count < 5)).toEqual([]);
  });
});
