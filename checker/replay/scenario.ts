// What a TCP under test is to do, is sent, and should answer: verified trace, host -> scenario.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import {
  allSteps,
  hostState,
  lastReceiver,
  packetsOf,
  type Provenance,
  switchValue,
  type TcpBinding,
  tcpBinding,
  unknownHost,
} from "../export/index.ts";
import type { Modules } from "../semantics/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { stepText, type Trace, type TraceStep, variableReadings } from "../trace/index.ts";
import { leadInto } from "./lead.ts";
import { countedFrom, type CountedSegment } from "./numbers.ts";

const calls = ["listen", "connect", "close", "abort"] as const;
type Call = (typeof calls)[number];

export type Move =
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "write"; readonly octets: number }
  /** `listensFirst`: in TIME_WAIT a listener is beside the connection, which a SYN then finds. */
  | { readonly kind: "arrival"; readonly segment: CountedSegment; readonly listensFirst: boolean }
  /** TIME_WAIT is over. */
  | { readonly kind: "expiry" };

export interface ScenarioStep {
  readonly number: number;
  readonly text: string;
  /** Absent: nothing is done to the stack. */
  readonly move?: Move;
  readonly note?: string;
  readonly sent: readonly CountedSegment[];
  /** As the model calls it; undefined where TCP has no such state. */
  readonly state?: string;
}

export interface Scenario {
  readonly binding: TcpBinding;
  /** The host under test, and the other one: positions in the binding. */
  readonly host: number;
  readonly peer: number;
  readonly switches: Readonly<Record<string, string>>;
  /** What leads the stack into the state in which the trace begins. */
  readonly lead: readonly ScenarioStep[];
  readonly steps: readonly ScenarioStep[];
  /** Why the last steps of the trace are not among them. */
  readonly end?: { readonly step: number; readonly why: string };
  readonly notes: readonly string[];
}

const tcpStates: ReadonlySet<string> = new Set([
  "CLOSED",
  "LISTEN",
  "SYN_SENT",
  "SYN_RCVD",
  "ESTABLISHED",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "CLOSE_WAIT",
  "CLOSING",
  "LAST_ACK",
  "TIME_WAIT",
]);

interface Stage {
  readonly core: Core;
  readonly binding: TcpBinding;
  readonly host: number;
}

interface Moved {
  readonly move?: Move;
  readonly note?: string;
  /** Nothing can be played from here on. */
  readonly end?: string;
}

const isCall = (name: string | undefined): name is Call => calls.some((it) => it === name);

/** What the application of the host does, or its clock, or what only a model can do. */
const ownMove = (stage: Stage, step: TraceStep, isSilent: boolean, octets: number): Moved => {
  const { binding, host } = stage;
  if (step.kind === "tick") return { note: "the stack has its own clock" };
  if (step.kind === "lose" || step.kind === "duplicate") return { note: "in the network" };
  const [, owner = "", rule = ""] = /^([^.]*\])\.(.*)$/.exec(step.action) ?? [];
  if (!owner.endsWith(`[${binding.hosts[host]?.name ?? ""}]`)) return { note: "the peer does it" };
  if (step.kind === "expiry") {
    const timer = rule.replace(/^expire /, "");
    const role = binding.timers.find((it) => it.timer === timer)?.role;
    if (role === "TIME_WAIT") return { move: { kind: "expiry" } };
    return isSilent
      ? { note: `the stack has its own timer for ${timer}` }
      : { end: `the timer ${timer} of the stack cannot be made to expire` };
  }
  const call = binding.calls[rule];
  if (isCall(call)) return { move: { kind: "call", call } };
  if (octets > 0) return { move: { kind: "write", octets } };
  return isSilent
    ? { note: "nothing of it can be seen" }
    : { end: `nothing makes the stack do ${step.action}` };
};

