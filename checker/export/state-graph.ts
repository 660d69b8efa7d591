// The states of a small model and the steps between them: core -> graph, in order of discovery.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import { interpreter, type Step } from "../interpret/index.ts";
import { formulasOf, type State } from "../machine/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { choicesText, segmentReadings, variableReadings } from "../trace/index.ts";
import { tooManyStates, unknownVariable } from "./diagnostics.ts";

export interface GraphNode {
  /** Position in the list of nodes. */
  readonly id: number;
  /** `name=value` of whatever tells states apart. */
  readonly lines: readonly string[];
  readonly isInitial: boolean;
  /** An invariant fails there, nothing can happen though it may not end there, or a model error. */
  readonly isBad: boolean;
  /** Steps from the nearest initial state. */
  readonly depth: number;
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** Actions, each once, in order. */
  readonly labels: readonly string[];
  /** It violates a `never`. */
  readonly isBad: boolean;
  readonly isFault: boolean;
}

export interface StateGraph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphRequest {
  /** Names of variables by which states are told apart; empty: by everything. */
  readonly on: readonly string[];
  readonly limit: number;
  /** Where diagnostics point. */
  readonly span: Span;
}

interface Found {
  readonly state: State | undefined;
  readonly error?: string;
  readonly depth: number;
  readonly isInitial: boolean;
  isBad: boolean;
}

const segmentText = (core: Core, network: number, integers: readonly number[]): string => {
  const declared = core.networks[network];
  if (declared === undefined) return "";
  const { fields, from, to } = segmentReadings(declared, integers);
  const way = from === undefined || to === undefined ? "" : ` ${from.text}→${to.text}`;
  const flags = fields.filter((it) => it.flag === true).map((it) => it.name.toUpperCase());
  const values = fields.filter((it) => it.flag === undefined && !it.fixed && it.text !== "0");
  return [`${declared.name}${way}`, ...flags, ...values.map((it) => `${it.name}=${it.text}`)].join(
    " ",
  );
};

const labelText = (core: Core, { label }: Step): string => {
  const action = label.action === undefined ? "initial" : (core.actions[label.action]?.name ?? "");
  const about =
    label.segment === undefined
      ? ""
      : ` (${segmentText(core, label.segment.network, label.segment.integers)})`;
  return `${action}${choicesText(label.values)}${about}`;
};

/** Readings of the chosen variables, or of all of them and the segments in flight. */
const linesOf = (core: Core, state: State, on: readonly string[]): readonly string[] => {
  const readings = variableReadings(core, state.variables)
    .filter((it) => (on.length === 0 ? !it.fixed : on.includes(it.name)))
    .map((it) => `${it.name}=${it.text}`);
  if (on.length > 0) return readings;
  const flights = state.networks.flatMap((segments, network) =>
    segments.map((it) => segmentText(core, network, it)),
  );
  return [...readings, ...flights];
};

const isBadState = (core: Core, state: State, steps: readonly Step[]): boolean => {
  const { formula } = interpreter(core);
  const values = formulasOf(core).map((it, k) => ({ kind: it.kind, value: formula(k, state) }));
  const fails = values.some((it) => it.kind === "invariant" && it.value !== true);
  const mayEnd = values.some((it) => it.kind === "final" && it.value === true);
  return fails || (steps.length === 0 && !mayEnd);
};

/** What all states have in common says nothing about any. */
const telling = (all: readonly (readonly string[])[]): ((line: string) => boolean) => {
  const counts = new Map<string, number>();
  for (const lines of all)
    for (const it of new Set(lines)) counts.set(it, (counts.get(it) ?? 0) + 1);
  return (line) => all.length <= 1 || counts.get(line) !== all.length;
};

interface Discovery {
  readonly found: Found[];
  readonly edges: Map<string, { labels: string[]; isBad: boolean; isFault: boolean }>;
  readonly isTooLarge: boolean;
}

/** Breadth first; states that agree on what is asked for are one node, with the steps of all of them. */
const discover = (core: Core, { on, limit }: GraphRequest): Discovery => {
  const { initialSteps, steps } = interpreter(core);
  const found: Found[] = [];
  const nodes = new Map<string, number>();
  const seen = new Set<string>();
  const waiting: { readonly state: State; readonly depth: number }[] = [];
  const edges: Discovery["edges"] = new Map();
  const nodeOf = ({ result }: Step, depth: number): number => {
    const state = result.kind === "state" ? result.state : undefined;
    const error = result.kind === "error" ? (core.sites[result.site]?.message ?? "") : undefined;
    const key =
      state === undefined
        ? `error ${error}`
        : linesOf(core, state, on).join("\n") + (on.length === 0 ? JSON.stringify(state) : "");
    const id = nodes.get(key) ?? found.length;
    if (id === found.length) {
      nodes.set(key, id);
      found.push({
        state,
        ...(error === undefined ? {} : { error }),
        depth,
        isInitial: depth === 0,
        isBad: state === undefined,
      });
    }
    const exact = state === undefined ? key : JSON.stringify(state);
    if (state !== undefined && !seen.has(exact)) {
      seen.add(exact);
      waiting.push({ state, depth });
      const at = found[id];
      if (at !== undefined && isBadState(core, state, steps(state).steps)) at.isBad = true;
    }
    return id;
  };
  const never = (step: Step): boolean =>
    step.events.some((event) =>
      core.properties.some((it) => it.kind === "never" && it.event === event),
    );
  for (const it of initialSteps().steps) nodeOf(it, 0);
  for (let at = 0; at < waiting.length && seen.size <= limit; at += 1) {
    const { state, depth } = waiting[at] ?? { state: undefined, depth: 0 };
    if (state === undefined) break;
    const from = nodes.get(
      linesOf(core, state, on).join("\n") + (on.length === 0 ? JSON.stringify(state) : ""),
    );
    for (const step of steps(state).steps) {
      const to = nodeOf(step, depth + 1);
      const edge = edges.get(`${from} ${to}`) ?? { labels: [], isBad: false, isFault: true };
      const label = labelText(core, step);
      if (!edge.labels.includes(label)) edge.labels.push(label);
      edge.isBad ||= never(step);
      edge.isFault &&= step.fault;
      edges.set(`${from} ${to}`, edge);
    }
  }
  return { found, edges, isTooLarge: seen.size > limit };
};

/** The graph, unless it has more states than the limit. */
export const stateGraph = (
  core: Core,
  request: GraphRequest,
): E.Either<readonly Diagnostic[], StateGraph> => {
  const { on, limit, span } = request;
  const known = variableReadings(
    core,
    core.variables.map((it) => it.initial),
  ).map((it) => it.name);
  const unknown = on.filter((it) => !known.includes(it));
  if (unknown.length > 0) {
    return E.left(unknown.map((name) => unknownVariable(span, { name, known })));
  }
  const { found, edges, isTooLarge } = discover(core, request);
  if (isTooLarge) return E.left([tooManyStates(span, { limit })]);
  const lines = found.map(({ state, error }) =>
    state === undefined ? [`model error: ${error ?? ""}`] : linesOf(core, state, on),
  );
  const isTelling = telling(lines.filter((_, at) => found[at]?.state !== undefined));
  return E.right({
    nodes: found.map(({ depth, isInitial, isBad }, id): GraphNode => {
      return { id, depth, isInitial, isBad, lines: (lines[id] ?? []).filter(isTelling) };
    }),
    edges: [...edges].map(([key, edge]): GraphEdge => {
      const [from = 0, to = 0] = key.split(" ").map(Number);
      return { from, to, ...edge };
    }),
  });
};
