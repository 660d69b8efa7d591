// Compares what a search found with what its check expects, in both directions: exploration -> judgement.

import type { Core, Property } from "../core/index.ts";
import type {
  Exploration,
  Limit,
  ModelError,
  Path,
  PropertyVerdict,
  Unknown,
} from "../explore/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import type { Claim } from "./claim.ts";
import * as findings from "./findings.ts";
import { onlyWalked, searchCut } from "./incomplete.ts";

/** The verdict of one named property; of a `recoverable` with `forall`, of its worst instance. */
export interface PropertyResult {
  readonly name: string;
  readonly kind: "invariant" | "never" | "reachable" | "recoverable" | "deadlock";
  /** Of the instance that is violated or fails: `h = A`; "" where the verdict is about all of them. */
  readonly instance: string;
  readonly span: Span;
  readonly verdict: PropertyVerdict;
}

/** What keeps a check from being met: the kind decides the exit code, the diagnostic says it. */
export interface Concern {
  readonly kind:
    | "safety"
    | "recoverable"
    | "deadlock"
    | "model-error"
    | "finding"
    | "assumption"
    /** A mistake that shows only when the model is built. */
    | "specification"
    | "incomplete"
    | "interrupted";
  readonly diagnostic: Diagnostic;
  /** What the diagnostic is about, where that is one property (`deadlock` is one). */
  readonly property?: string;
  /** What shows it. */
  readonly shown?: { readonly steps: number; readonly path: Path };
}

export interface Judgement {
  readonly properties: readonly PropertyResult[];
  /** The first model error per place, those of properties included. */
  readonly errors: readonly ModelError[];
  /** None: the expectation is met. */
  readonly concerns: readonly Concern[];
}

/** Does nothing begin, for another reason than a limit or a model error? */
export const hasNoInitialState = ({ complete, states, errors }: Exploration): boolean =>
  complete && states === 0 && errors.length === 0;

const kindOf = (property: Property): PropertyResult["kind"] =>
  property.kind === "reachable-state" || property.kind === "reachable-event"
    ? "reachable"
    : property.kind;

/** Of two verdicts of instances the one that decides: a violation, then an error, then not knowing; the shortest. */
const severityOf = (verdict: PropertyVerdict): number => {
  switch (verdict.kind) {
    case "violated":
    case "unreached":
      return 3;
    case "error":
      return 2;
    case "unknown":
      return 1;
    case "holds":
    case "reached":
      return 0;
  }
};

const stepsOf = (verdict: PropertyVerdict): number =>
  "steps" in verdict ? verdict.steps : Number.POSITIVE_INFINITY;

const isWorse = (left: PropertyVerdict, right: PropertyVerdict): boolean =>
  severityOf(left) > severityOf(right) ||
  (severityOf(left) === severityOf(right) && stepsOf(left) < stepsOf(right));

/** One result per selected name, in order of declaration, deadlock last. */
export const resultsOf = (
  core: Core,
  exploration: Exploration,
  checkSpan: Span,
): readonly PropertyResult[] => {
  const results = new Map<string, PropertyResult>();
  core.properties.forEach((property, position) => {
    const verdict = exploration.verdicts[position];
    if (verdict === undefined) return;
    const before = results.get(property.name);
    if (before !== undefined && !isWorse(verdict, before.verdict)) return;
    const isAboutOne = verdict.kind === "violated" || verdict.kind === "error";
    results.set(property.name, {
      name: property.name,
      kind: kindOf(property),
      instance: property.kind === "recoverable" && isAboutOne ? property.instance : "",
      span: property.span,
      verdict,
    });
  });
  const { deadlock } = exploration;
  return [
    ...results.values(),
    ...(deadlock === undefined
      ? []
      : [
          {
            name: "deadlock",
            kind: "deadlock",
            instance: "",
            span: checkSpan,
            verdict: deadlock,
          } as const,
        ]),
  ];
};

