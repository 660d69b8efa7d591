// A TCP segment in an IPv4 packet: header -> bytes, with the checksums of RFC 791 and RFC 9293.

import type { TcpHeader } from "./packets.ts";
import type { TcpBinding } from "./tcp-binding.ts";

const ipLength = 20;
const tcpLength = 20;
const protocol = 6;

const flagBits = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32 } as const;

/** One port for each host, the same in all exports: the 4-tuple is always the same. */
export const portOf = (host: number): number => (host === 0 ? 40_000 : 8079 + host);

/** RFC 1071: the ones' complement of the ones' complement sum of all 16-bit words. */
export const checksum = (...parts: readonly Uint8Array[]): number => {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) {
      sum += ((part[at] ?? 0) << 8) + (part[at + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
};

/** Two NOPs before it, so that the numbers are aligned (RFC 7323, appendix A). */
const stampBytes = (stamp: TcpHeader["stamp"]): Uint8Array => {
  if (stamp === undefined) return new Uint8Array();
  const bytes = Uint8Array.of(1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, stamp.value);
  view.setUint32(8, stamp.echo);
  return bytes;
};

const tcpBytes = (header: TcpHeader): Uint8Array => {
  const { from, to, seq, ack, flags, length, window } = header;
  const stamp = stampBytes(header.stamp);
  const textAt = tcpLength + stamp.length;
  const bytes = new Uint8Array(textAt + length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, portOf(from));
  view.setUint16(2, portOf(to));
  view.setUint32(4, seq);
  view.setUint32(8, ack);
  view.setUint8(12, (textAt / 4) << 4);
  view.setUint8(
    13,
    flags.reduce((bits, it) => bits | flagBits[it], 0),
  );
  view.setUint16(14, window);
  bytes.set(stamp, tcpLength);
  bytes.fill(0x2e, textAt);
  return bytes;
};

/** The part of the IP header that TCP's checksum covers (RFC 9293 section 3.1). */
export const pseudoHeader = (
  source: readonly number[],
  destination: readonly number[],
  length: number,
): Uint8Array =>
  Uint8Array.from([...source, ...destination, 0, protocol, length >> 8, length & 0xff]);

/** The bytes of an IPv4 packet. */
export const ipPacket = (
  { hosts }: TcpBinding,
  header: TcpHeader,
  identification: number,
): Uint8Array => {
  const source = hosts[header.from]?.address ?? [];
  const destination = hosts[header.to]?.address ?? [];
  const segment = tcpBytes(header);
  const tcpSum = checksum(pseudoHeader(source, destination, segment.length), segment);
  new DataView(segment.buffer).setUint16(16, tcpSum);
  const bytes = new Uint8Array(ipLength + segment.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, bytes.length);
  view.setUint16(4, identification & 0xffff);
  // Don't fragment.
  view.setUint16(6, 0x4000);
  view.setUint8(8, 64);
  view.setUint8(9, protocol);
  bytes.set(source, 12);
  bytes.set(destination, 16);
  view.setUint16(10, checksum(bytes.subarray(0, ipLength)));
  bytes.set(segment, ipLength);
  return bytes;
};
