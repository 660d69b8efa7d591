// What proving a file yields: the data that every report is made from.

import type { Core } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";
import type { ReductionName } from "../reduce/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import type { Bounds } from "./bounds.ts";
import type { Covered } from "./coverage.ts";
import type { Claim } from "./claim.ts";
import type { Concern, Judgement } from "./judge.ts";
import type { AxisValue, Least } from "./least.ts";
import type { Ways } from "./ways.ts";

/** A constant as it is in one check, and who gave it its value. */
export interface Parameter {
  readonly name: string;
  /** As the language writes it. */
  readonly text: string;
  readonly source: "default" | "set" | "check" | "command-line";
}

/** One search: a model under one configuration, explored. */
export interface Search {
  readonly core: Core;
  readonly exploration: Exploration;
  readonly judgement: Judgement;
  readonly bounds: Bounds;
  /** The reductions under which figures are to be read: none, and they are those of the model. */
  readonly reductions: readonly ReductionName[];
  /** Names the model and what is judged in it, whatever constants, places and comments say. */
  readonly model?: string;
  /** Counterexamples of other kinds, where they were asked for. */
  readonly others?: Ways;
  /**
   * Not searched now, but known from an earlier run: "search" with all that it found, "file" as the
   * figures of a file that came out as expected, without the ways to what it found.
   */
  readonly cached?: "search" | "file";
}

export interface CheckResult {
  readonly kind: "check";
  readonly title: string;
  /** True of the one check that a file without checks gets. */
  readonly isImplied: boolean;
  readonly span: Span;
  readonly doc?: string;
  readonly claim: Claim;
  readonly parameters: readonly Parameter[];
  /** Absent when an assumption about the constants is false: then nothing was explored. */
  readonly search?: Search;
  /** None: the expectation is met. */
  readonly concerns: readonly Concern[];
}

export interface PointResult {
  readonly values: readonly AxisValue[];
  readonly outcome: "safe" | "unsafe" | "unknown" | "skipped";
  /** The assumption that made it skipped. */
  readonly why?: string;
  /** What is violated there, by name. */
  readonly violated: readonly string[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly seconds: number;
  /** As of an exploration; absent of a point that was not explored. */
  readonly stateSet?: string;
  /** Was every state expanded? Absent of a point that was not explored. */
  readonly isWhole?: boolean;
  /** As in a search. */
  readonly model?: string;
  readonly isCached?: boolean;
}

/** The answer of a sweep for one combination of its other axes, beside the expected one. */
export interface LeastResult extends Least {
  /** As the language writes it, "none" included; absent without `expect least`. */
  readonly expected?: string;
  readonly isMet: boolean;
}

export interface SweepResult {
  readonly kind: "sweep";
  readonly title: string;
  readonly span: Span;
  readonly doc?: string;
  readonly parameters: readonly Parameter[];
  readonly axes: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly points: readonly PointResult[];
  readonly least?: { readonly name: string; readonly answers: readonly LeastResult[] };
  readonly concerns: readonly Concern[];
}

export type ObligationResult = CheckResult | SweepResult;

export interface FileResult {
  readonly file: string;
  readonly obligations: readonly ObligationResult[];
  /** Titles of obligations that an interruption, or the end of the time, left out. */
  readonly notRun: readonly string[];
  /** Findings about the file as a whole: what no check ever takes. */
  readonly findings: readonly Diagnostic[];
  /** How often what is taken; only where that was asked for. */
  readonly coverage?: readonly Covered[];
  /** Searches that a limit cut while it was counted, so that the counts are without them; absent for none. */
  readonly uncounted?: number;
  /**
   * Searches that ended once all was decided, and of how many places it is therefore not known whether
   * they are ever taken; absent where everything else was taken.
   */
  readonly stoppedEarly?: number;
  readonly undecided?: number;
}
