// A trace as a script for packetdrill: one host is a kernel under test, the script plays the other.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import type { Modules } from "../semantics/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { ownedName, stepText, type Trace, type TraceStep } from "../trace/index.ts";
import { allSteps } from "./journeys.ts";
import { unknownHost } from "./diagnostics.ts";
import { hostState } from "./host-state.ts";
import { lastReceiver, type Packet, packetsOf } from "./packets.ts";
import { switchValue } from "./switches.ts";
import { tcpBinding, type TcpBinding } from "./tcp-binding.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

/** What the script has done so far. */
interface Drill {
  readonly core: Core;
  readonly binding: TcpBinding;
  /** The host under test. */
  readonly host: number;
  /** First numbers of both sides: a script counts from them. */
  readonly firsts: (number | undefined)[];
  listener: boolean;
  /** The descriptor of the connection. */
  socket: number | undefined;
  /** Why nothing more can be said. */
  end: string | undefined;
}

const flagLetters = { SYN: "S", FIN: "F", RST: "R", PSH: "P", URG: "U", ACK: "." } as const;

const flagsText = ({ header }: Packet): string => {
  const order = ["SYN", "FIN", "RST", "PSH", "URG", "ACK"] as const;
  const text = order
    .filter((it) => header.flags.includes(it))
    .map((it) => flagLetters[it])
    .join("");
  return text === "" ? "-" : text;
};

/** `F. 1:1(0) ack 1`, with the numbers that packetdrill counts from the first of each side. */
const numbersText = ({ firsts }: Drill, packet: Packet): string | undefined => {
  const { from, to, seq, ack, length, flags } = packet.header;
  const [mine, other] = [firsts[from], firsts[to]];
  if (mine === undefined) return undefined;
  const begin = seq - mine;
  if (begin < 0) return undefined;
  const acked = flags.includes("ACK") ? ` ack ${ack - (other ?? ack)}` : "";
  return `${flagsText(packet)} ${begin}:${begin + length}(${length})${acked}`;
};

const opening = ["socket(..., SOCK_STREAM, IPPROTO_TCP) = 3"];

const callLines = (drill: Drill, call: string): readonly string[] => {
  const { socket = 3 } = drill;
  switch (call) {
    case "listen":
      drill.listener = true;
      return [
        ...opening,
        "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0",
        "bind(3, ..., ...) = 0",
        "listen(3, 1) = 0",
      ];
    case "connect":
      drill.socket = 3;
      return [
        ...opening,
        "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0",
        "connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)",
      ];
    case "close":
      return [`close(${socket}) = 0`];
    case "abort":
      return [
        `setsockopt(${socket}, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0`,
        `close(${socket}) = 0`,
      ];
    default:
      return [`// ${call}() is not known here`];
  }
};

/** What the application of the host does, or its clock, or what only a model can do. */
const actionLines = (drill: Drill, step: TraceStep, sent: readonly Packet[]): readonly string[] => {
  const { binding, host, listener, socket } = drill;
  const { owner, name: rule } = ownedName(step.action);
  const isHere = owner.endsWith(`[${binding.hosts[host]?.name ?? ""}]`);
  const cannot = (what: string): readonly string[] => [`// not expressed: ${what}`];
  if (step.kind === "tick") return [`// a tick of the model: ${stepText(step)}`];
  if (!isHere) return [];
  if (step.kind === "expiry") {
    const timer = rule.replace(/^expire /, "");
    const role = binding.timers.find((it) => it.timer === timer)?.role;
    return role === "TIME_WAIT"
      ? ["+61 `true` // TIME_WAIT ends: 60 s on Linux, fixed"]
      : cannot(`the timer ${timer} expires; the kernel has its own`);
  }
  const call = binding.calls[rule];
  if (call === undefined) {
    const octets = sent.reduce((sum, it) => sum + it.header.length, 0);
    return octets > 0
      ? [`+0 write(${socket ?? 4}, ..., ${octets}) = ${octets}`]
      : cannot(stepText(step));
  }
  if ((call === "listen" || call === "connect") && (listener || socket !== undefined)) {
    drill.end = `${call}() of a second connection on the same ports`;
    return [];
  }
  const isWaiting = listener && socket === undefined && drill.firsts.some((it) => it !== undefined);
  if ((call === "close" || call === "abort") && isWaiting) {
    drill.end = `${call}() of a connection that nobody has accepted yet`;
    return [];
  }
  return callLines(drill, call).map((it) => (it.startsWith("//") ? it : `+0 ${it}`));
};

