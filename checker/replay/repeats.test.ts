import { describe, expect, test } from "vitest";
import { answerMs, soonestRepeatMs, type Timed, withoutRepeats } from "./repeats.ts";
import type { SeenSegment } from "./seen-segment.ts";

const fin: SeenSegment = {
  flags: ["ACK", "FIN"],
  seq: 7,
  ack: 9,
  length: 0,
  window: 100,
  ports: [1, 2],
};

const at = (ms: number, segment: SeenSegment = fin): Timed => ({ at: ms, segment });

/** The FIN was seen at 0, a move made at 1000. */
const kept = (expected: number, ...seen: readonly Timed[]): readonly SeenSegment[] => {
  const earlier = new Map<string, number>();
  withoutRepeats(earlier, 0, 1, [at(0)]);
  return withoutRepeats(earlier, 1000, expected, seen).answers;
};

describe("what a stack sends again", () => {
  test("by its own clock is no answer", () => {
    expect(kept(0, at(1000 + answerMs))).toEqual([]);
    const data = { ...fin, flags: ["ACK"], length: 1 } as const;
    const earlier = new Map<string, number>();
    const sorted = () => withoutRepeats(earlier, 0, 0, [at(earlier.size * 500, data)]);
    expect([sorted().answers, sorted()]).toEqual([[data], { answers: [], repeats: 1 }]);
  });

  test("also before the move, while time passes", () => {
    expect(kept(0, at(990))).toEqual([]);
  });

  test("right after a move is an answer to that", () => {
    expect(kept(0, at(1000))).toEqual([fin]);
    expect(kept(0, at(1000 + answerMs - 1))).toEqual([fin]);
  });

  test("with another number is something else", () => {
    for (const other of [
      { ...fin, ack: 12_345 },
      { ...fin, seq: 8 },
      { ...fin, length: 1 },
      { ...fin, flags: ["FIN"] },
    ] as const)
      expect(kept(0, at(1200, other))).toEqual([other]);
  });

  test("twice in a moment is said twice", () => {
    const other = { ...fin, seq: 8 };
    expect(kept(0, at(1200, other), at(1200 + soonestRepeatMs - 1, other))).toEqual([other, other]);
    expect(kept(0, at(1200, other), at(1200 + soonestRepeatMs, other))).toEqual([other]);
  });

  test("fills no place of an answer: it may be one that is late, and nobody can tell", () => {
    const ack = { ...fin, flags: ["ACK"] } as const;
    const sorted = (expected: number, ...seen: readonly Timed[]) => {
      const earlier = new Map<string, number>();
      withoutRepeats(earlier, 0, 1, [at(0)]);
      return withoutRepeats(earlier, 1000, expected, seen);
    };
    expect(sorted(1, at(1200))).toEqual({ answers: [], repeats: 1, filled: [fin] });
    expect(sorted(1, at(1200), at(1400))).toEqual({ answers: [], repeats: 2, filled: [fin] });
    expect(sorted(1, at(1200), at(1201, ack))).toEqual({ answers: [ack], repeats: 1 });
    expect(sorted(2, at(1200), at(1201, ack)).filled).toEqual([fin, ack]);
    expect(sorted(1, at(1001))).toEqual({ answers: [fin], repeats: 0 });
  });

  test("without sequence space is always an answer", () => {
    const earlier = new Map<string, number>();
    const rst = { ...fin, flags: ["RST"] } as const;
    withoutRepeats(earlier, 0, 1, [at(0, rst)]);
    expect(withoutRepeats(earlier, 1000, 0, [at(1200, rst)]).answers).toEqual([rst]);
  });
});
