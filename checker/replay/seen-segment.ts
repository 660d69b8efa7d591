// A TCP segment in an IPv4 packet as a stack sent it: bytes -> header, or nothing.

import type { TcpHeader } from "../export/index.ts";

export interface SeenSegment {
  readonly flags: TcpHeader["flags"];
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  readonly ports: readonly [number, number];
}

const flagBits = [
  ["SYN", 2],
  ["ACK", 16],
  ["FIN", 1],
  ["RST", 4],
  ["PSH", 8],
  ["URG", 32],
] as const;

/** What is no whole TCP segment over IPv4 is none of ours. */
export const seenSegment = (bytes: Uint8Array): SeenSegment | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 40 || view.getUint8(0) >> 4 !== 4 || view.getUint8(9) !== 6) return undefined;
  const ip = (view.getUint8(0) & 15) * 4;
  const total = view.getUint16(2);
  if (total > bytes.length || total < ip + 20) return undefined;
  const tcp = (view.getUint8(ip + 12) >> 4) * 4;
  const bits = view.getUint8(ip + 13);
  return {
    flags: flagBits.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name),
    seq: view.getUint32(ip + 4),
    ack: view.getUint32(ip + 8),
    length: total - ip - tcp,
    ports: [view.getUint16(ip), view.getUint16(ip + 2)],
  };
};
