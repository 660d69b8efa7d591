// What confines a state is found in stretches, so that a search can be ended meanwhile.

import { expect, test } from "vitest";
import { coreOf, generated } from "../test/run-text.ts";
import { confinementOf, type Confinement } from "./cycle.ts";

const ring = 5_000;

/** A way of `ring` states to a circle of as many, and at each state a dead end. */
const targets = (state: number): Int32Array => {
  if (state >= 4 * ring) return Int32Array.of();
  if (state >= 2 * ring) return Int32Array.of(state + 2 * ring);
  const next = state + 1 === 2 * ring ? ring : state + 1;
  return Int32Array.of(state + 2 * ring, next);
};

const confinement = (): { readonly stops: number; readonly value: Confinement } => {
  const work = confinementOf(0, { end: 6 * ring, targets });
  for (let stops = 0; ; stops += 1) {
    const { done, value } = work.next();
    if (done === true) return { stops, value };
  }
};

test("a trap is all that is reachable, and its cycle is a shortest one", () => {
  const { value, stops } = confinement();
  expect(value.size).toBe(6 * ring);
  expect(value.cycle).toHaveLength(ring + 1);
  expect(value.cycle[0]).toBe(ring);
  expect(value.cycle.at(-1)).toBe(ring);
  // Each of the four passes stops by itself.
  expect(stops).toBeGreaterThan(4 + (6 * ring) / 1024);
});

test("a search is ended while it looks at what confines a state", async () => {
  const core = coreOf(
    "ring.tw",
    `var x : 0..29999
     rule go { x = (x + 1) % 30000 }
     recoverable never : x == 0 can reach x < 0
     check "it" expect violated never`,
  );
  const searched = async (stopAt: number) => {
    let time = 0;
    let breaths = 0;
    const found = await generated(core, {
      limits: {},
      now: () => (time += 100),
      breathe: () => Promise.resolve((breaths += 1) === stopAt ? "stop" : "go-on"),
    });
    return { found, breaths };
  };
  const whole = await searched(Infinity);
  expect(whole.found.verdicts[0]).toMatchObject({ kind: "violated", steps: 0 });
  // The end of the work is the walk round the circle, twice: about 60 stretches.
  const { found } = await searched(whole.breaths - 40);
  expect(found).toMatchObject({ complete: false, stopped: "interrupted", states: 30_000 });
  expect(found.verdicts[0]?.kind).toBe("unknown");
});
