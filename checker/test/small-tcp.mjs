// Test support: a TCP of a few lines that speaks the protocol of docs/replay.md, good for one passive connection.
// With --eager it answers every RST, which no TCP may do, with --parrot by what it has sent before, with other ACKs
// or, with --echo, the same; with --mute it never says that it has started.

import { createSocket } from "node:dgram";
import { createInterface } from "node:readline";

const [eager, parrot, echo] = ["--eager", "--parrot", "--echo"].map((it) =>
  process.argv.includes(it),
);
const [FIN, SYN, RST, ACK] = [1, 2, 4, 16];

let local;
let peer;
let wire;
let state = "CLOSED";
let next = 0;
let expected = 0;
const socket = createSocket("udp4");

const checksum = (...parts) => {
  let sum = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += 2) sum += (part[at] << 8) + (part[at + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
};

const place = (text) => {
  const [host, port] = text.split(":");
  return { host, port: Number(port), octets: host.split(".").map(Number) };
};

const send = (flags, seq, ack) => {
  const ip = Buffer.alloc(20);
  const tcp = Buffer.alloc(20);
  ip.set([0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6]);
  ip.set([...local.octets, ...peer.octets], 12);
  ip.writeUInt16BE(checksum(ip), 10);
  tcp.writeUInt16BE(local.port, 0);
  tcp.writeUInt16BE(peer.port, 2);
  tcp.writeUInt32BE(seq >>> 0, 4);
  tcp.writeUInt32BE(ack >>> 0, 8);
  tcp.set([0x50, flags, 0xff, 0xff], 12);
  const pseudo = [...local.octets, ...peer.octets, 0, 6, 0, 20];
  tcp.writeUInt16BE(checksum(pseudo, tcp), 16);
  socket.send(Buffer.concat([ip, tcp]), wire.port, wire.host);
};

const arrives = (packet) => {
  const flags = packet[33];
  const seq = packet.readUInt32BE(24);
  if (flags & RST) {
    state = "CLOSED";
    if (eager) send(RST, next, 0);
    if (parrot) send(FIN | ACK, next - 1, 12_345);
    if (parrot) send(SYN | ACK, next - 2, 999);
    if (echo) send(FIN | ACK, next - 1, expected);
  } else if (state === "LISTEN" && flags === SYN) {
    state = "SYN-RECEIVED";
    expected = seq + 1;
    next = 4_000_000_000;
    send(SYN | ACK, next, expected);
    next += 1;
  } else if (state === "SYN-RECEIVED" && flags & ACK) {
    state = "ESTABLISHED";
    if (flags & FIN) {
      state = "CLOSE-WAIT";
      expected += 1;
      send(ACK, next, expected);
    }
  }
};

const does = {
  start: async (told) => {
    [local, peer, wire] = [told.local, told.peer, told.wire].map(place);
    socket.on("message", arrives);
    await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return { ok: true, name: "small", wire: `127.0.0.1:${socket.address().port}` };
  },
  listen: () => {
    state = "LISTEN";
    return { ok: true };
  },
  close: () => {
    state = "LAST-ACK";
    send(FIN | ACK, next, expected);
    next += 1;
    return { ok: true };
  },
  state: () => ({ ok: true, state }),
};

createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const told = JSON.parse(line);
    if (process.argv.includes("--mute")) process.exit(3);
    const unknown = () => ({ ok: false, why: `${told.do} is too much for me` });
    process.stdout.write(`${JSON.stringify(await (does[told.do] ?? unknown)(told))}\n`);
  })
  .on("close", () => process.exit(0));
