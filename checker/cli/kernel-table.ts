// The table of TCP sockets of a kernel, /proc/net/tcp: text, two places -> the connection between them.

import { endianness } from "node:os";

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Row {
  readonly from: Place;
  readonly to: Place;
  readonly name: string;
  /** Milliseconds until the timer that ends the state; absent where there is none. */
  readonly leftMs?: number;
  /** No small one that `ss` may remove without a word to the peer. */
  readonly isFullSocket: boolean;
}

const stateNames: readonly string[] = [
  "",
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RCVD",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "TIME_WAIT",
  "CLOSED",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
  "SYN_RCVD",
];

/** Timers in /proc/net/tcp: keepalive ends a FIN_WAIT_2 that is a full socket without owner. */
const keepalive = "02";
const timeWait = "03";

/** `0100007F:1F90`: the address as the machine keeps it in a word, the port as people write it. */
const placeOf = (text: string): Place => {
  const [address = "", port = ""] = text.split(":");
  const octets = (address.match(/../g) ?? []).map((it) => Number.parseInt(it, 16));
  const host = (endianness() === "LE" ? octets.toReversed() : octets).join(".");
  return { host, port: Number.parseInt(port, 16) };
};

const rowOf = (text: string): Row => {
  const [, from = "", to = "", state = "0", , timer = ""] = text.trim().split(/\s+/);
  const [kind = "", when = ""] = timer.split(":");
  return {
    from: placeOf(from),
    to: placeOf(to),
    name: stateNames[Number.parseInt(state, 16)] ?? "",
    isFullSocket: kind !== timeWait,
    // In hundredths of a second.
    ...(kind === keepalive || kind === timeWait ? { leftMs: Number.parseInt(when, 16) * 10 } : {}),
  };
};

const isAt = (one: Place, other: Place): boolean =>
  one.host === other.host && one.port === other.port;

/** The connection from `local` to `peer`, or else the socket that listens at `local`. */
export const rowIn = (table: string, local: Place, peer: Place): Row | undefined => {
  const rows = table.trim().split("\n").slice(1).map(rowOf);
  const here = rows.filter((it) => isAt(it.from, local));
  return here.find((it) => isAt(it.to, peer)) ?? here.find((it) => it.to.port === 0);
};
