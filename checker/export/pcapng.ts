// A trace as a capture that Wireshark opens: packets -> pcapng (draft-ietf-opsawg-pcapng), little-endian.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import type { Modules } from "../semantics/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Trace } from "../trace/index.ts";
import { ipPacket } from "./ip-packet.ts";
import { optionValue } from "./switches.ts";
import { type Packet, packetsOf } from "./packets.ts";
import { type TcpBinding, tcpBinding } from "./tcp-binding.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

const blockTypes = { section: 0x0a0d0d0a, interface: 1, packet: 6 } as const;
const options = {
  end: 0,
  comment: 1,
  interfaceName: 2,
  userApplication: 4,
  resolution: 9,
} as const;
/** LINKTYPE_RAW: packets begin with the IP header. */
const rawIp = 101;

const beginNanoseconds = 1_000_000_000;
const stepNanoseconds = 1_000_000;

const little16 = (value: number): readonly number[] => [value & 0xff, (value >>> 8) & 0xff];

const little32 = (value: number): readonly number[] => [
  ...little16(value & 0xffff),
  ...little16(Math.floor(value / 0x1_0000) & 0xffff),
];

const padded = (bytes: readonly number[]): readonly number[] => [
  ...bytes,
  ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0),
];

const option = (code: number, bytes: readonly number[]): readonly number[] => [
  ...little16(code),
  ...little16(bytes.length),
  ...padded(bytes),
];

const text = (code: number, content: string): readonly number[] =>
  option(code, [...new TextEncoder().encode(content)]);

/** Type, total length, body, total length again. */
const block = (type: number, body: readonly number[]): readonly number[] => {
  const length = body.length + 12;
  return [...little32(type), ...little32(length), ...body, ...little32(length)];
};

const sectionBlock = (about: Provenance): readonly number[] =>
  block(blockTypes.section, [
    ...little32(0x1a2b3c4d),
    ...little16(1),
    ...little16(0),
    ...Array<number>(8).fill(0xff),
    ...text(options.comment, `${about.source}: ${about.check}: ${violationText(about.violation)}`),
    ...text(options.userApplication, "check"),
    ...option(options.end, []),
  ]);

const interfaceBlock = (name: string): readonly number[] =>
  block(blockTypes.interface, [
    ...little16(rawIp),
    ...little16(0),
    ...little32(0),
    ...text(options.interfaceName, name),
    ...option(options.resolution, [9]),
    ...option(options.end, []),
  ]);

const packetBlock = (
  { host, way, step, comment }: Packet,
  bytes: Uint8Array,
): readonly number[] => {
  const time = beginNanoseconds + step * stepNanoseconds;
  return block(blockTypes.packet, [
    ...little32(host * 2 + (way === "out" ? 0 : 1)),
    ...little32(Math.floor(time / 2 ** 32)),
    ...little32(time % 2 ** 32),
    ...little32(bytes.length),
    ...little32(bytes.length),
    ...padded([...bytes]),
    ...text(options.comment, comment),
    ...option(options.end, []),
  ]);
};

/** What the model calls its window, for what is in and outside of it to be so in the capture, too. */
const windowsOf = (binding: TcpBinding, about: Provenance): readonly (number | undefined)[] =>
  binding.hosts.map((_, host) => {
    const value = optionValue(binding, about, "window", host);
    return value === undefined ? undefined : Number(value);
  });

/** The bytes of a capture: for every host what it sends and what it receives, each an interface. */
export const captureBytes = (
  core: Core,
  modules: Modules,
  about: Provenance,
  trace: Trace,
): E.Either<readonly Diagnostic[], Uint8Array> => {
  const binding = tcpBinding(core, modules);
  if (E.isLeft(binding)) return binding;
  const { hosts } = binding.right;
  const packets = packetsOf(core, binding.right, trace, windowsOf(binding.right, about));
  return E.right(
    Uint8Array.from([
      ...sectionBlock(about),
      ...hosts.flatMap(({ name }) => [
        ...interfaceBlock(`${name} sends`),
        ...interfaceBlock(`${name} receives`),
      ]),
      ...packets.flatMap((it) =>
        packetBlock(it, ipPacket(binding.right, it.header, it.identification)),
      ),
    ]),
  );
};
