// The kernel of this machine as a TCP under test, inside a namespace of its own: lines on standard input -> sockets, a TUN device.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { readFileSync, readlinkSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { networkInterfaces, release } from "node:os";
import { createInterface } from "node:readline";
import { packetLine } from "../replay/index.ts";
import { isSwitches, namespaceMistake, setSwitches, switchMistake } from "./kernel-switches.ts";
import { type Place, type Row, rowIn } from "./kernel-table.ts";

/** One datagram is one packet; nothing else lives in this namespace. */
const ours = 9001;
const theirs = 9000;
const loopback = "127.0.0.1";

interface Told {
  readonly [name: string]: unknown;
}

type Answer = Readonly<Record<string, unknown>>;

const done: Answer = { ok: true };
const refuse = (why: string): Answer => ({ ok: false, why });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const place = (text: unknown): Place => {
  const [host = "", port = "0"] = String(text).split(":");
  return { host, port: Number(port) };
};

let local = place("");
let peer = place("");
let server: Server | undefined;
let connection: Socket | undefined;
let tunnel: ChildProcess | undefined;
/** Other processes that end with this one. */
const helpers: ChildProcess[] = [];
const wire = createSocket("udp4");

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
  const mistake =
    namespaceMistake(readlinkSync("/proc/self/ns/net"), outside) ?? switchMistake(sysctl);
  if (mistake !== undefined) return refuse(mistake);
  local = place(here);
  peer = place(there);
  if (spawnSync("ip", ["link", "set", "lo", "up"]).status !== 0) return refuse("ip fails");
  const remarks = setSwitches(isSwitches(sysctl) ? sysctl : {});
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

/** Listens, and never accepts: nothing that comes after this is done in that process. */
const deafListener = `
  const { createServer } = require("node:net");
  createServer().listen({ port: PORT, host: "HOST", backlog: 1 }, () => {
    require("node:fs").writeSync(1, "ready");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** A listener in another process, with as many connections waiting as it has room for. */
const listenFull = async (): Promise<Answer> => {
  if (helpers.length > 0) return done;
  const { host, port } = local;
  const text = deafListener.replace("PORT", String(port)).replace("HOST", host);
  const deaf = spawn(process.execPath, ["-e", text], { stdio: ["ignore", "pipe", "ignore"] });
  helpers.push(deaf);
  await new Promise((resolve) => deaf.stdout.once("data", resolve).once("end", resolve));
  if (deaf.exitCode !== null) return refuse("nothing can listen beside it");
  for (let waiting = 0; waiting < 2; waiting += 1) {
    const guest = watched(connect({ host, port }));
    await new Promise((resolve) => guest.once("connect", resolve).once("error", resolve));
  }
  return done;
};

const listen = (): Promise<Answer> =>
  new Promise((resolve) => {
    if (server !== undefined) {
      resolve(done);
      return;
    }
    const opened = createServer({ allowHalfOpen: true }, (socket) => {
      connection = watched(socket);
      // The model's listener takes one connection.
      unlisten();
    });
    opened.on("error", (error) => resolve(refuse(`listen() fails: ${error.message}`)));
    opened.listen(local.port, local.host, 1, () => resolve(done));
    server = opened;
  });

const noAddress: ReadonlySet<unknown> = new Set(["EADDRNOTAVAIL", "EADDRINUSE"]);

const open = (autobind: boolean): Promise<Answer> =>
  new Promise((resolve) => {
    const from = autobind ? {} : { localAddress: local.host, localPort: local.port };
    const socket = connect({ host: peer.host, port: peer.port, ...from, allowHalfOpen: true });
    watched(socket);
    socket.on("error", (error) => {
      const isAddress = "code" in error && noAddress.has(error.code);
      resolve(refuse(isAddress ? "address not available" : `connect() fails: ${error.message}`));
    });
    // It succeeds when the peer answers; what fails at once has failed by then.
    setTimeout(() => {
      connection = socket;
      resolve(done);
    }, 20);
  });

/** Closes one direction: the connection stays the application's. */
const shutdown = (): Answer => {
  if (connection === undefined) return refuse("nothing to shut down");
  connection.end();
  return done;
};

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

const rowNow = (): Row | undefined => rowIn(readFileSync("/proc/net/tcp", "utf8"), local, peer);

const stateNow = (): string => rowNow()?.name ?? "CLOSED";

const told = (): Answer => {
  const { name = "CLOSED", leftMs } = rowNow() ?? {};
  const isRest = name === "TIME_WAIT" || name === "FIN_WAIT_2";
  return {
    ok: true,
    state: name,
    ...(isRest && leftMs !== undefined ? { endsMs: performance.now() + leftMs } : {}),
  };
};

/** What ends sooner is waited for. */
const longestMs = 9000;

/** How `ss` calls what `expire` may end. */
const resting: Readonly<Record<string, string>> = {
  TIME_WAIT: "time-wait",
  FIN_WAIT_2: "fin-wait-2",
};

/** A minute is fixed in the kernel: TIME_WAIT is removed, as if it were over. */
const expire = async (waits: boolean): Promise<Answer> => {
  const before = stateNow();
  const name = resting[before];
  if (name === undefined) return refuse(`${before} is not TIME_WAIT`);
  const row = rowNow();
  if (row?.isFullSocket === true) {
    const { leftMs = Number.POSITIVE_INFINITY } = row;
    if (leftMs > longestMs && !waits)
      return refuse(`${before} lasts ${leftMs} ms more: try --wait`);
    while (rowNow()?.isFullSocket === true) await pause(50);
    return done;
  }
  if (!waits) {
    spawnSync("ss", ["--kill", "--tcp", "--numeric", "state", name]);
    return stateNow() === before
      ? refuse(
          `\`ss --kill\` does not remove ${before}: the kernel lacks CONFIG_INET_DIAG_DESTROY; try --wait`,
        )
      : done;
  }
  for (let left = 1000; left > 0 && stateNow() === before; left -= 1) await pause(100);
  return stateNow() === before ? refuse(`${before} lasts more than 100 s`) : done;
};

const does = async (it: Told): Promise<Answer> => {
  switch (it["do"]) {
    case "start":
      return start(it);
    case "listen":
      return it["full"] === true ? listenFull() : listen();
    case "connect":
      return open(it["autobind"] === true);
    case "shutdown":
      return shutdown();
    case "close":
    case "abort":
      return close(it["do"]);
    case "write":
      return write(Number(it["octets"]));
    case "expire":
      return expire(it["wait"] === true);
    case "state":
      return told();
    default:
      return refuse(`no command ${String(it["do"])}`);
  }
};

const take = async (line: string): Promise<void> => {
  const command = JSON.parse(line) as Told;
  const { packet } = command;
  if (typeof packet === "string") wire.send(Buffer.from(packet, "hex"), theirs, loopback);
  else say(JSON.stringify(await does(command)));
};

// When the replay is gone, this is, and with it the namespace and all in it.
createInterface({ input: process.stdin })
  .on("line", (line) => {
    take(line).catch((thrown: unknown) => {
      say(JSON.stringify(refuse(thrown instanceof Error ? thrown.message : String(thrown))));
    });
  })
  .on("close", () => {
    for (const it of [tunnel, ...helpers]) it?.kill("SIGKILL");
    process.exit(0);
  });
