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
  /** The answers, and as many repeats among them as places are left: what was answered if those are answers, too. */
  readonly filled?: readonly SeenSegment[];
}

/**
 * Sorts what was seen in a step in which `expected` segments are to be sent. A repeat occupies sequence space, is
 * the same as one before to the last number, and comes neither right after that nor right after the move.
 * Where answers are missing, a repeat may be one that is late, and nobody can tell. `earlier`: when each was
 * seen last; what was seen now is added.
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
  const answers = seen.filter((_, at) => isAnswer[at]);
  const repeats = seen.length - answers.length;
  let places = expected - answers.length;
  const filled = seen.filter((_, at) => {
    if (isAnswer[at] === true) return true;
    places -= 1;
    return places >= 0;
  });
  return {
    answers: answers.map((it) => it.segment),
    repeats,
    ...(filled.length > answers.length ? { filled: filled.map((it) => it.segment) } : {}),
  };
};
