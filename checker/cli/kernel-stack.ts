// The kernel of this machine as a TCP under test, inside a namespace of its own: lines on standard input -> sockets, a TUN device.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { existsSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { networkInterfaces, release } from "node:os";
import { createInterface } from "node:readline";
import { packetLine } from "../replay/index.ts";

/** One datagram is one packet; nothing else lives in this namespace. */
const ours = 9001;
const theirs = 9000;
const loopback = "127.0.0.1";

/** So that answers are those that the case gives, at once and without options. */
const plainTcp: Readonly<Record<string, string>> = {
  "net.ipv4.tcp_timestamps": "0",
  "net.ipv4.tcp_sack": "0",
  "net.ipv4.tcp_window_scaling": "0",
  "net.ipv4.tcp_ecn": "0",
  "net.ipv4.tcp_syncookies": "0",
  "net.ipv4.tcp_invalid_ratelimit": "0",
  "net.ipv4.tcp_rto_min_us": "3000000",
  "net.ipv6.conf.all.disable_ipv6": "1",
  "net.ipv6.conf.default.disable_ipv6": "1",
};

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

interface Told {
  readonly [name: string]: unknown;
}

type Answer = Readonly<Record<string, unknown>>;

const done: Answer = { ok: true };
const refuse = (why: string): Answer => ({ ok: false, why });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const place = (text: unknown): { readonly host: string; readonly port: number } => {
  const [host = "", port = "0"] = String(text).split(":");
  return { host, port: Number(port) };
};

let local = place("");
let peer = place("");
let server: Server | undefined;
let connection: Socket | undefined;
let tunnel: ChildProcess | undefined;
const wire = createSocket("udp4");

const pathOf = (key: string): string => `/proc/sys/${key.replaceAll(".", "/")}`;

const isMember = (it: unknown): it is Readonly<Record<string, string>> =>
  typeof it === "object" && it !== null;

/** Of the switches that only make things plain, an older kernel may lack some. */
const setSwitches = (asked: Readonly<Record<string, string>>): readonly string[] => {
  const lacking: string[] = [];
  for (const [key, value] of Object.entries({ ...plainTcp, ...asked })) {
    if (existsSync(pathOf(key))) writeFileSync(pathOf(key), value);
    else if (key in asked) throw new Error(`this kernel has no switch ${key}`);
    else if (!key.startsWith("net.ipv6")) lacking.push(`this kernel has no switch ${key}`);
  }
  return lacking;
};

const listenOnWire = (): Promise<void> =>
  new Promise((resolve, reject) => {
    wire.once("error", reject);
    wire.on("message", (bytes) => say(packetLine(bytes)));
    wire.bind(ours, loopback, resolve);
  });

const openTunnel = async (): Promise<string | undefined> => {
  let said = "";
  const device = `TUN:${local.host}/24,iff-no-pi,iff-up,tun-name=tun0`;
  const other = `UDP4:${loopback}:${ours},bind=${loopback}:${theirs}`;
  tunnel = spawn("socat", [device, other], { stdio: ["ignore", "ignore", "pipe"] });
  tunnel.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  tunnel.on("error", (error) => {
    said += error.message;
  });
  for (let left = 500; left > 0; left -= 1) {
    if (networkInterfaces()["tun0"]?.some((it) => it.address === local.host) === true) {
      return undefined;
    }
    if (tunnel.exitCode !== null) break;
    await pause(10);
  }
  return `socat opens no TUN device: ${said.trim()}`;
};

const start = async ({ local: here, peer: there, sysctl, outside }: Told): Promise<Answer> => {
  // Switches of the machine itself are never touched.
  if (readlinkSync("/proc/self/ns/net") === outside)
    return refuse("this is no namespace of its own");
  local = place(here);
  peer = place(there);
  if (spawnSync("ip", ["link", "set", "lo", "up"]).status !== 0) return refuse("ip fails");
  const remarks = setSwitches(isMember(sysctl) ? sysctl : {});
  await listenOnWire();
  const why = await openTunnel();
  return why === undefined ? { ok: true, name: `linux ${release()}`, remarks } : refuse(why);
};

