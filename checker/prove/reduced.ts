// Searches in a reduced core, told in terms of the core itself: core -> reduced core -> exploration.

import type { Core } from "../core/index.ts";
import type { Exploration, PropertyVerdict } from "../explore/index.ts";
import { formulasOf } from "../machine/index.ts";
import { reduce, type Reduced, type ReductionName } from "../reduce/index.ts";
import { concreteCycle, concretePath, type Goal } from "../trace/index.ts";
import type { Claim } from "./claim.ts";

/** A claim about the size of the search is about the search without reductions (ruling 1). */
export const reductionsFor = (
  { figures }: Claim,
  wanted: readonly ReductionName[],
): readonly ReductionName[] => (figures.some(({ unit }) => unit !== "steps") ? [] : wanted);

export const reducedFor = (
  core: Core,
  isSelected: (property: number) => boolean,
  names: readonly ReductionName[],
): Reduced | undefined => {
  if (names.length === 0) return undefined;
  const reduced = reduce(core, isSelected, names);
  return reduced.on.length === 0 ? undefined : reduced;
};

/** The same exploration with paths of the model itself. */
export const concreteExploration = (
  core: Core,
  reduced: Reduced,
  found: Exploration,
): Exploration => {
  const { deadlock } = found;
  return {
    ...found,
    verdicts: found.verdicts.map((it, id) =>
      it === undefined ? undefined : concreteVerdict(core, reduced, it, id),
    ),
    deadlock:
      deadlock === undefined ? undefined : concreteVerdict(core, reduced, deadlock, undefined),
    errors: found.errors.map((it) => {
      const path = concretePath(core, reduced, it.path, { kind: "anything" });
      const site = path.lastStep?.kind === "error" ? path.lastStep.site : it.site;
      return { ...it, site, path };
    }),
  };
};

const concreteVerdict = (
  core: Core,
  reduced: Reduced,
  verdict: PropertyVerdict,
  property: number | undefined,
): PropertyVerdict => {
  if (!("path" in verdict)) return verdict;
  const path = concretePath(core, reduced, verdict.path, goalOf(core, verdict, property));
  if (verdict.kind !== "violated" || verdict.trap === undefined) return { ...verdict, path };
  const of = property === undefined ? undefined : core.properties[property];
  const withoutFaults = of?.kind === "recoverable" && of.withoutFaults;
  const cycle = concreteCycle(core, reduced, verdict.trap.cycle, { path, withoutFaults });
  return { ...verdict, path, trap: { ...verdict.trap, cycle } };
};

const goalOf = (core: Core, verdict: PropertyVerdict, property: number | undefined): Goal => {
  const of = property === undefined ? undefined : core.properties[property];
  if (of?.kind !== "invariant" && of?.kind !== "reachable-state") return { kind: "anything" };
  const formula = formulasOf(core).findIndex(
    (it) => it.kind === of.kind && it.property === property,
  );
  return verdict.kind === "error"
    ? { kind: "failure", formula }
    : { kind: "formula", formula, value: of.kind === "reachable-state" };
};
