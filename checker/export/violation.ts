// What a trace is evidence of, and whether it still is: search -> violations; core and last step -> does it fail?

import type { Core, Site } from "../core/index.ts";
import { interpreter } from "../interpret/index.ts";
import { formulasOf, type State } from "../machine/index.ts";
import type { Search } from "../prove/index.ts";
import type { Trace, TraceStep } from "../trace/index.ts";

/** What is wrong at the end of a trace, by names that outlive changes of the model. */
export type Violation =
  | { readonly kind: "never" | "invariant"; readonly property: string }
  | { readonly kind: "recoverable"; readonly property: string; readonly instance: string }
  | { readonly kind: "deadlock" }
  | { readonly kind: "error"; readonly error: Site["error"]; readonly message: string };

type Path = Search["judgement"]["errors"][number]["path"];

export interface Evidence {
  readonly violation: Violation;
  readonly path: Path;
  /** Of another kind than the path, which is the shortest. */
  readonly trace?: Trace;
}

type PropertyResult = Search["judgement"]["properties"][number];

const violationOf = ({ name, kind, instance }: PropertyResult): Violation => {
  switch (kind) {
    case "never":
    case "invariant":
      return { kind, property: name };
    case "recoverable":
      return { kind, property: name, instance };
    case "deadlock":
      return { kind };
    case "reachable":
      throw new Error("impossible: a reachable property that is violated on a path");
  }
};

/**
 * One per violated property, then one per place of a model error, as reports show them; each is followed by those of
 * other kinds.
 */
export const evidenceOf = ({ core, judgement, others }: Search): readonly Evidence[] => {
  const withOthers = (
    shortest: Evidence,
    kind: "property" | "error",
    position: number,
  ): readonly Evidence[] => [
    shortest,
    ...(others?.ways ?? [])
      .filter(({ subject }) => subject.kind === kind && subject.position === position)
      .map(({ trace }) => ({ ...shortest, trace })),
  ];
  return [
    ...judgement.properties.flatMap((it, position): readonly Evidence[] => {
      const { verdict } = it;
      if (verdict.kind !== "violated") return [];
      const shortest = { path: verdict.path, violation: violationOf(it) };
      return withOthers(shortest, "property", position);
    }),
    ...judgement.errors.flatMap(({ site, path }, position): readonly Evidence[] => {
      const { error, message } = siteOf(core, site);
      return withOthers({ path, violation: { kind: "error", error, message } }, "error", position);
    }),
  ];
};

const siteOf = (core: Core, site: number): Site => {
  const found = core.sites[site];
  if (found === undefined) throw new Error(`impossible: the core has no site ${site}`);
  return found;
};

/** The name that the violation goes by: of the property, `deadlock`, or the kind of model error. */
export const violationName = (it: Violation): string =>
  it.kind === "deadlock" ? "deadlock" : it.kind === "error" ? it.error : it.property;

/** "p1 is violated", "deadlock", "range error: `n` takes 0..3". */
export const violationText = (it: Violation): string => {
  switch (it.kind) {
    case "never":
    case "invariant":
      return `${it.property} is violated`;
    case "recoverable":
      return `${it.property}${it.instance === "" ? "" : ` (${it.instance})`} is violated`;
    case "deadlock":
      return "deadlock";
    case "error":
      return `${it.error} error: ${it.message}`;
  }
};

/** Beyond this many states a way back is not ruled out; the search itself knows no such limit. */
const trapLimit = 20_000;

/**
 * Does what is said fail with this last step? "undecided": of a recoverable, where too many states
 * follow to look at all of them with the interpreter.
 */
export const failsAt = (
  core: Core,
  last: TraceStep,
  violation: Violation,
): boolean | "undecided" => {
  const { result } = last;
  if (violation.kind === "never") {
    return last.events.some((it) => it.violated && it.property === violation.property);
  }
  if (result.kind === "error") {
    return violation.kind === "error" && isSite(siteOf(core, result.site), violation);
  }
  const { state } = result;
  switch (violation.kind) {
    case "invariant":
      return valuesOf(core, state, "invariant", violation.property).includes(false);
    case "recoverable":
      return isTrapped(core, state, violation);
    case "deadlock": {
      const { steps } = interpreter(core).steps(state);
      return steps.length === 0 && !valuesOf(core, state, "final").includes(true);
    }
    case "error":
      return formulasOf(core).some((_, k) => {
        const value = interpreter(core).formula(k, state);
        return typeof value === "object" && isSite(siteOf(core, value.failure), violation);
      });
  }
};

const isSite = (site: Site, { error, message }: Extract<Violation, { kind: "error" }>): boolean =>
  site.error === error && site.message === message;

/** Of the formulas of a kind, and of a property if one is named. */
const valuesOf = (
  core: Core,
  state: State,
  kind: "invariant" | "final",
  property?: string,
): readonly (boolean | { readonly failure: number })[] =>
  formulasOf(core).flatMap((it, k) =>
    it.kind === kind && (it.kind === "final" || core.properties[it.property]?.name === property)
      ? [interpreter(core).formula(k, state)]
      : [],
  );

/** The state has what must be recovered from, and no step sequence leads to what must be reached. */
const isTrapped = (
  core: Core,
  state: State,
  { property, instance }: Extract<Violation, { kind: "recoverable" }>,
): boolean | "undecided" => {
  const formulas = formulasOf(core);
  const id = core.properties.findIndex(
    (it) => it.kind === "recoverable" && it.name === property && it.instance === instance,
  );
  const declared = core.properties[id];
  if (declared?.kind !== "recoverable") return false;
  const at = (kind: "recoverable-from" | "recoverable-to"): number =>
    formulas.findIndex((it) => it.kind === kind && it.property === id);
  const { formula, steps } = interpreter(core);
  if (formula(at("recoverable-from"), state) !== true) return false;
  const seen = new Set([JSON.stringify(state)]);
  const waiting = [state];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (formula(at("recoverable-to"), next) === true) return false;
    for (const { result, fault } of steps(next).steps) {
      if (result.kind === "error" || (fault && declared.withoutFaults)) continue;
      const key = JSON.stringify(result.state);
      if (seen.has(key)) continue;
      if (seen.size >= trapLimit) return "undecided";
      seen.add(key);
      waiting.push(result.state);
    }
  }
  return true;
};
