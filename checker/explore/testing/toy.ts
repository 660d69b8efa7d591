// Support for tests: machines drawn as graphs.

import type { Core, Property } from "../../core/index.ts";
import type { Formula, Machine } from "../../machine/index.ts";
import { network } from "../../test/build-core.ts";
import { formulasOf } from "../../machine/index.ts";
import type { Exploration, ExploreOptions, Path } from "../index.ts";
import { explore } from "../index.ts";

/** A step to a state, or one that ends in a model error. */
export type ToyStep =
  | { readonly to: number; readonly fault?: boolean; readonly events?: readonly number[] }
  | { readonly error: number; readonly fault?: boolean };

export interface Toy {
  /** Steps into the initial states. */
  readonly initial: readonly ToyStep[];
  readonly steps: (state: number) => readonly ToyStep[];
  readonly properties: readonly ToyProperty[];
  /** Where the search may end. */
  readonly final?: Truth;
  /** How many steps each bound has cut in the end, whatever the search. */
  readonly cuts?: readonly number[];
  /** Packed words of a state: the number stands in the last one. */
  readonly words?: number;
  /** What stands in the first of several words; 0 otherwise. */
  readonly first?: (state: number) => number;
}

type Truth = (state: number) => boolean | { readonly failsAt: number };

export type ToyProperty =
  | { readonly kind: "invariant" | "reachable-state"; readonly holds: Truth }
  | { readonly kind: "never" | "reachable-event"; readonly event: number }
  | {
      readonly kind: "recoverable";
      readonly from: Truth;
      readonly to: Truth;
      readonly withoutFaults?: boolean;
    };

const span = { file: "toy.tw", start: 0, end: 0 };
const nothing = { kind: "constant", value: 0 } as const;

const propertyOf = (toy: ToyProperty, index: number): Property => {
  const head = { name: `p${index}`, span };
  switch (toy.kind) {
    case "invariant":
    case "reachable-state":
      return { ...head, kind: toy.kind, condition: nothing, localCount: 0 };
    case "never":
    case "reachable-event":
      return { ...head, kind: toy.kind, event: toy.event };
    case "recoverable": {
      const withoutFaults = toy.withoutFaults ?? false;
      const conditions = { from: nothing, to: nothing, localCount: 0 };
      return { ...head, kind: toy.kind, instance: "", withoutFaults, ...conditions };
    }
  }
};

export const toyCore = ({ properties, final, cuts = [] }: Toy): Core => ({
  variables: [],
  // Its drops count how often a state was expanded.
  networks: [network()],
  init: { body: [], localCount: 0 },
  actions: [],
  properties: properties.map(propertyOf),
  events: Array.from({ length: 40 }, () => ({ property: "" })),
  bounds: cuts.map((_, bound) => ({ name: `b${bound}`, span, condition: nothing, localCount: 0 })),
  finals: final === undefined ? [] : [{ condition: nothing, localCount: 0 }],
  sites: [],
  branches: [],
  parameters: [],
});

export const truthOf = (toy: Toy, formula: Formula): Truth => {
  if (formula.kind === "final") return toy.final ?? (() => false);
  const property = toy.properties[formula.property];
  if (property === undefined || "event" in property) throw new Error("an event has no formula");
  if (property.kind !== "recoverable") return property.holds;
  return formula.kind === "recoverable-from" ? property.from : property.to;
};

export const eventWords = 2;

/** The machine of a toy; it counts how often a state was expanded as segments dropped. */
export const toyMachine = (toy: Toy): Machine => {
  const words = toy.words ?? 1;
  const stepWords = words + 1 + eventWords;
  const formulas = formulasOf(toyCore(toy));
  const failure = { site: 0 };
  const dropped = new Float64Array(1);
  const cut = new Float64Array(toy.cuts?.length ?? 0);
  const write = (steps: readonly ToyStep[], out: Int32Array): number => {
    if (steps.length * stepWords > out.length) return -1;
    steps.forEach((step, index) => {
      const at = index * stepWords;
      out.fill(0, at, at + stepWords);
      out[at + words] = step.fault === true ? 1 : 0;
      if ("error" in step) {
        out[at + words] = (out[at + words] ?? 0) | ((step.error + 1) << 1);
        return;
      }
      if (toy.first !== undefined) out[at] = toy.first(step.to);
      out[at + words - 1] = step.to;
      for (const event of step.events ?? []) {
        const word = at + words + 1 + (event >> 5);
        out[word] = (out[word] ?? 0) | (1 << (event & 31));
      }
    });
    return steps.length;
  };
  const stateIn = (states: Int32Array, at: number) => (states[at + words - 1] ?? 0) >>> 0;
  return {
    layout: { words, bits: 32 * words, variables: [], networks: [] },
    eventWords,
    stepWords,
    initial: (out) => write(toy.initial, out),
    expand: (states, at, out) => {
      dropped[0] = (dropped[0] ?? 0) + 1;
      cut.set(toy.cuts ?? []);
      return write(toy.steps(stateIn(states, at)), out);
    },
    judge: (states, at, out, from = 0) => {
      let failed = 0;
      out.fill(0);
      formulas.forEach((formula, k) => {
        const value = truthOf(toy, formula)(stateIn(states, at));
        if (value === true) out[k >> 5] = (out[k >> 5] ?? 0) | (1 << (k & 31));
        if (typeof value === "boolean" || failed !== 0 || k < from) return;
        failed = k + 1;
        failure.site = value.failsAt;
      });
      return failed;
    },
    failure,
    formulas,
    counters: { dropped, cut },
    taken: new Uint8Array(0),
  };
};

export const usualOptions: ExploreOptions = {
  selected: () => true,
  deadlock: false,
  limits: {},
  now: () => 0,
  breathe: () => Promise.resolve("go-on"),
  stopWhenDecided: false,
};

/** By the plain search. */
export const exploreToy = (toy: Toy, options: Partial<ExploreOptions> = {}): Promise<Exploration> =>
  explore(toyMachine(toy), toyCore(toy), { ...usualOptions, ...options });

/** The states of a path as the numbers that they are. */
export const numbersOf = ({ states }: Path): readonly number[] =>
  states.map((words) => (words.at(-1) ?? 0) >>> 0);

/** A toy whose steps are a table: no row, no steps. */
export const graph = (
  rows: Readonly<Record<number, readonly (number | ToyStep)[]>>,
  properties: readonly ToyProperty[] = [],
): Toy => ({
  initial: [{ to: 0 }],
  steps: (state) => (rows[state] ?? []).map((it) => (typeof it === "number" ? { to: it } : it)),
  properties,
});
