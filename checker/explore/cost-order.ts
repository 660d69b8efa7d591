// The states of a complete search in the order of what they cost: faults, then steps.

import { unlessRefused } from "../engine/index.ts";
import type { Pulse } from "./pulse.ts";
import type { Cost, Limit } from "./result.ts";
import type { Search } from "./search.ts";

/*
 * Every state has a cost: the faults, and then the steps, of the cheapest way to it. Layer by layer
 * of equal faults, each a breadth-first search without faults that begins behind the faults of the
 * layer before, states are put in the order of their costs, and looked at in that order. When what
 * is wanted has been found, nothing that costs more is looked at: most counterexamples need few
 * faults, and few states are as near.
 */
export interface Order {
  /** States by ascending cost, as many as have been put in order. */
  readonly states: Int32Array;
  size: number;
  /** States of equal cost stand together, from here to the next. */
  readonly buckets: Bucket[];
  /** By state: its bucket, or one of the marks. */
  readonly bucketOf: Int32Array;
}

export interface Bucket {
  readonly cost: Cost;
  readonly from: number;
  readonly to: number;
}

const unranked = -1;
/** Found behind a fault, and by a step without: so that a list has every state once. */
const behindFault = -2;
const nextStep = -3;

/**
 * Whether memory holds an order, too: two words for each state, and two for lists of those that are found next, in
 * which most states can be at one time.
 */
const hasRoom = ({ space, options }: Search): boolean =>
  space.memoryBytes() + 4 * (space.end() + 3 * space.count()) <=
  (options.limits.memoryBytes ?? Infinity);

/** No state is in it yet; undefined where memory has no room for it. */
export const newOrder = (search: Search): Order | undefined => {
  if (!hasRoom(search)) return undefined;
  const { space } = search;
  return unlessRefused(() => ({
    states: new Int32Array(space.count()),
    size: 0,
    buckets: [],
    bucketOf: new Int32Array(space.end()).fill(unranked),
  }));
};

/** A list of states that may be long. */
const stateList = () => {
  let states = new Int32Array(1024);
  let size = 0;
  return {
    add: (state: number): void => {
      if (size === states.length) {
        const longer = new Int32Array(2 * size);
        longer.set(states);
        states = longer;
      }
      states[size] = state;
      size += 1;
    },
    take: (): Int32Array => states.subarray(0, size),
  };
};

/** The next bucket: those of the states that are in none yet; undefined when all are. */
const rank = (order: Order, found: Iterable<number>, cost: Cost): Bucket | undefined => {
  const { bucketOf, states, buckets } = order;
  const from = order.size;
  for (const state of found) {
    if ((bucketOf[state] ?? 0) >= 0) continue;
    bucketOf[state] = buckets.length;
    states[order.size] = state;
    order.size += 1;
  }
  if (order.size === from) return undefined;
  const bucket = { cost, from, to: order.size };
  buckets.push(bucket);
  return bucket;
};

/** Where the states of a bucket lead that are in no bucket yet, each once. */
const targetsOf = async (
  { space }: Search,
  { states, bucketOf }: Order,
  bucket: Bucket,
  mark: typeof behindFault | typeof nextStep,
  pulse: Pulse,
): Promise<Int32Array | Limit> => {
  const found = stateList();
  for (let at = bucket.from; at < bucket.to; at += 1) {
    for (const target of space.targets(states[at] ?? 0, mark === nextStep)) {
      const known = bucketOf[target] ?? 0;
      if (known >= 0 || known <= mark) continue;
      bucketOf[target] = mark;
      found.add(target);
    }
    const limit = (at & 255) === 0 ? await pulse.pause() : undefined;
    if (limit !== undefined) return limit;
  }
  return found.take();
};

/** Puts states in order, and gives every bucket as soon as it is known; ends with what ended it. */
export async function* cheapestFirst(
  search: Search,
  order: Order,
  pulse: Pulse,
): AsyncGenerator<Bucket, Limit | undefined, undefined> {
  /** By steps: what the faults of the layer before lead to. */
  let entries = new Map<number, Iterable<number>>([[0, statesOf(search.levels[0] ?? [])]]);
  for (let faults = 0; entries.size > 0; faults += 1) {
    const layer: Bucket[] = [];
    const last = [...entries.keys()].reduce((most, it) => Math.max(most, it), 0);
    let plain = new Int32Array();
    for (let steps = 0; steps <= last || plain.length > 0; steps += 1) {
      const both = joined(plain, entries.get(steps) ?? []);
      const bucket = rank(order, both, { faults, steps });
      plain = new Int32Array();
      if (bucket === undefined) continue;
      layer.push(bucket);
      yield bucket;
      const found = await targetsOf(search, order, bucket, nextStep, pulse);
      if (typeof found === "string") return found;
      plain = found.slice();
    }
    entries = new Map();
    for (const bucket of layer) {
      const found = await targetsOf(search, order, bucket, behindFault, pulse);
      if (typeof found === "string") return found;
      if (found.length > 0) entries.set(bucket.cost.steps + 1, found);
    }
  }
  return undefined;
}

function* joined(first: Iterable<number>, second: Iterable<number>): Generator<number> {
  yield* first;
  yield* second;
}

function* statesOf(level: Search["levels"][number]): Generator<number> {
  for (const { from, to } of level) for (let state = from; state < to; state += 1) yield state;
}
