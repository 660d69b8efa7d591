// A search in the making: everything that the phases of an exploration share.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Batch } from "./batch.ts";
import { batchSize, emptyBatch } from "./batch.ts";
import type { EdgeStore } from "./edges.ts";
import { edgeBytes, emptyEdges, reserveEdges } from "./edges.ts";
import type { Findings } from "./findings.ts";
import { noFindings } from "./findings.ts";
import type { ExploreOptions } from "./options.ts";
import type { RecentStates } from "./recent-states.ts";
import { noRecentStates } from "./recent-states.ts";
import type { RecoveryGroup } from "./recovery.ts";
import { recoveriesOf, recoveryBytes, reserveRecovery } from "./recovery.ts";
import type { StateIndex } from "./state-index.ts";
import { emptyIndex, indexSize, rebuildIndex } from "./state-index.ts";
import type { StateStore } from "./state-store.ts";
import { emptyStore, reserveStates, storeBytes } from "./state-store.ts";

export interface Search {
  readonly machine: Machine;
  readonly core: Core;
  readonly options: ExploreOptions;
  readonly store: StateStore;
  readonly index: StateIndex;
  readonly recent: RecentStates;
  readonly batch: Batch;
  readonly findings: Findings;
  readonly recoveries: readonly RecoveryGroup[];
  /** Only where a selected property asks for ways out. */
  readonly edges: EdgeStore | undefined;
  /** Step records of one state; replaced by a larger one when they do not fit. */
  out: Int32Array;
  /** Of the states being expanded; -1 while the initial states are found. */
  level: number;
  /** Index of the first state of each level. */
  readonly levelStarts: number[];
  transitions: number;
  /** States with a smaller index have been expanded. */
  expanded: number;
  /** States with a smaller index have been judged. */
  judged: number;
  readonly judgement: Int32Array;
  /** How many states and edges there is room for without another look at the memory. */
  room: number;
  edgeRoom: number;
}

const firstRecords = 1024;

export const newSearch = (machine: Machine, core: Core, options: ExploreOptions): Search => {
  const { words } = machine.layout;
  const recoveries = recoveriesOf(machine, core, options);
  return {
    machine,
    core,
    options,
    store: emptyStore(words),
    index: emptyIndex(),
    recent: noRecentStates(),
    batch: emptyBatch(words),
    findings: noFindings(machine, core, options),
    recoveries,
    edges: recoveries.length === 0 ? undefined : emptyEdges(),
    out: new Int32Array(firstRecords * machine.stepWords),
    level: -1,
    levelStarts: [0],
    transitions: 0,
    expanded: 0,
    judged: 0,
    judgement: new Int32Array(Math.ceil(machine.formulas.length / 32)),
    room: 0,
    edgeRoom: 0,
  };
};

/** What `states` states with `transitions` transitions occupy, and `entries` of the index. */
const bytesFor = (
  { store, edges, recoveries }: Search,
  states: number,
  transitions: number,
  entries: number,
): number =>
  storeBytes(store, states) +
  entries * 4 +
  (edges === undefined ? 0 : edgeBytes(transitions, states)) +
  recoveries.length * recoveryBytes(states);

/** Bytes that the states, their index and the edges occupy. */
export const memoryBytes = (search: Search): number =>
  bytesFor(search, search.store.count, search.transitions, search.index.mask + 1);

/** Room is made in steps of at least this many states and edges. */
const roomStep = 2048;
/** An edge keeps the target in 31 bits, an entry of the index in at most 30. */
const mostStates = 2 ** 29;

/**
 * Makes room for one more batch, and `more` more transitions; false when the memory limit, or the
 * machine, does not allow it.
 */
export const makeRoom = (search: Search, more: number): boolean => {
  const { store, index, edges, options } = search;
  const isRoom = store.count + batchSize <= search.room;
  const isEdgeRoom = edges === undefined || search.transitions + more <= search.edgeRoom;
  if (isRoom && isEdgeRoom) return true;
  const states = Math.ceil((store.count + batchSize) / roomStep) * roomStep;
  const transitions = search.transitions + more + roomStep;
  const size = indexSize(index, states);
  // While the index grows, the old table still occupies its memory.
  const entries = size === index.mask + 1 ? size : size + index.mask + 1;
  const bytes = bytesFor(search, states, transitions, entries);
  if (bytes > (options.limits.memoryBytes ?? Infinity) || states > mostStates) return false;
  try {
    if (size !== index.mask + 1) rebuildIndex(index, store, size);
    reserveStates(store, states);
    if (edges !== undefined) reserveEdges(edges, transitions, states);
    for (const group of search.recoveries) reserveRecovery(group, states);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
  search.room = states;
  search.edgeRoom = transitions;
  return true;
};
