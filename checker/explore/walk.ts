// Random walks through a model that is too large to be searched: machine -> what they met, which proves nothing.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import {
  type Asked,
  deadlockOf,
  errorOf,
  type Observer,
  observer,
  type Sight,
} from "./observer.ts";
import { type Random, randomOf } from "./random.ts";
import type { Exploration, ModelError, Path, PropertyVerdict } from "./result.ts";
import { shortened } from "./shorten.ts";

export interface WalkOptions extends Asked {
  /** 0..2^53 - 1: the same seed makes the same walks, on every machine of the core. */
  readonly seed: number;
  /** The numbers of the walks, each a whole number from 0. */
  readonly walks: Iterable<number>;
  /** Steps of a walk at most. */
  readonly depth: number;
  readonly seconds?: number;
  /** Milliseconds from any beginning; decides when to end, never where a walk goes. */
  readonly now: () => number;
  /** Called some ten times a second. */
  readonly breathe: (progress: WalkProgress) => Promise<"go-on" | "stop">;
}

export interface WalkProgress {
  readonly walks: number;
  readonly steps: number;
  readonly seconds: number;
}

export interface Walked extends WalkProgress {
  readonly ended: "walks" | "time" | "interrupted";
  /** Its `stopped` is never undefined: walks are not a search. `states` are visits. */
  readonly exploration: Exploration;
  /** By subject of a finding in `exploration`: the walk that met it first, and after how many steps. */
  readonly met: ReadonlyMap<number, Meeting>;
}

export interface Meeting {
  readonly walk: number;
  /** Before the way was shortened. */
  readonly steps: number;
}

/** The shortest way to something so far. */
interface Best {
  readonly sight: Sight;
  readonly path: readonly Int32Array[];
  readonly meeting: Meeting;
}

/** Walks between two looks at the clock. */
const pauseMs = 80;

/**
 * How gladly a walk takes faults, decided by lot for the whole of it: walks that lose everything see
 * little of what comes after, and walks that lose nothing miss what losses do.
 */
const moods = ["no faults", "rare faults", "any step"] as const;
type Mood = (typeof moods)[number];
/** Of how many choices one is a fault, where they are rare. */
const rareness = 8;

interface Walker {
  readonly core: Core;
  readonly machine: Machine;
  readonly eyes: Observer;
  readonly options: WalkOptions;
  readonly best: Map<number, Best>;
  /** States of the current walk, one after the other. */
  readonly trail: Int32Array;
  steps: number;
  visits: number;
  deepest: number;
}

/** Keeps what a walk met on the way so far, if it is new or the way is shorter. */
const keep = (walker: Walker, walk: number, length: number, sight: Sight): void => {
  const { best, trail, machine } = walker;
  const before = best.get(sight.subject);
  if (before !== undefined && before.sight.steps <= sight.steps) return;
  const { words } = machine.layout;
  const path = Array.from({ length }, (_, at) => trail.slice(at * words, (at + 1) * words));
  best.set(sight.subject, {
    sight,
    path,
    meeting: before === undefined ? { walk, steps: sight.steps } : before.meeting,
  });
};

/**
 * The position of the record to follow, by lot; -1 where every record is a model error. Of faults
 * and other steps, the kind that is not wanted is taken where there is nothing else.
 */
const chosen = (
  records: Int32Array,
  count: number,
  { layout, stepWords }: Machine,
  random: Random,
  mood: Mood,
): number => {
  const counts = [0, 0];
  for (let record = 0; record < count; record += 1) {
    const info = records[record * stepWords + layout.words] ?? 0;
    if (info <= 1) counts[info] = (counts[info] ?? 0) + 1;
  }
  const [plain = 0, faults = 0] = counts;
  if (plain + faults === 0) return -1;
  // The info word of the steps that are wanted: 1 of faults.
  const wanted = mood === "rare faults" && random.below(rareness) === 0 ? 1 : 0;
  const isFree = mood === "any step" || (wanted === 1 ? faults : plain) === 0;
  let left = random.below(isFree ? plain + faults : wanted === 1 ? faults : plain);
  for (let record = 0; record < count; record += 1) {
    const info = records[record * stepWords + layout.words] ?? 0;
    if (info > 1 || (!isFree && info !== wanted)) continue;
    if (left === 0) return record;
    left -= 1;
  }
  throw new Error("impossible: a step was counted and is not there");
};

