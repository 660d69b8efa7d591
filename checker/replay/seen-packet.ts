// What a stack put on the wire, whole and of its connection or not: bytes, both ends -> a segment, or what else it is.

import * as E from "fp-ts/lib/Either.js";
import { checksum, pseudoHeader } from "../export/index.ts";
import { type SeenSegment, seenSegment } from "./seen-segment.ts";

/** One end of a connection. */
export interface End {
  readonly address: readonly number[];
  readonly port: number;
}

/** A segment goes from a stack to its peer. */
export interface Way {
  readonly from: End;
  readonly to: End;
}

const tcp = 6;

/** Flags that no model has. */
const moreFlags = [
  ["ECE", 64],
  ["CWR", 128],
] as const;

/** IPv6, and what goes to many, is the chatter of a host with its neighbours. */
const isChatter = (bytes: Uint8Array): boolean => {
  const version = (bytes[0] ?? 0) >> 4;
  return version === 6 || (version === 4 && bytes.length >= 20 && (bytes[16] ?? 0) >= 224);
};

const endText = ({ address, port }: End): string => `${address.join(".")}:${port}`;

const wayText = ({ from, to }: Way): string => `from ${endText(from)} to ${endText(to)}`;

/** What is wrong with a segment that can be read. */
const flawOf = (bytes: Uint8Array, { ports }: SeenSegment, way: Way): string | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = (view.getUint8(0) & 15) * 4;
  const segment = bytes.subarray(begin, view.getUint16(2));
  const [source, destination] = [[...bytes.subarray(12, 16)], [...bytes.subarray(16, 20)]];
  if (checksum(pseudoHeader(source, destination, segment.length), segment) !== 0) {
    return "a segment with a wrong TCP checksum";
  }
  const [sourcePort, destinationPort] = ports;
  const goes = wayText({
    from: { address: source, port: sourcePort },
    to: { address: destination, port: destinationPort },
  });
  if (goes !== wayText(way)) return `a segment ${goes}`;
  const bits = view.getUint8(begin + 13);
  const more = moreFlags.filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name);
  if (more.length > 0) return `a segment with ${more.join(" and ")}`;
  return (view.getUint8(begin + 12) & 15) === 0 ? undefined : "a segment with reserved bits";
};

/** Left: what it is instead of a sound segment of this connection; undefined: nothing that concerns that. */
export const seenPacket = (
  bytes: Uint8Array,
  way: Way,
): E.Either<string, SeenSegment> | undefined => {
  if (isChatter(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = ((bytes[0] ?? 0) & 15) * 4;
  if (begin < 20 || bytes.length < begin || view.getUint8(0) >> 4 !== 4) {
    return E.left("what is no IPv4 packet");
  }
  if (checksum(bytes.subarray(0, begin)) !== 0) return E.left("a packet with a wrong IP checksum");
  if ((view.getUint16(6) & 0x3fff) !== 0) return E.left("a fragment of a packet");
  if (view.getUint8(9) !== tcp) return E.left(`a packet of IP protocol ${view.getUint8(9)}`);
  const segment = seenSegment(bytes);
  if (segment === undefined) return E.left("a segment that is cut short");
  const flaw = flawOf(bytes, segment, way);
  return flaw === undefined ? E.right(segment) : E.left(flaw);
};
