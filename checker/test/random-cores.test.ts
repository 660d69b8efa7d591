// On random cores the exploration finds what the naive search finds, and every trace of it replays.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Core } from "../core/index.ts";
import type { Exploration, Path } from "../explore/index.ts";
import { explore } from "../explore/index.ts";
import { interpret, survey } from "../interpret/index.ts";
import { formulasOf, layoutOf, unpack } from "../machine/index.ts";
import { replay, traceOf } from "../trace/index.ts";
import { randomCores } from "./random-core.ts";

const maxStates = 1500;

const exploreAll = (model: Core): Promise<Exploration> =>
  explore(interpret(model), model, {
    selected: () => true,
    deadlock: true,
    limits: { maxStates },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
  });

/** Properties whose own evaluation fails nowhere: only for them is there one right verdict. */
const soundProperties = (model: Core, failing: ReadonlySet<number>): readonly number[] =>
  model.properties.flatMap((_, id) => {
    const own = formulasOf(model).flatMap((it, k) =>
      "property" in it && it.property === id ? [k] : [],
    );
    return own.some((k) => failing.has(k)) ? [] : [id];
  });

const stepsOf = (verdict: Exploration["deadlock"]): number | undefined =>
  verdict !== undefined && "steps" in verdict ? verdict.steps : undefined;

const pathsOf = ({
  verdicts,
  deadlock,
  errors,
}: Exploration): readonly (readonly [number, Path])[] => [
  ...[...verdicts, deadlock].flatMap((it): readonly (readonly [number, Path])[] =>
    it !== undefined && "path" in it ? [[it.steps, it.path]] : [],
  ),
  ...errors.map(({ steps, path }) => [steps, path] as const),
];

describe("random cores", () => {
  it("are explored as the naive search explores them, and their traces replay", async () => {
    const seen = { states: 0, cut: 0, dropped: 0, errors: 0, deadlocks: 0, traps: 0, compared: 0 };
    await fc.assert(
      fc.asyncProperty(randomCores, async (model) => {
        const result = await exploreAll(model);
        fc.pre(result.complete && result.states <= maxStates);
        const naive = survey(model);
        const sound = soundProperties(model, new Set(naive.failures.map(({ formula }) => formula)));
        const isFinalSound = !naive.failures.some(
          ({ formula }) => formulasOf(model)[formula]?.kind === "final",
        );
        const { states, transitions, depth, dropped, cut } = result;
        expect({
          ...{ states, transitions, depth, dropped, cut },
          verdicts: sound.map((id) => stepsOf(result.verdicts[id])),
          deadlock: isFinalSound ? stepsOf(result.deadlock) : "",
          errors: result.errors
            .map(({ site, steps }) => ({ site, steps }))
            .toSorted((left, right) => left.site - right.site),
        }).toEqual({
          states: naive.states,
          transitions: naive.transitions,
          depth: naive.depth,
          dropped: naive.dropped,
          cut: naive.cut,
          verdicts: sound.map((id) => naive.properties[id]),
          deadlock: isFinalSound ? naive.deadlock : "",
          errors: naive.errors,
        });
        for (const [steps, path] of pathsOf(result)) {
          const trace = traceOf(model, path);
          expect(replay(model, trace)).toEqual({ kind: "agrees" });
          expect(trace.steps.length).toBe(steps);
          const last = path.states.at(-1);
          const end = [trace.initial, ...trace.steps].at(path.lastStep === undefined ? -1 : -2);
          if (last !== undefined) {
            expect(end?.result).toMatchObject({ state: unpack(layoutOf(model), last) });
          }
        }
        seen.compared += 1;
        seen.states += states;
        seen.cut += Math.max(0, ...cut);
        seen.dropped += Math.max(0, ...dropped);
        seen.errors += result.errors.length;
        seen.deadlocks += result.deadlock?.kind === "violated" ? 1 : 0;
        seen.traps += naive.traps.some((it) => it > 0) ? 1 : 0;
      }),
      { seed: 1, numRuns: 500, maxSkipsPerRun: 100 },
    );
    // The comparison would be worth little if the models did not show these.
    expect(Object.entries(seen).filter(([, count]) => count < 5)).toEqual([]);
  });
});
