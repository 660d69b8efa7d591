// States that a generated engine stores and expands.

import type { Crew, Engine, Tiers } from "../engine/index.ts";
import {
  bytesInUse,
  clearDigest,
  crewWord,
  digestSums,
  field,
  filterSize,
  foundByCrew,
  growBatch,
  listAt,
  makeRoom,
  noBatch,
  reason,
  setField,
} from "../engine/index.ts";
import type { Core } from "../core/index.ts";
import { callOf, type EngineSpace, pacer, placeOf, steps } from "./engine-calls.ts";
import { drain, drainNotes } from "./engine-notes.ts";
import { sweep, targets } from "./engine-ways.ts";
import type { Limit } from "./result.ts";
import type { Found, Level, Listener, Pause, RecoveryGroup, Space, Watch } from "./space.ts";
import { begunStates, commandAll, expandTogether, statesIn } from "./together.ts";

const mostAtOnce = 1 << 12;

export interface EngineSpaceOptions {
  readonly now: () => number;
  /** States that are expanded in one call, at most. */
  readonly most?: number;
}

/** Shows the code what is still news. */
const show = (engine: Engine, watch: Watch): void => {
  engine.heap.set(watch.openEvents, listAt(engine, "events"));
  engine.heap.set(watch.openFormulas, listAt(engine, "open"));
  engine.heap.set(watch.expected, listAt(engine, "expected"));
  setField(engine, "judging", Number(watch.isJudging));
  setField(engine, "deadlocks", Number(watch.isDeadlockOpen));
};

/** Room for one more batch at least: "memory" when there is none, or what ended the work. */
const room = async (engine: Engine, pause: Pause): Promise<Limit | undefined> => {
  const answer = makeRoom(engine);
  if (answer === "ready") return undefined;
  if (answer === "full") return "memory";
  const count = field(engine, "count");
  const slice = 1 << 16;
  for (let from = 0; from < count; from += slice) {
    callOf(engine, "searchIndex")(from, Math.min(from + slice, count));
    // The index is of no use before it is complete, so nothing ends this work.
    await pause();
  }
  return undefined;
};

const begin = async (space: EngineSpace, watch: Watch, listener: Listener): Promise<Found> => {
  const { engine } = space.tiers;
  const keeps = field(engine, "keepsEdges");
  const ended = (limit: Limit | undefined): Found => ({
    level: foundSince(engine, 0),
    ended: limit,
    isWhole: limit === undefined,
  });
  show(engine, watch);
  // Initial steps are no transitions, and no edges.
  setField(engine, "keepsEdges", 0);
  for (;;) {
    if ((await room(engine, () => undefined)) !== undefined) return ended("memory");
    if (callOf(engine, "searchBegin")() >= 0) break;
    if (!growBatch(engine)) return ended("memory");
  }
  setField(engine, "keepsEdges", keeps);
  setField(engine, "transitions", 0);
  drain(space, listener);
  return ended(undefined);
};

/** The states with numbers from `first` on. */
const foundSince = (engine: Engine, first: number): Level => {
  const to = field(engine, "count");
  return to > first ? [{ from: first, to }] : [];
};

const expand = async (
  space: EngineSpace,
  level: Level,
  watch: Watch,
  listener: Listener,
  pause: Pause,
): Promise<Found> => {
  const { engine } = space.tiers;
  space.tiers.join();
  const crew = space.tiers.crew();
  show(engine, watch);
  if (crew !== undefined) return expandByCrew(space, crew, level, listener, pause);
  const first = field(engine, "count");
  let ended: Limit | undefined;
  let left = statesIn(level);
  for (const { from, to } of level) {
    for (let state = from; state < to && ended === undefined;) {
      ended = await room(engine, pause);
      if (ended !== undefined) break;
      const end = Math.min(state + space.pace.states(), to);
      const why = space.pace.run(() => callOf(engine, "searchRun")(state, end));
      drain(space, listener);
      const next = field(engine, "next");
      space.expanded += next - state;
      left -= next - state;
      state = next;
      if (why === reason.batch && !growBatch(engine)) ended = "memory";
      ended ??= await pause();
      space.tiers.shift();
    }
  }
  return { level: foundSince(engine, first), ended, isWhole: left === 0 };
};

/** All that was found before several threads began is one range. */
const noteKnown = (space: EngineSpace): void => {
  if (space.known.length > 0) return;
  const count = field(space.tiers.engine, "count");
  space.known.push({ from: 0, to: count });
  space.counted = count;
};

const expandByCrew = async (
  space: EngineSpace,
  crew: Crew,
  level: Level,
  listener: Listener,
  pause: Pause,
): Promise<Found> => {
  const { engine } = space.tiers;
  noteKnown(space);
  const drainAll = (): void => {
    for (const member of crew.members) drain(space, listener, member);
  };
  const found = await expandTogether(engine, crew, level, () => space.known, drainAll, pause);
  space.known.push(...found.level);
  space.counted += statesIn(found.level);
  if (found.isWhole) space.expanded += statesIn(level);
  return found;
};

