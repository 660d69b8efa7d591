// Packets as bytes: checksums that a receiver finds right, and options where it looks for them.

import { expect, test } from "vitest";
import { ipPacket } from "./ip-packet.ts";
import type { TcpHeader } from "./packets.ts";
import type { TcpBinding } from "./tcp-binding.ts";

const binding: TcpBinding = {
  network: 0,
  fields: {},
  modulus: 16,
  stamps: 8,
  hosts: [
    { name: "A", address: [192, 0, 2, 1] },
    { name: "B", address: [198, 51, 100, 2] },
  ],
  calls: {},
  sysctls: [],
  options: [],
  timers: [],
};

const packet = (more: Partial<TcpHeader> = {}): Uint8Array =>
  ipPacket(
    binding,
    { from: 0, to: 1, seq: 5, ack: 9, flags: ["ACK"], length: 0, window: 100, ...more },
    1,
  );

/** RFC 1071, as a receiver has it: with the checksum in it the sum is all ones. */
const sum = (bytes: readonly number[]): number => {
  const words = bytes.map((it, at) => (at % 2 === 0 ? it * 256 : it));
  const total = words.reduce((all, it) => all + it, 0);
  return (total % 65_536) + Math.floor(total / 65_536);
};

test.each([0, 1, 255, 256, 300, 1001])("both checksums are right with %d octets", (length) => {
  const bytes = [...packet({ length })];
  const segment = bytes.slice(20);
  const octets = [Math.floor(segment.length / 256), segment.length % 256];
  expect(sum(bytes.slice(0, 20))).toBe(0xffff);
  expect(sum([...bytes.slice(12, 20), 0, 6, ...octets, ...segment])).toBe(0xffff);
});

test("a timestamp stands behind two NOPs, TSval first, then TSecr", () => {
  const bytes = packet({ stamp: { value: 0x01020304, echo: 0xa1a2a3a4 }, length: 1 });
  expect([...bytes.subarray(40)]).toEqual([1, 1, 8, 10, 1, 2, 3, 4, 0xa1, 0xa2, 0xa3, 0xa4, 0x2e]);
  // The data begin eight words behind the beginning.
  expect((bytes[32] ?? 0) >> 4).toBe(8);
});