/** One walk from an initial state; ends at its depth, at a state without steps, or when only errors follow. */
const walkOnce = (walker: Walker, walk: number): void => {
  const { eyes, machine, options, trail } = walker;
  const { layout, stepWords } = machine;
  const random = randomOf(options.seed, walk);
  const mood = moods[random.below(moods.length)] ?? "any step";
  let length = 0;
  const see = (sight: Sight): void => keep(walker, walk, length, sight);
  let count = eyes.begin(see);
  for (;;) {
    const record = chosen(eyes.records(), count, machine, random, mood);
    if (record < 0) return;
    const from = record * stepWords;
    trail.set(eyes.records().subarray(from, from + layout.words), length * layout.words);
    length += 1;
    walker.visits += 1;
    if (length > 1) walker.steps += 1;
    walker.deepest = Math.max(walker.deepest, length - 1);
    count = eyes.look(trail, (length - 1) * layout.words, length - 1, see);
    if (length > options.depth || count === 0) return;
  }
};

/** What is wanted: of it one way is as good as another. */
const isGoal = ({ properties }: Core, subject: number): boolean => {
  const kind = properties[subject]?.kind;
  return kind === "reachable-event" || kind === "reachable-state";
};

const pathOf = ({ sight, path }: Best): Path => ({
  states: path,
  ...(sight.lastStep === undefined ? {} : { lastStep: sight.lastStep }),
});

const verdictOf = (
  best: Best | undefined,
  kind: "violated" | "reached",
  why: NonNullable<Exploration["stopped"]>,
): PropertyVerdict => {
  if (best === undefined) return { kind: "unknown", why };
  const { steps, site } = best.sight;
  const path = pathOf(best);
  return site === undefined ? { kind, steps, path } : { kind: "error", steps, site, path };
};

const errorsOf = ({ core, best }: Walker): readonly ModelError[] =>
  core.sites
    .flatMap((_, site): readonly ModelError[] => {
      const found = best.get(errorOf(core, site));
      return found === undefined ? [] : [{ site, steps: found.sight.steps, path: pathOf(found) }];
    })
    .toSorted((left, right) => left.steps - right.steps || left.site - right.site);

const explorationOf = (
  walker: Walker,
  stopped: NonNullable<Exploration["stopped"]>,
  seconds: number,
): Exploration => {
  const { core, machine, options, best, visits, steps, deepest } = walker;
  return {
    complete: false,
    stopped,
    states: visits,
    transitions: steps,
    depth: deepest,
    wholeDepth: 0,
    verdicts: core.properties.map((_, id) => {
      if (!options.selected(id)) return undefined;
      return verdictOf(best.get(id), isGoal(core, id) ? "reached" : "violated", stopped);
    }),
    deadlock: options.deadlock
      ? verdictOf(best.get(deadlockOf(core)), "violated", stopped)
      : undefined,
    errors: errorsOf(walker),
    dropped: [...machine.counters.dropped],
    cut: [...machine.counters.cut],
    spent: core.networks.map(() => ({ loss: false, duplication: false })),
    taken: machine.taken.slice(),
    // No state is kept, so that there is nothing to sum up.
    stateSet: "",
    seconds,
    memoryBytes: walker.trail.byteLength,
  };
};

/**
 * Takes the walks and keeps, of everything that is met, the shortest way to it; ways to what is wrong
 * are shortened further.
 * Recoverables are not judged: a walk that does not come back says nothing about all others.
 */
export const walkRandomly = async (
  machine: Machine,
  core: Core,
  options: WalkOptions,
): Promise<Walked> => {
  const { now, seconds = Number.POSITIVE_INFINITY } = options;
  const walker: Walker = {
    core,
    machine,
    eyes: observer(machine, core, options),
    options,
    best: new Map(),
    trail: new Int32Array((options.depth + 1) * machine.layout.words),
    steps: 0,
    visits: 0,
    deepest: 0,
  };
  const begun = now();
  let paused = begun;
  let walks = 0;
  let ended: Walked["ended"] = "walks";
  for (const walk of options.walks) {
    if ((now() - begun) / 1000 >= seconds) {
      ended = "time";
      break;
    }
    walkOnce(walker, walk);
    walks += 1;
    if (now() - paused < pauseMs) continue;
    const progress = { walks, steps: walker.steps, seconds: (now() - begun) / 1000 };
    if ((await options.breathe(progress)) === "stop") {
      ended = "interrupted";
      break;
    }
    paused = now();
  }
  const elapsed = (now() - begun) / 1000;
  const met = new Map([...walker.best].map(([subject, it]) => [subject, it.meeting]));
  for (const [subject, it] of walker.best) {
    if (isGoal(core, subject)) continue;
    const shorter = shortened(walker.eyes, machine, { ...it, subject });
    walker.best.set(subject, { ...it, ...shorter });
  }
  return {
    walks,
    steps: walker.steps,
    seconds: elapsed,
    ended,
    exploration: explorationOf(walker, ended === "interrupted" ? ended : "walks", elapsed),
    met,
  };
};
