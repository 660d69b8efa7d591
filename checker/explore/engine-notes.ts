// What the generated search has noted is taken away from it, between two calls.

import type { Engine, Member } from "../engine/index.ts";
import { field, note, noteWords, setField } from "../engine/index.ts";
import type { EngineSpace } from "./engine-calls.ts";
import type { Listener } from "./space.ts";

/** Takes counters, notes and transitions of a thread away from the code. */
export const drain = (
  space: EngineSpace,
  listener: Listener,
  member: Member = space.tiers.engine.thread,
): void => {
  const { engine } = space.tiers;
  space.transitions += field(engine, "transitions", member) >>> 0;
  setField(engine, "transitions", 0, member);
  drainCounters(space, member);
  drainNotes(engine, member, (kind, state, first, second) => {
    switch (kind) {
      case note.error:
        return listener.onError(state, (first >>> 1) - 1);
      case note.event:
        return listener.onEvents(state, first, second);
      case note.judged:
        return listener.onJudged(state);
      case note.stuck:
        return listener.onStuck(state);
    }
  });
};

export const drainNotes = (
  engine: Engine,
  member: Member,
  visit: (kind: number, state: number, first: number, second: number) => void,
): void => {
  const from = field(engine, "notes", member);
  const notes = engine.heap.slice(from, field(engine, "note", member));
  setField(engine, "note", from, member);
  for (let at = 0; at < notes.length; at += noteWords) {
    visit(notes[at] ?? 0, notes[at + 1] ?? 0, notes[at + 2] ?? 0, notes[at + 3] ?? 0);
  }
};

const drainCounters = (
  { tiers: { engine }, dropped, cut, taken }: EngineSpace,
  { at: block, block: { area: inBlock } }: Member,
): void => {
  const { heap, shape } = engine;
  const { area } = shape.program;
  const base = block + inBlock;
  const drainTo = (sums: number[], at: number): void => {
    for (let id = 0; id < sums.length; id += 1) {
      sums[id] = (sums[id] ?? 0) + ((heap[base + at + id] ?? 0) >>> 0);
      heap[base + at + id] = 0;
    }
  };
  drainTo(dropped, area.dropped);
  drainTo(cut, area.cut);
  for (let branch = 0; branch < taken.length; branch += 1) {
    if (heap[base + area.taken + branch] !== 0) taken[branch] = 1;
  }
};
