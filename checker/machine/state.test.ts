// Packing is exact, and keeps the order of segments.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Core } from "../core/index.ts";
import { core, integer, network } from "../test/build-core.ts";
import { layoutOf, segmentRanges } from "./layout.ts";
import type { State } from "./state.ts";
import { compareWords, pack, unpack } from "./state.ts";

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Ranges of every width from 0 to `bits` bits, below, around and above zero. */
const ranges = (bits: number): fc.Arbitrary<Range> =>
  fc
    .record({
      low: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      width: fc.integer({ min: 0, max: bits }),
      less: fc.double({ min: 0, max: 0.5, noNaN: true }),
    })
    .map(({ low, width, less }) => ({
      low,
      high: low + Math.max(0, 2 ** width - 1 - Math.floor(less * 2 ** width)),
    }));

const networks = fc
  .record({
    capacity: fc.integer({ min: 0, max: 4 }),
    kind: fc.constantFrom("bag" as const, "fifo" as const),
    lifetime: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    addresses: fc.option(ranges(5), { nil: undefined }),
    fields: fc.array(ranges(31), { maxLength: 6 }),
  })
  .map(({ capacity, kind, lifetime, addresses, fields }) =>
    network({
      capacity,
      kind,
      ...(lifetime === undefined ? {} : { lifetime }),
      ...(addresses === undefined ? {} : { addresses: { kind: "int", ...addresses } }),
      fields: fields.map((range, id) => ({
        name: `f${id}`,
        display: { kind: "int" },
        ghost: false,
        ...range,
      })),
    }),
  );

const cores = fc
  .record({
    variables: fc.array(ranges(32), { maxLength: 12 }),
    networks: fc.array(networks, { maxLength: 2 }),
  })
  .map((parts) =>
    core({
      variables: parts.variables.map((range, id) => integer(`v${id}`, 0, range)),
      networks: parts.networks,
    }),
  );

const within = ({ low, high }: Range): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(low, high), fc.integer({ min: low, max: high }));

const segmentsOf = (one: Core["networks"][number]): fc.Arbitrary<number[]> =>
  fc.tuple(...segmentRanges(one).map(within));

const statesOf = (model: Core): fc.Arbitrary<State> =>
  fc.record({
    variables: fc.tuple(...model.variables.map(within)),
    networks: fc.tuple(
      ...model.networks.map((one) => fc.array(segmentsOf(one), { maxLength: one.capacity })),
    ),
  });

const lexicographic = (left: readonly number[], right: readonly number[]): number => {
  const place = left.findIndex((value, index) => value !== right[index]);
  return place < 0 ? 0 : Math.sign((left[place] ?? 0) - (right[place] ?? 0));
};

describe("packing", () => {
  it("unpacking what was packed gives the same state, wherever it stands", () => {
    const cases = cores.chain((model) => fc.tuple(fc.constant(model), statesOf(model)));
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 3 }), ([model, state], at) => {
        const layout = layoutOf(model);
        const words = pack(layout, state);
        expect(words.length).toBe(layout.words);
        const moved = new Int32Array(at + layout.words + 1).fill(-1);
        moved.set(words, at);
        expect(unpack(layout, moved, at)).toEqual(state);
      }),
      { numRuns: 2000 },
    );
  });

  it("the words of segments compare as the lists of their integers do", () => {
    const cases = networks
      .filter(({ capacity }) => capacity > 0)
      .chain((one) => fc.tuple(fc.constant(one), segmentsOf(one), segmentsOf(one)));
    fc.assert(
      fc.property(cases, ([one, left, right]) => {
        const layout = layoutOf(core({ networks: [one] }));
        const wordsOf = (segment: readonly number[]): readonly number[] => {
          const words = pack(layout, { variables: [], networks: [[segment]] });
          return (layout.networks[0]?.places[0] ?? []).map(({ word, shift, bits }) =>
            bits === 0 ? 0 : ((words[word] ?? 0) >>> shift) & (2 ** bits - 1),
          );
        };
        expect(lexicographic(wordsOf(left), wordsOf(right))).toBe(lexicographic(left, right));
      }),
      { numRuns: 2000 },
    );
  });

  it("no two slots of a layout overlap and none straddles a word", () => {
    fc.assert(
      fc.property(cores, (model) => {
        const layout = layoutOf(model);
        const slots = [
          ...layout.variables,
          ...layout.networks.flatMap(({ count, places }) => [count, ...places.flat()]),
        ].filter(({ bits }) => bits > 0);
        const taken = slots.flatMap(({ word, shift, bits }) =>
          Array.from({ length: bits }, (_, bit) => word * 32 + shift + bit),
        );
        expect(new Set(taken).size).toBe(taken.length);
        expect(slots.every(({ shift, bits }) => shift + bits <= 32)).toBe(true);
        expect(layout.bits).toBe(taken.length);
        expect(slots.every(({ word }) => word < layout.words)).toBe(true);
      }),
    );
  });

  it("states compare word by word, as unsigned integers", () => {
    const compare = (left: readonly number[], right: readonly number[]): number =>
      Math.sign(compareWords(Int32Array.from(left), 0, Int32Array.from(right), 0, left.length));
    expect([
      compare([1, 9], [2, 0]),
      compare([1, 9], [1, 9]),
      compare([-1], [1]),
      compare([1, -1], [1, -2]),
    ]).toEqual([-1, 0, 1, 1]);
  });
});
