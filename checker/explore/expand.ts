// The hot loop: takes every step out of a range of states and stores the states that are new.

import { addToBatch, batchSize, insertBatch } from "./batch.ts";
import { setEdge, setStart } from "./edges.ts";
import { offerDeadlock, offerError, offerEvents } from "./findings.ts";
import { judgeNew, mayRest } from "./judge.ts";
import { recallState } from "./recent-states.ts";
import type { Search } from "./search.ts";
import { makeRoom } from "./search.ts";
import { hashWords } from "./state-index.ts";
import { chunkOf, offsetOf } from "./state-store.ts";

/** Stores and judges what waits in the batch; false when there is no memory for it. */
export const flush = (search: Search): boolean => {
  const { batch, index, store, recent, edges } = search;
  if (!makeRoom(search, 0)) return false;
  insertBatch(batch, index, store, recent, search.level < 0 ? undefined : edges);
  judgeNew(search);
  return true;
};

/** Writes the steps of a state to `search.out`, which grows as needed, and returns their number. */
export const stepsOf = (search: Search, state: number): number => {
  const { machine, store } = search;
  const chunk = chunkOf(store, state);
  const at = offsetOf(store, state);
  let count = machine.expand(chunk, at, search.out);
  while (count < 0) {
    search.out = new Int32Array(search.out.length * 2);
    count = machine.expand(chunk, at, search.out);
  }
  return count;
};

/** Writes the initial steps to `search.out` and returns their number. */
const initialSteps = (search: Search): number => {
  let count = search.machine.initial(search.out);
  while (count < 0) {
    search.out = new Int32Array(search.out.length * 2);
    count = search.machine.initial(search.out);
  }
  return count;
};

/** Looks up, now or later, the target of the step record at `record`; false when memory ends. */
const takeTarget = (search: Search, record: number, info: number): boolean => {
  const { store, batch, recent, out, transitions } = search;
  const { words } = store;
  const edges = search.level < 0 ? undefined : search.edges;
  if (search.level >= 0) search.transitions = transitions + 1;
  const hash = hashWords(out, record, words);
  const known = recallState(recent, store, out, record, hash);
  if (known >= 0) {
    if (edges !== undefined) setEdge(edges, transitions, known, info);
    return true;
  }
  if (edges !== undefined) {
    batch.transitions[batch.size] = transitions;
    batch.faults[batch.size] = info;
  }
  addToBatch(batch, out, record, words, hash);
  return batch.size < batchSize || flush(search);
};

/** Takes `count` step records of `search.out`, all out of `state`; false when memory ends. */
const takeSteps = (search: Search, state: number, count: number): boolean => {
  const { machine, store, findings, out } = search;
  const { words } = store;
  const { stepWords, eventWords } = machine;
  const { openEvents } = findings;
  const end = count * stepWords;
  for (let record = 0; record < end; record += stepWords) {
    const info = out[record + words] ?? 0;
    if (info > 1) {
      offerError(findings, store, (info >>> 1) - 1, { steps: search.level + 1, state });
      continue;
    }
    for (let word = 0; word < eventWords; word += 1) {
      const events = (out[record + words + 1 + word] ?? 0) & (openEvents[word] ?? 0);
      if (events === 0) continue;
      const candidate = { steps: search.level + 1, state };
      offerEvents(findings, store, search.core, word, events, candidate);
    }
    if (!takeTarget(search, record, info)) return false;
  }
  return true;
};

/** Finds the initial states; false when memory ends. */
export const findInitial = (search: Search): boolean =>
  takeSteps(search, -1, initialSteps(search)) && flush(search);

/**
 * Expands the states from..to (exclusive), all of the current level; false when memory ends. What
 * is found stays in the batch until it is full; the caller flushes at the end of a level.
 */
export const expandStates = (search: Search, from: number, to: number): boolean => {
  const { edges, options, findings, store, level } = search;
  for (let state = from; state < to; state += 1) {
    const count = stepsOf(search, state);
    if (edges !== undefined) {
      if (!makeRoom(search, count)) return false;
      setStart(edges, state, search.transitions);
    }
    if (count === 0 && options.deadlock && !mayRest(search, state)) {
      offerDeadlock(findings, store, level, state);
    }
    if (!takeSteps(search, state, count)) return false;
  }
  return true;
};
