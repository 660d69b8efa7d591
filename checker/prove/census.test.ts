// Counts over all transitions, compared with the steps of the reference interpreter one by one.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { coreOf } from "../core/testing/core-of.ts";
import type { Core } from "../core/index.ts";
import { explore } from "../explore/index.ts";
import { interpret, interpreter } from "../interpret/index.ts";
import { layoutOf, type State, unpack } from "../machine/index.ts";
import { randomCores } from "../test/random-core.ts";
import { readRepository } from "../test/run-text.ts";
import { counterOf } from "./census.ts";
import { markRules } from "./marks.ts";
import { valuesOf } from "./values.ts";

/** Every state of a search that ran to its end, as it is shown to who looks. */
const statesOf = async (core: Core): Promise<readonly Int32Array[]> => {
  const { words } = layoutOf(core);
  const states: Int32Array[] = [];
  const { complete, isSeen } = await explore(interpret(core), core, {
    selected: () => true,
    deadlock: true,
    limits: { maxStates: 1500 },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
    look: (heap, at) => {
      states.push(heap.slice(at, at + words));
      return false;
    },
  });
  expect(isSeen).toBe(true);
  return complete ? states : [];
};

/** The same counts, from the definition of a step. */
const counted = (core: Core, states: readonly State[]) => {
  const { steps } = interpreter(core);
  const all = states.flatMap((it) => steps(it).steps).filter((it) => it.result.kind === "state");
  return {
    transitions: all.length,
    branches: core.branches.map((_, id) => all.filter((it) => it.branches.includes(id)).length),
    events: core.events.map((_, id) => all.filter((it) => it.events.includes(id)).length),
  };
};

const censusOf = (core: Core, states: readonly Int32Array[], isInterpreted: boolean) => {
  const counter = counterOf(core, isInterpreted);
  for (const it of states) counter.look(it, 0);
  return counter.found();
};

/** Holds both forms of counting against the definition; answers how often branches were taken. */
const compared = async (plain: Core): Promise<number> => {
  const core = markRules(plain);
  const states = await statesOf(core);
  const layout = layoutOf(core);
  const { transitions, branches, events } = counted(
    core,
    states.map((it) => unpack(layout, it)),
  );
  for (const isInterpreted of [false, true]) {
    const census = censusOf(core, states, isInterpreted);
    expect(census).toMatchObject({ transitions, branches, events });
  }
  return branches.reduce((sum, it) => sum + it, 0);
};

describe("generated code and the interpreter count what the definition of a step says", () => {
  test.each(["alternating-bit", "two-phase-commit", "peterson"])("of %s", async (name) => {
    const taken = await compared(coreOf(readRepository(`models/classics/${name}.tw`)));
    expect(taken).toBeGreaterThan(20);
  });

  test("of random cores", async () => {
    await fc.assert(
      fc.asyncProperty(randomCores, async (core) => {
        expect(await compared(core)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});

const model = coreOf(`
  enum Light { RED, GREEN, BROKEN, NEVER }
  enum Note { HIGH, LOW, NONE }
  message M { loud : bool  note : Note when loud }
  network net carries M { capacity 1  full block }
  var light : Light
  var seen : set of Light
  var next : Light?
  var n : 0..3
  process p {
    rule turn when n < 3 {
      n += 1
      seen = seen union set { GREEN }
      if n == 3 { next = BROKEN  send net { loud, note: LOW } } else { send net { loud: false } }
    }
    on receive m { else { } }
  }
  final : true
`);

describe("values of enumerations", () => {
  test("are those of variables, sets, options that are there, and fields that are there", async () => {
    const onlooker = valuesOf(model, false);
    for (const it of await statesOf(model)) onlooker.look(it, 0);
    expect(onlooker.found()).toEqual([
      { members: ["RED", "GREEN", "BROKEN", "NEVER"], had: [1, 1, 1, 0] },
      { members: ["HIGH", "LOW", "NONE"], had: [0, 1, 0] },
    ]);
  });

  test("are counted once for each state that has them", async () => {
    const states = await statesOf(model);
    const onlooker = valuesOf(model, true);
    for (const it of states) onlooker.look(it, 0);
    const [light] = onlooker.found();
    expect(light?.had[0]).toBe(states.length);
    expect(light?.had[1]).toBe(states.length - 1);
  });

  test("need no further look when all have been seen", () => {
    const core = coreOf("enum Light { RED, GREEN }\nvar light : Light\nfinal : true\n");
    const { look } = valuesOf(core, false);
    const seen = [0, 0, 1].map((light) => look(Int32Array.of(light), 0));
    expect(seen).toEqual([false, false, true]);
  });
});
