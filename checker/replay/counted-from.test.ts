import { describe, expect, test } from "vitest";
import type { Packet } from "../export/index.ts";
import {
  asCounted,
  type CountedSegment,
  countedFrom,
  type CountFrom,
  countedText,
  noOffsets,
} from "./numbers.ts";
import { plainBinding } from "../export/testing/plain-binding.ts";

/** Sequence numbers 0..15, timestamps 1..8; host 0 is under test. */
const binding = { ...plainBinding, fields: { TSVAL: "tsval" }, stamps: 8 };

/** Where the numbers of the hosts begin in packets. */
const origins = [10_000, 20_000] as const;

interface Told {
  readonly flags?: Packet["header"]["flags"];
  readonly seq?: number;
  readonly ack?: number;
  readonly length?: number;
  readonly stamp?: number;
  readonly isStale?: boolean;
}

const packet = (way: Packet["way"], told: Told): Packet => {
  const { flags = ["ACK"], seq = 0, ack = 0, length = 0, stamp = 0, isStale = false } = told;
  const [from, to] = way === "in" ? ([1, 0] as const) : ([0, 1] as const);
  return {
    step: 1,
    host: 0,
    way,
    identification: 1,
    comment: "",
    header: {
      from,
      to,
      flags,
      length,
      window: 0,
      seq: origins[from] + seq,
      ack: origins[to] + ack,
    },
    journey: {
      flight: {
        network: 0,
        id: 1,
        copy: 0,
        integers: [],
        fields: [{ name: "tsval", text: String(stamp), ghost: false }],
      },
      name: "#1",
      from,
      to,
      begin: { step: 0, how: "sent", order: 0 },
      end: { step: 1, how: "arrives" },
      isStale,
    },
  };
};

const start: CountFrom = { mine: 5, others: 6, stamp: 0 };
const known = { sendNext: 5, receiveNext: 6, stampRecent: 0 };

const counted = (first: Partial<CountFrom> = {}) => {
  const count = countedFrom(binding, 0, { ...start, ...first });
  return {
    arrives: (told: Told, numbers: typeof known | "unknown" = known): CountedSegment =>
      count.arriving(packet("in", told), numbers === "unknown" ? undefined : numbers),
    leaves: (told: Told, mayBegin = false, numbers = known) =>
      count.leaving(packet("out", told), mayBegin, numbers),
  };
};

describe("what arrives is counted from what the host expects", () => {
  test("a number of the small space is the nearest to it", () => {
    const seqs = [5, 6, 13, 15, 0].map((seq) => counted().arrives({ seq, ack: 5 }).seq);
    expect(seqs).toEqual([5, 6, 13, -1, 0]);
    expect(counted().arrives({ ack: 15 }).ack).toBe(-1);
  });

  test("from the right edge of the window on it is beyond that, by as much", () => {
    const beyond = [7, 8, 9, 10].map((seq) => counted({ window: 3 }).arrives({ seq }).beyond);
    expect(beyond).toEqual([undefined, undefined, 0, 1]);
    expect(counted().arrives({ seq: 10 }).beyond).toBeUndefined();
  });

  test("what is of this connection moves on what is expected, an old segment and a RST do not", () => {
    const next = (told: Told): number => {
      const { arrives } = counted();
      arrives({ seq: 12, length: 1, ...told }, "unknown");
      return arrives({ seq: 1 }, "unknown").seq;
    };
    expect([next({}), next({ isStale: true }), next({ flags: ["RST"] })]).toEqual([17, 1, 1]);
  });

  test("timestamps are the nearest to TS.Recent, and not older at half a turn", () => {
    const recent = { ...known, stampRecent: 2 };
    const stamps = [1, 2, 3, 6, 7].map((stamp) => counted().arrives({ stamp }, recent).stamp);
    expect(stamps).toEqual([1, 2, 3, 6, -1]);
    const last = { ...known, stampRecent: 6 };
    expect(counted({ stamp: 6 }).arrives({ stamp: 2 }, last).stamp).toBe(10);
    expect(counted().arrives({})).not.toHaveProperty("stamp");
  });
});

describe("what leaves is counted from what the host has sent", () => {
  test("a SYN with which a connection begins begins where it says", () => {
    const syn: Told = { flags: ["SYN"], seq: 14 };
    expect(counted().leaves(syn, true)).toMatchObject({ seq: 14, begins: true });
    expect(counted().leaves(syn, false)).toMatchObject({ seq: -2, begins: false });
    expect(counted().leaves({ seq: 14 }, true).begins).toBe(false);
  });

  test("what occupies numbers moves on, a RST does not", () => {
    const next = (told: Told): number => {
      const { leaves } = counted();
      leaves({ seq: 12, length: 1, ...told });
      return leaves({ seq: 1 }).seq;
    };
    expect([next({}), next({ flags: ["RST"] })]).toEqual([17, 1]);
  });

  test("it echoes TS.Recent, if it has a timestamp and an ACK", () => {
    const recent = { ...known, stampRecent: 3 };
    expect(counted().leaves({ stamp: 1 }, false, recent)).toMatchObject({
      isStamped: true,
      echo: 3,
    });
    expect(counted().leaves({ stamp: 1, flags: ["SYN"] }, false, recent)).not.toHaveProperty(
      "echo",
    );
    expect(counted().leaves({}, false, recent)).not.toHaveProperty("isStamped");
  });
});

describe("the number of a RST", () => {
  test("is said, unless it has an ACK", () => {
    const rst = (flags: CountedSegment["flags"]): string => {
      const seen = {
        flags,
        seq: noOffsets.stack + 7,
        ack: noOffsets.ours + 3,
        length: 0,
        window: 0,
      };
      return countedText(asCounted({ ...seen, ports: [1, 2] }, noOffsets));
    };
    expect([rst(["RST"]), rst(["RST", "ACK"])]).toEqual(["RST seq=7", "RST ACK ack=3"]);
  });
});