const packetLines = (
  drill: Drill,
  packet: Packet,
  state: string | undefined,
): readonly string[] => {
  const { header, way } = packet;
  const { from, flags } = header;
  if (flags.includes("SYN") && drill.firsts[from] === undefined) drill.firsts[from] = header.seq;
  else if (flags.includes("SYN") && way === "out" && packet.journey.life !== 1) {
    drill.end = "the first number of a second connection, which the kernel chooses";
    return [];
  }
  if (header.stamp !== undefined) {
    drill.end = "the timestamps of the model, for those of the kernel are its own";
    return [];
  }
  const numbers = numbersText(drill, packet);
  if (numbers === undefined) {
    return [`// not expressed: ${packet.comment}: a number before the first of its side`];
  }
  const isSyn = flags.includes("SYN");
  if (way === "out") return [`+0 > ${numbers}${isSyn ? " <...>" : ""}`];
  const window = flags.includes("RST") ? " win 0" : isSyn ? " win 32792 <mss 1000>" : " win 257";
  // In TIME_WAIT the kernel answers what it does not want at most twice a second.
  return [`${state === "TIME_WAIT" ? "+.6" : "+.01"} < ${numbers}${window}`];
};

/** States in which a connection that a listener took is there to be accepted. */
const accepted: ReadonlySet<string> = new Set(["ESTABLISHED", "CLOSE_WAIT"]);

const stepLines = (
  drill: Drill,
  step: TraceStep,
  before: TraceStep | undefined,
  packets: readonly Packet[],
): readonly string[] => {
  const here = packets.filter((it) => it.step === step.number && it.host === drill.host);
  const was = before === undefined ? undefined : hostState(drill, before);
  const lines = [
    ...actionLines(
      drill,
      step,
      here.filter((it) => it.way === "out"),
    ),
    ...here.flatMap((it) => (drill.end === undefined ? packetLines(drill, it, was) : [])),
  ];
  // A FIN with the ACK leads past ESTABLISHED, and the connection waits for accept() all the same.
  const isTaken = accepted.has(hostState(drill, step) ?? "") && !accepted.has(was ?? "");
  const accepts = isTaken && drill.listener && drill.socket === undefined;
  if (accepts) drill.socket = 4;
  const all = accepts ? [...lines, "+0 accept(3, ..., ...) = 4"] : lines;
  return all.length === 0 ? [] : [`// ${step.number}. ${stepText(step)}`, ...all];
};

const prologue = ({ binding, host }: Drill, about: Provenance): readonly string[] => {
  const values = new Map(["tcp_timestamps", "tcp_ecn"].map((it) => [`net.ipv4.${it}`, "0"]));
  const unsaid: string[] = [];
  for (const { key, constant } of binding.sysctls) {
    const value = switchValue(about, constant, host);
    if (value === undefined) unsaid.push(`// not expressed: ${key} = ${constant}`);
    else values.set(key, value);
  }
  const words = Array.from(values, ([key, value]) => `${key}=${value}`);
  return [
    "--tolerance_usecs=20000",
    `// ${about.source}: ${about.check}: ${violationText(about.violation)}`,
    `// Host ${binding.hosts[host]?.name ?? ""} is the kernel under test. Passing says that it sends what is expected below, not that it is silent elsewhere, nor in which state it ends.`,
    ...unsaid,
    // Before the first event the grammar of packetdrill has room for one command.
    `\`sysctl -q -w ${words.join(" ")}\``,
  ];
};

export const packetdrillText = (
  core: Core,
  modules: Modules,
  about: Provenance,
  trace: Trace,
  as: string | undefined,
): E.Either<readonly Diagnostic[], string> => {
  const bound = tcpBinding(core, modules);
  if (E.isLeft(bound)) return bound;
  const binding = bound.right;
  const packets = packetsOf(core, binding, trace);
  const known = binding.hosts.map((it) => it.name);
  const host = as === undefined ? lastReceiver(packets) : known.indexOf(as);
  if (host < 0) {
    const span = { file: modules.entry.file, start: 0, end: 0 };
    return E.left([unknownHost(span, { name: as ?? "", known })]);
  }
  const drill: Drill = {
    core,
    binding,
    host,
    firsts: [],
    listener: false,
    socket: undefined,
    end: undefined,
  };
  const lines: string[] = [];
  const steps = allSteps(trace);
  for (const [at, step] of steps.entries()) {
    lines.push(...stepLines(drill, step, steps[at - 1], packets));
    if (drill.end === undefined) continue;
    lines.push(
      `// The script ends in step ${step.number}: packetdrill cannot express ${drill.end}.`,
    );
    break;
  }
  // Its grammar wants one event at least.
  const events = lines.some((it) => it.startsWith("+")) ? [] : ["+0 `true`"];
  return E.right([...prologue(drill, about), ...events, ...lines, ""].join("\n"));
};
