// Recoverables after a complete search: who can get out, and what keeps the others in.

import { confinementOf } from "./cycle.ts";
import { edgeAt, setStart, startOf } from "./edges.ts";
import type { Pulse } from "./pulse.ts";
import type { Recovery, RecoveryGroup } from "./recovery.ts";
import { readByte, writeByte } from "./recovery.ts";
import type { Limit } from "./result.ts";
import type { Search } from "./search.ts";
import { compareStates, stateAt } from "./state-store.ts";
import { levelOf } from "./walk-back.ts";

/** A state that must be able to get out and is not: the nearest, of those the least. */
export interface Trapped {
  readonly state: number;
  readonly steps: number;
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
  const { edges, store } = search;
  if (edges !== undefined) setStart(edges, store.count, search.transitions);
  for (const group of search.recoveries) {
    const limit = await sweep(search, pulse, group);
    if (limit !== undefined) return limit;
    group.members.forEach((recovery, bit) => {
      const state = leastTrapped(search, group, 1 << bit);
      if (state !== undefined) traps.set(recovery.property, trapFrom(search, recovery, state));
    });
  }
  return traps;
};

/** States between two looks at the clock. */
const slice = 1 << 14;

/**
 * Marks as saved whatever has an edge to a saved state, until nothing changes. In reverse order of
 * discovery most ways out are followed to their beginning in one sweep.
 */
const sweep = async (
  search: Search,
  pulse: Pulse,
  group: RecoveryGroup,
): Promise<Limit | undefined> => {
  const { count } = search.store;
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (let end = count; end > 0; end -= slice) {
      if (saveRange(search, group, Math.max(end - slice, 0), end)) isStable = false;
      const limit = pulse.isDue() ? await pulse.rest() : undefined;
      if (limit !== undefined) return limit;
    }
  }
  return undefined;
};

const saveRange = (search: Search, group: RecoveryGroup, from: number, to: number): boolean => {
  const { edges } = search;
  const { saved, members, withoutFaults } = group;
  if (edges === undefined) throw new Error("a recoverable is judged on stored edges");
  const all = (1 << members.length) - 1;
  let isChanged = false;
  let end = startOf(edges, to);
  for (let state = to - 1; state >= from; state -= 1) {
    const begin = startOf(edges, state);
    const before = readByte(saved, state);
    let bits = before;
    for (let position = begin; position < end && bits !== all; position += 1) {
      const edge = edgeAt(edges, position);
      const reached = readByte(saved, edge >>> 1);
      bits |= (edge & 1) === 0 ? reached : reached & ~withoutFaults;
    }
    if (bits !== before) {
      writeByte(saved, state, bits);
      isChanged = true;
    }
    end = begin;
  }
  return isChanged;
};

/** The nearest state that needs a way out and has none, of those the least; `bit` says for whom. */
const leastTrapped = (
  { store, levelStarts }: Search,
  { needy, saved }: RecoveryGroup,
  bit: number,
): number | undefined => {
  let least: number | undefined;
  let end = store.count;
  for (let state = 0; state < end; state += 1) {
    if ((readByte(needy, state) & ~readByte(saved, state) & bit) === 0) continue;
    // The first one found tells the level; only states of that level can be better.
    if (least === undefined) end = levelStarts[levelOf(levelStarts, state) + 1] ?? store.count;
    if (least === undefined || compareStates(store, state, least) < 0) least = state;
  }
  return least;
};

const trapFrom = (search: Search, { withoutFaults }: Recovery, state: number): Trapped => {
  const { edges, store, levelStarts } = search;
  if (edges === undefined) throw new Error("a recoverable is judged on stored edges");
  const { size, cycle } = confinementOf(state, {
    count: store.count,
    first: (it) => startOf(edges, it),
    target: (way) => {
      const edge = edgeAt(edges, way);
      return withoutFaults && (edge & 1) === 1 ? -1 : edge >>> 1;
    },
  });
  return {
    state,
    steps: levelOf(levelStarts, state),
    states: size,
    cycle: cycle.map((it) => stateAt(store, it)),
  };
};
