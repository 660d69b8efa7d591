import { describe, expect, test } from "vitest";
import {
  asCounted,
  type CountedSegment,
  countedText,
  learned,
  movedOn,
  noOffsets,
  onTheWire,
} from "./numbers.ts";
import { lineOf, packetLine } from "./protocol.ts";
import { seenSegment } from "./seen-segment.ts";

const segment = (it: Partial<CountedSegment>): CountedSegment => ({
  flags: ["ACK"],
  seq: 0,
  ack: 0,
  length: 0,
  begins: false,
  ...it,
});

const seen = (flags: CountedSegment["flags"], seq: number, ack: number) =>
  ({ flags, seq, ack, length: 0, window: 100, ports: [1, 2] }) as const;

describe("numbers are relative to where the stack begins", () => {
  const syn = segment({ flags: ["SYN"], begins: true });

  test("also where they wrap", () => {
    const offsets = learned(noOffsets, syn, seen(["SYN"], 0xffff_ffff, 0));
    const answer = asCounted(
      seen(["ACK"], 1, onTheWire(segment({ seq: 7 }), offsets).seq),
      offsets,
    );
    expect([answer.seq, answer.ack]).toEqual([2, 7]);
    expect(onTheWire(segment({ ack: 2 }), offsets).ack).toBe(1);
  });

  test("a SYN that begins nothing teaches nothing", () => {
    const begun = segment({ flags: ["SYN"] });
    expect(learned(noOffsets, begun, seen(["SYN"], 77, 0))).toEqual(noOffsets);
    expect(learned(noOffsets, syn, seen(["RST"], 77, 0))).toEqual(noOffsets);
  });

  test("what else a segment says is said, but for PSH", () => {
    const flags = ["ACK", "PSH", "URG"] as const;
    expect(countedText(segment({ flags, seq: 2, ack: 3, length: 4 }))).toBe(
      "ACK URG seq=2 ack=3 len=4",
    );
  });

  test("of a RST with an ACK the number is the sender's affair", () => {
    const rst = (seq: number) => countedText(segment({ flags: ["ACK", "RST"], seq, ack: 3 }));
    expect([rst(0), rst(5)]).toEqual(["ACK RST ack=3", "ACK RST ack=3"]);
  });
});

describe("numbers keep their class", () => {
  const offsets = learned(noOffsets, undefined, {
    ...seen(["ACK"], 0, onTheWire(segment({ seq: 6 }), noOffsets).seq),
    window: 64_000,
    stamp: { value: 77, echo: 0 },
  });
  const wire = (it: Partial<CountedSegment>): number => onTheWire(segment(it), offsets).seq;

  test("beyond the window of the model is beyond that of the stack, by as much", () => {
    expect(wire({ seq: 10, beyond: 0 }) - wire({ seq: 6 })).toBe(64_000);
    expect(wire({ seq: 12, beyond: 2 }) - wire({ seq: 6 })).toBe(64_002);
    expect(wire({ seq: 7 }) - wire({ seq: 6 })).toBe(1);
  });

  test("a SYN from there that was taken moves all that comes after it", () => {
    const syn = segment({ flags: ["SYN"], seq: 12, beyond: 2 });
    const moved = movedOn(offsets, syn);
    expect(onTheWire(segment({ seq: 13 }), moved).seq - wire({ ...syn })).toBe(1);
    expect(movedOn(offsets, segment({ seq: 7 }))).toBe(offsets);
  });

  test("timestamps are as old or new as in the model, and echo what was seen", () => {
    const [older, newer] = [3, 4].map((stamp) => onTheWire(segment({ stamp }), offsets).stamp);
    expect((newer?.value ?? 0) - (older?.value ?? 0)).toBe(1000);
    expect(newer?.echo).toBe(77);
    const answer = {
      ...seen(["ACK"], 0, 0),
      stamp: { value: 78, echo: newer?.value ?? 0 },
    };
    expect(countedText(asCounted(answer, offsets))).toMatch(/ tsecr=4$/);
    expect(countedText(asCounted(answer, offsets), segment({}))).toMatch(/ timestamp$/);
  });
});

describe("lines of the protocol", () => {
  test("packets survive being written and read", () => {
    const line = lineOf(packetLine(Uint8Array.of(0, 15, 255)));
    expect(line).toMatchObject({ right: { kind: "packet", bytes: Uint8Array.of(0, 15, 255) } });
  });

  test("states have one name, however they are written", () => {
    const named = ["syn-received", "SYN_RECV", "SYN-RCVD"].map((state) =>
      lineOf(JSON.stringify({ ok: true, state })),
    );
    for (const it of named) expect(it).toMatchObject({ right: { state: "SYN_RCVD" } });
  });

  test("a refusal has a reason", () => {
    expect(lineOf('{"ok":false,"why":"no"}')).toMatchObject({ right: { why: "no" } });
    expect(lineOf('{"ok":false}')).toMatchObject({ right: { why: "no reason given" } });
  });

  test.each(["", "hello", "[]", "null", "{}", '{"ok":1}', '{"packet":"4"}', '{"packet":"xy"}'])(
    "%j is none of them",
    (text) => {
      expect(lineOf(text)).toEqual({ _tag: "Left", left: text });
    },
  );
});

describe("what is no whole TCP segment is none of ours", () => {
  const packet = (): Uint8Array => {
    const bytes = new Uint8Array(41);
    bytes.set([0x45, 0, 0, 41, 0, 0, 0, 0, 64, 6]);
    bytes.set([0x9c, 0x40, 0x1f, 0x90, 0, 0, 0, 5, 0, 0, 0, 9, 0x50, 0x11], 20);
    return bytes;
  };

  test("a segment is read", () => {
    const { flags, seq, ack, length, ports } = seenSegment(packet()) ?? {};
    expect([flags, seq, ack, length, ports]).toEqual([["ACK", "FIN"], 5, 9, 1, [40_000, 8080]]);
  });

  test("half of one, UDP, and IPv6 are not", () => {
    const changed = (at: number, value: number): Uint8Array => packet().fill(value, at, at + 1);
    expect(seenSegment(packet().subarray(0, 40))).toBeUndefined();
    expect(seenSegment(changed(9, 17))).toBeUndefined();
    expect(seenSegment(changed(0, 0x60))).toBeUndefined();
    expect(seenSegment(packet().subarray(0, 10))).toBeUndefined();
  });
});
