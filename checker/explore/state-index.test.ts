// A state is recognised by its words: an equal hash is a reason to compare, never an answer.

import { expect, test } from "vitest";
import { hashWords } from "./state-index.ts";
import { exploreGenerated } from "./testing/toy-program.ts";
import { exploreToy, graph } from "./testing/toy.ts";

/** The first word of the two-word state whose last word is `last`. */
const first = (last: number): number => Math.imul(last, 0x9e3779b1);

/** Two states of two words with one hash. */
const twins = (): readonly [number, number] => {
  const known = new Map<number, number>();
  for (let last = 0; last < 1_000_000; last += 1) {
    const hash = hashWords(Int32Array.of(first(last), last), 0, 2);
    const other = known.get(hash);
    if (other !== undefined) return [other, last];
    known.set(hash, last);
  }
  throw new Error("no two of a million states have one hash");
};

test("a state with the hash of the state before it is another state", async () => {
  const [left, right] = twins();
  const toy = {
    ...graph({ [left]: [right, right], [right]: [left] }),
    initial: [{ to: left }],
    words: 2,
    first,
  };
  for (const found of [
    await exploreToy(toy),
    await exploreGenerated(toy, { engine: "javascript" }),
    await exploreGenerated(toy, { engine: "webassembly" }),
  ]) {
    expect([found?.states, found?.transitions, found?.depth]).toEqual([2, 3, 1]);
  }
});
