// The way of a stack into the state in which a trace begins: state, numbers -> steps that come before the trace.

import type { CountedSegment } from "./numbers.ts";
import type { Move } from "./moves.ts";
import type { ScenarioStep } from "./scenario.ts";

type Flags = CountedSegment["flags"];

export interface LeadFrom {
  /** SND.NXT and RCV.NXT when the trace begins. */
  readonly sendNext: number;
  readonly receiveNext: number;
  /** TS.Recent then; absent: a connection without timestamps. */
  readonly stamp?: number;
  /** The host connects, rather than to listen. */
  readonly asClient: boolean;
  /** Its SYN has a timestamp. */
  readonly synIsStamped: boolean;
  /** How its application makes and ends connections. */
  readonly connect: Move;
  readonly close: Move;
}

type Lead = readonly Omit<ScenarioStep, "number">[];

/** The host takes or makes a connection, and closes it first or second as far as it has in the state. */
export const leadInto = (state: string, from: LeadFrom): Lead | undefined => {
  const { sendNext, receiveNext, stamp, asClient, synIsStamped } = from;
  const closes = state === "FIN_WAIT_2" || state === "TIME_WAIT";
  const peerCloses = state === "CLOSE_WAIT" || state === "TIME_WAIT";
  if (!closes && !peerCloses && state !== "ESTABLISHED") return undefined;
  const mine = sendNext - (closes ? 1 : 0);
  const others = receiveNext - (peerCloses ? 1 : 0);
  const segment = (flags: Flags, seq: number, ack: number): CountedSegment => ({
    flags,
    seq,
    ack,
    length: 0,
    begins: false,
  });
  const leaving = (flags: Flags, seq: number, ack: number, begins = false): CountedSegment => ({
    ...segment(flags, seq, ack),
    begins,
    ...(stamp === undefined ? {} : { isStamped: true, echo: stamp }),
  });
  const arrives = (
    it: CountedSegment,
    sent: readonly CountedSegment[],
    reached: string,
  ): Lead[number] => ({
    text: "on the way to the beginning",
    move: {
      kind: "arrival",
      segment: { ...it, ...(stamp === undefined ? {} : { stamp }) },
      listener: "none",
    },
    sent,
    state: reached,
  });
  const fin: Flags = ["ACK", "FIN"];
  const calls = (move: Move, sent: readonly CountedSegment[], reached: string): Lead[number] => ({
    text: `${move.kind === "call" ? move.call : move.kind}()`,
    move,
    sent,
    state: reached,
  });
  const syn: CountedSegment = {
    ...segment(["SYN"], mine - 1, 0),
    begins: true,
    ...(synIsStamped ? { isStamped: true } : {}),
  };
  const opening: Lead = asClient
    ? [
        calls(from.connect, [syn], "SYN_SENT"),
        arrives(
          segment(["SYN", "ACK"], others - 1, mine),
          [leaving(["ACK"], mine, others)],
          "ESTABLISHED",
        ),
      ]
    : [
        calls({ kind: "call", call: "listen" }, [], "LISTEN"),
        arrives(
          segment(["SYN"], others - 1, 0),
          [leaving(["SYN", "ACK"], mine - 1, others, true)],
          "SYN_RCVD",
        ),
        arrives(segment(["ACK"], others, mine), [], "ESTABLISHED"),
      ];
  return [
    ...opening,
    ...(closes
      ? [
          calls(from.close, [leaving(fin, mine, others)], "FIN_WAIT_1"),
          arrives(segment(["ACK"], others, sendNext), [], "FIN_WAIT_2"),
        ]
      : []),
    ...(peerCloses
      ? [arrives(segment(fin, others, sendNext), [leaving(["ACK"], sendNext, receiveNext)], state)]
      : []),
  ];
};
