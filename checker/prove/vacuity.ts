// What no check of a file ever takes or meets: searches -> findings about the file (ruling 21).

import type { Core } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { branchNeverTaken, premiseNeverTrue } from "./findings.ts";
import { placeKey, type Reasons } from "./coverage.ts";
import type { Premise } from "./premises.ts";

/** What one search took. */
export interface Coverage {
  /** No more of it, so that the code of thousands of models is not kept. */
  readonly core: Pick<Core, "branches" | "properties">;
  readonly taken: Uint8Array;
  /** Why the search ended before everything was visited, if it did. */
  readonly stopped: Exploration["stopped"];
  /** Whether the premises of its properties were watched. */
  readonly isWatched: boolean;
  readonly premises: readonly Premise[];
  readonly isMet: readonly boolean[];
  /** Properties that this search judged, by name. */
  readonly isSelected: (name: string) => boolean;
}

interface Place {
  readonly span: Span;
  readonly names: Set<string>;
  isTaken: boolean;
}

/** `else` and `ignore` take what is left over: that nothing is, is no mistake. */
const isCase = (name: string): boolean => !/\.(else|ignore)$/.test(name);

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

/**
 * The same source branch in several instances and states is one: it is dead when all of them are.
 * A part of a specification stands in the folder of the file; what is imported from elsewhere is
 * a library, of which nobody takes every case.
 */
const deadBranches = (
  file: string,
  coverage: readonly Coverage[],
  reasons: Reasons,
): readonly Diagnostic[] => {
  const places = new Map<string, Place>();
  for (const { core, taken } of coverage) {
    core.branches.forEach(({ name, span }, id) => {
      if (!isCase(name) || folderOf(span.file) !== folderOf(file)) return;
      const key = placeKey(span);
      const place = places.get(key) ?? { span, names: new Set(), isTaken: false };
      place.names.add(name);
      place.isTaken ||= taken[id] === 1;
      places.set(key, place);
    });
  }
  return [...places.values()]
    .filter((it) => !it.isTaken && !reasons.has(placeKey(it.span)))
    .map(({ span, names }) => branchNeverTaken(span, { names: [...names] }));
};

/** A property that some search judged without watching its premise may have met it there. */
const vacuousProperties = (coverage: readonly Coverage[]): readonly Diagnostic[] => {
  const unwatched = coverage.filter((it) => !it.isWatched);
  const properties = new Map<string, { diagnostic: Diagnostic; isMet: boolean }>();
  for (const { core, premises, isMet, isSelected } of coverage) {
    premises.forEach(({ property: position, kind }, at) => {
      const property = core.properties[position];
      if (property === undefined || !isSelected(property.name)) return;
      if (unwatched.some((it) => it.isSelected(property.name))) return;
      const facts = { name: property.name, kind };
      const known = properties.get(property.name);
      properties.set(property.name, {
        diagnostic: known?.diagnostic ?? premiseNeverTrue(property.span, facts),
        isMet: known?.isMet === true || isMet[at] === true,
      });
    });
  }
  return [...properties.values()].flatMap((it) => (it.isMet ? [] : [it.diagnostic]));
};

/**
 * Findings about everything that the searches of a file have in common; none unless all of them ran to their end:
 * otherwise what is never taken might just not have been reached.
 */
export const vacuity = (
  file: string,
  coverage: readonly Coverage[],
  reasons: Reasons = new Map(),
): readonly Diagnostic[] =>
  coverage.some((it) => it.stopped !== undefined)
    ? []
    : [...deadBranches(file, coverage, reasons), ...vacuousProperties(coverage)];

const isJudgeable = ({ core }: Coverage): boolean =>
  core.branches.some((it) => isCase(it.name)) ||
  core.properties.some((it) => it.kind === "never" || it.kind === "recoverable");

/** How many searches, having decided what they were asked, keep `vacuity` from judging anything. */
export const stoppedEarly = (coverage: readonly Coverage[]): number =>
  coverage.some(isJudgeable) ? coverage.filter((it) => it.stopped === "stopped").length : 0;