const watched = (socket: Socket): Socket =>
  socket.on("error", () => undefined).on("data", () => undefined);

const unlisten = (): void => {
  server?.close();
  server = undefined;
};

const listen = (): Promise<Answer> =>
  new Promise((resolve) => {
    const opened = createServer({ allowHalfOpen: true }, (socket) => {
      connection = watched(socket);
      // The model's listener takes one connection.
      unlisten();
    });
    opened.on("error", (error) => resolve(refuse(`listen() fails: ${error.message}`)));
    opened.listen(local.port, local.host, 1, () => resolve(done));
    server = opened;
  });

const open = (): Promise<Answer> =>
  new Promise((resolve) => {
    const at = {
      host: peer.host,
      port: peer.port,
      localAddress: local.host,
      localPort: local.port,
    };
    const socket = connect({ ...at, allowHalfOpen: true });
    connection = watched(socket);
    socket.on("error", (error) => resolve(refuse(`connect() fails: ${error.message}`)));
    // It succeeds when the peer answers; what fails at once has failed by then.
    setTimeout(() => resolve(done), 20);
  });

const close = (how: "close" | "abort"): Answer => {
  if (connection === undefined && server === undefined) return refuse(`nothing to ${how}`);
  if (connection === undefined) unlisten();
  else if (how === "abort") connection.resetAndDestroy();
  else connection.destroy();
  connection = undefined;
  return done;
};

const write = (octets: number): Answer => {
  if (connection === undefined) return refuse("nothing to write to");
  connection.write(".".repeat(octets));
  return done;
};

const stateNow = (): string => {
  const rows = readFileSync("/proc/net/tcp", "utf8").trim().split("\n").slice(1);
  const states = rows.map((row) => {
    const [, from = "", to = "", state = "0"] = row.trim().split(/\s+/);
    const port = (it: string): number => Number.parseInt(it.split(":")[1] ?? "", 16);
    return { from: port(from), to: port(to), name: stateNames[Number.parseInt(state, 16)] ?? "" };
  });
  const here = states.filter((it) => it.from === local.port);
  return (
    (here.find((it) => it.to === peer.port) ?? here.find((it) => it.to === 0))?.name ?? "CLOSED"
  );
};

/** A minute is fixed in the kernel: TIME_WAIT is removed, as if it were over. */
const expire = async (waits: boolean): Promise<Answer> => {
  if (stateNow() !== "TIME_WAIT") return refuse(`${stateNow()} is not TIME_WAIT`);
  if (!waits) {
    spawnSync("ss", ["--kill", "--tcp", "--numeric", "state", "time-wait"]);
    return stateNow() === "TIME_WAIT"
      ? refuse(
          "`ss --kill` does not remove TIME_WAIT: the kernel lacks CONFIG_INET_DIAG_DESTROY; try --wait",
        )
      : done;
  }
  for (let left = 1000; left > 0 && stateNow() === "TIME_WAIT"; left -= 1) await pause(100);
  return stateNow() === "TIME_WAIT" ? refuse("TIME_WAIT lasts more than 100 s") : done;
};

const does = async (told: Told): Promise<Answer> => {
  switch (told["do"]) {
    case "start":
      return start(told);
    case "listen":
      return listen();
    case "connect":
      return open();
    case "close":
    case "abort":
      return close(told["do"]);
    case "write":
      return write(Number(told["octets"]));
    case "expire":
      return expire(told["wait"] === true);
    case "state":
      return { ok: true, state: stateNow() };
    default:
      return refuse(`no command ${String(told["do"])}`);
  }
};

const take = async (line: string): Promise<void> => {
  const told = JSON.parse(line) as Told;
  const { packet } = told;
  if (typeof packet === "string") wire.send(Buffer.from(packet, "hex"), theirs, loopback);
  else say(JSON.stringify(await does(told)));
};

// When the replay is gone, this is, and with it the namespace and all in it.
createInterface({ input: process.stdin })
  .on("line", (line) => {
    take(line).catch((thrown: unknown) => say(JSON.stringify(refuse(String(thrown)))));
  })
  .on("close", () => {
    tunnel?.kill("SIGKILL");
    process.exit(0);
  });
