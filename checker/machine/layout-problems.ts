// What makes a core too large to pack: facts that a diagnostic is made from (core -> machine).

import type { Core } from "../core/index.ts";
import { bitsFor, layoutOf, segmentRanges } from "./layout.ts";

/** Beyond this a single state takes 16 KiB, and no search of such states would come to an end. */
const wordLimit = 4096;
const capacityLimit = 4096;
const variableBitLimit = 32;
/** Words of a segment are compared as small non-negative integers. */
const fieldBitLimit = 31;

export type LayoutProblem =
  /** A variable, or a field or age of a segment (`wire.seq`), whose range needs too many bits. */
  | {
      readonly kind: "range";
      readonly name: string;
      readonly low: number;
      readonly high: number;
      readonly bits: number;
      readonly bitLimit: number;
      /** Of a field: the network's place in the source is the best there is. */
      readonly network?: number;
    }
  | {
      readonly kind: "capacity";
      readonly network: number;
      readonly capacity: number;
      readonly capacityLimit: number;
    }
  | { readonly kind: "state"; readonly words: number; readonly wordLimit: number };

/** What the layout of a core depends on. */
export type Storage = Pick<Core, "variables" | "networks">;

/** Empty when the states of the core can be packed: only then is `layoutOf` of use. */
export const layoutProblems = (core: Storage): readonly LayoutProblem[] => {
  const parts = [...variableProblems(core), ...core.networks.flatMap(networkProblems)];
  return parts.length > 0 ? parts : stateProblems(core);
};

const variableProblems = ({ variables }: Storage): readonly LayoutProblem[] =>
  variables.flatMap(({ name, low, high }): readonly LayoutProblem[] => {
    const bits = bitsFor(low, high);
    if (bits <= variableBitLimit) return [];
    return [{ kind: "range", name, low, high, bits, bitLimit: variableBitLimit }];
  });

const networkProblems = (
  network: Core["networks"][number],
  id: number,
): readonly LayoutProblem[] => {
  const { capacity } = network;
  const tooWide = segmentRanges(network).flatMap(
    ({ name, low, high }): readonly LayoutProblem[] => {
      const bits = bitsFor(low, high);
      if (bits <= fieldBitLimit) return [];
      const fullName = `${network.name}.${name}`;
      return [
        { kind: "range", name: fullName, low, high, bits, bitLimit: fieldBitLimit, network: id },
      ];
    },
  );
  if (capacity <= capacityLimit) return tooWide;
  return [...tooWide, { kind: "capacity", network: id, capacity, capacityLimit }];
};

/**
 * Counts bits before it plans the layout, which takes time and memory in proportion to its words.
 */
const stateProblems = (core: Storage): readonly LayoutProblem[] => {
  const variableBits = core.variables.reduce((sum, { low, high }) => sum + bitsFor(low, high), 0);
  const networkBits = core.networks.map(
    (network) =>
      bitsFor(0, network.capacity) +
      network.capacity *
        segmentRanges(network).reduce((sum, { low, high }) => sum + bitsFor(low, high), 0),
  );
  const atLeast = Math.ceil(networkBits.reduce((sum, bits) => sum + bits, variableBits) / 32);
  const words = atLeast > wordLimit ? atLeast : layoutOf(core).words;
  return words > wordLimit ? [{ kind: "state", words, wordLimit }] : [];
};
