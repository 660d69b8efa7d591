// The way of a stack into the state in which a trace begins: state, numbers -> steps that come before the trace.

import type { CountedSegment } from "./numbers.ts";
import type { ScenarioStep } from "./scenario.ts";

type Flags = CountedSegment["flags"];

const segment = (flags: Flags, seq: number, ack: number, begins = false): CountedSegment => ({
  flags,
  seq,
  ack,
  length: 0,
  begins,
});

interface Numbers {
  /** SND.NXT and RCV.NXT when the trace begins. */
  readonly sendNext: number;
  readonly receiveNext: number;
}

type Lead = readonly Omit<ScenarioStep, "number">[];

/** The host listens, takes a connection, and closes it first or second as far as it has in the state. */
export const leadInto = (state: string, { sendNext, receiveNext }: Numbers): Lead | undefined => {
  const closes = state === "FIN_WAIT_2" || state === "TIME_WAIT";
  const peerCloses = state === "CLOSE_WAIT" || state === "TIME_WAIT";
  if (!closes && !peerCloses && state !== "ESTABLISHED") return undefined;
  const mine = sendNext - (closes ? 1 : 0);
  const others = receiveNext - (peerCloses ? 1 : 0);
  const arrives = (
    it: CountedSegment,
    sent: readonly CountedSegment[],
    reached: string,
  ): Lead[number] => ({
    text: "on the way to the beginning",
    move: { kind: "arrival", segment: it, listensFirst: false },
    sent,
    state: reached,
  });
  const fin: Flags = ["ACK", "FIN"];
  const calls = (call: "listen" | "close", sent: readonly CountedSegment[], reached: string) =>
    ({ text: `${call}()`, move: { kind: "call", call }, sent, state: reached }) as const;
  const synAck = segment(["SYN", "ACK"], mine - 1, others, true);
  return [
    calls("listen", [], "LISTEN"),
    arrives(segment(["SYN"], others - 1, 0), [synAck], "SYN_RCVD"),
    arrives(segment(["ACK"], others, mine), [], "ESTABLISHED"),
    ...(closes
      ? [
          calls("close", [segment(fin, mine, others)], "FIN_WAIT_1"),
          arrives(segment(["ACK"], others, sendNext), [], "FIN_WAIT_2"),
        ]
      : []),
    ...(peerCloses
      ? [arrives(segment(fin, others, sendNext), [segment(["ACK"], sendNext, receiveNext)], state)]
      : []),
  ];
};
