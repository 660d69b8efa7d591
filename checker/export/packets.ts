// The packets of a trace, as they would be seen at the hosts: trace and binding -> packets in order of time.

import type { Core } from "../core/index.ts";
import type { Trace, TraceStep } from "../trace/index.ts";
import { allSteps, type Journey, journeysOf } from "./journeys.ts";
import { hostNumbers, signedDistance } from "./host-numbers.ts";
import { headerOf, type TcpBinding } from "./tcp-binding.ts";

/** What the header of a packet says, in numbers of 32 bits. */
export interface TcpHeader {
  /** Positions in the binding's list of hosts. */
  readonly from: number;
  readonly to: number;
  readonly seq: number;
  readonly ack: number;
  readonly flags: readonly ("SYN" | "ACK" | "FIN" | "RST" | "PSH" | "URG")[];
  readonly length: number;
  readonly window: number;
  /** TSval and TSecr (RFC 7323). */
  readonly stamp?: { readonly value: number; readonly echo: number };
}

export interface Packet {
  readonly step: number;
  /** Where it is seen, and which way it goes there. */
  readonly host: number;
  readonly way: "out" | "in";
  readonly header: TcpHeader;
  /** The same for a packet wherever it is seen, copies included: from 1. */
  readonly identification: number;
  readonly journey: Journey;
  readonly comment: string;
}

const flagNames = ["SYN", "ACK", "FIN", "RST", "PSH", "URG"] as const;

/** Sequence numbers that a segment takes: its octets, SYN and FIN (RFC 9293, 3.4). */
export const occupied = ({ flags, length }: Pick<TcpHeader, "flags" | "length">): number =>
  length + (flags.includes("SYN") ? 1 : 0) + (flags.includes("FIN") ? 1 : 0);

/**
 * Numbers of a small space as numbers of 32 bits: one for one, and of all that are equal modulo the small
 * space, the nearest to what the host sent last. So a SYN, an octet and a FIN take one number each, as in
 * TCP, and numbers wrap only where they really do.
 */
const widener = ({ hosts, modulus }: TcpBinding) => {
  // Far apart and multiples of the modulus, so that numbers can be recognised.
  const lasts = hosts.map((_, host) => modulus * Math.ceil(((host + 1) * 10_000) / modulus));
  const near = (host: number, value: number): number => {
    const last = lasts[host] ?? 0;
    return last + signedDistance(modulus, last, value);
  };
  return {
    near,
    sent: (host: number, next: number): void => {
      lasts[host] = next;
    },
  };
};

const asFlags = (binding: TcpBinding, it: Journey): TcpHeader["flags"] =>
  flagNames.filter((name) => headerOf(binding, it.flight, name) !== 0);

/** Timestamps of a host, each clock beginning elsewhere, as numbers of 32 bits that never go back. */
const clocks = ({ hosts, stamps }: TcpBinding) => {
  const lasts = hosts.map((_, host) => stamps * Math.ceil(((host + 1) * 1_000_000) / stamps));
  return (host: number, stamp: number): number => {
    const last = lasts[host] ?? 0;
    const shown = last + signedDistance(stamps, last, stamp);
    lasts[host] = shown;
    return shown;
  };
};

/** The timestamp that a host saw last before it sends in a step. */
const seenBefore = (
  journeys: readonly Journey[],
  headers: ReadonlyMap<number, TcpHeader>,
  { from, begin }: Journey,
): number =>
  journeys
    .filter((it) => it.to === from && it.end.how === "arrives" && it.end.step <= begin.step)
    .toSorted((one, other) => one.end.step - other.end.step)
    .flatMap((it) => headers.get(it.flight.id)?.stamp ?? [])
    .at(-1)?.value ?? 0;

/** Every segment once, as it was sent; a copy has the header of its original. */
const headersOf = (
  binding: TcpBinding,
  journeys: readonly Journey[],
  windows: Windows,
): ReadonlyMap<number, TcpHeader> => {
  const { near, sent } = widener(binding);
  const shown = clocks(binding);
  const headers = new Map<number, TcpHeader>();
  for (const it of journeys) {
    const { flight, from, to } = it;
    if (headers.has(flight.id) || flight.network !== binding.network) continue;
    const flags = asFlags(binding, it);
    const stamp = headerOf(binding, flight, "TSVAL");
    const header: TcpHeader = {
      from,
      to,
      flags,
      seq: near(from, headerOf(binding, flight, "SEQ")),
      ack: flags.includes("ACK") ? near(to, headerOf(binding, flight, "ACKNO")) : 0,
      length: headerOf(binding, flight, "LEN"),
      window:
        binding.fields["WND"] === undefined
          ? (windows[from] ?? 65_535)
          : headerOf(binding, flight, "WND"),
      ...(stamp === 0
        ? {}
        : { stamp: { value: shown(from, stamp), echo: seenBefore(journeys, headers, it) } }),
    };
    headers.set(flight.id, header);
    if (!flags.includes("RST")) sent(from, header.seq + occupied(header));
  }
  return headers;
};

