// Plays a scenario with a TCP under test, once: scenario, stack -> what was seen in each step.

import {
  agreesWith,
  asCounted,
  countedText,
  expectationOf,
  ipPacket,
  learned,
  type Move,
  movedOn,
  noOffsets,
  type Observed,
  type Offsets,
  onTheWire,
  portOf,
  type Scenario,
  type ScenarioStep,
  seenSegment,
  type StackAnswer,
  type StackCommand,
  type TimedSegment,
  withoutRepeats,
} from "../pipeline.ts";
import type { Stack } from "./stack-process.ts";

export interface Run {
  readonly seen: ReadonlyMap<number, Observed>;
  /** Why no step of the trace was played. */
  readonly failure?: { readonly kind: "not started" | "not led"; readonly why: string };
  /** What the stack calls itself, and what it has to say. */
  readonly name?: string;
  readonly remarks: readonly string[];
}

/** Answers come within a millisecond, on a busy machine within some tens. */
const pollMs = 5;
const answerMs = 1000;
const afterAnswerMs = 40;
const silenceMs = 250;
/** So much must have passed of a timer for its restart to be seen. */
const restartMs = 600;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Play {
  readonly scenario: Scenario;
  readonly stack: Stack;
  readonly isPatient: boolean;
  readonly isStopped: () => boolean;
  readonly earlier: Map<string, number>;
  repeats: number;
  offsets: Offsets;
  identification: number;
  listensBeside: boolean;
}

const received = (play: Play): readonly TimedSegment[] =>
  play.stack.packets().flatMap(({ at, bytes }) => {
    const segment = seenSegment(bytes);
    const [from, to] = segment?.ports ?? [];
    const { host, peer } = play.scenario;
    const isOurs = from === portOf(host) && to === portOf(peer);
    return segment !== undefined && isOurs ? [{ at, segment }] : [];
  });

/** All that the stack sends before it falls silent. */
const answers = async (play: Play, expected: number): Promise<readonly TimedSegment[]> => {
  const seen: TimedSegment[] = [];
  let left = expected === 0 ? silenceMs : answerMs;
  while (left > 0 && !play.isStopped()) {
    await pause(pollMs);
    left -= pollMs;
    const before = seen.length;
    seen.push(...received(play));
    if (seen.length > before && seen.length >= expected) left = afterAnswerMs;
  }
  return seen;
};

const commandOf = ({ call, autobind }: Extract<Move, { kind: "call" }>): StackCommand =>
  call === "connect" ? { do: call, ...(autobind === true ? { autobind } : {}) } : { do: call };

const moved = async (play: Play, step: ScenarioStep): Promise<string | undefined> => {
  const { move } = step;
  const { stack, scenario } = play;
  const { binding, host, peer } = scenario;
  switch (move?.kind) {
    case undefined:
      return undefined;
    case "pause":
      await pause(move.ms);
      return undefined;
    case "call":
      return (await stack.tell(commandOf(move))).why;
    case "write":
      return (await stack.tell({ do: "write", octets: move.octets })).why;
    case "expiry":
      return (await stack.tell({ do: "expire", wait: play.isPatient })).why;
    case "arrival": {
      const { listener } = move;
      if (listener !== "none") {
        const full = listener === "full" ? { full: true } : {};
        const { why } = await stack.tell({ do: "listen", ...full });
        if (why !== undefined) return why;
        play.listensBeside = true;
      }
      const wire = onTheWire(move.segment, play.offsets);
      play.identification += 1;
      const header = { ...wire, from: peer, to: host, window: 65_535 };
      stack.send(ipPacket(binding, header, play.identification));
      return undefined;
    }
  }
};

/** A listener that stands beside a connection is not the state of that. */
const stateOf = ({ listensBeside }: Play, { state }: StackAnswer): string | undefined =>
  listensBeside && state === "LISTEN" ? "CLOSED" : state;

