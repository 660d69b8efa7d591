// Per `recoverable`: which states must be able to get out, and which are out.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import type { ExploreOptions } from "./options.ts";

export interface Recovery {
  readonly property: number;
  readonly withoutFaults: boolean;
  /** Positions of its two formulas. */
  readonly from: number;
  readonly to: number;
  /** One bit per state: its `from` holds; its `to` holds, or can be reached. */
  readonly needy: BitStore;
  readonly saved: BitStore;
}

/** One bit per state index, in chunks that are never moved. */
export type BitStore = Int32Array[];

const chunkShift = 20;
const chunkMask = (1 << chunkShift) - 1;

export const readBit = (bits: BitStore, index: number): number =>
  ((bits[index >>> chunkShift]?.[(index & chunkMask) >> 5] ?? 0) >>> (index & 31)) & 1;

export const markBit = (bits: BitStore, index: number): void => {
  const number = index >>> chunkShift;
  while (bits.length <= number) bits.push(new Int32Array(1 << (chunkShift - 5)));
  const chunk = bits[number];
  const word = (index & chunkMask) >> 5;
  if (chunk !== undefined) chunk[word] = (chunk[word] ?? 0) | (1 << (index & 31));
};

/** Bytes that one recovery needs for `count` states. */
export const recoveryBytes = (count: number): number =>
  2 * Math.ceil(count / (1 << chunkShift)) * (1 << (chunkShift - 3));

/** The selected recoverables. */
export const recoveriesOf = (
  machine: Machine,
  core: Core,
  options: ExploreOptions,
): readonly Recovery[] =>
  core.properties.flatMap((it, property): readonly Recovery[] => {
    if (it.kind !== "recoverable" || !options.selected(property)) return [];
    const formula = (kind: "recoverable-from" | "recoverable-to") =>
      machine.formulas.findIndex(
        (formula) => formula.kind === kind && formula.property === property,
      );
    const { withoutFaults } = it;
    const from = formula("recoverable-from");
    const to = formula("recoverable-to");
    return [{ property, withoutFaults, from, to, needy: [], saved: [] }];
  });
