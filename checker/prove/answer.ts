// One model explored and judged, unless it is known from before: question -> search.

import type { Core } from "../core/index.ts";
import type { ExploreOptions, Limits, Progress } from "../explore/index.ts";
import type { ReductionName } from "../reduce/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { boundsFound } from "./bounds.ts";
import { counterOf } from "./census.ts";
import type { Claim, Selection } from "./claim.ts";
import { interpreted, onlyShortest } from "./incomplete.ts";
import { type Coverage, countsOf } from "./coverage.ts";
import { judge } from "./judge.ts";
import { markRules, rulesOf } from "./marks.ts";
import type { PlannedCheck, PlannedPoint } from "./plan.ts";
import { premisesOf, unwatch, watchPremises } from "./premises.ts";
import { concreteExploration, reducedFor, reductionsFor } from "./reduced.ts";
import {
  type Finished,
  finishedText,
  isLasting,
  type Memory,
  modelText,
  recalled,
} from "./remember.ts";
import type { ObligationResult, Search } from "./result.ts";
import { type Means, search } from "./search.ts";
import { valuesOf } from "./values.ts";

/** What proving needs of its surroundings. */
export interface ProveShell extends Means {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** What is left of the limits now. */
  readonly limits: () => Limits;
  /** Of what counterexamples have the least; "steps" where nothing is said. */
  readonly minimal?: ExploreOptions["minimal"];
  /** How many counterexamples of each check, of different kinds; one of each property where nothing is said. */
  readonly all?: number;
  /** Which states count as one; none where nothing is said. */
  readonly reductions?: readonly ReductionName[];
  /** Called during a search, some ten times a second. */
  readonly breathe: (title: string, progress: Progress) => Promise<"go-on" | "stop">;
  /** Called before every search: the moment to notice an interruption between short searches. */
  readonly rest: () => Promise<"go-on" | "stop">;
  readonly warn: (diagnostic: Diagnostic) => void;
  /** Names texts, so that different texts have different names; without it models have no names. */
  readonly digest?: (text: string) => string;
  /** What earlier runs of this very program found; asked only with `digest`. */
  readonly memory?: Memory;
  /** What the searches of this very plan found elsewhere, and where what they find here goes. */
  readonly elsewhere?: Elsewhere;
  /** As of an exploration: nobody compares sets of states. */
  readonly withoutStateSet?: boolean;
  /** Count how often everything is taken. */
  readonly isCovering?: boolean;
  /** End a search whose check can no longer be met; its other verdicts stay unknown then. */
  readonly stopWhenLost?: boolean;
  /** Hears every result when it is there. */
  readonly onResult: (result: ObligationResult) => void;
}

/** One search of a plan: a check, or a point of a sweep. */
export type Asked = PlannedCheck | PlannedPoint;

export interface Elsewhere {
  /** Told instead of a search; undefined: search. */
  readonly recall: (of: Asked, core: Core) => Finished | undefined;
  readonly record: (of: Asked, found: Finished) => void;
}

interface Explored {
  readonly search: Search;
  readonly coverage: Coverage;
}

/** One search, and what it is for. */
export interface Question {
  readonly of: Asked;
  readonly title: string;
  readonly span: Span;
  readonly core: Core;
  readonly claim: Claim;
  readonly isSelected: Selection;
  readonly stopWhenDecided: boolean;
}

/** Everything beside the model that decides what a search finds, or says by which means. */
const meansText = (
  core: Core,
  { claim, isSelected }: Question,
  stopWhenDecided: boolean,
  { minimal = "steps", reductions = [], engine = "auto", isCovering = false }: ProveShell,
): string =>
  JSON.stringify({
    isCovering,
    // What was found is kept by position, so all properties count, those too that are not judged.
    properties: core.properties.map(({ kind, name }) => [kind, name, isSelected(name)]),
    premises: premisesOf(core).map(({ property }) => property),
    deadlock: isSelected("deadlock"),
    stopWhenDecided,
    minimal,
    reductions: minimal === "steps" ? reductionsFor(claim, reductions) : [],
    engine,
  });

/** A search that this limit would have cut is not what was asked for. */
const isWithin = ({ exploration }: Finished, { maxStates = Infinity }: Limits): boolean =>
  exploration.states <= maxStates;

/** What a claim that can still be met does not let be violated. */
const surprises =
  ({ properties }: Core, { kind, names }: Claim) =>
  (violated: number | "deadlock"): boolean => {
    const name = violated === "deadlock" ? violated : properties[violated]?.name;
    return kind === "holds" || (kind === "violated" && name !== undefined && !names.includes(name));
  };

/** May a search end as soon as its check is lost? Not where errors are what is expected. */
const mayGiveUp = ({ claim }: Question, { stopWhenLost }: ProveShell): boolean =>
  stopWhenLost === true && claim.kind !== "error" && !claim.names.includes("assert");

