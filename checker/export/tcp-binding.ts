// What the names of a model are in a real TCP: `binding` blocks and a core -> fields, addresses, calls, switches.

import * as E from "fp-ts/lib/Either.js";
import type { Core, Network } from "../core/index.ts";
import type { Modules } from "../semantics/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Flight } from "../trace/index.ts";
import { unbound } from "./diagnostics.ts";
import { hostsOf } from "./hosts.ts";

/** The parts of a TCP header that a binding may name. */
export type Header =
  "SEQ" | "ACKNO" | "SYN" | "ACK" | "FIN" | "RST" | "PSH" | "URG" | "LEN" | "WND" | "TSVAL";

export interface Switch {
  readonly key: string;
  readonly constant: string;
}

export interface TcpBinding {
  /** The network that carries TCP's segments. */
  readonly network: number;
  /** The names of fields. */
  readonly fields: Readonly<Partial<Record<string, string>>>;
  /** How many sequence numbers the model has. */
  readonly modulus: number;
  /** How many timestamps it has, from 1 on, before they wrap; 0: it has none. */
  readonly stamps: number;
  readonly hosts: readonly { readonly name: string; readonly address: readonly number[] }[];
  /** `close`, by the name of the rule that stands for it. */
  readonly calls: Readonly<Partial<Record<string, string>>>;
  readonly sysctls: readonly Switch[];
  /** What is no switch of a kernel, but of the application above it: keys that begin with `socket.`, without that. */
  readonly options: readonly Switch[];
  readonly timers: readonly { readonly role: string; readonly timer: string }[];
}

const needed: readonly Header[] = ["SEQ", "ACKNO", "SYN", "ACK", "FIN", "RST"];

const octetsOf = (address: string): readonly number[] | undefined => {
  const octets = address.split(".").map(Number);
  const isAddress =
    octets.length === 4 && octets.every((it) => Number.isInteger(it) && it >= 0 && it < 256);
  return isAddress ? octets : undefined;
};

const modulusOf = ({ fields }: Network, name: string): number | undefined => {
  const display = fields.find((it) => it.name === name)?.display;
  return display?.kind === "mod" ? display.modulus : undefined;
};

const ofApplication = "socket.";

/** Timestamps count from 1; 0 is none. */
const stampsOf = ({ fields }: Network, name: string | undefined): number =>
  fields.find((it) => it.name === name)?.high ?? 0;

/** The bindings of all modules taken together. */
export const tcpBinding = (
  core: Core,
  modules: Modules,
): E.Either<readonly Diagnostic[], TcpBinding> => {
  const missing = (what: string): E.Either<readonly Diagnostic[], never> =>
    E.left([unbound({ file: modules.entry.file, start: 0, end: 0 }, { what })]);
  const items = modules.list
    .flatMap(({ tree }) => tree.declarations)
    .flatMap((it) => (it.kind === "binding" ? it.items : []));
  const named = items.flatMap((it) => (it.kind === "segment" ? it.fields : []));
  if (named.length === 0) return missing("no `segment` is bound");
  const fields = Object.fromEntries(named.map((it) => [it.header.text, it.field.text]));
  const absent = needed.filter((it) => fields[it] === undefined);
  if (absent.length > 0) return missing(`nothing is bound to ${absent.join(", ")}`);
  const network = core.networks.findIndex((it) =>
    Object.values(fields).every((name) => it.fields.some((field) => field.name === name)),
  );
  const modulus = core.networks[network] && modulusOf(core.networks[network], fields["SEQ"] ?? "");
  if (modulus === undefined) return missing("no network carries the segments that are bound");
  const addresses = items.flatMap((it) => (it.kind === "hosts" ? it.hosts : []));
  const names = hostsOf(core);
  const hosts = names.flatMap((name) => {
    const address = octetsOf(addresses.find((it) => it.host.text === name)?.address ?? "");
    return address === undefined ? [] : [{ name, address }];
  });
  if (hosts.length < names.length || names.length === 0) {
    return missing("not every host has an IPv4 address");
  }
  const switches = items.flatMap((it): readonly Switch[] =>
    it.kind === "sysctl" ? [{ key: it.key, constant: it.constant.text }] : [],
  );
  return E.right({
    network,
    fields,
    modulus,
    stamps:
      core.networks[network] === undefined ? 0 : stampsOf(core.networks[network], fields["TSVAL"]),
    hosts,
    calls: Object.fromEntries(
      items.flatMap((it) => (it.kind === "call" ? [[it.rule.text, it.call.text] as const] : [])),
    ),
    sysctls: switches.filter((it) => !it.key.startsWith(ofApplication)),
    options: switches.flatMap(({ key, constant }) =>
      key.startsWith(ofApplication) ? [{ key: key.slice(ofApplication.length), constant }] : [],
    ),
    timers: items.flatMap((it) =>
      it.kind === "timer" ? [{ role: it.role.text, timer: it.timer.text }] : [],
    ),
  });
};

/** The value of a bound field; 0 for one that the segment, or the binding, does not have. */
export const headerOf = ({ fields }: TcpBinding, flight: Flight, header: Header): number => {
  const found = flight.fields.find((it) => it.name === fields[header]);
  if (found === undefined) return 0;
  return found.flag === undefined ? Number(found.text) : Number(found.flag);
};
