// After every round of a crew: figures that no round can leave behind are a defect, and are not searched on with.

import { crewWord, mostFound, ownWord } from "./crew-words.ts";
import { type Engine, field, type Member } from "./engine.ts";
import type { Crew } from "./lead.ts";

/** What is wrong with the words of a thread, if something is. */
const wrongWith = (engine: Engine, { part }: Crew, member: Member, thread: number) => {
  const get = (name: Parameters<typeof field>[1]): number => field(engine, name, member);
  const own = (name: Parameters<typeof ownWord>[2]): number => ownWord(part, thread, name);
  const { at, block } = member;
  const isOrdered = (...values: readonly number[]): boolean =>
    values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= value);
  const facts = {
    states: isOrdered(0, own("first"), get("count"), get("room"), crewWord(part, "stateNext")),
    edges:
      get("keepsEdges") === 0 ||
      isOrdered(get("edgeNext"), get("edgeRoom"), crewWord(part, "edgeNext")),
    notes: isOrdered(at + block.notes, get("note"), at + block.words),
    found: isOrdered(0, own("found"), mostFound),
    rest: isOrdered(0, own("leftFrom"), own("leftTo"), crewWord(part, "stateNext")),
    batch: get("batch") === at + block.batch && get("index") === engine.plan.index,
    index: get("mask") === engine.mask,
  };
  return Object.entries(facts).find(([, isRight]) => !isRight)?.[0];
};

/**
 * Looks at a crew that has come together, `others` threads beside the first; throws when what the
 * threads left behind cannot be.
 */
export const verifyCrew = (engine: Engine, crew: Crew, others: number): void => {
  const { part, members } = crew;
  const fail = (what: string): never => {
    throw new Error(`the threads of a search contradict each other: ${what}`);
  };
  if (crewWord(part, "arrived") !== others) fail("more have come than were sent");
  const isDone =
    crewWord(part, "halt") !== 0 || crewWord(part, "ticket") >= crewWord(part, "slices");
  if (!isDone) fail("work is left, and nobody asked for a halt");
  members.forEach((member, thread) => {
    const wrong = wrongWith(engine, crew, member, thread);
    if (wrong !== undefined) fail(`the ${wrong} of thread ${thread}`);
  });
};
