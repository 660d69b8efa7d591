// Both printers give random programs the meaning that the reference gives them.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CodeModule } from "./code.ts";
import { heapWords, modules } from "./testing/generate.ts";
import { asJavaScript, asMeant, asWebAssembly } from "./testing/link.ts";
import type { Linked } from "./testing/link.ts";
import { rebuild } from "./testing/rebuild.ts";

/** Two calls of everything, so that globals matter; results and the whole heap. */
const observe = (linked: Linked): unknown => {
  linked.heap.forEach((_, index) => {
    linked.heap[index] = Math.imul(index, 0x9e3779b1);
  });
  const results = [
    linked.call("main", 5, 24, -(2 ** 40)),
    linked.call("function 0", -(2 ** 31), 31, 3),
    linked.call("function 1", 2 ** 31 - 1, 16, 2 ** 33),
    linked.call("main", -1, 20, 0),
  ];
  return { results, heap: [...linked.heap] };
};

const same = (module: CodeModule): CodeModule => module;

describe("a random program", () => {
  test.each([
    ["in JavaScript", asJavaScript, same],
    ["in WebAssembly", asWebAssembly, same],
    ["when it is folded", asMeant, rebuild],
    ["folded, in JavaScript", asJavaScript, rebuild],
    ["folded, in WebAssembly", asWebAssembly, rebuild],
  ])("means the same %s", (_, link, change) => {
    fc.assert(
      fc.property(modules, (module) => {
        expect(observe(link(change(module)))).toEqual(observe(asMeant(module, heapWords)));
      }),
      { numRuns: 400 },
    );
  });
});
