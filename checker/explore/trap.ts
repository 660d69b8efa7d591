// Recoverables after a complete search: who can get out, and what keeps the others in.

import { confinementOf } from "./cycle.ts";
import { compareStates, wordsOf } from "./findings.ts";
import type { Pulse } from "./pulse.ts";
import type { Recovery } from "./recovery.ts";
import type { Cost, Limit } from "./result.ts";
import type { Search } from "./search.ts";

/** A state that must be able to get out and is not: the nearest, of those the least. */
export interface Trapped {
  readonly state: number;
  readonly steps: number;
  readonly cost?: Cost;
  /** States reachable from it. */
  readonly states: number;
  readonly cycle: readonly Int32Array[];
}

/** By property. */
export type Traps = ReadonlyMap<number, Trapped>;

/**
 * Decides every selected recoverable; the search must be complete. Answers the limit instead when
 * one ends the work: then no recoverable is decided.
 */
export const findTraps = async (search: Search, pulse: Pulse): Promise<Traps | Limit> => {
  const traps = new Map<number, Trapped>();
  const { space, groups, levels } = search;
  const all = groups.reduce((sum, it) => sum + it.members.length, 0);
  let done = 0;
  for (const [group, { members }] of groups.entries()) {
    search.phase = { name: "looking for ways out", done, all };
    done += members.length;
    const isEnough = watchTrapped(search, group);
    const limit = await space.sweep(group, levels, pulse.pause, isEnough);
    if (limit !== undefined) return limit;
    if (isEnough()) continue;
    for (const [member, recovery] of members.entries()) {
      const least = leastTrapped(search, group, member);
      if (least === undefined) continue;
      const trapped = await trapFrom(search, recovery, least, pulse);
      if (typeof trapped === "string") return trapped;
      traps.set(recovery.property, trapped);
    }
  }
  return traps;
};

interface Place {
  readonly state: number;
  readonly steps: number;
}

/**
 * Answers whether every state that must be able to get out is out by now. Who is out stays out, so each
 * question goes on at the state where the last one ended.
 */
const watchTrapped = ({ space, groups, levels }: Search, group: number): (() => boolean) => {
  const ranges = levels.flat();
  const places = (groups[group]?.members ?? []).map(() => ({ range: 0, state: 0 }));
  return () =>
    places.every((place, member) => {
      for (; place.range < ranges.length; place.range += 1) {
        const { from, to } = ranges[place.range] ?? { from: 0, to: 0 };
        place.state = space.trapped(group, member, { from: Math.max(from, place.state), to });
        if (place.state < to) return false;
        place.state = 0;
      }
      return true;
    });
};

/** The nearest state that must be able to get out and cannot, of those the least. */
const leastTrapped = (
  { space, levels }: Search,
  group: number,
  member: number,
): Place | undefined => {
  for (const [steps, level] of levels.entries()) {
    let least: number | undefined;
    for (const { from, to } of level) {
      for (let state = from; state < to; state += 1) {
        state = space.trapped(group, member, { from: state, to });
        if (state === to) break;
        if (least === undefined || compareStates(space, state, least) < 0) least = state;
      }
    }
    if (least !== undefined) return { state: least, steps };
  }
  return undefined;
};

/** What confines a state, or the limit that ends the work. */
export const trapFrom = async (
  { space }: Search,
  { withoutFaults }: Recovery,
  { state, steps }: Place,
  pulse: Pulse,
): Promise<Trapped | Limit> => {
  const work = confinementOf(state, {
    end: space.end(),
    targets: (it) => space.targets(it, withoutFaults),
  });
  for (;;) {
    const { done, value } = work.next();
    if (done === true) {
      const { size, cycle } = value;
      return { state, steps, states: size, cycle: cycle.map((it) => wordsOf(space, it)) };
    }
    const limit = await pulse.pause();
    if (limit !== undefined) return limit;
  }
};
