// Numbers of segments as trace and stack can both say them: packets of a trace -> counted segments -> the wire, and back.

import {
  type HostNumbers,
  occupied,
  type Packet,
  signedDistance,
  type TcpBinding,
  type TcpHeader,
} from "../export/index.ts";
import type { SeenSegment } from "./seen-segment.ts";

/** A segment in the numbers of the model, small and without wrapping. */
export interface CountedSegment {
  readonly flags: TcpHeader["flags"];
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  /** A SYN whose number the stack may choose: with it a connection begins. */
  readonly begins: boolean;
  /** It begins this far beyond the right edge of the window, however large the stack's window is. */
  readonly beyond?: number;
  /** TSval of what the stack is sent. */
  readonly stamp?: number;
  /** Of what the stack sends: it has a timestamp, and TSecr if that says something. */
  readonly isStamped?: boolean;
  readonly echo?: number;
}

/** Of all numbers equal modulo the small space, the nearest to `last`. */
const near = (modulus: number, last: number, value: number): number =>
  last + signedDistance(modulus, last, value);

/** Timestamps half a turn apart are in no order, and none of them is older. */
const nearStamp = (stamps: number, last: number, value: number): number =>
  last - signedDistance(stamps, value, last);

export interface CountFrom {
  readonly mine: number;
  readonly others: number;
  readonly stamp: number;
  /** Octets in the window of the host, where the model says. */
  readonly window?: number;
}

/**
 * Every number is meant relative to what the stack and its peer have come to: the stack chooses where its
 * connections begin, and a segment of an old connection means to the next what it means in the model, where
 * both may begin at the same number. So what is older, newer, inside or outside of the window in the small
 * space of the model is so on the wire.
 */
export const countedFrom = (
  { modulus, stamps, hosts, fields }: TcpBinding,
  host: number,
  first: CountFrom,
) => {
  const origins = hosts.map((_, at) => modulus * Math.ceil(((at + 1) * 10_000) / modulus));
  let { mine, others, stamp: recent } = first;
  const { window } = first;
  const ahead = (last: number, next: number): number => (next > last ? next : last);
  const relative = (of: number, value: number): number => value - (origins[of] ?? 0);
  const stampOf = ({ journey }: Packet): number =>
    Number(journey.flight.fields.find((it) => it.name === fields["TSVAL"])?.text ?? 0);
  return {
    /** `numbers`: what the host knows before the segment comes, where it has a connection. */
    arriving: (packet: Packet, numbers: HostNumbers | undefined): CountedSegment => {
      const { header, journey } = packet;
      const { flags, length, from } = header;
      if (numbers !== undefined) {
        others = near(modulus, others, numbers.receiveNext);
        mine = near(modulus, mine, numbers.sendNext);
        if (numbers.stampRecent !== 0) recent = nearStamp(stamps, recent, numbers.stampRecent);
      }
      const seq = near(modulus, others, relative(from, header.seq));
      const ack = flags.includes("ACK") ? near(modulus, mine, relative(host, header.ack)) : 0;
      const isBeyond = numbers !== undefined && window !== undefined && seq >= others + window;
      const beyond = isBeyond ? { beyond: seq - others - window } : {};
      const value = stampOf(packet);
      const stamp = value === 0 ? {} : { stamp: nearStamp(stamps, recent, value) };
      if (!flags.includes("RST") && !journey.isStale) {
        others = ahead(others, seq + occupied(header));
      }
      return { flags, seq, ack, length, begins: false, ...beyond, ...stamp };
    },
    /** `numbers`: what the host knows after it has sent the segment. */
    leaving: (
      packet: Packet,
      mayBegin: boolean,
      numbers: HostNumbers | undefined,
    ): CountedSegment => {
      const { header } = packet;
      const { flags, length, to } = header;
      const begins = mayBegin && flags.includes("SYN");
      const raw = relative(host, header.seq);
      const seq = begins ? raw : near(modulus, mine, raw);
      const ack = flags.includes("ACK") ? near(modulus, others, relative(to, header.ack)) : 0;
      if (!flags.includes("RST")) {
        const next = seq + occupied(header);
        mine = begins ? next : ahead(mine, next);
      }
      const isStamped = stampOf(packet) !== 0;
      const seen = numbers?.stampRecent ?? 0;
      const echo =
        isStamped && flags.includes("ACK") && seen !== 0
          ? { echo: nearStamp(stamps, recent, seen) }
          : {};
      return { flags, seq, ack, length, begins, ...(isStamped ? { isStamped, ...echo } : {}) };
    },
  };
};