/** A timer that runs is looked at before and after. */
const timerOf = (before: StackAnswer | undefined, after: StackAnswer): Observed["timer"] => {
  if (before?.endsMs === undefined || after.endsMs === undefined) return undefined;
  return after.endsMs - before.endsMs > restartMs / 3 ? "timer restarted" : "timer goes on";
};

const playStep = async (play: Play, step: ScenarioStep): Promise<Observed> => {
  const { stack } = play;
  let before: StackAnswer | undefined;
  if (step.timer !== undefined) {
    await pause(restartMs);
    before = await stack.tell({ do: "state" });
  }
  const begin = performance.now();
  // What came since the last step was looked at is no answer to this one.
  const late = withoutRepeats(play.earlier, begin, 0, received(play));
  play.repeats += late.repeats;
  if (late.answers.length > 0) {
    const texts = late.answers.map((it) => countedText(asCounted(it, play.offsets)));
    return { sent: [], failure: `before this step it sent ${texts.join(", ")}` };
  }
  const failure = await moved(play, step);
  if (failure !== undefined) return { sent: [], failure };
  const first = await answers(play, step.sent.length);
  const after = await stack.tell({ do: "state" });
  // What came until the state was known is of this step, too, and not of the next.
  const all = [...first, ...received(play)];
  const { answers: seen, repeats } = withoutRepeats(play.earlier, begin, step.sent.length, all);
  play.repeats += repeats;
  for (const [at, it] of seen.entries()) play.offsets = learned(play.offsets, step.sent[at], it);
  if (step.state === "SYN_RCVD" && step.move?.kind === "arrival") {
    play.offsets = movedOn(play.offsets, step.move.segment);
  }
  const sent = seen.map((it, at) => countedText(asCounted(it, play.offsets), step.sent[at]));
  if (after.why !== undefined) return { sent, failure: after.why };
  const state = stateOf(play, after);
  const timer = timerOf(before, after);
  return {
    sent,
    ...(state === undefined ? {} : { state }),
    ...(timer === undefined ? {} : { timer }),
  };
};

export interface Playing {
  readonly isPatient: boolean;
  readonly isStopped: () => boolean;
  /** The network namespace of this program, for a stack that must not be in it. */
  readonly outside?: string;
}

const endpoint = ({ binding }: Scenario, at: number): string =>
  `${binding.hosts[at]?.address.join(".") ?? ""}:${portOf(at)}`;

/** Up to the first step in which the stack does something else. */
export const playOnce = async (
  scenario: Scenario,
  stack: Stack,
  { isPatient, isStopped, outside }: Playing,
): Promise<Run> => {
  const seen = new Map<number, Observed>();
  const { host, peer, switches } = scenario;
  try {
    const { why, name, remarks } = await stack.start({
      do: "start",
      local: endpoint(scenario, host),
      peer: endpoint(scenario, peer),
      sysctl: switches,
      ...(outside === undefined ? {} : { outside }),
    });
    if (why !== undefined) return { seen, failure: { kind: "not started", why }, remarks };
    const play: Play = {
      scenario,
      stack,
      isPatient,
      isStopped,
      earlier: new Map(),
      repeats: 0,
      offsets: noOffsets,
      identification: 0,
      listensBeside: false,
    };
    for (const step of scenario.lead) {
      const observed = await playStep(play, step);
      if (agreesWith(expectationOf(step).expected, observed)) continue;
      const reached = observed.failure ?? [...observed.sent, observed.state].join("; ");
      const why = `it cannot be led to the beginning: ${reached}`;
      return {
        seen,
        failure: { kind: "not led", why },
        remarks,
        ...(name === undefined ? {} : { name }),
      };
    }
    for (const step of scenario.steps) {
      if (isStopped()) break;
      if (step.move === undefined) continue;
      const observed = await playStep(play, step);
      seen.set(step.number, observed);
      if (!agreesWith(expectationOf(step).expected, observed)) break;
    }
    const dropped =
      play.repeats === 0 ? [] : ["segments that it sent again by its own clock are not counted"];
    return { seen, remarks: [...remarks, ...dropped], ...(name === undefined ? {} : { name }) };
  } finally {
    await stack.stop();
  }
};