/** Searches, or knows the answer, and judges it. */
export const answer = async (question: Question, shell: ProveShell): Promise<Explored> => {
  const { span, core, claim, isSelected } = question;
  const { minimal = "steps", digest, memory, elsewhere } = shell;
  // Which way has the fewest faults, only the whole of the states can tell, as they are.
  const stopWhenDecided = question.stopWhenDecided && minimal === "steps";
  const model = digest?.(modelText(core, isSelected));
  const key =
    model === undefined
      ? undefined
      : digest?.(`${model}\n${meansText(core, question, stopWhenDecided, shell)}`);
  const kept = key === undefined ? undefined : memory?.recall(key);
  const known = kept === undefined ? undefined : recalled(kept, core);
  const isKnown =
    known !== undefined && isLasting(known.exploration) && isWithin(known, shell.limits());
  // A search that may end early says nothing about what is never met, and must not wait for it.
  const isWatched = !stopWhenDecided && !mayGiveUp(question, shell);
  const watched = isWatched ? watchPremises(core) : { core, premises: [] };
  const told = elsewhere?.recall(question.of, core);
  const finished =
    told ?? (isKnown ? known : await searched(question, watched, stopWhenDecided, shell));
  const { exploration, isMet, reductions } = finished;
  // What a signal cut short is not done.
  if (told === undefined && exploration.onlyShortest !== "interrupted") {
    elsewhere?.record(question.of, finished);
  }
  if (!isKnown && key !== undefined && isLasting(exploration)) {
    memory?.keep(key, finishedText(finished));
  }
  const judgement = judge(core, exploration, claim, span);
  const { taken, stopped } = exploration;
  const { fired, values, counts } = finished;
  const { premises } = watched;
  const { branches, properties } = core;
  const coverage: Coverage = {
    core: { branches, properties },
    rules: rulesOf(core),
    taken,
    fired,
    ...(values === undefined ? {} : { values }),
    ...(counts === undefined ? {} : { counts }),
    stopped,
    isWatched,
    premises,
    isMet,
    isSelected,
  };
  return {
    search: {
      core,
      exploration,
      judgement,
      bounds: boundsFound(core, exploration),
      reductions,
      ...(model === undefined ? {} : { model }),
      ...(isKnown ? { cached: "search" as const } : {}),
    },
    coverage,
  };
};

/** What looks at the states of a search, and what it has seen. */
const lookerOf = (searchedCore: Core, isReduced: boolean, shell: ProveShell) => {
  const { isCovering = false, engine } = shell;
  // States that stand for others need not have the values of these.
  const values = isReduced ? undefined : valuesOf(searchedCore, isCovering);
  const counter = isCovering ? counterOf(searchedCore, engine === "interpreter") : undefined;
  return {
    look: (words: Int32Array, at: number): boolean => {
      counter?.look(words, at);
      const isEnough = values?.look(words, at) ?? true;
      return isEnough && counter === undefined;
    },
    found: () => ({ values: values?.found(), census: counter?.found() }),
  };
};

const searched = async (
  question: Question,
  watched: ReturnType<typeof watchPremises>,
  stopWhenDecided: boolean,
  shell: ProveShell,
): Promise<Finished> => {
  const { title, span, claim, isSelected } = question;
  const { minimal = "steps" } = shell;
  const wanted = minimal === "steps" ? (shell.reductions ?? []) : [];
  const core = markRules(watched.core);
  const selected = (property: number): boolean =>
    isSelected(watched.core.properties[property]?.name ?? "");
  const names = reductionsFor(claim, wanted);
  const reduced = reducedFor(core, selected, names);
  const looker =
    shell.stopWhenLost === true
      ? undefined
      : lookerOf(reduced?.core ?? core, reduced !== undefined, shell);
  const explored = await search(
    reduced ?? { core },
    {
      ...(looker === undefined ? {} : { look: looker.look }),
      selected,
      deadlock: isSelected("deadlock"),
      limits: shell.limits(),
      now: shell.now,
      breathe: (progress) => shell.breathe(title, progress),
      stopWhenDecided,
      minimal,
      ...(shell.withoutStateSet === true ? { withoutStateSet: true } : {}),
      ...(mayGiveUp(question, shell) ? { stopAt: surprises(watched.core, claim) } : {}),
    },
    shell,
    () => shell.warn(interpreted(span, { title })),
  );
  if (explored.onlyShortest !== undefined)
    shell.warn(onlyShortest(span, { title, limit: explored.onlyShortest }));
  const found = reduced === undefined ? explored : concreteExploration(core, reduced, explored);
  const { values, census } = looker?.found() ?? {};
  const isKnown = explored.isSeen === true;
  const own = question.core.branches.length;
  return {
    ...unwatch({ ...found, taken: found.taken.slice(0, own) }, watched),
    fired: found.taken.slice(own),
    ...(isKnown && values !== undefined ? { values } : {}),
    ...(isKnown && census !== undefined
      ? { counts: countsOf(census, question.core, core, watched.premises) }
      : {}),
    reductions: reduced?.on ?? [],
  };
};