const switchesOf = (binding: TcpBinding, about: Provenance, host: number): Record<string, string> =>
  Object.fromEntries(
    binding.sysctls.flatMap(({ key, constant }) => {
      const value = switchValue(about, constant, host);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

/** SND.NXT or RCV.NXT, by their names in RFC 9293. */
const numberAtFirst = (stage: Stage, trace: Trace, name: string): number => {
  const { core, binding, host } = stage;
  const { result } = trace.initial;
  if (result.kind === "error") return 0;
  const ending = `[${binding.hosts[host]?.name ?? ""}].${name}`;
  const readings = variableReadings(core, result.state.variables);
  return Number(readings.find((it) => it.name.endsWith(ending))?.text ?? Number.NaN);
};

const leadOf = (stage: Stage, trace: Trace): readonly ScenarioStep[] | undefined => {
  const begins = hostState(stage, trace.initial);
  if (begins === "CLOSED") return [];
  const sendNext = numberAtFirst(stage, trace, "snd_nxt");
  const receiveNext = numberAtFirst(stage, trace, "rcv_nxt");
  if (begins === undefined || Number.isNaN(sendNext + receiveNext)) return undefined;
  return leadInto(begins, { sendNext, receiveNext })?.map((it) => ({ ...it, number: 0 }));
};

const stepsOf = (stage: Stage, trace: Trace): Pick<Scenario, "steps" | "end"> => {
  const { core, binding, host } = stage;
  const packets = packetsOf(core, binding, trace);
  const first = (name: string): number => {
    const found = numberAtFirst(stage, trace, name);
    return Number.isNaN(found) ? 0 : found;
  };
  const count = countedFrom(binding, host, { mine: first("snd_nxt"), others: first("rcv_nxt") });
  const steps: ScenarioStep[] = [];
  let before = hostState(stage, trace.initial);
  for (const step of allSteps(trace)) {
    if (step.kind === "initial") continue;
    const here = packets.filter((it) => it.step === step.number && it.host === host);
    const out = here.filter((it) => it.way === "out");
    const state = hostState(stage, step) ?? before;
    const arriving = here.find((it) => it.way === "in");
    const arrival: Move | undefined = arriving && {
      kind: "arrival",
      segment: count.arriving(arriving),
      listensFirst: before === "TIME_WAIT" && state === "SYN_RCVD",
    };
    const isSilent = out.length === 0 && state === before;
    const octets = out.reduce((sum, it) => sum + it.header.length, 0);
    const moved = arrival ? { move: arrival } : ownMove(stage, step, isSilent, octets);
    const { move, note, end }: Moved = moved;
    if (end !== undefined) return { steps, end: { step: step.number, why: end } };
    const isOpen = before === "SYN_SENT" || before === "SYN_RCVD";
    const sent = out.map((it) => count.leaving(it, !isOpen));
    steps.push({
      number: step.number,
      text: stepText(step),
      sent,
      ...(move === undefined ? {} : { move }),
      ...(note === undefined ? {} : { note }),
      ...(state !== undefined && tcpStates.has(state) ? { state } : {}),
    });
    before = state;
  }
  return { steps };
};

export interface ScenarioOptions {
  /** The host under test; absent: the one that takes the last segment. */
  readonly as?: string;
  /** `NAME=VALUE` */
  readonly sysctl: readonly string[];
}

export type NoScenario =
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "begins late"; readonly why: string };

const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
};

export const scenarioOf = (
  {
    core,
    modules,
    about,
    trace,
  }: {
    readonly core: Core;
    readonly modules: Modules;
    readonly about: Provenance;
    readonly trace: Trace;
  },
  { as, sysctl }: ScenarioOptions,
): E.Either<NoScenario, Scenario> => {
  const bound = tcpBinding(core, modules);
  if (E.isLeft(bound)) return E.left({ kind: "diagnostics", diagnostics: bound.left });
  const binding = bound.right;
  const known = binding.hosts.map((it) => it.name);
  const host = as === undefined ? lastReceiver(packetsOf(core, binding, trace)) : known.indexOf(as);
  if (host < 0) {
    const span = { file: modules.entry.file, start: 0, end: 0 };
    const diagnostics = [unknownHost(span, { name: as ?? "", known })];
    return E.left({ kind: "diagnostics", diagnostics });
  }
  const stage = { core, binding, host };
  const lead = leadOf(stage, trace);
  if (lead === undefined) {
    const begins = hostState(stage, trace.initial) ?? "no state";
    const why = `the trace begins with ${known[host] ?? ""} in ${begins}, into which nothing leads a stack`;
    return E.left({ kind: "begins late", why });
  }
  const told = sysctl.map(pairOf);
  const asked = switchesOf(binding, about, host);
  const changed = told.flatMap(([key, value]) =>
    asked[key] === undefined || asked[key] === value
      ? []
      : [`${key} = ${value}, where the model has ${asked[key]}`],
  );
  return E.right({
    binding,
    host,
    peer: known.findIndex((_, at) => at !== host),
    switches: { ...asked, ...Object.fromEntries(told) },
    lead,
    ...stepsOf(stage, trace),
    notes: [
      ...changed,
      ...(lead.length === 0 ? [] : [`led into ${hostState(stage, trace.initial) ?? ""} before`]),
    ],
  });
};
