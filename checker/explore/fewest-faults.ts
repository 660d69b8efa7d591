// Counterexamples with the fewest faults, then the fewest steps, out of a complete search.

import { cheapestFirst, newOrder, type Order } from "./cost-order.ts";
import type { Candidate } from "./findings.ts";
import { compareStates, propertyOf, wordsOf } from "./findings.ts";
import { bitOf, failuresIn, judgedBit, mayRest } from "./judge.ts";
import type { Pulse } from "./pulse.ts";
import type { Cost, Limit } from "./result.ts";
import type { Search } from "./search.ts";
import type { Space } from "./space.ts";
import type { Trapped, Traps } from "./trap.ts";
import { trapFrom } from "./trap.ts";

/** Which findings are looked for again, cheapest first. */
interface Goal {
  readonly wanted: Candidate;
  /** The cost of the cheapest step or state of the kind at this state; undefined if it has none. */
  readonly at: (state: number, cost: Cost) => Cost | undefined;
  best: { readonly state: number; readonly cost: Cost } | undefined;
}

const compareCosts = (left: Cost, right: Cost): number =>
  left.faults - right.faults || left.steps - right.steps;

/** The cheapest step out of a state of those that match, given by the word after the target. */
const stepCost = (
  space: Space,
  state: number,
  cost: Cost,
  matches: (words: Int32Array, info: number) => boolean,
): Cost | undefined => {
  const count = space.steps(state);
  const { words, at } = space.records();
  let isFound = false;
  let faults = 1;
  for (let step = 0; step < count; step += 1) {
    const info = at + step * space.stepWords + space.words;
    if (!matches(words, info)) continue;
    isFound = true;
    faults = Math.min(faults, (words[info] ?? 0) & 1);
  }
  return isFound ? { faults: cost.faults + faults, steps: cost.steps + 1 } : undefined;
};

const propertyGoal = (search: Search, property: number, wanted: Candidate): Goal => {
  const { space, core, findings } = search;
  const about = core.properties[property];
  if (about !== undefined && "event" in about) {
    const { event } = about;
    const at: Goal["at"] = (state, cost) =>
      stepCost(
        space,
        state,
        cost,
        (words, info) => (words[info] ?? 0) <= 1 && bitOf(words, info + 1, event) === 1,
      );
    return { wanted, at, best: undefined };
  }
  const formulas = space.formulas.flatMap((it, k) => (propertyOf(it) === property ? [k] : []));
  const at: Goal["at"] = (state, cost) => {
    const failures = failuresIn(space, state);
    const isBad = formulas.some((k) =>
      wanted.site === undefined
        ? !failures.has(k) && judgedBit(space, k) !== bitOf(findings.expected, 0, k)
        : failures.get(k) === wanted.site,
    );
    return isBad ? cost : undefined;
  };
  return { wanted, at, best: undefined };
};

const errorGoal = ({ space }: Search, site: number, wanted: Candidate): Goal => ({
  wanted,
  at: (state, cost) =>
    wanted.site === undefined
      ? stepCost(space, state, cost, (words, info) => (words[info] ?? 0) >>> 1 === site + 1)
      : [...failuresIn(space, state).values()].includes(site)
        ? cost
        : undefined,
  best: undefined,
});

const deadlockGoal = (search: Search, wanted: Candidate): Goal => ({
  wanted,
  at: (state, cost) =>
    search.space.steps(state) === 0 && !mayRest(search, state) ? cost : undefined,
  best: undefined,
});

/** Whether a state of cost `cost` or more can be, or have a step, as cheap as what was found. */
const isOpen = ({ best }: Goal, cost: Cost): boolean =>
  best === undefined || compareCosts(cost, best.cost) <= 0;

const seekAll = async (
  search: Search,
  order: Order,
  goals: readonly Goal[],
  pulse: Pulse,
): Promise<Limit | undefined> => {
  const { space } = search;
  search.phase = { name: "fewest faults", done: 0, all: space.count() };
  const buckets = cheapestFirst(search, order, pulse);
  for (;;) {
    const { done, value: bucket } = await buckets.next();
    if (done === true) return bucket;
    const open = goals.filter((it) => isOpen(it, bucket.cost));
    if (open.length === 0) return undefined;
    for (let at = bucket.from; at < bucket.to; at += 1) {
      const state = order.states[at] ?? 0;
      for (const goal of open) offer(space, goal, state, bucket.cost);
      search.phase.done = at;
      const limit = (at & 255) === 0 ? await pulse.pause() : undefined;
      if (limit !== undefined) return limit;
    }
  }
};

