// What no check of a file ever takes or meets, or takes in spite of what the source says: searches -> findings about the file (ruling 21).

import type { Diagnostic } from "../source/index.ts";
import { type Coverage, type Tally, tallied } from "./coverage.ts";
import { type Items, placeKey } from "./items.ts";
import {
  branchNeverTaken,
  excuseOutlived,
  premiseNeverTrue,
  valueNeverHad,
} from "./never-taken.ts";

/** `else` and `ignore` take what is left over: that nothing is, is no mistake. */
const isLeftOver = ({ kind, name }: Pick<Tally, "kind" | "name">): boolean =>
  kind === "case" && /\.(else|ignore)$/.test(name);

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

const neverTaken = (
  { kind: item, span, names }: Pick<Tally, "kind" | "span" | "names">,
  coverage: readonly Coverage[],
): Diagnostic => {
  const [name = ""] = names;
  if (item === "value") return valueNeverHad(span, { name });
  if (item !== "property") return branchNeverTaken(span, { names });
  const kinds = coverage.flatMap(({ core }) =>
    core.properties.flatMap((it) => (it.name === name ? [it.kind] : [])),
  );
  const kind = kinds.find((it) => it === "never" || it === "invariant") ?? "recoverable";
  return premiseNeverTrue(span, { name, kind });
};

/** Several handlers of one timer are one step, which stands at the first: which was taken nobody knows. */
const isAmbiguous = ({ span }: Tally, items: Items): boolean => {
  const name = items.get(placeKey(span))?.name ?? "";
  return (
    name.includes(".expire ") && [...items.values()].filter((it) => it.name === name).length > 1
  );
};

/** What is taken although the line above it gives a reason why it never is. */
const outlived = (file: string, all: readonly Tally[], items: Items): readonly Diagnostic[] =>
  all
    .filter((it) => it.taken > 0 && it.reason !== undefined && it.span.file === file)
    .filter((it) => !isAmbiguous(it, items))
    .map(({ kind, span, names: [name = ""] }) => excuseOutlived(span, { name, kind }));

/** What can be said of a file. */
export interface Vacuity {
  readonly findings: readonly Diagnostic[];
  /** Of so many places it is not known: searches that might take them ended early. */
  readonly undecided: number;
}

/**
 * Findings about everything that the searches of a file have in common. A place that a search might
 * have taken, had it gone on, is undecided; a place that its model has not is not. That a place is
 * taken every search may tell, however it ended.
 * A part of a specification stands in the folder of the file; what is imported from elsewhere is
 * a library, of which nobody takes every case.
 */
export const vacuity = (file: string, coverage: readonly Coverage[], items: Items): Vacuity => {
  const all = tallied(file, coverage, items);
  const never = all.filter(
    (it) =>
      it.taken === 0 &&
      it.reason === undefined &&
      !isLeftOver(it) &&
      (it.kind === "property" || folderOf(it.span.file) === folderOf(file)),
  );
  return {
    findings: [
      ...never.filter(({ open }) => open === 0).map((it) => neverTaken(it, coverage)),
      ...outlived(file, all, items),
    ],
    undecided: never.filter(({ open }) => open > 0).length,
  };
};

/** How many searches ended once what they were asked was decided. */
export const stoppedEarly = (coverage: readonly Coverage[]): number =>
  coverage.filter((it) => it.stopped === "stopped").length;
