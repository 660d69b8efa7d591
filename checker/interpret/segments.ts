// What networks do with segments: order of storage, who can be delivered, loss and duplication.

import type { Network } from "../core/index.ts";

export type Segment = readonly number[];

const compareSegments = (left: Segment, right: Segment): number => {
  const position = left.findIndex((value, index) => value !== right[index]);
  return position < 0 ? 0 : (left[position] ?? 0) - (right[position] ?? 0);
};

const equal = (left: Segment, right: Segment | undefined): boolean =>
  right !== undefined && compareSegments(left, right) === 0;

const ageCount = (network: Network): number => (network.lifetime === undefined ? 0 : 1);

/** The receiver's address; segments of a network without addresses all have the same receiver. */
export const receiverOf = (network: Network, segment: Segment): number =>
  network.addresses === undefined ? 0 : (segment[ageCount(network)] ?? 0);

/**
 * A bag stays in descending order; a FIFO queues by receiver, behind what the receiver waits for.
 */
export const inserted = (
  network: Network,
  segments: readonly Segment[],
  segment: Segment,
): readonly Segment[] => {
  const goesBefore = (other: Segment): boolean =>
    network.kind === "bag"
      ? compareSegments(other, segment) < 0
      : receiverOf(network, other) > receiverOf(network, segment);
  const found = segments.findIndex(goesBefore);
  return segments.toSpliced(found < 0 ? segments.length : found, 0, segment);
};

export const without = (segments: readonly Segment[], position: number): readonly Segment[] =>
  segments.toSpliced(position, 1);

/**
 * The copy stands right behind its original, in a FIFO too: it does not overtake or fall behind.
 */
export const doubled = (segments: readonly Segment[], position: number): readonly Segment[] =>
  segments.toSpliced(position, 0, ...segments.slice(position, position + 1));

/**
 * Positions that loss and duplication choose from: distinct segments of a bag, every place of a
 * FIFO.
 */
export const choosable = (network: Network, segments: readonly Segment[]): readonly number[] =>
  positionsWhere(segments, (segment, before) => network.kind === "fifo" || !equal(segment, before));

/** Positions that can be delivered: distinct segments of a bag, the head per receiver of a FIFO. */
export const deliverable = (network: Network, segments: readonly Segment[]): readonly number[] =>
  positionsWhere(segments, (segment, before) =>
    network.kind === "bag"
      ? !equal(segment, before)
      : before === undefined || receiverOf(network, before) !== receiverOf(network, segment),
  );

const positionsWhere = (
  segments: readonly Segment[],
  claim: (segment: Segment, before: Segment | undefined) => boolean,
): readonly number[] =>
  segments.flatMap((segment, position) =>
    claim(segment, segments[position - 1]) ? [position] : [],
  );
