// The search over the states of a machine: machine -> exploration.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { breadthFirst } from "./breadth-first.ts";
import type { ExploreOptions } from "./options.ts";
import { pulseOf } from "./pulse.ts";
import type { Exploration } from "./result.ts";
import type { Search } from "./search.ts";
import { memoryBytes, newSearch } from "./search.ts";
import { spentBudgets, stateSetOf } from "./state-set.ts";
import type { Traps } from "./trap.ts";
import { findTraps } from "./trap.ts";
import type { Path } from "./result.ts";
import { deadlockVerdict, modelErrors, verdictsOf } from "./verdicts.ts";
import { walkBack } from "./walk-back.ts";

/**
 * Explores every reachable state of a machine; the same machine and options give the same result.
 */
export const explore = async (
  machine: Machine,
  core: Core,
  options: ExploreOptions,
): Promise<Exploration> => {
  const counters = countersSince(machine);
  const search = newSearch(machine, core, options);
  const pulse = pulseOf(search);
  const ended = await breadthFirst(search, pulse);
  const figures = counters();
  const isBounded = figures.cut.some((steps) => steps > 0);
  const decided = ended ?? (isBounded ? undefined : await findTraps(search, pulse));
  const stopped = typeof decided === "string" ? decided : undefined;
  const traps = typeof decided === "string" ? new Map() : decided;
  const pathTo = await pathsToFindings(search, pulse, traps ?? new Map());
  const outlook = { search, stopped, traps, pathTo };
  const depth = search.levelStarts.length - 1;
  const isLevelCut = search.expanded < (search.levelStarts[search.level + 1] ?? search.store.count);
  return {
    complete: stopped === undefined,
    ...(stopped === undefined ? {} : { stopped }),
    states: search.store.count,
    transitions: search.transitions,
    depth,
    wholeDepth: isLevelCut ? Math.max(search.level, 0) : depth,
    verdicts: verdictsOf(outlook),
    deadlock: deadlockVerdict(outlook),
    errors: modelErrors(outlook),
    ...figures,
    spent: spentBudgets(core, machine.layout.variables, search.store),
    stateSet: stateSetOf(search.store),
    seconds: pulse.seconds(),
    memoryBytes: memoryBytes(search),
  };
};

/**
 * What a machine counts from now on; walking back expands states again, which must not count twice.
 */
const countersSince = (machine: Machine) => {
  const before = {
    dropped: [...machine.counters.dropped],
    cut: [...machine.counters.cut],
  };
  machine.taken.fill(0);
  return () => ({
    dropped: [...machine.counters.dropped].map((it, id) => it - (before.dropped[id] ?? 0)),
    cut: [...machine.counters.cut].map((it, id) => it - (before.cut[id] ?? 0)),
    taken: machine.taken.slice(),
  });
};

/** The paths to the states of all findings, which walk back together. */
const pathsToFindings = async (
  search: Search,
  pulse: ReturnType<typeof pulseOf>,
  traps: Traps,
): Promise<(state: number) => Path["states"]> => {
  const { properties, deadlock, errors } = search.findings;
  const found = [
    ...properties.map((it) => it?.state),
    deadlock?.state,
    ...[...errors.values()].map((it) => it.state),
    ...[...traps.values()].map((it) => it.state),
  ];
  const states = [...new Set(found.flatMap((it) => (it === undefined || it < 0 ? [] : [it])))];
  const paths = await walkBack(search, pulse, states);
  const byState = new Map(states.map((state, index) => [state, paths[index] ?? []]));
  return (state) => byState.get(state) ?? [];
};
