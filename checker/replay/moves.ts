// What a TCP under test is made to do in a step of a trace: step, binding -> a move of its application, its network or its clock.

import type { Core } from "../core/index.ts";
import type { TcpBinding } from "../export/index.ts";
import { ownedName, type Trace, type TraceStep } from "../trace/index.ts";
import type { CountedSegment } from "./numbers.ts";

const calls = ["listen", "connect", "close", "abort"] as const;
type Call = (typeof calls)[number];

export type Move =
  | {
      readonly kind: "call";
      readonly call: Call | "shutdown";
      /** connect() finds its port by itself. */
      readonly autobind?: boolean;
    }
  | { readonly kind: "write"; readonly octets: number }
  /** `listener`: what a SYN finds beside the connection; "none" leaves things as they are. */
  | {
      readonly kind: "arrival";
      readonly segment: CountedSegment;
      readonly listener: "none" | "ready" | "full";
    }
  /** TIME_WAIT, or what stands for it before the peer has closed, is over. */
  | { readonly kind: "expiry" }
  /** Nothing but time passes. */
  | { readonly kind: "pause"; readonly ms: number };

export interface Stage {
  readonly core: Core;
  readonly binding: TcpBinding;
  readonly host: number;
  /** How the application of the host works: `socket.half_close` and so on. */
  readonly option: (key: string) => string | undefined;
  readonly switches: Readonly<Record<string, string>>;
}

/** EADDRNOTAVAIL, or EADDRINUSE where the port is given. */
export const noAddress = "address not available";

/** A little longer than `tcp_tw_reuse_delay`, which is a second unless somebody sets it. */
export const reuseDelayMs = 1100;

export const nameOf = ({ binding, host }: Stage): string => binding.hosts[host]?.name ?? "";

export const timerOf = ({ binding }: Stage, role: string): string | undefined =>
  binding.timers.find((it) => it.role === role)?.timer;

export interface Moved {
  readonly move?: Move;
  readonly note?: string;
  /** Nothing can be played from here on. */
  readonly end?: string;
}

const isCall = (name: string | undefined): name is Call => calls.some((it) => it === name);

export const callOf = ({ option }: Stage, call: Call): Move => {
  if (call === "close" && option("half_close") === "1") return { kind: "call", call: "shutdown" };
  const autobind = call === "connect" && option("autobind") === "1";
  return { kind: "call", call, ...(autobind ? { autobind } : {}) };
};

/** What the application of the host does, or its clock, or what only a model can do. */
export const ownMove = (
  stage: Stage,
  step: TraceStep,
  isSilent: boolean,
  octets: number,
): Moved => {
  const { binding, host } = stage;
  if (step.kind === "tick") return { note: "the stack has its own clock" };
  if (step.kind === "lose" || step.kind === "duplicate") return { note: "in the network" };
  const { owner, name: rule } = ownedName(step.action);
  if (!owner.endsWith(`[${binding.hosts[host]?.name ?? ""}]`)) return { note: "the peer does it" };
  if (step.kind === "expiry") {
    const timer = rule.replace(/^expire /, "");
    const role = binding.timers.find((it) => it.timer === timer)?.role;
    if (role === "TIME_WAIT") return { move: { kind: "expiry" } };
    if (role === "REUSE_DELAY") return { move: { kind: "pause", ms: reuseDelayMs } };
    return isSilent
      ? { note: `the stack has its own timer for ${timer}` }
      : { end: `the timer ${timer} of the stack cannot be made to expire` };
  }
  const call = binding.calls[rule];
  if (isCall(call)) return { move: callOf(stage, call) };
  if (octets > 0) return { move: { kind: "write", octets } };
  return isSilent
    ? { note: "nothing of it can be seen" }
    : { end: `nothing makes the stack do ${step.action}` };
};

/** Does the host connect while a connection of its own is still there? Then its port was never a listener's. */
export const connectsAgain = (
  { binding, host }: Pick<Stage, "binding" | "host">,
  { steps }: Trace,
): boolean =>
  steps.some(({ action }) => {
    const { owner, name: rule } = ownedName(action);
    const isHere = owner.endsWith(`[${binding.hosts[host]?.name ?? ""}]`);
    return isHere && binding.calls[rule] === "connect";
  });
