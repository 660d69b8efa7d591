// Generated code finds the normal forms that the reference finds.

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { layoutOf, pack, unpack } from "../machine/index.ts";
import { normaliser, reduce, reductionNames } from "../reduce/index.ts";
import { randomPairs } from "../reduce/testing/random-pair.ts";
import { randomProtocols } from "../reduce/testing/random-protocol.ts";
import { coreOf, readRepository } from "../test/run-text.ts";
import { compile } from "./index.ts";

/** The states of the first levels, by code without normal forms and the reference, and by code with them. */
const bothTargets = (core: Core, most: number) => {
  const { core: smaller, likeness, on } = reduce(core, () => true, reductionNames);
  const layout = layoutOf(smaller);
  const normal = normaliser(smaller, likeness);
  const [plain, normalising] = [compile(smaller), compile(smaller, { likeness })];
  if (plain === undefined || normalising === undefined) throw new Error("no generated code");
  const { stepWords } = plain;
  const out = new Int32Array(stepWords * 4096);
  const targets = (count: number): readonly (readonly number[] | "error")[] =>
    Array.from({ length: count }, (_, step) => {
      const record = out.subarray(step * stepWords, (step + 1) * stepWords);
      return (record[layout.words] ?? 0) > 1 ? "error" : [...record.subarray(0, layout.words)];
    });
  const reference = (words: readonly number[] | "error"): readonly number[] | "error" =>
    words === "error" ? words : [...pack(layout, normal(unpack(layout, Int32Array.from(words))))];
  const seen = new Map<string, readonly number[]>();
  const expected = [targets(plain.initial(out)).map(reference)];
  const found = [targets(normalising.initial(out))];
  const queue: (readonly number[])[] = [];
  const arrive = (list: readonly (readonly number[] | "error")[]): void => {
    for (const words of list) {
      if (words === "error" || seen.has(words.join())) continue;
      seen.set(words.join(), words);
      queue.push(words);
    }
  };
  arrive(expected[0] ?? []);
  for (const words of queue) {
    if (queue.length > most) break;
    const state = Int32Array.from(words);
    const wanted = targets(plain.expand(state, 0, out)).map(reference);
    expected.push(wanted);
    found.push(targets(normalising.expand(state, 0, out)));
    arrive(wanted);
  }
  return { expected, found, on };
};

test("on random protocols", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(randomProtocols, randomPairs), (core) => {
      const { expected, found, on } = bothTargets(core, 200);
      expect(found).toEqual(expected);
      for (const name of on) seen.add(name);
    }),
    { seed: 1, numRuns: 60 },
  );
  expect([...seen].toSorted()).toEqual([...reductionNames].toSorted());
});

test.each(["models/classics/narrow-time-wait-typed.tw"])("on %s", (path) => {
  const { expected, found } = bothTargets(coreOf(path, readRepository(path)), 1000);
  expect(found).toEqual(expected);
});
