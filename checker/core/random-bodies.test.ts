// Elaborated bodies mean what the same bodies mean on plain values.

import { expect, test } from "vitest";
import { interpreter } from "../interpret/index.ts";
import { tryCoreOf } from "./testing/core-of.ts";
import { randomBodies } from "./testing/random-bodies.ts";
import { attempt, copyOf, declarations, hasFailed, newWorld, stored } from "./testing/world.ts";

type Outcome = "error" | readonly number[];

/** The outcomes of `first` and then `second`, by elaboration and by plain values. */
const compare = (seed: number): { readonly ours: unknown; readonly plain: unknown } | undefined => {
  const bodies = randomBodies(seed);
  const [first, second] = [bodies.block(), bodies.block()];
  const text = `${declarations}\nrule first ${first.text}\nrule second ${second.text}`;
  const core = tryCoreOf(text);
  if (core === undefined) return undefined;
  const { initialSteps, steps } = interpreter(core);
  const [start] = initialSteps().steps;
  if (start === undefined || start.result.kind === "error") throw new Error("no initial state");
  const ours = steps(start.result.state).steps.flatMap(({ label, result }): readonly Outcome[] => {
    if (label.action !== 0) return [];
    if (result.kind === "error") return ["error"];
    const after = steps(result.state).steps.filter((it) => it.label.action === 1);
    return [
      result.state.variables,
      ...after.map((it) => (it.result.kind === "error" ? "error" : it.result.state.variables)),
    ];
  });
  const plain = attempt(first, newWorld()).flatMap((world): readonly Outcome[] => {
    if (hasFailed(world)) return ["error"];
    const after = attempt(second, copyOf(world));
    return [stored(world), ...after.map((it) => (hasFailed(it) ? "error" : stored(it)))];
  });
  return { ours: { text, outcomes: ours }, plain: { text, outcomes: plain } };
};

test("random bodies lead to the same states as on plain values", () => {
  const results = Array.from({ length: 80 }, (_, seed) => compare(seed)).filter(
    (it) => it !== undefined,
  );
  for (const { ours, plain } of results) expect(ours).toEqual(plain);
  // Bodies that semantics refuses (a value that never fits) tell nothing; most are accepted.
  expect(results.length).toBeGreaterThan(30);
});
