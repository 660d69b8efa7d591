// Where the states of an engine lead: edges if they are kept, and sweeps along them.

import type { Crew, Engine } from "../engine/index.ts";
import {
  beginList,
  clearSeen,
  crewWord,
  field,
  hasRoomForList,
  isFutile,
  looksAtOnce,
  noBatch,
  noStart,
  setCrewWord,
  turnList,
} from "../engine/index.ts";
import { callOf, type EngineSpace, placeOf, steps } from "./engine-calls.ts";
import type { Limit } from "./result.ts";
import type { Level, Pause } from "./space.ts";
import { commandAll } from "./together.ts";

const grown = (list: Int32Array): Int32Array => {
  const longer = new Int32Array(2 * list.length);
  longer.set(list);
  return longer;
};

/**
 * From the edges where they are kept. Where there are none, or one may stand for an error, the
 * steps are taken once more.
 */
export const targets = (
  space: EngineSpace,
  state: number,
  isWithoutFaults: boolean,
): Int32Array => {
  const { engine } = space.tiers;
  const { heap, shape, plan } = engine;
  const { words } = shape.program.layout;
  const { stepWords } = shape.program;
  let size = 0;
  const add = (target: number, info: number): void => {
    if (isWithoutFaults && (info & 1) === 1) return;
    if (size === space.targets.length) space.targets = grown(space.targets);
    space.targets[size] = target;
    size += 1;
  };
  const start = heap[placeOf(engine, state) + words] ?? noStart;
  if (field(engine, "keepsEdges") !== 0 && start !== noStart) {
    let isError = false;
    for (let at = plan.size - 1 - start; !isError; at -= 1) {
      const edge = heap[at] ?? 0;
      isError = edge >>> 2 === state && (edge & 1) === 1;
      add(edge >>> 2, edge);
      if ((edge & 2) !== 0) break;
    }
    if (!isError) return space.targets.subarray(0, size);
    size = 0;
  }
  const count = steps(engine, state);
  const batch = field(engine, "batch");
  for (let at = batch; at < batch + count * stepWords; at += stepWords) {
    const info = heap[at + words] ?? 0;
    if (info <= 1) add(callOf(engine, "searchFind")(at), info);
  }
  return space.targets.subarray(0, size);
};

/** What is swept, and for whom. */
interface Sweeping {
  readonly group: number;
  /** Recoverables in the group. */
  readonly members: number;
  readonly ranges: Level;
  readonly pause: Pause;
  /** Asked after every sweep: whether the rest may stay unswept. */
  readonly isEnough: () => boolean;
}

interface Swept {
  readonly changed: number;
  readonly limit?: Limit;
}

/*
 * First, ways out are looked for from those who must get out: mostly they are found, all of them, and
 * nothing is swept. In reverse order of discovery most ways out are followed to their beginning in one sweep, those
 * that lead back to where the search came from in a sweep in order. So the sweeps alternate. After
 * two of them few states are left: these are listed with their edges where there is room for that,
 * and then only the list is swept.
 */
export const sweep = async (space: EngineSpace, sweeping: Sweeping): Promise<Limit | undefined> => {
  const { engine } = space.tiers;
  const crew = space.tiers.crew();
  const ended = await findWaysOut(space, sweeping);
  if (ended !== undefined) return ended;
  for (let isDown = true; !sweeping.isEnough(); isDown = !isDown) {
    if (!isDown && crew === undefined && hasRoomForList(engine)) return sweepList(space, sweeping);
    const direction = isDown ? "Down" : "Up";
    const { limit, changed } =
      crew === undefined
        ? await sweepOnce(space, `${direction}${sweeping.group}`, sweeping)
        : await sweepByCrew(engine, crew, direction, sweeping);
    if (limit !== undefined || changed === 0) return limit;
  }
  return undefined;
};

/**
 * Looks for ways out from those who must get out, where there is room to note who was seen, and as long as looking
 * is worth it.
 */
