// From what was found to what is reported: verdicts, and what stays unknown.

import type { Candidate } from "./findings.ts";
import type { Cost, Exploration, ModelError, Path, PropertyVerdict } from "./result.ts";
import type { Search } from "./search.ts";
import type { Traps } from "./trap.ts";

/** A search at its end. */
export interface Outlook {
  readonly search: Search;
  /** What ended the search of states before they were all expanded. */
  readonly cut: Exploration["stopped"];
  /** What ended that, or the search for traps after it. */
  readonly stopped: Exploration["stopped"];
  /** Undefined where a bound cut steps: nobody knows where those lead (ruling 16). */
  readonly traps: Traps | undefined;
  /** The path to the state of a finding. */
  readonly pathTo: (state: number) => Path["states"];
}

/** Nothing was found: what that means depends on how the search ended (rulings 12 and 18). */
const otherwise = (
  { search, cut }: Pick<Outlook, "search" | "cut">,
  complete: PropertyVerdict,
): PropertyVerdict => {
  if (cut !== undefined) return { kind: "unknown", why: cut };
  if (search.findings.errors.size > 0) return { kind: "unknown", why: "model-error" };
  return search.space.count() === 0 ? { kind: "unknown", why: "no-initial-state" } : complete;
};

const costOf = (cost: Cost | undefined) => (cost === undefined ? {} : { cost });

const found = (
  kind: "violated" | "reached",
  { steps, state, site, cost }: Candidate,
  { pathTo }: Outlook,
  lastStep: Path["lastStep"],
): PropertyVerdict => {
  const path: Path = {
    states: pathTo(state),
    ...(lastStep === undefined ? {} : { lastStep }),
    ...costOf(cost),
  };
  return site === undefined ? { kind, steps, path } : { kind: "error", steps, site, path };
};

const verdictOf = (outlook: Outlook, id: number): PropertyVerdict => {
  const { search, traps, pathTo } = outlook;
  const property = search.core.properties[id];
  if (property === undefined) throw new Error(`no property ${id}`);
  const candidate = search.findings.properties[id];
  const lastStep =
    "event" in property ? ({ kind: "event", event: property.event } as const) : undefined;
  switch (property.kind) {
    case "invariant":
    case "never":
      if (candidate === undefined) return otherwise(outlook, { kind: "holds" });
      return found("violated", candidate, outlook, lastStep);
    case "reachable-state":
    case "reachable-event":
      if (candidate === undefined) return otherwise(outlook, { kind: "unreached" });
      return found("reached", candidate, outlook, lastStep);
    case "recoverable": {
      if (candidate !== undefined) return found("violated", candidate, outlook, undefined);
      const whole = { search, cut: outlook.stopped };
      if (traps === undefined) return otherwise(whole, { kind: "unknown", why: "bound" });
      const trapped = traps.get(id);
      if (trapped === undefined) return otherwise(whole, { kind: "holds" });
      const { state, steps, states, cycle, cost } = trapped;
      return {
        kind: "violated",
        steps,
        path: { states: pathTo(state), ...costOf(cost) },
        trap: { states, cycle },
      };
    }
  }
};

/** By position in `Core.properties`; undefined where a property was not selected. */
export const verdictsOf = (outlook: Outlook): Exploration["verdicts"] => {
  const { core, options } = outlook.search;
  return core.properties.map((_, id) =>
    options.selected(id) ? verdictOf(outlook, id) : undefined,
  );
};

export const deadlockVerdict = (outlook: Outlook): Exploration["deadlock"] => {
  const { options, findings } = outlook.search;
  if (!options.deadlock) return undefined;
  return findings.deadlock === undefined
    ? otherwise(outlook, { kind: "holds" })
    : found("violated", findings.deadlock, outlook, undefined);
};

/** The first error of each site, in order of steps, then sites. */
export const modelErrors = ({ search, pathTo }: Outlook): readonly ModelError[] =>
  [...search.findings.errors]
    .map(([site, { steps, state, site: inState, cost }]) => ({
      site,
      steps,
      path: {
        states: pathTo(state),
        ...(inState === undefined ? { lastStep: { kind: "error", site } as const } : {}),
        ...costOf(cost),
      },
    }))
    .toSorted((left, right) => left.steps - right.steps || left.site - right.site);