/** The errors of steps, and those of evaluating a property, once per place, shortest first. */
const errorsOf = (
  exploration: Exploration,
  results: readonly PropertyResult[],
): readonly ModelError[] => {
  const inProperties = results.flatMap(({ verdict }) =>
    verdict.kind === "error" &&
    !exploration.errors.some((it) => it.site === verdict.site && it.steps <= verdict.steps)
      ? [{ site: verdict.site, steps: verdict.steps, path: verdict.path }]
      : [],
  );
  const all = [...exploration.errors, ...inProperties].toSorted(
    (left, right) => left.steps - right.steps || left.site - right.site,
  );
  return all.filter((it, at) => all.findIndex(({ site }) => site === it.site) === at);
};

const isViolated = ({ verdict }: PropertyResult): boolean => severityOf(verdict) === 3;

const violation = (it: PropertyResult): Concern => {
  const { verdict } = it;
  const shown =
    verdict.kind === "violated" ? { shown: { steps: verdict.steps, path: verdict.path } } : {};
  return { ...bareViolation(it), property: it.name, ...shown };
};

const bareViolation = (it: PropertyResult): Concern => {
  const steps = it.verdict.kind === "violated" ? it.verdict.steps : 0;
  switch (it.kind) {
    case "invariant":
    case "never":
      return {
        kind: "safety",
        diagnostic: findings.safetyViolated(it.span, { name: it.name, kind: it.kind, steps }),
      };
    case "recoverable":
      return {
        kind: "recoverable",
        diagnostic: findings.recoveryViolated(it.span, { name: it.name, steps }),
      };
    case "reachable":
      return { kind: "finding", diagnostic: findings.unreached(it.span, { name: it.name }) };
    case "deadlock":
      return { kind: "deadlock", diagnostic: findings.deadlocked(it.span, { steps }) };
  }
};

/** Why nothing more is known of the search, when a limit cut it. */
const cutOf = ({ stopped }: Exploration): Limit | undefined =>
  stopped === undefined || stopped === "stopped" ? undefined : stopped;

const isUnknownFor = ({ verdict }: PropertyResult, why: Unknown): boolean =>
  verdict.kind === "unknown" && verdict.why === why;

/** The bounds that cut steps of a search, by name. */
export const cuttingBounds = (core: Core, { cut }: Exploration): readonly string[] =>
  core.bounds.filter((_, id) => (cut[id] ?? 0) > 0).map((it) => it.name);

/** What leaves a complete search without a verdict, model errors apart: no state, and bounds. */
const undecided = (
  core: Core,
  exploration: Exploration,
  results: readonly PropertyResult[],
  checkSpan: Span,
): readonly Concern[] => {
  if (hasNoInitialState(exploration)) {
    const rooms = core.networks
      .filter((it) => it.full === "block")
      .map(({ name, capacity }) => ({ network: name, capacity }));
    return [{ kind: "finding", diagnostic: findings.noInitialState(checkSpan, { rooms }) }];
  }
  const bounds = cuttingBounds(core, exploration);
  return results
    .filter((it) => isUnknownFor(it, "bound"))
    .map(({ name, span }) => ({
      kind: "incomplete",
      diagnostic: findings.boundUndecided(span, { name, bounds }),
      property: name,
    }));
};

/** Expected violations and errors that the search does not show. */
const missing = (
  claim: Claim,
  results: readonly PropertyResult[],
  kinds: ReadonlySet<string>,
  isCut: boolean,
): readonly Concern[] => {
  const absent = (diagnostic: Diagnostic, property?: string): readonly Concern[] =>
    isCut ? [] : [{ kind: "finding", diagnostic, ...(property === undefined ? {} : { property }) }];
  if (claim.kind === "error") {
    const expected = claim.names.length === 0 ? [""] : claim.names;
    return expected
      .filter((it) => (it === "" ? kinds.size === 0 : !kinds.has(it)))
      .flatMap((kind) => absent(findings.errorMissing(claim.span, { kind })));
  }
  return claim.names.flatMap((name) => {
    const result = results.find((it) => it.name === name);
    if (name === "assert" ? kinds.has(name) : result !== undefined && isViolated(result)) return [];
    if (result !== undefined && isUnknownFor(result, "bound")) return [];
    const isUndecided = result?.verdict.kind === "unknown" || result?.verdict.kind === "error";
    return absent(findings.violationMissing(claim.span, { name, isUndecided }), name);
  });
};

