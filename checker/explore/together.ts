// A level by several threads: commands to the crew, and what all of them found put together.

import type { Crew, Engine } from "../engine/index.ts";
import {
  beginPart,
  clearSlice,
  crewAddress,
  crewWord,
  dealOut,
  endPart,
  field,
  growCrewBatches,
  indexWords,
  makeCrewRoom,
  mostRanges,
  ownWord,
  reason,
  setCrewWord,
  setOwnWord,
  shareWatch,
  takeFound,
  takeSlice,
  untaken,
  verifyCrew,
} from "../engine/index.ts";
import type { Limit } from "./result.ts";
import type { Found, Level, Pause, Range } from "./space.ts";

type Kind = Parameters<typeof dealOut>[1];

/** Into so many slices the share of a thread is divided, where they have at most so many times the least size. */
const [slicesForEach, mostSlices] = [64, 16];
/** Below this many slices the others are not woken. */
const fewSlices = 4;
/** How long this thread sleeps at most while others work, so that it stays responsive. */
const napMs = 5;

const hasFailed = ({ mates }: Crew): boolean => mates.some((it) => it.failure() !== undefined);

/** After a limit, so many naps are left to the others to come to an end: five seconds. */
const patience = 1000;

/** What one thread did is lost: nobody knows what. None of the others works any more. */
const breakUp = async (engine: Engine, crew: Crew): Promise<void> => {
  const { part, members, mates } = crew;
  crew.isBroken = true;
  await Promise.all(mates.map((it) => it.end()));
  members.forEach((member, thread) => {
    takeFound(part, thread);
    setOwnWord(part, thread, "first", field(engine, "count", member));
  });
};

export const statesIn = (level: Level): number =>
  level.reduce((sum, { from, to }) => sum + to - from, 0);

/**
 * How much is dealt out at once. Of states that are expanded, long slices cost less to deal out, and their
 * states have more in common; with many of them for each thread all come to an end at nearly the same time.
 */
const dealtAtOnce = ({ sizes, members }: Crew, kind: Kind, ranges: Level): number | undefined => {
  if (kind === "clear") return clearSlice;
  if (kind !== "expand") return undefined;
  const share = Math.floor(statesIn(ranges) / (slicesForEach * members.length));
  return Math.max(sizes.slice, Math.min(share, mostSlices * sizes.slice));
};

/**
 * Has all threads do a command for some ranges; answers what ended it early. Of no use before it is
 * complete is an index: no limit ends it, but for who hangs.
 */
const command = async (
  engine: Engine,
  crew: Crew,
  kind: Kind,
  ranges: Level,
  pause: Pause,
): Promise<Limit | undefined> => {
  const canEnd = kind !== "clear" && kind !== "index";
  const { part, mates } = crew;
  const { heap } = part;
  shareWatch(engine, crew);
  const slices = dealOut(part, kind, ranges, dealtAtOnce(crew, kind, ranges));
  const isAlone = crew.isBroken || slices < fewSlices * (mates.length + 1);
  const others = isAlone ? 0 : mates.length;
  if (others > 0) {
    const epoch = crewAddress(part.crew, "epoch");
    Atomics.add(heap, epoch, 1);
    Atomics.notify(heap, epoch);
  }
  let met: Limit | undefined;
  const look = async (): Promise<void> => {
    const limit = await pause();
    met ??= limit;
    if (met !== undefined && canEnd) setCrewWord(part, "halt", 1);
  };
  beginPart(part);
  while (takeSlice(part)) {
    const paused = pause();
    if (paused === undefined) continue;
    met ??= await paused;
    await look();
  }
  endPart(part);
  const arrived = crewAddress(part.crew, "arrived");
  let naps = 0;
  for (let count = Atomics.load(heap, arrived); count < others;) {
    Atomics.wait(heap, arrived, count, napMs);
    await look();
    if (met !== undefined) naps += 1;
    if (hasFailed(crew) || naps > patience) {
      await breakUp(engine, crew);
      return met ?? "thread";
    }
    count = Atomics.load(heap, arrived);
  }
  if (!crew.isBroken) verifyCrew(engine, crew, others);
  return canEnd ? met : undefined;
};

/** The same for any number of ranges. */
export const commandAll = async (
  engine: Engine,
  crew: Crew,
  kind: Exclude<Kind, "expand">,
  ranges: Level,
  pause: Pause,
): Promise<Limit | undefined> => {
  const rounds = Math.ceil(ranges.length / mostRanges);
  for (let round = 0; round < rounds; round += 1) {
    const from = (kind === "down" ? rounds - 1 - round : round) * mostRanges;
    const some = ranges.slice(from, from + mostRanges);
    const ended = await command(engine, crew, kind, some, pause);
    if (ended !== undefined) return ended;
  }
  return undefined;
};

/** Neighbours become one range. */
const merged = (ranges: readonly Range[]): readonly Range[] => {
  const result: Range[] = [];
  for (const { from, to } of ranges.toSorted((left, right) => left.from - right.from)) {
    const last = result.at(-1);
    if (last !== undefined && last.to === from) result[result.length - 1] = { from: last.from, to };
    else result.push({ from, to });
  }
  return result;
};

/** What threads have put aside, and the reasons. */
const takeLeft = ({ part, members }: Crew) => {
  const reasons = new Set<number>();
  const ranges = members.flatMap((_, thread): readonly Range[] => {
    const why = ownWord(part, thread, "why");
    if (why === reason.done) return [];
    reasons.add(why);
    setOwnWord(part, thread, "why", reason.done);
    const [from, to] = [ownWord(part, thread, "leftFrom"), ownWord(part, thread, "leftTo")];
    return from < to ? [{ from, to }] : [];
  });
  return { reasons, ranges };
};

/**
 * Expands a level; `known` are all states of before. After each round `drain` takes away what the
 * threads have noted.
 */
export const expandTogether = async (
  engine: Engine,
  crew: Crew,
  level: Level,
  known: () => Level,
  drain: () => void,
  pause: Pause,
): Promise<Found> => {
  let found: readonly Range[] = [];
  let left: readonly Range[] = level;
  const ended = (limit: Limit | undefined): Found => ({
    level: found,
    ended: limit,
    isWhole: left.length === 0,
  });
  while (left.length > 0) {
    const room = makeCrewRoom(engine, crew);
    if (room === "full") return ended("memory");
    if (room === "rebuild") {
      const all = merged([...known(), ...found]);
      const broken =
        (await command(engine, crew, "clear", [indexWords(engine)], pause)) ??
        (await commandAll(engine, crew, "index", all, pause));
      if (broken !== undefined) return ended(broken);
    }
    const limit = await command(engine, crew, "expand", left.slice(0, mostRanges), pause);
    if (crew.isBroken) return ended(limit ?? "thread");
    drain();
    found = merged([
      ...found,
      ...crew.members.flatMap((_, thread) => takeFound(crew.part, thread)),
    ]);
    const { reasons, ranges } = takeLeft(crew);
    left = [...ranges, ...untaken(crew.part), ...left.slice(mostRanges)];
    if (reasons.has(reason.batch) && !growCrewBatches(engine, crew)) return ended("memory");
    if (limit !== undefined) return ended(limit);
  }
  return ended(undefined);
};

/** States of the level that are being expanded or were. */
export const begunStates = ({ part }: Crew): number =>
  Math.min(crewWord(part, "ticket"), crewWord(part, "slices")) * crewWord(part, "slice");