/** Where our side begins; the other side begins where it likes. */
const ourOrigin = 1_000_000;
/** Timestamps tick far apart, so that no tolerance of a stack blurs which is older. */
const stampOrigin = 100_000_000;
const stampStep = 1000;

const unsigned = (value: number): number => value >>> 0;
const signed = (value: number): number => value | 0;

/** What a stack has shown of its numbers. */
export interface Offsets {
  /** On the wire, of what is 0 in the trace: for numbers of the stack, and for ours. */
  readonly stack: number;
  readonly ours: number;
  /** The right edge of its window on the wire. */
  readonly edge?: number;
  /** Its last timestamp, which is echoed. */
  readonly stamp: number;
}

export const noOffsets: Offsets = { stack: 5_000_000, ours: ourOrigin, stamp: 0 };

const seqOnTheWire = ({ seq, beyond }: CountedSegment, { ours, edge }: Offsets): number =>
  unsigned(beyond === undefined || edge === undefined ? seq + ours : edge + beyond);

/** What is put on the wire. */
export const onTheWire = (
  segment: CountedSegment,
  offsets: Offsets,
): Pick<TcpHeader, "flags" | "seq" | "ack" | "length" | "stamp"> => {
  const { flags, ack, length, stamp } = segment;
  const isAck = flags.includes("ACK");
  return {
    flags,
    length,
    seq: seqOnTheWire(segment, offsets),
    ack: isAck ? unsigned(ack + offsets.stack) : 0,
    ...(stamp === undefined
      ? {}
      : {
          stamp: {
            value: unsigned(stampOrigin + stamp * stampStep),
            echo: isAck ? offsets.stamp : 0,
          },
        }),
  };
};

/** A SYN from beyond the window was taken: from there on our numbers are counted. */
export const movedOn = (offsets: Offsets, segment: CountedSegment): Offsets =>
  segment.beyond === undefined
    ? offsets
    : { ...offsets, ours: seqOnTheWire(segment, offsets) - segment.seq };

/** A connection begins: its first number says how to read all others. Windows and timestamps are noted, too. */
export const learned = (
  offsets: Offsets,
  expected: CountedSegment | undefined,
  seen: SeenSegment,
): Offsets => {
  const isOpening = expected?.begins === true && seen.flags.includes("SYN");
  const tellsWindow = seen.flags.includes("ACK") && !seen.flags.includes("RST");
  return {
    ...offsets,
    ...(isOpening ? { stack: unsigned(seen.seq - expected.seq) } : {}),
    ...(tellsWindow ? { edge: unsigned(seen.ack + seen.window) } : {}),
    ...(seen.stamp === undefined ? {} : { stamp: seen.stamp.value }),
  };
};

export const asCounted = (
  { flags, seq, ack, length, stamp }: SeenSegment,
  { stack, ours }: Offsets,
): CountedSegment => ({
  flags,
  length,
  seq: signed(seq - stack),
  ack: flags.includes("ACK") ? signed(ack - ours) : 0,
  begins: false,
  ...(stamp === undefined
    ? {}
    : { isStamped: true, echo: signed(stamp.echo - stampOrigin) / stampStep }),
});

const stampText = (
  { isStamped, echo, flags }: CountedSegment,
  expected: CountedSegment | undefined,
): readonly string[] => {
  if (isStamped !== true) return [];
  const tellsEcho = echo !== undefined && flags.includes("ACK");
  const isAsked = expected === undefined || expected.echo !== undefined;
  return [tellsEcho && isAsked ? `tsecr=${echo}` : "timestamp"];
};

/**
 * `FIN ACK seq=1 ack=1`; a RST with an ACK has SEQ 0, or what the stack likes, and nobody looks at it.
 * Of what was seen, TSecr is said only where something is `expected` of it.
 */
export const countedText = (segment: CountedSegment, expected?: CountedSegment): string => {
  const { flags, seq, ack, length } = segment;
  const shown = flags.filter((it) => it !== "PSH");
  const isAnswer = flags.includes("RST") && flags.includes("ACK");
  return [
    ...shown,
    ...(isAnswer ? [] : [`seq=${seq}`]),
    ...(flags.includes("ACK") ? [`ack=${ack}`] : []),
    ...(length > 0 ? [`len=${length}`] : []),
    ...stampText(segment, expected),
  ].join(" ");
};
