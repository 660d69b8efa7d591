// With reductions a search finds the same, and shows it in paths of the model itself.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { type Exploration, explore, type Path } from "../explore/index.ts";
import { interpret, interpreter } from "../interpret/index.ts";
import { formulasOf, layoutOf, type Machine, unpack } from "../machine/index.ts";
import { normalMachine, reductionNames } from "../reduce/index.ts";
import { randomPairs } from "../reduce/testing/random-pair.ts";
import { randomProtocols } from "../reduce/testing/random-protocol.ts";
import { replay, traceOf, traceOfCycle } from "../trace/index.ts";
import { coreOf } from "../test/run-text.ts";
import { concreteExploration, reducedFor } from "./reduced.ts";

const search = (machine: Machine, core: Core): Promise<Exploration> =>
  explore(machine, core, {
    selected: () => true,
    deadlock: true,
    limits: { maxStates: 3000 },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
  });

/** What is found, and after how many steps. */
const verdictsOf = ({ verdicts, deadlock, errors }: Exploration) => ({
  verdicts: [...verdicts, deadlock].map((it) =>
    it === undefined ? undefined : { kind: it.kind, steps: "steps" in it ? it.steps : undefined },
  ),
  errors: errors.map(({ site, steps }) => ({ site, steps })),
});

const pathsOf = ({ verdicts, deadlock, errors }: Exploration): readonly Path[] => [
  ...[...verdicts, deadlock].flatMap((it) => (it !== undefined && "path" in it ? [it.path] : [])),
  ...errors.map((it) => it.path),
];

const lengthOf = ({ states, lastStep }: Path): number =>
  states.length - (lastStep === undefined ? 1 : 0);

/** Whether the end of a path shows what the verdict of an invariant or a reachable claims. */
const isShown = (core: Core, id: number, { states, lastStep }: Path): boolean => {
  const property = core.properties[id];
  const last = states.at(-1);
  if (property === undefined || last === undefined) return false;
  const { formula, steps } = interpreter(core);
  const state = unpack(layoutOf(core), last);
  if (lastStep?.kind === "event") {
    return steps(state).steps.some((it) => it.events.includes(lastStep.event));
  }
  const at = formulasOf(core).findIndex((it) => "property" in it && it.property === id);
  return property.kind === "recoverable" || formula(at, state) === (property.kind !== "invariant");
};

test("verdicts and lengths are the same, and every path replays in the model", async () => {
  const seen = { paths: 0, cycles: 0, on: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(fc.oneof(randomProtocols, randomPairs), async (core) => {
      const reduced = reducedFor(core, () => true, reductionNames);
      fc.pre(reduced !== undefined);
      if (reduced === undefined) return;
      const whole = await search(interpret(core), core);
      fc.pre(whole.complete);
      const machine = normalMachine(interpret(reduced.core), reduced.core, reduced.likeness);
      const found = concreteExploration(core, reduced, await search(machine, reduced.core));
      expect(verdictsOf(found)).toEqual(verdictsOf(whole));
      found.verdicts.forEach((verdict, id) => {
        if (verdict === undefined || !("path" in verdict)) return;
        expect(isShown(core, id, verdict.path)).toBe(true);
      });
      for (const path of pathsOf(found)) {
        const trace = traceOf(core, path);
        expect(replay(core, trace)).toEqual({ kind: "agrees" });
        expect(trace.steps.length).toBe(lengthOf(path));
        seen.paths += 1;
      }
      for (const verdict of found.verdicts) {
        const cycle = (verdict?.kind === "violated" && verdict.trap?.cycle) || [];
        if (cycle.length === 0) continue;
        expect(cycle.at(-1)).toEqual(cycle[0]);
        expect(traceOfCycle(core, cycle).steps).toHaveLength(cycle.length - 1);
        seen.cycles += 1;
      }
      for (const name of reduced.on) seen.on.add(name);
    }),
    { seed: 1, numRuns: 120 },
  );
  expect(seen.paths).toBeGreaterThan(60);
  expect(seen.cycles).toBeGreaterThan(10);
  expect([...seen.on].toSorted()).toEqual(reductionNames.toSorted());
});

/** Nobody reads `q`, so reduced states do not have it; where the way back is closed it differs. */
const unreadField = `
message Segment { q : 0..5 }
network wire carries Segment { capacity 1 full block }
process host {
  var y : 0..5
  var c : 0..2
  rule go when c < 2 {
    either { y = (y + 2) % 6 c = 2 } or { send wire { q: (y + 3) % 6 } c = (c + 1) % 2 }
  }
  on receive m { ignore }
}
recoverable back : true can reach host.c == 2 and host.y == 5
`;

test("a round through states without what nobody reads is shown as a round of the model", async () => {
  const core = coreOf("unread.tw", unreadField);
  const reduced = reducedFor(core, () => true, ["dead"]);
  if (reduced === undefined) throw new Error("there is something to leave out");
  const machine = normalMachine(interpret(reduced.core), reduced.core, reduced.likeness);
  const { verdicts } = concreteExploration(core, reduced, await search(machine, reduced.core));
  const [verdict] = verdicts;
  const cycle = (verdict?.kind === "violated" && verdict.trap?.cycle) || [];
  expect(cycle.length).toBeGreaterThan(1);
  expect(cycle.at(-1)).toEqual(cycle[0]);
  expect(traceOfCycle(core, cycle).steps).toHaveLength(cycle.length - 1);
});
