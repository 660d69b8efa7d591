// Models too large to pack are told by facts, at once.

import { describe, expect, it } from "vitest";
import { core, integer, network } from "../test/build-core.ts";
import { layoutProblems } from "./layout-problems.ts";

const field = (high: number) =>
  ({ name: "seq", low: 0, high, display: { kind: "int" }, ghost: false }) as const;

describe("layout problems", () => {
  it("a model at the limits has none", () => {
    const model = core({
      variables: [integer("v", 2 ** 32 - 1)],
      networks: [network({ capacity: 4000, fields: [field(2 ** 31 - 1)] })],
    });
    expect(layoutProblems(model)).toEqual([]);
  });
  it("a variable of 33 bits", () => {
    expect(layoutProblems(core({ variables: [integer("v", 2 ** 32)] }))).toEqual([
      { kind: "range", name: "v", low: 0, high: 2 ** 32, bits: 33, bitLimit: 32 },
    ]);
  });
  it.each([2 ** 60, Infinity])("a variable up to %d", (high) => {
    expect(layoutProblems(core({ variables: [integer("v", high)] }))).toEqual([
      { kind: "range", name: "v", low: 0, high, bits: 64, bitLimit: 32 },
    ]);
  });
  it("a field of 32 bits", () => {
    const high = 2 ** 32 - 1;
    expect(layoutProblems(core({ networks: [network({ fields: [field(high)] })] }))).toEqual([
      { kind: "range", name: "wire.seq", low: 0, high, bits: 32, bitLimit: 31, network: 0 },
    ]);
  });
  it("a capacity of a thousand million, even of segments without content", () => {
    const capacity = 1e9;
    expect(layoutProblems(core({ networks: [network({ capacity, fields: [] })] }))).toEqual([
      { kind: "capacity", network: 0, capacity, capacityLimit: 4096 },
    ]);
  });
  it("too many variables for a state", () => {
    const variables = Array.from({ length: 5000 }, (_, id) => integer(`v${id}`, 2 ** 32 - 1));
    expect(layoutProblems(core({ variables }))).toEqual([
      { kind: "state", words: 5000, wordLimit: 4096 },
    ]);
  });
  it("variables that fit by their bits but not without straddling words", () => {
    const variables = Array.from({ length: 5000 }, (_, id) => integer(`v${id}`, 2 ** 17 - 1));
    expect(layoutProblems(core({ variables }))).toEqual([
      { kind: "state", words: 5000, wordLimit: 4096 },
    ]);
  });
  it("a hundred thousand bits are planned without delay", () => {
    const variables = Array.from({ length: 100_000 }, (_, id) => integer(`v${id}`, 1));
    expect(layoutProblems(core({ variables }))).toEqual([]);
  });
});