const nameOf = (it: Journey, { flags, length }: TcpHeader): string =>
  [it.name, ...flags, ...(length > 0 ? [`${length} octet${length === 1 ? "" : "s"}`] : [])].join(
    " ",
  );

const fate: Readonly<Record<Journey["end"]["how"], string>> = {
  arrives: "",
  lost: ", lost",
  dropped: ", dropped by a full network",
  pending: ", still in flight at the end",
};

const sendingComment = (step: TraceStep, name: string, it: Journey): string => {
  const why = step.segment === undefined && step.kind !== "initial" ? `${step.action}: ` : "";
  const how = it.begin.how === "there" ? "on its way" : "send";
  return `step ${step.number}: ${why}${how} ${name}${fate[it.end.how]}`;
};

const arrivalComment = (step: TraceStep, name: string, it: Journey): string => {
  const marks = [...(it.flight.copy > 0 ? ["copy"] : []), ...(it.isStale ? ["stale"] : [])];
  const taken = step.branches.filter((branch) => !branch.endsWith(".else"));
  const said = taken.length > 0 ? taken : step.branches.slice(-1);
  const events = step.events
    .filter((event) => event.violated)
    .map((event) => `violates ${event.property}`);
  return [
    `step ${step.number}: deliver ${name}`,
    ...marks,
    ...said.map((branch) => `case ${branch}`),
    ...events,
  ].join(", ");
};

/** The windows that hosts offer, where the model has one. */
export type Windows = readonly (number | undefined)[];

/**
 * Numbers that are far apart meet in a small space: a segment that is old by its number may be new in the
 * model, and the other way round. Then a capture says so.
 */
const order = (
  core: Core,
  { hosts, modulus }: TcpBinding,
  { from, to, flight }: Journey,
  headers: ReadonlyMap<number, TcpHeader>,
  before: TraceStep | undefined,
): readonly string[] => {
  const numbers = before && hostNumbers(core, hosts[to]?.name ?? "", before);
  const header = headers.get(flight.id);
  if (numbers === undefined || header === undefined) return [];
  const others = [...headers.values()].filter((it) => it.from === from);
  const expected = others.findLast(
    (it) => (it.seq + occupied(it) - numbers.receiveNext) % modulus === 0,
  );
  if (expected === undefined) return [];
  const inModel = signedDistance(modulus, numbers.receiveNext, header.seq);
  const shown = header.seq - (expected.seq + occupied(expected));
  if (inModel < 0 === shown < 0) return [];
  return [`its number is ${inModel < 0 ? "older" : "newer"} in the model's space of ${modulus}`];
};

/** In order of time: what arrives in a step, then what the step sends. */
export const packetsOf = (
  core: Core,
  binding: TcpBinding,
  trace: Trace,
  windows: Windows = [],
): readonly Packet[] => {
  const journeys = journeysOf(core, trace);
  const headers = headersOf(binding, journeys, windows);
  const steps = allSteps(trace);
  return steps.flatMap((step, position) => {
    const at = (
      it: Journey,
      packet: Pick<Packet, "host" | "way" | "comment">,
    ): readonly Packet[] => {
      const header = headers.get(it.flight.id);
      if (header === undefined) return [];
      return [{ step: step.number, header, identification: it.flight.id, journey: it, ...packet }];
    };
    const named = (it: Journey): string => {
      const header = headers.get(it.flight.id);
      return header === undefined ? it.name : nameOf(it, header);
    };
    const arriving = journeys.filter(
      (it) => it.end.how === "arrives" && it.end.step === step.number,
    );
    const leaving = journeys.filter(
      (it) => it.begin.step === step.number && it.begin.how !== "copied",
    );
    return [
      ...arriving.flatMap((it) => {
        const remarks = order(core, binding, it, headers, steps[position - 1]);
        const comment = [arrivalComment(step, named(it), it), ...remarks].join(", ");
        return at(it, { host: it.to, way: "in", comment });
      }),
      ...leaving.flatMap((it) =>
        at(it, { host: it.from, way: "out", comment: sendingComment(step, named(it), it) }),
      ),
    ];
  });
};

/** The host that takes the last segment: there the trace comes to its point. */
export const lastReceiver = (packets: readonly Packet[]): number =>
  packets.findLast((it) => it.way === "in")?.host ?? 0;
