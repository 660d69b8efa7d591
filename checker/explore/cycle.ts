// Why nobody leaves a trap: how large it is, and one way to stay in it for ever.

/** A graph of numbered states; traps can be large, so nothing here is a list per state. */
export interface Ways {
  /** All states have smaller numbers. */
  readonly end: number;
  /** Where the ways out of a state lead, in the order of labels; valid until the next call. */
  readonly targets: (state: number) => Int32Array;
}

export interface Confinement {
  /** States reachable from the beginning, itself included. */
  readonly size: number;
  /** A cycle among them, first = last; empty when every way ends in a state without steps. */
  readonly cycle: readonly number[];
}

/** A computation that stops now and then, for whoever runs it to look at the clock. */
type Stepwise<Result> = Generator<undefined, Result, undefined>;

/** States that are visited from one stop to the next: some milliseconds. */
const stretch = 1 << 10;

const isStop = (visited: number): boolean => visited % stretch === stretch - 1;

/** The reachable states in breadth-first order. */
const reachFrom = function* (start: number, ways: Ways): Stepwise<Int32Array> {
  const isKnown = new Uint8Array(ways.end);
  const states = new Int32Array(ways.end);
  states[0] = start;
  isKnown[start] = 1;
  let size = 1;
  for (let position = 0; position < size; position += 1) {
    if (isStop(position)) yield;
    const state = states[position] ?? 0;
    for (const target of ways.targets(state)) {
      if (isKnown[target] === 1) continue;
      isKnown[target] = 1;
      states[size] = target;
      size += 1;
    }
  }
  return states.subarray(0, size);
};

/** Where the first way out of a state leads that ends in a state with `isAllowed`, or -1. */
const firstTo = (state: number, ways: Ways, isAllowed: Uint8Array): number => {
  for (const target of ways.targets(state)) if (isAllowed[target] === 1) return target;
  return -1;
};

/** By state, 1 where one can go on for ever: dead ends are taken away until there are none. */
const endless = function* (states: Int32Array, ways: Ways): Stepwise<Uint8Array> {
  const isEndless = new Uint8Array(ways.end);
  for (const state of states) isEndless[state] = 1;
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (let position = states.length - 1; position >= 0; position -= 1) {
      if (isStop(position)) yield;
      const state = states[position] ?? 0;
      if (isEndless[state] === 0 || firstTo(state, ways, isEndless) >= 0) continue;
      isEndless[state] = 0;
      isStable = false;
    }
  }
  return isEndless;
};

/** A state on a cycle: always taking the first endless step comes back somewhere. */
const stateOnCycle = function* (
  start: number,
  ways: Ways,
  isEndless: Uint8Array,
): Stepwise<number> {
  const isSeen = new Uint8Array(ways.end);
  let state = start;
  for (let visited = 0; isSeen[state] === 0; visited += 1) {
    if (isStop(visited)) yield;
    isSeen[state] = 1;
    state = firstTo(state, ways, isEndless);
  }
  return state;
};

/** A shortest cycle through a state, both ends included. */
const shortestCycle = function* (start: number, ways: Ways): Stepwise<readonly number[]> {
  /** By state: where it was reached from, + 1. */
  const origins = new Int32Array(ways.end);
  const queue = new Int32Array(ways.end);
  queue[0] = start;
  let size = 1;
  for (let position = 0; position < size; position += 1) {
    if (isStop(position)) yield;
    const state = queue[position] ?? 0;
    for (const target of ways.targets(state)) {
      if (target === start) return closed(start, state, origins);
      if (origins[target] !== 0) continue;
      origins[target] = state + 1;
      queue[size] = target;
      size += 1;
    }
  }
  throw new Error("a state on a cycle leads back to itself");
};

const closed = (start: number, last: number, origins: Int32Array): readonly number[] => {
  const back = [start];
  for (let state = last; state !== start; state = (origins[state] ?? 0) - 1) back.push(state);
  return [...back, start].toReversed();
};

/**
 * What confines `start`. The cycle depends on the states and the order of labels alone, not on the
 * order in which a search found the states.
 */
export const confinementOf = function* (start: number, ways: Ways): Stepwise<Confinement> {
  const states = yield* reachFrom(start, ways);
  const isEndless = yield* endless(states, ways);
  const size = states.length;
  if (isEndless[start] === 0) return { size, cycle: [] };
  return { size, cycle: yield* shortestCycle(yield* stateOnCycle(start, ways, isEndless), ways) };
};
