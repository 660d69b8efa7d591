// A file that came out as it expects, as text that a later run can report without planning it again.

import { isLasting } from "./remember.ts";
import { checksOf, type Modules, sweepsOf } from "../semantics/index.ts";
import { isMembers, type Span } from "../source/index.ts";
import type { PropertyResult } from "./judge.ts";
import type { CheckResult, FileResult, ObligationResult, Search, SweepResult } from "./result.ts";

/*
 * Kept is only what no line of the file stands in: no diagnostic, no finding, no way to a
 * violation. Titles, comments and places come from the file as it is now.
 */

type Property = Pick<PropertyResult, "name" | "kind" | "instance" | "verdict">;

interface KeptSearch extends Pick<Search, "bounds" | "reductions" | "model"> {
  readonly figures: Pick<
    Search["exploration"],
    | "complete"
    | "stopped"
    | "states"
    | "transitions"
    | "depth"
    | "wholeDepth"
    | "stateSet"
    | "seconds"
    | "memoryBytes"
  >;
  readonly properties: readonly Property[];
}

type KeptObligation =
  | (Pick<CheckResult, "kind" | "title" | "parameters"> & {
      readonly claim: Pick<CheckResult["claim"], "kind" | "names"> & {
        readonly figures: readonly Pick<
          CheckResult["claim"]["figures"][number],
          "unit" | "value"
        >[];
      };
      readonly search: KeptSearch;
    })
  | Pick<SweepResult, "kind" | "title" | "parameters" | "axes" | "points" | "least">;

interface KeptFile {
  readonly obligations: readonly KeptObligation[];
  readonly stoppedEarly?: number;
  readonly undecided?: number;
}

const noPath = { states: [] } as const;

const withoutWay = (verdict: PropertyResult["verdict"]): PropertyResult["verdict"] => {
  switch (verdict.kind) {
    case "violated":
    case "reached":
      return { kind: verdict.kind, steps: verdict.steps, path: noPath };
    case "holds":
    case "unreached":
    case "error":
    case "unknown":
      return verdict;
  }
};

const keptSearch = (search: Search): KeptSearch | undefined => {
  const { bounds, reductions, model, judgement } = search;
  const { complete, stopped, states, transitions, depth, wholeDepth, stateSet } =
    search.exploration;
  const { seconds, memoryBytes } = search.exploration;
  if (!isLasting(search.exploration) || judgement.errors.length > 0) return undefined;
  const figures = { complete, states, transitions, depth, wholeDepth, stateSet };
  return {
    bounds,
    reductions,
    ...(model === undefined ? {} : { model }),
    figures: {
      ...figures,
      ...(stopped === undefined ? {} : { stopped }),
      seconds,
      memoryBytes,
    },
    properties: judgement.properties.map(({ name, kind, instance, verdict }) => ({
      name,
      kind,
      instance,
      verdict: withoutWay(verdict),
    })),
  };
};

const keptObligation = (it: ObligationResult): KeptObligation | undefined => {
  if (it.concerns.length > 0) return undefined;
  if (it.kind === "sweep") {
    const { kind, title, parameters, axes, points, least } = it;
    if (points.some((point) => point.outcome === "unknown")) return undefined;
    return { kind, title, parameters, axes, points, ...(least === undefined ? {} : { least }) };
  }
  const search = it.search === undefined ? undefined : keptSearch(it.search);
  if (search === undefined) return undefined;
  const { kind, title, parameters, claim } = it;
  const figures = claim.figures.map(({ unit, value }) => ({ unit, value }));
  const claimed = { kind: claim.kind, names: claim.names, figures };
  return { kind, title, parameters, claim: claimed, search };
};

/** Undefined where anything is left to say about a place in the file. */
export const abridgedText = (result: FileResult): string | undefined => {
  const { findings, notRun, stoppedEarly, undecided } = result;
  const obligations = result.obligations.flatMap((it) => keptObligation(it) ?? []);
  const isClean = findings.length + notRun.length === 0;
  if (!isClean || obligations.length < result.obligations.length) return undefined;
  const kept: KeptFile = {
    obligations,
    ...(stoppedEarly === undefined ? {} : { stoppedEarly }),
    ...(undecided === undefined ? {} : { undecided }),
  };
  return JSON.stringify(kept);
};

const isKeptFile = (value: unknown): value is KeptFile =>
  isMembers(value) && Array.isArray(value["obligations"]);

interface Declared {
  readonly titleSpan: Span;
  readonly doc?: string;
}

const searchOf = (it: KeptSearch, span: Span): Search => {
  const properties = it.properties.map((one) => ({ ...one, span }));
  return {
    get core(): never {
      throw new Error("impossible: the model of a file that was not planned");
    },
    exploration: {
      ...it.figures,
      verdicts: [],
      deadlock: undefined,
      errors: [],
      dropped: [],
      cut: [],
      spent: [],
      taken: new Uint8Array(),
    },
    judgement: { properties, errors: [], concerns: [] },
    bounds: it.bounds,
    reductions: it.reductions,
    ...(it.model === undefined ? {} : { model: it.model }),
    cached: "file",
  };
};

const resultOf = (it: KeptObligation, { titleSpan: span, doc }: Declared): ObligationResult => {
  const documented = doc === undefined ? {} : { doc };
  if (it.kind === "sweep") {
    const points = it.points.map((point) => ({ ...point, isCached: true }));
    return { ...it, span, ...documented, points, concerns: [] };
  }
  const figures = it.claim.figures.map((figure) => ({ ...figure, span }));
  return {
    ...it,
    isImplied: it.title === "",
    span,
    ...documented,
    claim: { ...it.claim, span, figures },
    search: searchOf(it.search, span),
    concerns: [],
  };
};

/** The result of a file that says the same as the one that was kept. */
export const readAbridged = (text: string, modules: Modules): FileResult | undefined => {
  const value: unknown = JSON.parse(text);
  if (!isKeptFile(value)) return undefined;
  const { file } = modules.entry;
  const implied: Declared = { titleSpan: { file, start: 0, end: 0 } };
  const declared = new Map<string, Declared>(
    [...checksOf(modules), ...sweepsOf(modules)].map((it) => [`${it.kind} ${it.title}`, it]),
  );
  const obligations = value.obligations.flatMap((it): readonly ObligationResult[] => {
    const found = it.title === "" ? implied : declared.get(`${it.kind} ${it.title}`);
    return found === undefined ? [] : [resultOf(it, found)];
  });
  if (obligations.length < value.obligations.length) return undefined;
  const { stoppedEarly, undecided } = value;
  return {
    file,
    obligations,
    notRun: [],
    findings: [],
    ...(stoppedEarly === undefined ? {} : { stoppedEarly }),
    ...(undecided === undefined ? {} : { undecided }),
  };
};