const offer = (space: Space, goal: Goal, state: number, stateCost: Cost): void => {
  const cost = goal.at(state, stateCost);
  if (cost === undefined) return;
  const { best } = goal;
  const order = best === undefined ? -1 : compareCosts(cost, best.cost);
  const isLess = order === 0 && best !== undefined && compareStates(space, state, best.state) < 0;
  if (order < 0 || isLess) goal.best = { state, cost };
};

/** The cheapest way to a state: of equally cheap ones the least predecessor, from the end on. */
const wayTo = (space: Space, order: Order, state: number): readonly Int32Array[] => {
  const path = [wordsOf(space, state)];
  const { buckets, bucketOf } = order;
  const byCost = new Map(buckets.map((it) => [`${it.cost.faults} ${it.cost.steps}`, it]));
  for (let here = state; ;) {
    const cost = buckets[bucketOf[here] ?? 0]?.cost;
    if (cost === undefined || cost.steps === 0) return path.toReversed();
    const before = [0, 1].flatMap((fault) => {
      const bucket = byCost.get(`${cost.faults - fault} ${cost.steps - 1}`);
      return bucket === undefined
        ? []
        : [...order.states.subarray(bucket.from, bucket.to)].filter((it) =>
            space.targets(it, fault === 0).includes(here),
          );
    });
    const [first] = before;
    if (first === undefined) throw new Error("a state that was reached has a state before it");
    here = before.reduce((best, it) => (compareStates(space, it, best) < 0 ? it : best), first);
    path.push(wordsOf(space, here));
  }
};

export interface FewestFaults {
  readonly traps: Traps | undefined;
  readonly pathTo: (state: number) => readonly Int32Array[];
}

/**
 * Exchanges the states of all findings of a complete search for those that cost the fewest faults,
 * and then the fewest steps; of equal ones the least in canonical order. A limit that ends this
 * work leaves the findings as they are, and is the answer.
 */
export const fewestFaults = async (
  search: Search,
  nearest: Traps | undefined,
  pulse: Pulse,
): Promise<FewestFaults | Limit> => {
  const { space, findings, groups } = search;
  const order = newOrder(search);
  if (order === undefined) return "memory";
  const isState = (it: Candidate | undefined): it is Candidate => it !== undefined && it.state >= 0;
  const properties = findings.properties.map((it, id) =>
    isState(it) ? propertyGoal(search, id, it) : undefined,
  );
  const errors = new Map(
    [...findings.errors].flatMap(([site, it]) =>
      isState(it) ? [[site, errorGoal(search, site, it)] as const] : [],
    ),
  );
  const deadlock = isState(findings.deadlock) ? deadlockGoal(search, findings.deadlock) : undefined;
  const trapped = groups.flatMap(({ members }, group) =>
    members.flatMap((recovery, member) => {
      const wanted = nearest?.get(recovery.property);
      if (wanted === undefined) return [];
      const at: Goal["at"] = (state, cost) =>
        space.trapped(group, member, { from: state, to: state + 1 }) === state ? cost : undefined;
      return [{ recovery, goal: { wanted, at, best: undefined } as Goal }];
    }),
  );
  const all = [
    ...properties.flatMap((it) => (it === undefined ? [] : [it])),
    ...errors.values(),
    ...(deadlock === undefined ? [] : [deadlock]),
    ...trapped.map((it) => it.goal),
  ];
  const limit = await seekAll(search, order, all, pulse);
  if (limit !== undefined) return limit;
  const traps = new Map<number, Trapped>();
  for (const { recovery, goal } of trapped) {
    const { steps, state, cost } = exchanged(goal);
    const found = await trapFrom(search, recovery, { state, steps }, pulse);
    if (typeof found === "string") return found;
    traps.set(recovery.property, { ...found, cost });
  }
  properties.forEach((goal, id) => {
    if (goal !== undefined) findings.properties[id] = exchanged(goal);
  });
  for (const [site, goal] of errors) findings.errors.set(site, exchanged(goal));
  if (deadlock !== undefined) findings.deadlock = exchanged(deadlock);
  return {
    traps: nearest && traps,
    pathTo: (state) => (state < 0 ? [] : wayTo(space, order, state)),
  };
};

const exchanged = ({ wanted, best }: Goal): Candidate & { readonly cost: Cost } => {
  if (best === undefined) throw new Error("what was found once is found again");
  return { ...wanted, ...best };
};
