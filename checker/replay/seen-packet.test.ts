import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { checksum, ipPacket, portOf, pseudoHeader } from "../export/index.ts";
import { seenPacket } from "./seen-packet.ts";
import { plainBinding } from "../export/testing/plain-binding.ts";

const binding = plainBinding;

const end = (host: number) => ({
  address: binding.hosts[host]?.address ?? [],
  port: portOf(host),
});

const way = { from: end(0), to: end(1) };

const good = (): Uint8Array =>
  ipPacket(binding, { from: 0, to: 1, flags: ["ACK"], seq: 7, ack: 9, length: 3, window: 100 }, 1);

/** With other bytes in some places; the checksums are right again, but where they are meant to be wrong. */
const changed = (...places: readonly (readonly [at: number, byte: number])[]): Uint8Array => {
  const bytes = good();
  for (const [at, byte] of places) bytes[at] = byte;
  const view = new DataView(bytes.buffer);
  view.setUint16(10, 0);
  view.setUint16(10, checksum(bytes.subarray(0, 20)));
  const segment = bytes.subarray(20);
  view.setUint16(36, 0);
  const pseudo = pseudoHeader([...bytes.subarray(12, 16)], [...bytes.subarray(16, 20)], 23);
  view.setUint16(36, checksum(pseudo, segment));
  return bytes;
};

const flaw = (bytes: Uint8Array): string | undefined => {
  const seen = seenPacket(bytes, way);
  return seen !== undefined && E.isLeft(seen) ? seen.left : undefined;
};

/** One bit is another. */
const spoilt = (at: number): Uint8Array => good().map((it, place) => (place === at ? it ^ 1 : it));

describe("a packet of a stack", () => {
  test("is a segment of its connection", () => {
    expect(seenPacket(good(), way)).toEqual(
      E.right({ flags: ["ACK"], seq: 7, ack: 9, length: 3, window: 100, ports: [40_000, 8080] }),
    );
    expect(seenPacket(changed(), way)).toEqual(seenPacket(good(), way));
  });

  test("is none where a checksum is wrong", () => {
    expect(flaw(spoilt(10))).toBe("a packet with a wrong IP checksum");
    expect(flaw(spoilt(5))).toBe("a packet with a wrong IP checksum");
    expect(flaw(spoilt(36))).toBe("a segment with a wrong TCP checksum");
    expect(flaw(spoilt(42))).toBe("a segment with a wrong TCP checksum");
  });

  test("is none of another connection's", () => {
    expect(flaw(changed([15, 77]))).toBe("a segment from 192.0.2.77:40000 to 192.0.2.2:8080");
    expect(flaw(changed([19, 77]))).toBe("a segment from 192.0.2.1:40000 to 192.0.2.77:8080");
    expect(flaw(changed([21, 1]))).toMatch(/^a segment from 192.0.2.1:\d+ to 192.0.2.2:8080$/);
    expect(flaw(changed([23, 1]))).toMatch(/^a segment from 192.0.2.1:40000 to 192.0.2.2:\d+$/);
  });

  test("has no flags that a model has not, and is whole", () => {
    expect(flaw(changed([33, 0xd0]))).toBe("a segment with ECE and CWR");
    expect(flaw(changed([32, 0x51]))).toBe("a segment with reserved bits");
    expect(flaw(changed([6, 0x20]))).toBe("a fragment of a packet");
    expect(flaw(changed([7, 1]))).toBe("a fragment of a packet");
    expect(flaw(changed([3, 39]))).toBe("a segment that is cut short");
    expect(flaw(changed([32, 0xf0]))).toBe("a segment that is cut short");
  });

  test("is of IPv4 and of TCP, or is told to be something else", () => {
    expect(flaw(changed([9, 1]))).toBe("a packet of IP protocol 1");
    expect(flaw(Uint8Array.of(1, 2, 3))).toBe("what is no IPv4 packet");
    expect(flaw(good().subarray(0, 10))).toBe("what is no IPv4 packet");
  });

  test("to all neighbours, or of IPv6, concerns nobody", () => {
    expect(seenPacket(changed([16, 224]), way)).toBeUndefined();
    expect(seenPacket(Uint8Array.of(0x60, ...new Uint8Array(47)), way)).toBeUndefined();
  });
});
