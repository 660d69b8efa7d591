// What a stack sends again by its own clock, beside what it answers: segments, when they were seen -> the answers.

import type { SeenSegment } from "./seen-segment.ts";

/** A segment, and when it was seen, in milliseconds of any clock. */
export interface Timed {
  readonly at: number;
  readonly segment: SeenSegment;
}

/** No clock of a TCP sends anything again sooner than this. */
export const soonestRepeatMs = 100;
/** What comes this soon after a move is an answer to that, whatever it looks like. */
export const answerMs = 50;

const idOf = ({ flags, seq, ack, length }: SeenSegment): string =>
  [...flags, seq, ack, length].join();

const isRepeatable = ({ flags, length }: SeenSegment): boolean =>
  length > 0 || flags.includes("SYN") || flags.includes("FIN");

export interface Sorted {
  readonly answers: readonly SeenSegment[];
  readonly repeats: number;
}

/**
 * Sorts what was seen in a step in which `expected` segments are to be sent. A repeat is one of more than those,
 * occupies sequence space, is the same as one before to the last number, and comes neither right after
 * that nor right after the move. `earlier`: when each was seen last; what was seen now is added.
 */
export const withoutRepeats = (
  earlier: Map<string, number>,
  moved: number,
  expected: number,
  seen: readonly Timed[],
): Sorted => {
  const isAnswer = seen.map(({ at, segment }) => {
    const id = idOf(segment);
    const last = earlier.get(id) ?? Number.POSITIVE_INFINITY;
    earlier.set(id, at);
    const isSoon = at >= moved && at - moved < answerMs;
    return !isRepeatable(segment) || isSoon || at - last < soonestRepeatMs;
  });
  const answers = seen.filter((_, at) => seen.length <= expected || isAnswer[at]);
  return { answers: answers.map((it) => it.segment), repeats: seen.length - answers.length };
};
