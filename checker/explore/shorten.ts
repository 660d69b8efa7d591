// A way that a walk found by chance, made shorter: path -> path to something of the same kind.

import type { Machine } from "../machine/index.ts";
import type { Observer, Sight } from "./observer.ts";

/** A way to something that was seen in its last state. */
export interface Way {
  readonly subject: number;
  readonly sight: Sight;
  readonly path: readonly Int32Array[];
}

/** States that are looked at from each state of a way: enough for some steps around it. */
const nearby = 500;
/** From the initial state: short ways are found for sure. */
const fromBeginning = 30_000;

interface Visit {
  readonly state: Int32Array;
  readonly before: Visit | undefined;
  readonly depth: number;
}

const keyOf = (state: Int32Array): string => state.join();

const statesTo = (visit: Visit): readonly Int32Array[] => {
  const states: Int32Array[] = [];
  for (let at: Visit | undefined = visit; at !== undefined; at = at.before) states.push(at.state);
  return states.toReversed();
};

interface Search {
  readonly eyes: Observer;
  readonly machine: Machine;
  readonly subject: number;
  readonly starts: readonly Int32Array[];
  /** States that are expanded at most. */
  readonly most: number;
  /** Only states that pass are entered; all, where it is absent. */
  readonly enters?: (key: string) => boolean;
  /** Ways with as many steps as this are of no use. */
  readonly below: number;
}

/** Breadth first from some states until the subject is seen: with the fewest steps, among what is entered. */
const found = ({
  eyes,
  machine,
  subject,
  starts,
  ...how
}: Search): Omit<Way, "subject"> | undefined => {
  const { layout, stepWords } = machine;
  const known = new Set(starts.map(keyOf));
  const queue: Visit[] = starts.map((state) => ({ state, before: undefined, depth: 0 }));
  let best: Omit<Way, "subject"> | undefined;
  for (let at = 0; at < queue.length && at < how.most; at += 1) {
    const visit = queue[at];
    if (visit === undefined || visit.depth >= (best?.sight.steps ?? how.below)) break;
    const count = eyes.look(visit.state, 0, visit.depth, (sight) => {
      const limit = best?.sight.steps ?? how.below;
      if (sight.subject === subject && sight.steps < limit) best = { sight, path: statesTo(visit) };
    });
    const records = eyes.records();
    for (let record = 0; record < count; record += 1) {
      const from = record * stepWords;
      if ((records[from + layout.words] ?? 0) > 1) continue;
      const state = records.slice(from, from + layout.words);
      const key = keyOf(state);
      if (known.has(key) || how.enters?.(key) === false) continue;
      known.add(key);
      queue.push({ state, before: visit, depth: visit.depth + 1 });
    }
  }
  return best;
};

/**
 * First the short cuts between states of the way; then, from each of its states, what can be seen
 * nearby; at last what can be seen near the beginning. How far it looks is counted in states, so the
 * result is the same everywhere.
 */
export const shortened = (
  eyes: Observer,
  machine: Machine,
  way: Way,
): Pick<Way, "path" | "sight"> => {
  let { path, sight } = way;
  const [first] = path;
  if (first === undefined) return { path, sight };
  const search = { eyes, machine, subject: way.subject };
  const own = new Set(path.map(keyOf));
  const cut = found({
    ...search,
    starts: [first],
    most: path.length,
    enters: (key) => own.has(key),
    below: sight.steps,
  });
  if (cut !== undefined) ({ path, sight } = cut);
  for (let at = 1; at < path.length; at += 1) {
    const state = path[at];
    if (state === undefined) break;
    const below = sight.steps - at;
    const tail = found({ ...search, starts: [state], most: nearby, below });
    if (tail === undefined) continue;
    path = [...path.slice(0, at), ...tail.path];
    sight = { ...tail.sight, steps: tail.sight.steps + at };
  }
  const direct = found({ ...search, starts: [first], most: fromBeginning, below: sight.steps });
  return direct ?? { path, sight };
};
