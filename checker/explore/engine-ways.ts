// Where the states of an engine lead: edges if they are kept, and sweeps along them.

import type { Crew, Engine } from "../engine/index.ts";
import { crewWord, field, noStart, setCrewWord } from "../engine/index.ts";
import { callOf, type EngineSpace, noBatch, placeOf, steps } from "./engine-calls.ts";
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

/*
 * In reverse order of discovery most ways out are followed to their beginning in one sweep, those
 * that lead back to where the search came from in a sweep in order. So the sweeps alternate.
 */
export const sweep = async (
  space: EngineSpace,
  group: number,
  levels: readonly Level[],
  pause: Pause,
): Promise<Limit | undefined> => {
  const { engine } = space.tiers;
  const crew = space.tiers.crew();
  if (crew !== undefined) return sweepByCrew(engine, crew, group, levels.flat(), pause);
  const ranges = levels.flat();
  for (let isDown = true, isStable = false; !isStable; isDown = !isDown) {
    isStable = true;
    const save = callOf(engine, `searchSave${isDown ? "Down" : "Up"}${group}`);
    for (const { from, to } of isDown ? ranges.toReversed() : ranges) {
      for (let done = 0; from + done < to;) {
        const count = Math.min(to - from - done, 16 * space.pace.states());
        const begin = isDown ? to - done - count : from + done;
        const changed = space.pace.run(() => save(begin, begin + count));
        if (changed < 0) throw new Error(noBatch);
        if (changed > 0) isStable = false;
        done += count;
        const limit = await pause();
        if (limit !== undefined) return limit;
      }
    }
  }
  return undefined;
};

const sweepByCrew = async (
  engine: Engine,
  crew: Crew,
  group: number,
  ranges: Level,
  pause: Pause,
): Promise<Limit | undefined> => {
  setCrewWord(crew.part, "group", group);
  for (let isDown = true; ; isDown = !isDown) {
    setCrewWord(crew.part, "changed", 0);
    const limit = await commandAll(engine, crew, isDown ? "down" : "up", ranges, pause);
    if (limit !== undefined) return limit;
    if (crewWord(crew.part, "changed") === 0) return undefined;
  }
};
