// Who takes part in a trace: core -> the addresses between which segments travel.

import type { Core } from "../core/index.ts";
import { showValue } from "../machine/index.ts";

/** Names of the address values of the first network that has addresses; none without one. */
export const hostsOf = (core: Core): readonly string[] => {
  const addresses = core.networks.find((it) => it.addresses !== undefined)?.addresses;
  if (addresses === undefined) return [];
  return Array.from({ length: addresses.high - addresses.low + 1 }, (_, at) =>
    showValue(addresses, addresses.low + at),
  );
};

/** The host in whose process something is: `tcp[A]` lives at `A`. */
export const hostOf = (owner: string, hosts: readonly string[]): number | undefined => {
  const index = /\[([^\]]*)\]$/.exec(owner)?.[1];
  const at = index === undefined ? -1 : hosts.indexOf(index);
  return at < 0 ? undefined : at;
};
