// A state is recognised by its words: an equal hash is a reason to compare, never an answer.

import { expect, test } from "vitest";
import type { Machine } from "../machine/index.ts";
import { explore } from "./index.ts";
import { hashWords } from "./state-index.ts";
import { graph, toyCore, toyMachine, usualOptions } from "./testing/toy.ts";

/** The first word of the two-word state whose last word is `last`. */
const firstWord = (last: number): number => Math.imul(last, 0x9e3779b1);

/** Two states of two words with one hash. */
const twins = (): readonly [number, number] => {
  const known = new Map<number, number>();
  for (let last = 0; last < 1_000_000; last += 1) {
    const hash = hashWords(Int32Array.of(firstWord(last), last), 0, 2);
    const other = known.get(hash);
    if (other !== undefined) return [other, last];
    known.set(hash, last);
  }
  throw new Error("no two of a million states have one hash");
};

/** The machine with both words of its targets filled. */
const widened = (machine: Machine): Machine => {
  const widen = (count: number, out: Int32Array): number => {
    for (let step = 0; step < count; step += 1) {
      const at = step * machine.stepWords;
      out[at] = firstWord(out[at + 1] ?? 0);
    }
    return count;
  };
  return {
    ...machine,
    initial: (out) => widen(machine.initial(out), out),
    expand: (states, at, out) => widen(machine.expand(states, at, out), out),
  };
};

test("a state with the hash of the state before it is another state", async () => {
  const [left, right] = twins();
  const toy = { ...graph({ [left]: [right], [right]: [left] }), initial: [{ to: left }], words: 2 };
  const found = await explore(widened(toyMachine(toy)), toyCore(toy), usualOptions);
  expect([found.states, found.transitions, found.depth]).toEqual([2, 2, 1]);
});
