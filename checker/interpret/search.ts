// A naive search straight from the definitions, which tests compare every other search with.

import type { Core, Property } from "../core/index.ts";
import type { State } from "../machine/index.ts";
import { formulasOf } from "../machine/index.ts";
import type { Interpreter } from "./interpreter.ts";
import { interpreter } from "./interpreter.ts";
import { at } from "./scope.ts";
import type { Step } from "./step.ts";

/** What there is to know of a model; every distance is the least number of steps. */
export interface Survey {
  /** The reachable states as JSON texts, with their distances, in order of discovery. */
  readonly distances: ReadonlyMap<string, number>;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /**
   * By position in `Core.properties`: at which distance an `invariant`, `never` or `recoverable` is
   * violated, or a `reachable` met; undefined where that never happens.
   */
  readonly properties: readonly (number | undefined)[];
  /** By position in `Core.properties`: the states that violate a recoverable. */
  readonly traps: readonly number[];
  readonly deadlock: number | undefined;
  readonly deadlocks: number;
  /** Model errors of steps and of finals: per site the least distance, in order of the sites. */
  readonly errors: readonly { readonly site: number; readonly steps: number }[];
  /** Formulas whose evaluation fails in some state, with the least distance. */
  readonly failures: readonly { readonly formula: number; readonly steps: number }[];
  readonly dropped: readonly number[];
  readonly cut: readonly number[];
}

/** A reachable state, its distance, and its steps with the states they lead to. */
interface Node {
  readonly state: State;
  readonly distance: number;
  readonly edges: { readonly step: Step; readonly target: string | undefined }[];
}

type Graph = ReadonlyMap<string, Node>;

/** Explores everything: only for models small enough. */
export const survey = (core: Core): Survey => surveyWith(interpreter(core));

/** The same with an interpreter that, for example, puts states into a normal form. */
export const surveyWith = (reference: Interpreter): Survey => {
  const { core } = reference;
  const found = explore(reference);
  const nodes = [...found.nodes.values()];
  const outgoing = nodes.flatMap(({ edges, distance }) =>
    edges.map(({ step }) => ({ step, distance: distance + 1 })),
  );
  const steps = [...found.initial.map((step) => ({ step, distance: 0 })), ...outgoing];
  const traps = core.properties.map((_, property) => trapped(reference, found.nodes, property));
  const stuck = nodes.filter((node) => node.edges.length === 0 && !isFinal(reference, node.state));
  return {
    distances: new Map([...found.nodes].map(([text, { distance }]) => [text, distance])),
    states: nodes.length,
    transitions: outgoing.filter(({ step }) => step.result.kind === "state").length,
    depth: Math.max(0, ...nodes.map(({ distance }) => distance)),
    properties: core.properties.map((property, id) => {
      const event = "event" in property ? property.event : undefined;
      if (event !== undefined)
        return nearest(steps.filter(({ step }) => step.events.includes(event)));
      if (property.kind === "recoverable") return nearest(traps[id] ?? []);
      const formula = formulaOf(core, property.kind, id);
      const telling = property.kind === "reachable-state";
      return nearest(nodes.filter(({ state }) => reference.formula(formula, state) === telling));
    }),
    traps: traps.map((it) => it.length),
    deadlock: nearest(stuck),
    deadlocks: stuck.length,
    errors: core.sites.flatMap((_, site) => {
      const raised = steps.filter(({ step: { result } }) => isErrorAt(result, site));
      const failed = nodes.filter(({ state }) => hasFinalFailingAt(reference, state, site));
      const least = nearest([...raised, ...failed]);
      return least === undefined ? [] : [{ site, steps: least }];
    }),
    failures: formulasOf(core).flatMap((_, formula) => {
      const failing = nodes.filter(({ state }) => isFailure(reference.formula(formula, state)));
      const least = nearest(failing);
      return least === undefined ? [] : [{ formula, steps: least }];
    }),
    dropped: core.networks.map(
      (_, network) =>
        steps.flatMap(({ step }) => step.sent).filter((it) => it.dropped && it.network === network)
          .length,
    ),
    cut: found.cut,
  };
};

const explore = ({ core, initialSteps, steps }: Interpreter) => {
  const nodes = new Map<string, Node>();
  const queue: Node[] = [];
  const arrive = (step: Step, distance: number): string | undefined => {
    if (step.result.kind === "error") return undefined;
    const { state } = step.result;
    const text = JSON.stringify(state);
    if (!nodes.has(text)) {
      const node: Node = { state, distance, edges: [] };
      nodes.set(text, node);
      queue.push(node);
    }
    return text;
  };
  const first = initialSteps();
  const cut = core.bounds.map((_, bound) => at(first.cut, bound));
  first.steps.forEach((step) => arrive(step, 0));
  // The queue grows while it is walked: it holds the states in order of distance.
  for (const node of queue) {
    const next = steps(node.state);
    next.cut.forEach((paths, bound) => (cut[bound] = at(cut, bound) + paths));
    for (const step of next.steps) {
      node.edges.push({ step, target: arrive(step, node.distance + 1) });
    }
  }
  return { nodes, cut, initial: first.steps };
};

const nearest = (places: readonly { readonly distance: number }[]): number | undefined =>
  places.reduce<number | undefined>(
    (least, { distance }) => (least === undefined || distance < least ? distance : least),
    undefined,
  );

const formulaOf = (core: Core, kind: string, property: number): number =>
  formulasOf(core).findIndex(
    (it) => it.kind === kind && "property" in it && it.property === property,
  );

const isFailure = (value: ReturnType<Interpreter["formula"]>): boolean => typeof value === "object";

const isErrorAt = (result: Step["result"], site: number): boolean =>
  result.kind === "error" && result.site === site;

const hasFinalFailingAt = ({ core, formula }: Interpreter, state: State, site: number): boolean =>
  formulasOf(core).some((it, k) => {
    const value = it.kind === "final" && formula(k, state);
    return typeof value === "object" && value.failure === site;
  });

/** A final that fails to evaluate leaves it open whether the state is one; it is in `failures`. */
const isFinal = ({ core, formula }: Interpreter, state: State): boolean =>
  formulasOf(core).some((it, k) => it.kind === "final" && formula(k, state) !== false);

/** Reachable states with `from` that no path of allowed steps takes to a state with `to`. */
const trapped = ({ core, formula }: Interpreter, graph: Graph, id: number): readonly Node[] => {
  const property: Property = at(core.properties, id);
  if (property.kind !== "recoverable") return [];
  const from = formulaOf(core, "recoverable-from", id);
  const to = formulaOf(core, "recoverable-to", id);
  const saved = new Set(
    [...graph].filter(([, { state }]) => formula(to, state) === true).map(([text]) => text),
  );
  // Each round adds the states one step further away; the last round adds none.
  for (let before = -1; before !== saved.size;) {
    before = saved.size;
    for (const [text, { edges }] of graph) {
      const isSaved = edges.some(
        ({ step, target }) =>
          target !== undefined && saved.has(target) && !(property.withoutFaults && step.fault),
      );
      if (isSaved) saved.add(text);
    }
  }
  return [...graph]
    .filter(([text, { state }]) => !saved.has(text) && formula(from, state) === true)
    .map(([, node]) => node);
};
