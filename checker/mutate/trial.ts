// Tries one mutant: its text -> checks, the smallest first, until one of them tells it.

import type { ObligationResult } from "../prove/index.ts";
import { isError } from "../source/index.ts";
import { type Alike, likenessOf, survivor } from "./likeness.ts";
import type { MutantOutcome } from "./outcome.ts";
import { planOf, type Trial } from "./subject.ts";
import {
  type Bench,
  type Graph,
  graphsOf,
  isSameGraph,
  kept,
  modelsOf,
  proveAlone,
  type Yardstick,
} from "./yardstick.ts";

/** A mutant may have this many times the states before its search is cut. */
const growth = 4;

/**
 * Where a violation is found early, few states were needed for it; a mutant without it may still visit as many as the
 * largest check that was not left out.
 */
const limitOf = ({ maxStates }: Trial, { graphs }: Yardstick): number =>
  Math.max(maxStates, growth * Math.max(...graphs.map((it) => it.states)));

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

const killOf = (result: ObligationResult): MutantOutcome | undefined => {
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

/** What one check has to say of a mutant; nothing where its model is the same. */
interface Tried {
  readonly end?: MutantOutcome;
  readonly isCut?: boolean;
  readonly found?: readonly Graph[];
  /** Digests of the models in which it was found. */
  readonly models?: readonly string[];
}

const tryCheck = async (trial: Trial, yardstick: Yardstick, bench: Bench): Promise<Tried> => {
  const { planned: obligation, mistake } = planOf(trial.after, trial.request, yardstick.title);
  if (mistake !== undefined) return { end: { kind: "invalid", why: mistake } };
  if (obligation === undefined) return { end: { kind: "invalid", why: "it has no such check" } };
  const planned = kept(obligation);
  const known = planned.kind === "check" ? modelsOf(planned, bench) : undefined;
  if (known?.[0] === yardstick.models[0]) return {};
  const limit = limitOf(trial, yardstick);
  const { file } = trial.after.value.entry;
  const result = await proveAlone(file, planned, limit, bench);
  if (result === undefined) return { isCut: true };
  const end = killOf(result);
  if (end !== undefined) return { end };
  const isCut = result.concerns.some(({ kind }) => kind === "incomplete" || kind === "interrupted");
  if (isCut) return { isCut };
  // To write the models of a sweep twice costs more than to explore those that are the same.
  return { found: graphsOf(result), models: known ?? modelsOf(planned, bench) };
};

/** What becomes of a mutant; undefined when it was interrupted. */
export const tryMutant = async (trial: Trial, bench: Bench): Promise<MutantOutcome | undefined> => {
  const broken = trial.after.diagnostics.find(isError);
  if (broken !== undefined) return { kind: "invalid", why: `${broken.code} ${broken.message}` };
  const alike: Alike[] = [];
  let differing: { readonly yardstick: Yardstick; readonly found: readonly Graph[] } | undefined;
  let cut: Yardstick | undefined;
  for (const yardstick of trial.yardsticks) {
    if ((await bench.shell.rest()) === "stop") return undefined;
    const { end, isCut, found, models = [] } = await tryCheck(trial, yardstick, bench);
    if (end !== undefined) return end;
    if (isCut === true) cut ??= yardstick;
    if (found === undefined) continue;
    const isAlike =
      yardstick.graphs.length === found.length &&
      yardstick.graphs.every((it, at) => isSameGraph(it, found[at]));
    if (isAlike) alike.push({ yardstick, models });
    else differing ??= { yardstick, found };
  }
  if ((await bench.shell.rest()) === "stop") return undefined;
  if (cut !== undefined) return { kind: "undecided", check: cut.title, because: "cut" };
  return differing === undefined
    ? likenessOf(trial, alike, bench)
    : survivor(trial, differing.yardstick, differing.found);
};
