// What a check says of the specification as it is: what mutants are held against.

import { serialize } from "../core/index.ts";
import type { Planned, PlannedCheck } from "../prove/index.ts";
import { assignmentsText, type ObligationResult, prove, type ProveShell } from "../prove/index.ts";

/** The size and the digest of what was explored. */
export interface Graph {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly stateSet: string;
  /** Steps to the model errors, the shortest per place. */
  readonly errors: readonly number[];
  /** Was every state expanded? A search may end with what it looks for. */
  readonly isWhole: boolean;
}

export interface Yardstick {
  readonly title: string;
  /** Of the models, in order: one of a check, one per point of a sweep. */
  readonly models: readonly string[];
  /** Of what was explored, in the same order. */
  readonly graphs: readonly Graph[];
  /** How many properties it judges: the more, the more mutants it is likely to notice. */
  readonly judged: number;
  /** Whether its expectation is met and nothing was cut. */
  readonly isMet: boolean;
}

/** What trying needs of its surroundings. */
export interface Bench {
  /** Names a text. */
  readonly digest: (text: string) => string;
  readonly shell: Omit<ProveShell, "onResult" | "warn" | "limits" | "breathe">;
  readonly memoryBytes: number;
}

export const statesOf = ({ graphs }: Yardstick): number =>
  graphs.reduce((sum, it) => sum + it.states, 0);

/** To write a model and its code takes as long as to explore so many states. */
const statesPerModel = 100_000;

const costOf = (it: Yardstick): number => statesOf(it) + statesPerModel * it.graphs.length;

/** The order in which mutants are held against them: what notices most for its cost comes first. */
export const byYield = (left: Yardstick, right: Yardstick): number =>
  costOf(left) / left.judged - costOf(right) / right.judged;

/** A model that cannot be explored is named after the reason. */
export const modelDigest = (it: { readonly model: PlannedModel }, bench: Bench): string => {
  const { model } = it;
  if (model.kind === "assumption") return `assumption ${model.why}`;
  const { value } = model.build();
  if (value === undefined) return "none";
  const text = serialize(value);
  return bench.digest(text.slice(text.search(/^variable |^network |^init /m)));
};

type PlannedModel = Extract<Planned, { readonly kind: "check" }>["model"];

/** The same check, whose model is written once; those of sweeps are many, and are written when their turn comes. */
export const kept = (planned: Planned): Planned => {
  if (planned.kind === "sweep" || planned.model.kind === "assumption") return planned;
  const built = planned.model.build();
  return { ...planned, model: { kind: "core", build: () => built } };
};

/** The models of an obligation as checks of their own that judge nothing: one of a check, one per point of a sweep. */
export const bareModels = (planned: Planned): readonly PlannedCheck[] => {
  const { title, span } = planned;
  const bare = (name: string, model: PlannedModel): PlannedCheck => ({
    kind: "check",
    title: name,
    isImplied: false,
    span,
    claim: { span, kind: "holds", names: [], figures: [] },
    only: [],
    isSelected: () => false,
    parameters: [],
    model,
  });
  return planned.kind === "check"
    ? [bare(title, planned.model)]
    : planned.points.map(({ values, model }) =>
        bare(`${title}, ${assignmentsText(values)}`, model),
      );
};

/** The models of an obligation, by their digests. */
export const modelsOf = (planned: Planned, bench: Bench): readonly string[] =>
  bareModels(planned).map((it) => modelDigest(it, bench));

/** Of a model that its assumptions rule out. */
const nothing: Graph = {
  states: 0,
  transitions: 0,
  depth: 0,
  stateSet: "",
  errors: [],
  isWhole: true,
};

/** Is it the same as far as can be told from sizes and digests? */
export const isSameGraph = (left: Graph, right: Graph | undefined): boolean =>
  right !== undefined && JSON.stringify(left) === JSON.stringify(right);

export const graphsOf = (result: ObligationResult): readonly Graph[] =>
  result.kind === "sweep"
    ? result.points.map(({ states, transitions, depth, stateSet = "", isWhole = true }) => ({
        states,
        transitions,
        depth,
        stateSet,
        errors: [],
        isWhole,
      }))
    : [graphOf(result)];

const graphOf = ({ search }: Extract<ObligationResult, { readonly kind: "check" }>): Graph => {
  if (search === undefined) return nothing;
  const { states, transitions, depth, stateSet, errors, complete } = search.exploration;
  return {
    states,
    transitions,
    depth,
    stateSet,
    errors: errors.map((it) => it.steps),
    isWhole: complete,
  };
};

/** Proves one obligation by itself, up to a number of states. */
export const proveAlone = async (
  file: string,
  planned: Planned,
  maxStates: number,
  bench: Bench,
): Promise<ObligationResult | undefined> => {
  const { shell, memoryBytes } = bench;
  const { obligations } = await prove(
    { file, obligations: [planned], isWhole: false },
    {
      ...shell,
      limits: () => ({ maxStates, memoryBytes }),
      stopWhenLost: true,
      breathe: shell.rest,
      warn: () => undefined,
      onResult: () => undefined,
    },
  );
  return obligations[0];
};

const judgedBy = (planned: Planned): number => {
  if (planned.kind === "sweep" || planned.model.kind === "assumption") return planned.only.length;
  const names = planned.model.build().value?.properties.map((it) => it.name) ?? [];
  return new Set(["deadlock", ...names].filter(planned.isSelected)).size;
};

/** In a sweep every point counts as so many states at least. */
const statesPerPoint = 20_000;

/** Is it too large by the mere number of its models? */
const isTooMuch = (planned: Planned, maxStates: number): boolean =>
  planned.kind === "sweep" && planned.points.length * statesPerPoint > maxStates;

/**
 * Explores an obligation of the specification itself, which may have at most so many states.
 */
export const yardstickOf = async (
  file: string,
  obligation: Planned,
  maxStates: number,
  bench: Bench,
): Promise<Yardstick | "too large" | undefined> => {
  const planned = kept(obligation);
  if (isTooMuch(planned, maxStates)) return "too large";
  const models = modelsOf(planned, bench);
  const result = await proveAlone(file, planned, maxStates, bench);
  if (result === undefined) return undefined;
  const isCut = result.concerns.some((it) => it.kind === "incomplete");
  if (isCut) return "too large";
  const isMet = result.concerns.length === 0;
  const judged = Math.max(1, judgedBy(planned));
  return { title: planned.title, models, graphs: graphsOf(result), judged, isMet };
};
