// What a check asserts, with every figure known: the expectation of its declaration, evaluated.

import type { Span } from "../source/index.ts";

export interface Claim {
  readonly span: Span;
  readonly kind: "holds" | "violated" | "error";
  /** Of `violated`: properties, `deadlock` or `assert`. Of `error`: kinds; empty means any. */
  readonly names: readonly string[];
  readonly figures: readonly Figure[];
}

export interface Figure {
  readonly unit: "states" | "transitions" | "steps";
  readonly value: number;
  readonly span: Span;
}

/** Which properties a check judges, by name; `deadlock` is one of them. */
export type Selection = (name: string) => boolean;

/** `only` without names selects everything. */
export const selectionOf = (only: readonly string[], onlyToo: readonly string[]): Selection => {
  const allows = (names: readonly string[], name: string) =>
    names.length === 0 || names.includes(name);
  return (name) => allows(only, name) && allows(onlyToo, name);
};

/**
 * A claim about fewer properties: names that are not selected are no longer expected, and a claim without
 * any name left is that the rest holds. Figures of states stay true; the steps were those of a violation.
 */
export const restrict = (claim: Claim, selected: Selection): Claim => {
  if (claim.kind !== "violated") return claim;
  const names = claim.names.filter((it) => it === "assert" || selected(it));
  if (names.length === claim.names.length) return claim;
  const figures = claim.figures.filter((it) => it.unit !== "steps");
  return { ...claim, names, kind: names.length === 0 ? "holds" : "violated", figures };
};

/**
 * May the search end with the level in which everything that the claim names is found? Only where these are
 * exactly the selected properties, so that a failed `assert` is not waited for in vain, and no figure of the
 * whole search is pinned.
 */
export const mayStop = (claim: Claim, selected: readonly string[]): boolean =>
  claim.kind === "violated" &&
  selected.length > 0 &&
  selected.every((it) => claim.names.includes(it)) &&
  claim.names.every((it) => selected.includes(it)) &&
  claim.figures.every((it) => it.unit === "steps");

/** The claim in the words of the language. */
export const claimText = ({ kind, names, figures }: Claim): string => {
  const pins = figures.map((it) => `${it.value} ${it.unit}`).join(", ");
  const list = names.length === 0 ? "" : ` ${names.join(", ")}`;
  return `${kind}${list}${pins === "" ? "" : ` in ${pins}`}`;
};
