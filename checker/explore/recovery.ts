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
}

/** Up to eight recoverables, which are decided together: each is one bit of a byte per state. */
export interface RecoveryGroup {
  readonly members: readonly Recovery[];
  /** The bits of those whose ways out may use no fault. */
  readonly withoutFaults: number;
  /** By state: its `from` holds; its `to` holds, or can be reached. */
  readonly needy: ByteStore;
  readonly saved: ByteStore;
}

/** One byte per state index, in chunks that are never moved. */
export type ByteStore = Uint8Array[];

const groupSize = 8;
const chunkShift = 16;
const chunkMask = (1 << chunkShift) - 1;

export const readByte = (bytes: ByteStore, index: number): number =>
  bytes[index >>> chunkShift]?.[index & chunkMask] ?? 0;

export const writeByte = (bytes: ByteStore, index: number, value: number): void => {
  const chunk = bytes[index >>> chunkShift];
  if (chunk === undefined) throw new Error("a byte is written only after room was made for it");
  chunk[index & chunkMask] = value;
};

/** Makes room for `count` states. */
export const reserveRecovery = ({ needy, saved }: RecoveryGroup, count: number): void => {
  for (const bytes of [needy, saved]) {
    while (bytes.length << chunkShift < count) bytes.push(new Uint8Array(1 << chunkShift));
  }
};

/** Bytes that one group needs for `count` states. */
export const recoveryBytes = (count: number): number =>
  2 * Math.ceil(count / (1 << chunkShift)) * (1 << chunkShift);

/** The selected recoverables. */
export const recoveriesOf = (
  machine: Machine,
  core: Core,
  options: ExploreOptions,
): readonly RecoveryGroup[] => {
  const all = core.properties.flatMap((it, property): readonly Recovery[] => {
    if (it.kind !== "recoverable" || !options.selected(property)) return [];
    const formula = (kind: "recoverable-from" | "recoverable-to") =>
      machine.formulas.findIndex(
        (formula) => formula.kind === kind && formula.property === property,
      );
    const { withoutFaults } = it;
    const from = formula("recoverable-from");
    return [{ property, withoutFaults, from, to: formula("recoverable-to") }];
  });
  return Array.from({ length: Math.ceil(all.length / groupSize) }, (_, group) => {
    const members = all.slice(group * groupSize, (group + 1) * groupSize);
    const withoutFaults = members.reduce(
      (bits, it, bit) => bits | (it.withoutFaults ? 1 << bit : 0),
      0,
    );
    return { members, withoutFaults, needy: [], saved: [] };
  });
};
