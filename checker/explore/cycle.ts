// Why nobody leaves a trap: how large it is, and one way to stay in it for ever.

export type Successors = (state: number) => readonly number[];

export interface Confinement {
  /** States reachable from the beginning, itself included. */
  readonly size: number;
  /** A cycle among them, first = last; empty when every way ends in a state without steps. */
  readonly cycle: readonly number[];
}

/**
 * The reachable states in breadth-first order, and where each leads, as positions in that order.
 */
interface Reach {
  readonly states: readonly number[];
  readonly targets: readonly (readonly number[])[];
}

const reachFrom = (state: number, successors: Successors): Reach => {
  const states = [state];
  const positions = new Map([[state, 0]]);
  const targets: (readonly number[])[] = [];
  // The list grows while it is walked: it is the queue.
  for (const from of states) {
    const next = successors(from).map((target) => {
      const known = positions.get(target);
      if (known !== undefined) return known;
      positions.set(target, states.length);
      return states.push(target) - 1;
    });
    targets.push(next);
  }
  return { states, targets };
};

/**
 * Positions from which one can go on for ever: what is left when dead ends are taken away until
 * there are none.
 */
const endless = ({ states, targets }: Reach): Uint8Array => {
  const alive = new Uint8Array(states.length).fill(1);
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (let position = states.length - 1; position >= 0; position -= 1) {
      if (alive[position] === 0) continue;
      if (targets[position]?.some((it) => alive[it] === 1)) continue;
      alive[position] = 0;
      isStable = false;
    }
  }
  return alive;
};

/** A position on a cycle: always taking the first endless step comes back somewhere. */
const positionOnCycle = ({ targets }: Reach, alive: Uint8Array): number => {
  const seen = new Set<number>();
  let position = 0;
  while (!seen.has(position)) {
    seen.add(position);
    position = targets[position]?.find((it) => alive[it] === 1) ?? 0;
  }
  return position;
};

/** A shortest cycle through a position, both ends included. */
const shortestCycle = ({ targets }: Reach, start: number): readonly number[] => {
  const parents = new Map<number, number>();
  const queue = [start];
  for (const position of queue) {
    for (const target of targets[position] ?? []) {
      if (target === start) {
        const back = [start];
        for (let at = position; at !== start; at = parents.get(at) ?? start) back.push(at);
        return [...back, start].toReversed();
      }
      if (parents.has(target)) continue;
      parents.set(target, position);
      queue.push(target);
    }
  }
  throw new Error("a position on a cycle leads back to itself");
};

/**
 * What confines `state`. The cycle depends on the states and the order of labels alone, not on the
 * order in which a search found the states.
 */
export const cycleIn = (state: number, successors: Successors): Confinement => {
  const reach = reachFrom(state, successors);
  const alive = endless(reach);
  const size = reach.states.length;
  if (alive[0] === 0) return { size, cycle: [] };
  const cycle = shortestCycle(reach, positionOnCycle(reach, alive));
  return { size, cycle: cycle.map((it) => reach.states[it] ?? state) };
};