const seek = async (
  space: EngineSpace,
  level: Level,
  wanted: readonly number[],
  visit: (state: number) => void,
  pause: Pause,
): Promise<Limit | undefined> => {
  const { engine } = space.tiers;
  const filter = field(engine, "filter");
  engine.heap.fill(0, filter, filter + filterSize / 32);
  for (const state of wanted) callOf(engine, "searchWant")(state);
  for (const { from, to } of level) {
    for (let state = from; state < to;) {
      const end = Math.min(state + space.pace.states(), to);
      const why = space.pace.run(() => callOf(engine, "searchSeek")(state, end));
      drainNotes(engine, engine.thread, (_, found) => visit(found));
      state = field(engine, "next");
      if (why === reason.batch) throw new Error(noBatch);
      const limit = await pause();
      if (limit !== undefined) return limit;
    }
  }
  return undefined;
};

/** The states of a generated engine. */
export const engineSpace = (
  tiers: Tiers,
  groups: readonly RecoveryGroup[],
  core: Core,
  { now, most = mostAtOnce }: EngineSpaceOptions,
): Space => {
  const { engine } = tiers;
  const { program } = engine.shape;
  const space: EngineSpace = {
    tiers,
    pace: pacer(now, most),
    known: [],
    counted: 0,
    transitions: 0,
    expanded: 0,
    dropped: core.networks.map(() => 0),
    cut: core.bounds.map(() => 0),
    taken: new Uint8Array(core.branches.length),
    targets: new Int32Array(16),
  };
  const judgement = () => listAt(engine, "judgement");
  return {
    words: program.layout.words,
    stepWords: program.stepWords,
    formulas: program.formulas,
    count: () => countOf(space),
    end: () => endOf(space),
    transitions: () => space.transitions,
    waiting: () => waitingOf(space),
    memoryBytes: () => bytesInUse(engine, tiers.crew()),
    counters: () => ({
      dropped: [...space.dropped],
      cut: [...space.cut],
      taken: space.taken.slice(),
    }),
    place: (state) => ({ words: engine.heap, at: placeOf(engine, state) }),
    begin: (watch, listener) => begin(space, watch, listener),
    expand: (level, watch, listener, pause) => expand(space, level, watch, listener, pause),
    seek: (level, wanted, visit, pause) => seek(space, level, wanted, visit, pause),
    steps: (state) => steps(engine, state),
    records: () => ({ words: engine.heap, at: field(engine, "batch") }),
    targets: (state, isWithoutFaults) => targets(space, state, isWithoutFaults),
    judge: (state, from) => callOf(engine, "judge")(placeOf(engine, state), judgement(), from),
    judgement: () => ({ words: engine.heap, at: judgement() }),
    failedAt: () =>
      engine.heap[engine.thread.at + engine.thread.block.area + program.area.failure] ?? 0,
    sweep: (group, levels, pause, isEnough) =>
      sweep(space, {
        group,
        members: groups[group]?.to.length ?? 0,
        ranges: levels.flat(),
        pause,
        isEnough,
      }),
    trapped: (group, member, { from, to }) =>
      callOf(engine, `searchTrapped${group}`)(from, to, 1 << member),
    digest: (levels) => digest(tiers, levels),
    close: tiers.close,
  };
};

const countOf = ({ tiers, counted }: EngineSpace): number => {
  const crew = tiers.crew();
  if (crew === undefined) return field(tiers.engine, "count");
  return crew.isBroken ? counted : foundByCrew(crew);
};

const endOf = ({ tiers }: EngineSpace): number => {
  const crew = tiers.crew();
  return crew === undefined ? field(tiers.engine, "count") : crewWord(crew.part, "stateNext");
};

/** About as many: what the threads have begun of a level counts as expanded. */
const waitingOf = (space: EngineSpace): number => {
  const crew = space.tiers.crew();
  const begun = crew === undefined ? 0 : begunStates(crew);
  return Math.max(0, countOf(space) - space.expanded - begun);
};

const digest = async (tiers: Tiers, levels: readonly Level[]): Promise<readonly number[]> => {
  const { engine } = tiers;
  const crew = tiers.crew();
  if (crew !== undefined) {
    for (;;) {
      for (const member of crew.members) clearDigest(engine, member);
      const ended = await commandAll(engine, crew, "digest", levels.flat(), () => undefined);
      if (ended === undefined) return digestSums(engine, crew.members);
    }
  }
  for (const { from, to } of levels.flat()) {
    for (let state = from; state < to; state += mostAtOnce) {
      callOf(engine, "searchDigest")(state, Math.min(state + mostAtOnce, to));
    }
  }
  return digestSums(engine);
};
