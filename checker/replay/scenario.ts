// What a TCP under test is to do, is sent, and should answer: verified trace, host -> scenario.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import {
  allSteps,
  type HostNumbers,
  hostNumbers,
  hostState,
  lastReceiver,
  optionValue,
  packetsOf,
  portOf,
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
import {
  callOf,
  connectsAgain,
  type Move,
  type Moved,
  nameOf,
  noAddress,
  ownMove,
  reuseDelayMs,
  type Stage,
  timerOf,
} from "./moves.ts";
import { countedFrom, type CountedSegment } from "./numbers.ts";
import { timerFate, type TimerFate } from "./restarts.ts";

export interface ScenarioStep {
  readonly number: number;
  readonly text: string;
  /** Absent: nothing is done to the stack. */
  readonly move?: Move;
  readonly note?: string;
  readonly sent: readonly CountedSegment[];
  /** As the model calls it; undefined where TCP has no such state. */
  readonly state?: string;
  /** What becomes of the timer of TIME_WAIT. */
  readonly timer?: TimerFate;
  /** What the application is told. */
  readonly refusal?: string;
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

const portRange = "net.ipv4.ip_local_port_range";

const switchesOf = (
  binding: TcpBinding,
  about: Pick<Provenance, "parameters">,
  host: number,
): Record<string, string> =>
  Object.fromEntries(
    binding.sysctls.flatMap(({ key, constant }) => {
      const value = switchValue(about, constant, host);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

const isRunning = ({ core }: Stage, host: string, timer: string, { result }: TraceStep): boolean =>
  result.kind === "state" &&
  variableReadings(core, result.state.variables).some(
    (it) => it.name.endsWith(`[${host}].${timer}`) && it.text !== "stopped",
  );

const leadOf = (stage: Stage, trace: Trace): readonly ScenarioStep[] | undefined => {
  const begins = hostState(stage, trace.initial);
  if (begins === "CLOSED") return [];
  const numbers = hostNumbers(stage.core, nameOf(stage), trace.initial);
  if (begins === undefined || numbers === undefined) return undefined;
  const { stampRecent, ...next } = numbers;
  const asClient = connectsAgain(stage, trace);
  const lead = leadInto(begins, {
    ...next,
    ...(stampRecent === 0 ? {} : { stamp: stampRecent }),
    asClient,
    synIsStamped: stage.switches["net.ipv4.tcp_timestamps"] === "1",
    connect: callOf(stage, "connect"),
    close: callOf(stage, "close"),
  });
  const delay = timerOf(stage, "REUSE_DELAY");
  const isOld =
    asClient && delay !== undefined && !isRunning(stage, nameOf(stage), delay, trace.initial);
  const rest = {
    text: "time passes",
    move: { kind: "pause", ms: reuseDelayMs },
    sent: [],
  } as const;
  return lead && [...lead, ...(isOld ? [rest] : [])].map((it) => ({ ...it, number: 0 }));
};

/** States in which a host has numbers of its own and of its peer. */
const isConnected = (state: string | undefined): boolean =>
  state !== undefined && !["CLOSED", "LISTEN", "SYN_SENT"].includes(state);

const restsIn = (state: string | undefined): boolean =>
  state === "TIME_WAIT" || state === "FIN_WAIT_2";

const listenerFor = (
  { option }: Stage,
  { flags }: CountedSegment,
  before: string | undefined,
  after: string | undefined,
): "none" | "ready" | "full" => {
  if (!flags.includes("SYN")) return "none";
  // A server listens whenever nothing else is to be done.
  if (before === "CLOSED") return after === "SYN_RCVD" ? "ready" : "none";
  if (!restsIn(before)) return "none";
  const beside = option("listener");
  if (beside === undefined) return after === "SYN_RCVD" ? "ready" : "none";
  return beside === "READY" ? "ready" : beside === "FULL" ? "full" : "none";
};

const stepsOf = (
  stage: Stage,
  trace: Trace,
  about: Pick<Provenance, "parameters">,
): Pick<Scenario, "steps" | "end"> => {
  const { core, binding, host } = stage;
  const packets = packetsOf(core, binding, trace);
  const known = (step: TraceStep, state: string | undefined): HostNumbers | undefined =>
    isConnected(state) ? hostNumbers(core, nameOf(stage), step) : undefined;
  const first = hostNumbers(core, nameOf(stage), trace.initial);
  const window = optionValue(binding, about, "window", host);
  const count = countedFrom(binding, host, {
    mine: first?.sendNext ?? 0,
    others: first?.receiveNext ?? 0,
    stamp: first?.stampRecent ?? 0,
    ...(window === undefined ? {} : { window: Number(window) }),
  });
  const timer = timerOf(stage, "TIME_WAIT");
  const steps: ScenarioStep[] = [];
  let last = trace.initial;
  let before = hostState(stage, trace.initial);
  for (const step of allSteps(trace)) {
    if (step.kind === "initial") continue;
    if (step.result.kind === "error") {
      const why = "the model fails here, and does not say what a TCP would do";
      return { steps, end: { step: step.number, why } };
    }
    const here = packets.filter((it) => it.step === step.number && it.host === host);
    const out = here.filter((it) => it.way === "out");
    const state = hostState(stage, step);
    const arriving = here.find((it) => it.way === "in");
    const segment = arriving && count.arriving(arriving, known(last, before));
    const arrival: Move | undefined = segment && {
      kind: "arrival",
      segment,
      listener: listenerFor(stage, segment, before, state),
    };
    const isSilent = out.length === 0 && state === before;
    const octets = out.reduce((sum, it) => sum + it.header.length, 0);
    const moved = arrival ? { move: arrival } : ownMove(stage, step, isSilent, octets);
    const { move, note, end }: Moved = moved;
    if (end !== undefined) return { steps, end: { step: step.number, why: end } };
    const isOpen = before === "SYN_SENT" || before === "SYN_RCVD";
    const sent = out.map((it) => count.leaving(it, !isOpen, known(step, state)));
    const isRefused = move?.kind === "call" && move.call === "connect" && out.length === 0;
    const fate =
      timer === undefined || arrival === undefined || !restsIn(before) || !restsIn(state)
        ? undefined
        : timerFate(core, { host: nameOf(stage), timer }, last, step);
    steps.push({
      number: step.number,
      text: stepText(step),
      sent,
      ...(move === undefined ? {} : { move }),
      ...(note === undefined ? {} : { note }),
      ...(state !== undefined && tcpStates.has(state) ? { state } : {}),
      ...(fate === undefined ? {} : { timer: fate }),
      ...(isRefused ? { refusal: noAddress } : {}),
    });
    last = step;
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
    readonly about: Pick<Provenance, "parameters">;
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
  const told = sysctl.map(pairOf);
  const option = (key: string): string | undefined => optionValue(binding, about, key, host);
  const asked: Readonly<Record<string, string>> = {
    ...switchesOf(binding, about, host),
    ...(option("autobind") === "1" && connectsAgain({ binding, host }, trace)
      ? { [portRange]: `${portOf(host)} ${portOf(host)}` }
      : {}),
  };
  const switches = { ...asked, ...Object.fromEntries(told) };
  const stage = { core, binding, host, option, switches };
  if (asked["net.ipv4.tcp_timestamps"] === "1" && binding.stamps === 0) {
    const why = "the model has timestamps, and its binding does not say in which field: TSVAL = …";
    return E.left({ kind: "begins late", why });
  }
  const lead = leadOf(stage, trace);
  if (lead === undefined) {
    const begins = hostState(stage, trace.initial) ?? "no state";
    const why = `the trace begins with ${known[host] ?? ""} in ${begins}, into which nothing leads a stack`;
    return E.left({ kind: "begins late", why });
  }
  const changed = told.flatMap(([key, value]) =>
    asked[key] === undefined || asked[key] === value
      ? []
      : [`${key} = ${value}, where the model has ${asked[key]}`],
  );
  return E.right({
    binding,
    host,
    peer: known.findIndex((_, at) => at !== host),
    switches,
    lead,
    ...stepsOf(stage, trace, about),
    notes: [
      ...changed,
      ...(lead.length === 0 ? [] : [`led into ${hostState(stage, trace.initial) ?? ""} before`]),
    ],
  });
};
