// The columns of a ladder: one lane per address, and which lane a process instance lives in.

import type { Core } from "../core/index.ts";
import { showValue } from "../machine/index.ts";

export interface Lanes {
  /** Texts of the address values, in order. */
  readonly names: readonly string[];
  /** The column of each lane's lifeline. */
  readonly columns: readonly number[];
  /** Columns of all lines. */
  readonly width: number;
  /** Columns to the right of a lifeline up to the next one or the edge. */
  readonly roomOf: (lane: number) => number;
  /** The lane of an owner (`tcp[A]`) or of an address text (`A`). */
  readonly ofOwner: (owner: string) => number | undefined;
  readonly ofAddress: (text: string | undefined) => number | undefined;
}

const leastRoom = 18;

/** The lanes of a core's first network with addresses, if there is one and it fits the width. */
export const lanesOf = (core: Core, gutter: number, width: number): Lanes | undefined => {
  const addresses = core.networks.find((it) => it.addresses !== undefined)?.addresses;
  if (addresses === undefined) return undefined;
  const count = addresses.high - addresses.low + 1;
  // Between two lifelines an arrow has its label; right of the last one only notes have to fit.
  const share = (width - gutter) / (3 * (count - 1) + 2);
  if (count < 1 || 2 * share < leastRoom) return undefined;
  const names = Array.from({ length: count }, (_, lane) =>
    showValue(addresses, addresses.low + lane),
  );
  const columns = names.map((_, lane) => gutter + Math.floor(3 * share * lane));
  const find = (text: string | undefined): number | undefined => {
    const lane = text === undefined ? -1 : names.indexOf(text);
    return lane < 0 ? undefined : lane;
  };
  return {
    names,
    columns,
    width,
    roomOf: (lane) => (columns[lane + 1] ?? width + 1) - (columns[lane] ?? gutter) - 3,
    ofOwner: (owner) => find(/\[([^\]]*)\]$/.exec(owner)?.[1]),
    ofAddress: find,
  };
};
