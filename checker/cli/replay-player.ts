// Plays a scenario with a TCP under test, once: scenario, stack -> what was seen in each step.

import * as E from "fp-ts/lib/Either.js";
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
  seenPacket,
  type SeenSegment,
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
/** A stack that never falls silent is not listened to for longer, nor for more than so many segments too many. */
const longestMs = 3000;
const tooMany = 16;
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
  /** What it sent beside segments of the connection. */
  readonly strange: Set<string>;
  /** What it has told once it must go on to tell. */
  tellsState: boolean;
  tellsTimer: boolean;
}

const endAt = ({ binding }: Scenario, at: number) => ({
  address: binding.hosts[at]?.address ?? [],
  port: portOf(at),
});

const received = (play: Play): readonly TimedSegment[] => {
  const { host, peer } = play.scenario;
  const way = { from: endAt(play.scenario, host), to: endAt(play.scenario, peer) };
  return play.stack.packets().flatMap(({ at, bytes }) => {
    const seen = seenPacket(bytes, way);
    if (seen === undefined) return [];
    if (E.isRight(seen)) return [{ at, segment: seen.right }];
    play.strange.add(seen.left);
    return [];
  });
};

/** All that the stack sends before it falls silent; after what ends the play it is given as long as where nothing is expected. */
const answers = async (
  play: Play,
  expected: number,
  isLast: boolean,
): Promise<readonly TimedSegment[]> => {
  const seen: TimedSegment[] = [];
  const settleMs = isLast ? silenceMs : afterAnswerMs;
  let left = expected === 0 ? silenceMs : answerMs;
  let longest = longestMs;
  while (left > 0 && longest > 0 && seen.length < expected + tooMany && !play.isStopped()) {
    await pause(pollMs);
    left -= pollMs;
    longest -= pollMs;
    const before = seen.length;
    seen.push(...received(play));
    if (seen.length === before || seen.length < expected) continue;
    left = expected === 0 ? Math.max(left, settleMs) : settleMs;
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

const askState = async (play: Play): Promise<StackAnswer> => {
  const answer = await play.stack.tell({ do: "state" });
  play.tellsState ||= answer.state !== undefined;
  play.tellsTimer ||= answer.endsMs !== undefined;
  return answer;
};

/** A listener that stands beside a connection is not the state of that. */
const stateOf = ({ listensBeside, tellsState }: Play, { state }: StackAnswer) => {
  if (state === undefined) return tellsState ? "no state is told" : undefined;
  return listensBeside && state === "LISTEN" ? "CLOSED" : state;
};

/** A timer that runs is looked at before and after. */
const timerOf = (play: Play, before: StackAnswer, after: StackAnswer): Observed["timer"] => {
  if (before.endsMs === undefined || after.endsMs === undefined) {
    return play.tellsTimer ? "no timer is told" : undefined;
  }
  const later = after.endsMs - before.endsMs;
  if (Math.abs(later) <= restartMs / 3) return "timer goes on";
  return later > 0 ? "timer restarted" : "timer ends sooner";
};

const inDoubt = "perhaps sent again by its own clock, and no answer";

const strangeText = ({ strange }: Play): string => [...strange].join(", ");

const failed = (failure: string): Observed => ({ sent: [], failure });

/** What was seen, in the numbers of the model; what it shows of those of the stack is kept. */
const countedTexts = (
  play: Play,
  step: ScenarioStep,
  seen: readonly SeenSegment[],
): readonly string[] => {
  for (const [at, it] of seen.entries()) play.offsets = learned(play.offsets, step.sent[at], it);
  if (step.state === "SYN_RCVD" && step.move?.kind === "arrival") {
    play.offsets = movedOn(play.offsets, step.move.segment);
  }
  return seen.map((it, at) => countedText(asCounted(it, play.offsets), step.sent[at]));
};

const playStep = async (play: Play, step: ScenarioStep, isLast: boolean): Promise<Observed> => {
  let before: StackAnswer | undefined;
  if (step.timer !== undefined) {
    await pause(restartMs);
    before = await askState(play);
    if (before.why !== undefined) return failed(before.why);
  }
  const begin = performance.now();
  // What came since the last step was looked at is no answer to this one.
  const late = withoutRepeats(play.earlier, begin, 0, received(play));
  play.repeats += late.repeats;
  if (late.answers.length > 0) {
    const texts = late.answers.map((it) => countedText(asCounted(it, play.offsets)));
    return failed(`before this step it sent ${texts.join(", ")}`);
  }
  if (play.strange.size > 0) return failed(`before this step it sent ${strangeText(play)}`);
  const refusal = await moved(play, step);
  // What is refused as expected may do something nevertheless.
  if (refusal !== undefined && refusal !== step.refusal) return failed(refusal);
  const first = await answers(play, step.sent.length, isLast);
  const after = await askState(play);
  // What came until the state was known is of this step, too, and not of the next.
  const all = [...first, ...received(play)];
  const sorted = withoutRepeats(play.earlier, begin, step.sent.length, all);
  play.repeats += sorted.repeats;
  const sent = countedTexts(play, step, sorted.filled ?? sorted.answers);
  if (play.strange.size > 0) return failed(`it sent ${strangeText(play)}`);
  if (after.why !== undefined) return failed(after.why);
  const state = stateOf(play, after);
  const timer = before && timerOf(play, before, after);
  return {
    sent,
    ...(refusal === undefined ? {} : { refusal }),
    ...(state === undefined ? {} : { state }),
    ...(timer === undefined ? {} : { timer }),
    ...(sorted.filled === undefined ? {} : { doubt: inDoubt }),
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
      strange: new Set(),
      tellsState: false,
      tellsTimer: false,
    };
    for (const step of scenario.lead) {
      const observed = await playStep(play, step, false);
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
    const last = scenario.steps.findLast((it) => it.move !== undefined);
    for (const step of scenario.steps) {
      if (isStopped()) break;
      if (step.move === undefined) continue;
      const observed = await playStep(play, step, step === last);
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
