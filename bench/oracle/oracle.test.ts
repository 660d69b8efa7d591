// Where rumur and SPIN are installed, they count what we count on small models; elsewhere this is skipped.

import { describe, expect, test } from "vitest";
import type { Core } from "../../checker/core/index.ts";
import {
  add,
  branch,
  choose,
  core,
  deliver,
  duplicate,
  hosts,
  integer,
  invariant,
  is,
  l,
  lose,
  network,
  op,
  rule,
  send,
  set,
  k,
  tick,
  timer,
  v,
} from "../../checker/test/build-core.ts";
import { exploreAll } from "./own.ts";
import { differences, ownReading } from "./reading.ts";
import { ask, missingFor, type Tool } from "./tools.ts";

/** A bag with ages, faults within budgets, a timer, a choice, an error and a violated invariant. */
const bag: Core = core({
  variables: [
    integer("sum", 3),
    { ...timer("t", 2), high: 3 },
    integer("losses", 1, { initial: 1 }),
    integer("copies", 1, { initial: 1 }),
  ],
  networks: [network({ full: "block", lifetime: 1, loss: 2, duplication: 3, capacity: 2 })],
  actions: [
    rule("say", is(v(0), 0), [choose(0, 2), send(0, 0, l(0)), set(1, 2)]),
    deliver(
      [branch(is(l(2), 2), [choose(3, 1)]), add(0, 1), branch(is(v(0), 3), [set(0, 0)])],
      [1, 2],
    ),
    lose,
    duplicate,
    rule("late", is(v(1), 1), [set(1, 0), set(0, op("divide", k(2), v(0), 3))]),
    tick,
  ],
  properties: [invariant("not two", op("unequal", v(0), k(2)))],
});

/** A queue per receiver, where nothing overtakes, and where the behaviour may stand still. */
const queue: Core = core({
  variables: [integer("sum", 4)],
  networks: [
    network({ kind: "fifo", full: "drop", addresses: hosts, loss: "any", duplication: "any" }),
  ],
  actions: [
    rule("say", op("less", v(0), k(3)), [choose(0, 1), send(0, l(0), 0, v(0)), add(0, 1)]),
    deliver([branch(is(l(0), 1), [set(0, 4)])], [0, 1, 2]),
    lose,
    duplicate,
  ],
  finals: [{ condition: is(v(0), 4), localCount: 0 }],
});

const models: readonly (readonly [string, Core])[] = [
  ["a bag with ages", bag],
  ["a queue", queue],
];

const tools = (["rumur", "spin"] as const satisfies readonly Tool[]).map((tool) => {
  const missing = missingFor(tool);
  const why = missing.length === 0 ? "" : ` (not installed here: ${missing.join(", ")})`;
  return { tool, isThere: missing.length === 0, title: `${tool}${why}` };
});

describe.each(tools)("$title", ({ tool, isThere }) => {
  test.skipIf(!isThere).each(models)("counts and finds what we do: %s", async (_, model) => {
    const result = await exploreAll(model, 10_000);
    if (result === undefined) throw new Error("the model is meant to be small");
    const own = ownReading(model, result);
    const other = ask(tool, model, own.states);
    expect(other === "refused" ? [other] : differences(own, other)).toEqual([]);
  });
});
