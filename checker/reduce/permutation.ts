// Permutations of instances, applied to states (core -> reduce).

import type { Core } from "../core/index.ts";
import type { State } from "../machine/index.ts";

/** An automorphism of the steps: where the value of a variable goes, and what an address becomes. */
export interface Permutation {
  /** By variable: the variable that has its value in the image. */
  readonly variables: readonly number[];
  /** By network, less the low of its addresses; undefined where segments have none. */
  readonly addresses: readonly (readonly number[] | undefined)[];
}

type Segment = readonly number[];

/** The image of a state; its networks are put in order again. */
export const permutedState = (core: Core, permutation: Permutation, state: State): State => {
  const variables = [...state.variables];
  state.variables.forEach((value, id) => (variables[permutation.variables[id] ?? id] = value));
  return {
    variables,
    networks: state.networks.map((segments, network) => {
      const found = core.networks[network];
      const becomes = permutation.addresses[network];
      if (found?.addresses === undefined || becomes === undefined) return segments;
      const first = found.lifetime === undefined ? 0 : 1;
      const { low } = found.addresses;
      const moved = segments.map((segment) =>
        segment.map((value, position) =>
          position === first || position === first + 1 ? (becomes[value - low] ?? value) : value,
        ),
      );
      return ordered(core, network, moved);
    }),
  };
};

/** A bag in descending order; a FIFO by receiver, and in order of sending for each. */
export const ordered = (
  { networks }: Core,
  network: number,
  segments: readonly Segment[],
): readonly Segment[] => {
  const found = networks[network];
  if (found?.kind !== "fifo") return segments.toSorted((left, right) => compareLists(right, left));
  if (found.addresses === undefined) return segments;
  const first = found.lifetime === undefined ? 0 : 1;
  return segments.toSorted((left, right) => (left[first] ?? 0) - (right[first] ?? 0));
};

export const compareLists = (left: Segment, right: Segment): number => {
  const at = left.findIndex((value, position) => value !== right[position]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
};