/** The shortest of what the claim names; for `holds` the depth of the search. */
const stepsFound = (
  claim: Claim,
  exploration: Exploration,
  results: readonly PropertyResult[],
  errors: readonly ModelError[],
): number => {
  if (claim.kind === "holds") return exploration.depth;
  const named = results.filter((it) => claim.names.includes(it.name) && isViolated(it));
  const failed = claim.kind === "error" || claim.names.includes("assert") ? errors : [];
  return Math.min(...named.map((it) => stepsOf(it.verdict)), ...failed.map((it) => it.steps));
};

const figureConcerns = (
  claim: Claim,
  exploration: Exploration,
  found: number,
): readonly Concern[] =>
  claim.figures.flatMap(({ unit, value, span }): readonly Concern[] => {
    const isKnown =
      unit === "steps" && claim.kind !== "holds" ? Number.isFinite(found) : exploration.complete;
    const actual = unit === "steps" ? found : exploration[unit];
    if (!isKnown || actual === value) return [];
    const diagnostic = findings.figureDiffers(span, { unit, pinned: value, found: actual });
    return [{ kind: "finding", diagnostic }];
  });

/**
 * Everything in which the search differs from the claim. A search that a limit cut is a concern of its own,
 * unless all that was asked is decided.
 */
export const judge = (
  core: Core,
  exploration: Exploration,
  claim: Claim,
  checkSpan: Span,
): Judgement => {
  const results = resultsOf(core, exploration, checkSpan);
  const errors = errorsOf(exploration, results);
  const errorKind = (it: ModelError): string => core.sites[it.site]?.error ?? "";
  const kinds = new Set(errors.map(errorKind));
  const expectsError = (kind: string): boolean =>
    claim.kind === "error"
      ? claim.names.length === 0 || claim.names.includes(kind)
      : kind === "assert" && claim.names.includes("assert");
  const expectsViolation = (name: string): boolean =>
    claim.kind === "violated" && claim.names.includes(name);
  const limit = cutOf(exploration);
  const isOpen = exploration.complete
    ? false
    : !(exploration.stopped === "stopped" || isDecided(claim, results));
  const cut: readonly Concern[] =
    limit === undefined || !isOpen
      ? []
      : [
          {
            kind: limit === "interrupted" ? "interrupted" : "incomplete",
            diagnostic:
              limit === "walks"
                ? onlyWalked(checkSpan, {})
                : searchCut(checkSpan, { limit, depth: exploration.wholeDepth }),
          },
        ];
  const concerns: readonly Concern[] = [
    ...results.filter((it) => isViolated(it) && !expectsViolation(it.name)).map(violation),
    ...errors
      .filter((it) => !expectsError(errorKind(it)))
      .map((it): Concern => {
        const site = core.sites[it.site];
        const facts = { message: site?.message ?? "", steps: it.steps };
        return {
          kind: "model-error",
          diagnostic: findings.modelError(site?.span ?? checkSpan, facts),
          shown: { steps: it.steps, path: it.path },
        };
      }),
    ...undecided(core, exploration, results, checkSpan),
    ...missing(claim, results, kinds, limit !== undefined || hasNoInitialState(exploration)),
    ...figureConcerns(claim, exploration, stepsFound(claim, exploration, results, errors)),
    ...cut,
  ];
  return { properties: results, errors, concerns };
};

/** Is a violation all that was asked for, and found? Then states that were not visited change nothing. */
const isDecided = (claim: Claim, results: readonly PropertyResult[]): boolean =>
  claim.kind === "violated" &&
  claim.figures.every((it) => it.unit === "steps") &&
  results.length > 0 &&
  results.every((it) => isViolated(it) && claim.names.includes(it.name)) &&
  claim.names.every((name) => results.some((it) => it.name === name));
