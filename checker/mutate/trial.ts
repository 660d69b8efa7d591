// Tries one mutant: its text -> checks, the smallest first, until one of them tells it.

import { plan, type Planned, type PlanRequest } from "../prove/index.ts";
import type { ObligationResult } from "../prove/index.ts";
import type { Modules } from "../semantics/index.ts";
import { type Checked, isError } from "../source/index.ts";
import { differenceOf } from "./difference.ts";
import type { Outcome } from "./outcome.ts";
import {
  type Bench,
  graphsOf,
  kept,
  modelsOf,
  proveAlone,
  statesOf,
  type Yardstick,
} from "./yardstick.ts";

export interface Trial {
  /** The specification as it is. */
  readonly before: Checked<Modules>;
  /** With the mistake in it. */
  readonly after: Checked<Modules>;
  readonly request: PlanRequest;
  /** In the order in which checks are tried. */
  readonly yardsticks: readonly Yardstick[];
  /** The largest check that was not left out may have so many states. */
  readonly maxStates: number;
}

/** A mutant may have this many times the states before its search is cut. */
const growth = 4;

/**
 * Where a violation is found early, few states were needed for it; a mutant without it may still visit as many as the
 * largest check that was not left out.
 */
const limitOf = ({ maxStates }: Trial, { graphs }: Yardstick): number =>
  Math.max(maxStates, growth * Math.max(...graphs.map((it) => it.states)));

/** A difference is looked for in models of up to so many states. */
const shownUpTo = 100_000;

const planOf = (
  loaded: Checked<Modules>,
  request: PlanRequest,
  title: string,
): { readonly planned?: Planned; readonly mistake?: string } => {
  const { value, diagnostics } = plan(loaded, { ...request, isWanted: (it) => it === title });
  const mistake = diagnostics.find(isError);
  const [planned] = value.obligations;
  return {
    ...(planned === undefined ? {} : { planned }),
    ...(mistake === undefined ? {} : { mistake: `${mistake.code} ${mistake.message}` }),
  };
};

/** Pinned figures are for changes that are meant; that one moves, no property notices. */
const isVerdict = ({ concerns }: ObligationResult, at: number): boolean => {
  const it = concerns[at];
  if (it === undefined) return false;
  if (it.kind !== "finding") return ["safety", "recoverable", "deadlock"].includes(it.kind);
  // What a model error leaves undecided is no verdict.
  const isBlurred = concerns.some((one) => one.kind === "model-error");
  const { code } = it.diagnostic;
  return code === "TW1004" || code === "TW1009" || (code === "TW1005" && !isBlurred);
};

const isModelError = ({ concerns }: ObligationResult, at: number): boolean => {
  const it = concerns[at];
  return (
    it?.kind === "model-error" ||
    it?.kind === "assumption" ||
    it?.kind === "specification" ||
    (it?.kind === "finding" && ["TW1006", "TW1012"].includes(it.diagnostic.code))
  );
};

const killOf = (result: ObligationResult): Outcome | undefined => {
  const places = result.concerns.map((_, at) => at);
  const verdict = places.find((at) => isVerdict(result, at));
  const found = verdict ?? places.find((at) => isModelError(result, at));
  const concern = found === undefined ? undefined : result.concerns[found];
  return concern === undefined
    ? undefined
    : {
        kind: "killed",
        by: verdict === undefined ? "model error" : "verdict",
        check: result.title,
        why: concern.diagnostic.message,
      };
};

const equal = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

interface Tried {
  readonly end?: Outcome;
  readonly isCut?: boolean;
  readonly differs?: boolean;
}

const tryCheck = async (trial: Trial, yardstick: Yardstick, bench: Bench): Promise<Tried> => {
  const { planned: obligation, mistake } = planOf(trial.after, trial.request, yardstick.title);
  if (mistake !== undefined) return { end: { kind: "invalid", why: mistake } };
  if (obligation === undefined) return { end: { kind: "invalid", why: "it has no such check" } };
  const planned = kept(obligation);
  const isSame = planned.kind === "check" && equal(modelsOf(planned, bench), yardstick.models);
  if (isSame) return {};
  const limit = limitOf(trial, yardstick);
  const { file } = trial.after.value.entry;
  const result = await proveAlone(file, planned, limit, bench);
  if (result === undefined) return { isCut: true };
  const end = killOf(result);
  if (end !== undefined) return { end };
  const isCut = result.concerns.some(({ kind }) => kind === "incomplete" || kind === "interrupted");
  return { isCut, differs: !equal(graphsOf(result), yardstick.graphs) };
};

const coreFor = (loaded: Checked<Modules>, { request }: Trial, title: string) => {
  const { planned } = planOf(loaded, request, title);
  return planned?.kind === "check" && planned.model.kind === "core"
    ? planned.model.build().value
    : undefined;
};

/** The first step in which the models of a check part, if they are small enough to look. */
const shown = (trial: Trial, { title }: Yardstick) => {
  const [before, after] = [trial.before, trial.after].map((it) => coreFor(it, trial, title));
  return before === undefined || after === undefined
    ? undefined
    : differenceOf(title, before, after, shownUpTo);
};

/** How many small checks confirm, step by step, that a mutant with equal digests changes nothing. */
const confirmed = 3;

const notKilled = (
  trial: Trial,
  differing: readonly Yardstick[],
  cut: Yardstick | undefined,
): Outcome => {
  if (cut !== undefined) return { kind: "undecided", check: cut.title };
  const looked =
    differing.length > 0 ? differing.slice(0, 1) : trial.yardsticks.slice(0, confirmed);
  for (const it of looked) {
    if (statesOf(it) > shownUpTo) continue;
    const difference = shown(trial, it);
    if (difference !== undefined) return { kind: "survived", difference };
  }
  return differing.length > 0 ? { kind: "survived" } : { kind: "equivalent" };
};

/** What becomes of a mutant; undefined when it was interrupted. */
export const tryMutant = async (trial: Trial, bench: Bench): Promise<Outcome | undefined> => {
  const broken = trial.after.diagnostics.find(isError);
  if (broken !== undefined) return { kind: "invalid", why: `${broken.code} ${broken.message}` };
  const differing: Yardstick[] = [];
  let cut: Yardstick | undefined;
  for (const yardstick of trial.yardsticks) {
    if ((await bench.shell.rest()) === "stop") return undefined;
    const tried = await tryCheck(trial, yardstick, bench);
    if (tried.end !== undefined) return tried.end;
    if (tried.isCut === true) cut ??= yardstick;
    if (tried.differs === true) differing.push(yardstick);
  }
  if ((await bench.shell.rest()) === "stop") return undefined;
  return notKilled(trial, differing, cut);
};
