// How segments stand in arrays of packed words: 0 is a free place, so that no count is needed (core -> names).

import type { Core, Network } from "../core/index.ts";
import { layoutOf, segmentRanges } from "../machine/index.ts";
import { identifiers } from "./identifiers.ts";

/** An integer of a segment: `low` plus `bits` bits of a word from bit `shift`. */
export interface PartSlot {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly low: number;
}

/**
 * The first word of a segment is stored plus 1. Words compare as the integers of the segment do, and
 * a free place is less than every segment: a bag is the array in descending order.
 */
export interface NetworkWords {
  readonly id: number;
  readonly network: Network;
  /** Names of the arrays, one per word. */
  readonly arrays: readonly string[];
  /** The largest value of each array. */
  readonly highs: readonly number[];
  readonly parts: readonly PartSlot[];
  /** Where a segment says who receives it; undefined: all have one receiver. */
  readonly receiver?: PartSlot;
}

export const networkWords = (core: Core): readonly NetworkWords[] => {
  const layout = layoutOf(core);
  const names = identifiers(
    "n",
    core.networks.map((it) => it.name),
  );
  return core.networks.map((network, id) => {
    const segment = layout.networks[id]?.segment;
    const bits = segment === undefined || segment.words === 0 ? [0] : segment.wordBits;
    const parts = segment?.slots ?? [];
    const receiver = segmentRanges(network).findIndex(({ name }) => name === "to");
    const slot = network.addresses === undefined ? undefined : parts[receiver];
    return {
      id,
      network,
      arrays: bits.map((_, word) => `${names[id] ?? ""}${word === 0 ? "" : `_${word}`}`),
      highs: bits.map((_, word) => largest(network, parts, word)),
      parts,
      ...(slot === undefined ? {} : { receiver: slot }),
    };
  });
};

const largest = (network: Network, parts: readonly PartSlot[], word: number): number =>
  segmentRanges(network).reduce(
    (sum, { low, high }, part) => {
      const slot = parts[part];
      return slot === undefined || slot.word !== word ? sum : sum + (high - low) * 2 ** slot.shift;
    },
    word === 0 ? 1 : 0,
  );

/** The words of a segment from the texts of its integers; the first is plus 1. */
export const wordTexts = (
  { arrays, parts }: NetworkWords,
  values: readonly string[],
): readonly string[] =>
  arrays.map((_, word) => {
    const pieces = parts.flatMap(({ word: own, shift, bits, low }, part) => {
      if (own !== word || bits === 0) return [];
      const value = low === 0 ? (values[part] ?? "") : `(${values[part] ?? ""} - (${low}))`;
      return [shift === 0 ? value : `(${value} << ${shift})`];
    });
    return [...pieces, ...(word === 0 ? ["1"] : [])].join(" + ") || "0";
  });

/** An integer of a segment from the text of the word that it stands in. */
export const partText = ({ word, shift, bits, low }: PartSlot, stored: string): string => {
  if (bits === 0) return low < 0 ? `(${low})` : String(low);
  // Adding 0 tells rumur that `&` is not a conjunction.
  const plain = word === 0 ? `(${stored} - 1)` : `(${stored} + 0)`;
  const shifted = shift === 0 ? plain : `(${plain} >> ${shift})`;
  const value = `(${shifted} & ${2 ** bits - 1})`;
  return low === 0 ? value : `(${value} + (${low}))`;
};
