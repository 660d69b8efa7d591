// Numbers of segments as trace and stack can both say them: packets of a trace -> counted segments -> the wire, and back.

import type { Packet, TcpBinding, TcpHeader } from "../export/index.ts";
import type { SeenSegment } from "./seen-segment.ts";

/** A segment in the numbers of the model, small and without wrapping. */
export interface CountedSegment {
  readonly flags: TcpHeader["flags"];
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  /** A SYN whose number the stack may choose: with it a connection begins. */
  readonly begins: boolean;
}

const occupied = ({ flags, length }: Pick<TcpHeader, "flags" | "length">): number =>
  length + (flags.includes("SYN") ? 1 : 0) + (flags.includes("FIN") ? 1 : 0);

/** Of all numbers equal modulo the small space, the nearest to `last`. */
const near = (modulus: number, last: number, value: number): number => {
  const ahead = (((value - last) % modulus) + modulus) % modulus;
  return last + (ahead > modulus / 2 ? ahead - modulus : ahead);
};

/**
 * Every number is meant relative to what the stack and its peer have come to: the stack chooses where its
 * connections begin, and a segment of an old connection means to the next what it means in the model, where
 * both may begin at the same number.
 */
export const countedFrom = (
  { modulus, hosts }: TcpBinding,
  host: number,
  first: { readonly mine: number; readonly others: number },
) => {
  const origins = hosts.map((_, at) => modulus * Math.ceil(((at + 1) * 10_000) / modulus));
  let { mine, others } = first;
  const ahead = (last: number, next: number): number => (next > last ? next : last);
  const relative = (of: number, value: number): number => value - (origins[of] ?? 0);
  return {
    arriving: ({ header, journey }: Packet): CountedSegment => {
      const { flags, length, from } = header;
      const seq = near(modulus, others, relative(from, header.seq));
      const ack = flags.includes("ACK") ? near(modulus, mine, relative(host, header.ack)) : 0;
      if (!flags.includes("RST") && !journey.isStale) {
        others = ahead(others, seq + occupied(header));
      }
      return { flags, seq, ack, length, begins: false };
    },
    leaving: ({ header }: Packet, mayBegin: boolean): CountedSegment => {
      const { flags, length, to } = header;
      const begins = mayBegin && flags.includes("SYN");
      const raw = relative(host, header.seq);
      const seq = begins ? raw : near(modulus, mine, raw);
      const ack = flags.includes("ACK") ? near(modulus, others, relative(to, header.ack)) : 0;
      if (!flags.includes("RST")) {
        const next = seq + occupied(header);
        mine = begins ? next : ahead(mine, next);
      }
      return { flags, seq, ack, length, begins };
    },
  };
};

/** Where our side begins; the other side begins where it likes. */
const ourOrigin = 1_000_000;

const unsigned = (value: number): number => value >>> 0;
const signed = (value: number): number => value | 0;

/** What a stack has shown of its numbers. */
export interface Offsets {
  /** On the wire, of what is 0 in the trace. */
  readonly stack: number;
}

export const noOffsets: Offsets = { stack: 5_000_000 };

/** What is put on the wire. */
export const onTheWire = (
  { flags, seq, ack, length }: CountedSegment,
  { stack }: Offsets,
): Pick<TcpHeader, "flags" | "seq" | "ack" | "length"> => ({
  flags,
  length,
  seq: unsigned(seq + ourOrigin),
  ack: flags.includes("ACK") ? unsigned(ack + stack) : 0,
});

/** A connection begins: its first number says how to read all others. */
export const learned = (
  offsets: Offsets,
  expected: CountedSegment | undefined,
  seen: SeenSegment,
): Offsets =>
  expected?.begins === true && seen.flags.includes("SYN")
    ? { stack: unsigned(seen.seq - expected.seq) }
    : offsets;

export const asCounted = (
  { flags, seq, ack, length }: SeenSegment,
  { stack }: Offsets,
): CountedSegment => ({
  flags,
  length,
  seq: signed(seq - stack),
  ack: flags.includes("ACK") ? signed(ack - ourOrigin) : 0,
  begins: false,
});

/** `FIN ACK seq=1 ack=1`; a RST with an ACK has SEQ 0, or what the stack likes, and nobody looks at it. */
export const countedText = ({ flags, seq, ack, length }: CountedSegment): string => {
  const shown = flags.filter((it) => it !== "PSH");
  const isAnswer = flags.includes("RST") && flags.includes("ACK");
  return [
    ...shown,
    ...(isAnswer ? [] : [`seq=${seq}`]),
    ...(flags.includes("ACK") ? [`ack=${ack}`] : []),
    ...(length > 0 ? [`len=${length}`] : []),
  ].join(" ");
};
