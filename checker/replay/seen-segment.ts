// A TCP segment in an IPv4 packet as a stack sent it: bytes -> header, or nothing.

import type { TcpHeader } from "../export/index.ts";

export interface SeenSegment {
  readonly flags: TcpHeader["flags"];
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  /** Octets: nobody scales it, for we never offer that. */
  readonly window: number;
  readonly ports: readonly [number, number];
  readonly stamp?: { readonly value: number; readonly echo: number };
}

const flagBits = [
  ["SYN", 2],
  ["ACK", 16],
  ["FIN", 1],
  ["RST", 4],
  ["PSH", 8],
  ["URG", 32],
] as const;

const optionKinds = { end: 0, nothing: 1, stamp: 8 } as const;

const stampIn = (options: DataView): SeenSegment["stamp"] => {
  let at = 0;
  while (at < options.byteLength) {
    const kind = options.getUint8(at);
    if (kind === optionKinds.end) return undefined;
    const length =
      kind === optionKinds.nothing || at + 1 >= options.byteLength ? 1 : options.getUint8(at + 1);
    if (kind === optionKinds.stamp && length === 10 && at + 10 <= options.byteLength) {
      return { value: options.getUint32(at + 2), echo: options.getUint32(at + 6) };
    }
    at += Math.max(length, 1);
  }
  return undefined;
};

/** What is no whole TCP segment over IPv4 is none of ours. */
export const seenSegment = (bytes: Uint8Array): SeenSegment | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 40 || view.getUint8(0) >> 4 !== 4 || view.getUint8(9) !== 6) return undefined;
  const ip = (view.getUint8(0) & 15) * 4;
  const total = view.getUint16(2);
  if (total > bytes.length || total < ip + 20) return undefined;
  const tcp = (view.getUint8(ip + 12) >> 4) * 4;
  if (tcp < 20 || ip + tcp > total) return undefined;
  const bits = view.getUint8(ip + 13);
  const stamp = stampIn(new DataView(bytes.buffer, bytes.byteOffset + ip + 20, tcp - 20));
  return {
    flags: flagBits.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name),
    seq: view.getUint32(ip + 4),
    ack: view.getUint32(ip + 8),
    length: total - ip - tcp,
    window: view.getUint16(ip + 14),
    ports: [view.getUint16(ip), view.getUint16(ip + 2)],
    ...(stamp === undefined ? {} : { stamp }),
  };
};