const findWaysOut = async (space: EngineSpace, sweeping: Sweeping): Promise<Limit | undefined> => {
  const { engine } = space.tiers;
  const crew = space.tiers.crew();
  for (let member = 0; member < sweeping.members; member += 1) {
    const [states, edges] =
      crew === undefined
        ? [field(engine, "count"), field(engine, "edgeNext")]
        : [crewWord(crew.part, "stateNext"), crewWord(crew.part, "edgeNext")];
    if (!clearSeen(engine, states, edges)) return undefined;
    const limit =
      crew === undefined
        ? await waysOfMember(engine, 1 << member, sweeping)
        : await waysByCrew(engine, crew, 1 << member, sweeping);
    if (limit !== undefined) return limit;
  }
  return undefined;
};

const waysOfMember = async (
  engine: Engine,
  bit: number,
  { group, ranges, pause }: Sweeping,
): Promise<Limit | undefined> => {
  const out = callOf(engine, `searchOut${group}`);
  for (const { from, to } of ranges) {
    for (let state = from; state < to; state = field(engine, "next")) {
      const marked = out(state, to, bit, looksAtOnce);
      if (marked < 0) throw new Error(noBatch);
      const limit = await pause();
      if (limit !== undefined) return limit;
      if (field(engine, "next") < to && isFutile(marked)) return undefined;
    }
  }
  return undefined;
};

const waysByCrew = (
  engine: Engine,
  crew: Crew,
  bit: number,
  { group, ranges, pause }: Sweeping,
): Promise<Limit | undefined> => {
  setCrewWord(crew.part, "group", group);
  setCrewWord(crew.part, "bit", bit);
  return commandAll(engine, crew, "out", ranges, pause);
};

/** One sweep over all states. */
const sweepOnce = async (
  space: EngineSpace,
  name: string,
  { ranges, pause }: Sweeping,
): Promise<Swept> => {
  const save = callOf(space.tiers.engine, `searchSave${name}`);
  const isDown = name.startsWith("Down");
  let changed = 0;
  for (const { from, to } of isDown ? ranges.toReversed() : ranges) {
    for (let done = 0; from + done < to;) {
      const count = Math.min(to - from - done, 16 * space.pace.states());
      const begin = isDown ? to - done - count : from + done;
      const more = space.pace.run(() => save(begin, begin + count));
      if (more < 0) throw new Error(noBatch);
      changed += more;
      done += count;
      const limit = await pause();
      if (limit !== undefined) return { changed, limit };
    }
  }
  return { changed };
};

/** Sweeps over all states once, and then over those that are not out until nothing changes. */
const sweepList = async (space: EngineSpace, sweeping: Sweeping): Promise<Limit | undefined> => {
  const { group, pause, isEnough } = sweeping;
  const { engine } = space.tiers;
  beginList(engine);
  let first = field(engine, "listTo");
  let { limit, changed } = await sweepOnce(space, `Sift${group}`, sweeping);
  for (let isDown = true; limit === undefined && changed > 0 && !isEnough(); isDown = !isDown) {
    turnList(engine, first, !isDown);
    first = field(engine, "listTo");
    changed = 0;
    const sift = callOf(engine, `searchSift${isDown ? "Down" : "Up"}${group}`);
    while (limit === undefined && field(engine, "listNext") !== field(engine, "listEnd")) {
      changed += space.pace.run(() => sift(16 * space.pace.states()));
      limit = await pause();
    }
  }
  return limit;
};

const sweepByCrew = async (
  engine: Engine,
  crew: Crew,
  direction: "Down" | "Up",
  { group, ranges, pause }: Sweeping,
): Promise<Swept> => {
  setCrewWord(crew.part, "group", group);
  setCrewWord(crew.part, "changed", 0);
  const limit = await commandAll(engine, crew, direction === "Down" ? "down" : "up", ranges, pause);
  const changed = crewWord(crew.part, "changed");
  return limit === undefined ? { changed } : { changed, limit };
};
