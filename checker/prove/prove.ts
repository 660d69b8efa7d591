// Runs the obligations of a plan one after the other and judges them: plan -> result of the file.

import type { Core } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";
import { answer, type ProveShell } from "./answer.ts";
import { assignmentsText } from "./assignments.ts";
import { type Coverage, tallied } from "./coverage.ts";
import { mayStop } from "./claim.ts";
import { assumptionFalse } from "./findings.ts";
import { searchCut } from "./incomplete.ts";
import { type Concern, hasNoInitialState, type PropertyResult } from "./judge.ts";
import type { Model } from "./model.ts";
import type { Plan, Planned, PlannedCheck, PlannedPoint, PlannedSweep } from "./plan.ts";
import type {
  CheckResult,
  FileResult,
  ObligationResult,
  Parameter,
  PointResult,
  SweepResult,
} from "./result.ts";
import { judgeSweep } from "./sweep.ts";
import { stoppedEarly, vacuity } from "./vacuity.ts";
import { otherWays } from "./ways.ts";

type Buildable = Extract<Model, { readonly kind: "core" }>;

/** The core, or the mistakes that only building it shows. */
export const built = (
  model: Buildable,
  shell: Pick<ProveShell, "warn">,
): Core | readonly Concern[] => {
  const { value, diagnostics } = model.build();
  if (value !== undefined) return value;
  for (const it of diagnostics) shell.warn(it);
  return diagnostics.map((diagnostic) => ({ kind: "specification", diagnostic }));
};

export const isMistaken = (core: Core | readonly Concern[]): core is readonly Concern[] =>
  !("actions" in core);

interface Proved<Result> {
  readonly result: Result;
  readonly coverage: readonly Coverage[];
}

/** The constants that the check or the command line gave values. */
export const valuesText = (parameters: readonly Parameter[]): string =>
  assignmentsText(parameters.filter((it) => it.source === "check" || it.source === "command-line"));

/** What a result says of the check that it is a result of. */
export const aboutOf = ({ title, isImplied, span, doc, claim, parameters }: PlannedCheck) =>
  ({
    kind: "check",
    title,
    isImplied,
    span,
    ...(doc === undefined ? {} : { doc }),
    claim,
    parameters,
  }) as const;

const proveCheck = async (it: PlannedCheck, shell: ProveShell): Promise<Proved<CheckResult>> => {
  const { title, span, claim, parameters, model, isSelected } = it;
  const about = aboutOf(it);
  if (model.kind === "assumption") {
    const facts = { why: model.why, values: valuesText(parameters) };
    const concern: Concern = {
      kind: "assumption",
      diagnostic: assumptionFalse(model.span, facts),
    };
    return { result: { ...about, concerns: [concern] }, coverage: [] };
  }
  const core = built(model, shell);
  if (isMistaken(core)) return { result: { ...about, concerns: core }, coverage: [] };
  const stopWhenDecided = mayStop(claim, it.only);
  const question = { of: it, title, span, core, claim, isSelected, stopWhenDecided };
  const { search, coverage } = await answer(question, shell);
  const { all = 1, now, limits, rest, engine } = shell;
  const asked = { now, limits, rest, isPlain: engine === "interpreter" };
  const others = all > 1 ? { others: await otherWays(core, search.judgement, all, asked) } : {};
  return {
    result: { ...about, search: { ...search, ...others }, concerns: search.judgement.concerns },
    coverage: [coverage],
  };
};

const violatedNames = (properties: readonly PropertyResult[]): readonly string[] =>
  properties
    .filter(({ verdict }) => verdict.kind === "violated" || verdict.kind === "unreached")
    .map((it) => it.name);

const pointFigures = ({
  states,
  transitions,
  depth,
  seconds,
  stateSet,
  complete,
}: Exploration) => ({
  states,
  transitions,
  depth,
  seconds,
  stateSet,
  isWhole: complete,
});

/** Of a point that was not explored. */
const nothing = { violated: [], states: 0, transitions: 0, depth: 0, seconds: 0 } as const;

interface ProvedPoint extends Proved<PointResult> {
  /** What is wrong beyond being unsafe: a model error, or a cut. */
  readonly concerns: readonly Concern[];
}

const provePoint = async (
  it: PlannedPoint,
  sweep: PlannedSweep,
  shell: ProveShell,
): Promise<ProvedPoint> => {
  const { values, model } = it;
  if (model.kind === "assumption") {
    const result = { values, outcome: "skipped", why: model.why, ...nothing } as const;
    return { result, coverage: [], concerns: [] };
  }
  const core = built(model, shell);
  if (isMistaken(core)) {
    return { result: { values, outcome: "unknown", ...nothing }, coverage: [], concerns: core };
  }
  const { search, coverage } = await answer(
    {
      of: it,
      title: `${sweep.title}, ${assignmentsText(values)}`,
      span: sweep.span,
      core,
      claim: { span: sweep.span, kind: "holds", names: [], figures: [] },
      isSelected: sweep.isSelected,
      stopWhenDecided: sweep.only.length > 0,
    },
    shell,
  );
  const { properties, errors, concerns } = search.judgement;
  const violated = [...violatedNames(properties), ...(errors.length > 0 ? ["model error"] : [])];
  const isCut = concerns.some((one) => one.kind === "incomplete" || one.kind === "interrupted");
  const isUnknown = isCut || properties.some((it) => it.verdict.kind === "unknown");
  const isEmpty = hasNoInitialState(search.exploration);
  const outcome = violated.length > 0 ? "unsafe" : isUnknown || isEmpty ? "unknown" : "safe";
  return {
    result: {
      values,
      outcome,
      violated,
      ...pointFigures(search.exploration),
      ...(search.model === undefined ? {} : { model: search.model }),
      ...(search.cached === undefined ? {} : { isCached: true }),
    },
    coverage: [coverage],
    concerns: concerns.filter(
      (one) =>
        one.kind === "model-error" ||
        one.kind === "interrupted" ||
        (one.kind === "finding" && isEmpty) ||
        (one.kind === "incomplete" && outcome === "unknown"),
    ),
  };
};

/** Why no search begins any more: to write a model may take longer than to search it, so time counts before that too. */
type Halt = "interrupted" | "time";

const haltOf = async (shell: Pick<ProveShell, "rest" | "limits">): Promise<Halt | undefined> => {
  if ((await shell.rest()) === "stop") return "interrupted";
  return shell.limits().seconds === 0 ? "time" : undefined;
};

/** A point that an interruption, or the end of the time, left out. */
const leftOut = (it: PlannedPoint, { span }: PlannedSweep, limit: Halt): ProvedPoint => {
  const diagnostic = searchCut(span, { limit, depth: 0 });
  const kind = limit === "time" ? "incomplete" : "interrupted";
  return {
    result: { values: it.values, outcome: "unknown", ...nothing },
    coverage: [],
    concerns: [{ kind, diagnostic }],
  };
};

const proveSweep = async (it: PlannedSweep, shell: ProveShell): Promise<Proved<SweepResult>> => {
  const proved: ProvedPoint[] = [];
  for (const point of it.points) {
    const halt = await haltOf(shell);
    proved.push(halt === undefined ? await provePoint(point, it, shell) : leftOut(point, it, halt));
  }
  const points = proved.map((one) => one.result);
  const judged = judgeSweep(it, points);
  const { title, span, parameters } = it;
  const result: SweepResult = {
    kind: "sweep",
    title,
    span,
    ...(it.doc === undefined ? {} : { doc: it.doc }),
    parameters,
    axes: it.axes.map((axis) => ({
      name: axis.name,
      values: axis.points.map((point) => point.value.text),
    })),
    points,
    ...(judged.least === undefined ? {} : { least: judged.least }),
    concerns: [...judged.concerns, ...distinct(proved.flatMap((one) => one.concerns))],
  };
  return { result, coverage: proved.flatMap((one) => one.coverage) };
};

/** The same model error in many points is one concern; so is the same limit. */
const distinct = (concerns: readonly Concern[]): readonly Concern[] => {
  const keys = concerns.map(
    ({ diagnostic: { code, span } }) => `${code} ${span.file} ${span.start} ${span.end}`,
  );
  return concerns.filter((_, at) => keys.indexOf(keys[at] ?? "") === at);
};

const proveOne = (it: Planned, shell: ProveShell): Promise<Proved<ObligationResult>> =>
  it.kind === "check" ? proveCheck(it, shell) : proveSweep(it, shell);

/** Was every search made that the file asks for? */
const isAll = (plan: Plan, results: readonly ObligationResult[]): boolean =>
  plan.isWhole &&
  results.length === plan.obligations.length &&
  results.every((it) =>
    it.kind === "check"
      ? it.search !== undefined
      : it.points.every((one) => one.outcome === "skipped" || one.isWhole !== undefined),
  );

/** Proves what the plan asks, in order; an interruption, or the end of the time, leaves the rest out. */
export const prove = async (plan: Plan, shell: ProveShell): Promise<FileResult> => {
  const results: ObligationResult[] = [];
  const coverage: Coverage[] = [];
  for (const planned of plan.obligations) {
    if ((await haltOf(shell)) !== undefined) break;
    const proved = await proveOne(planned, shell);
    results.push(proved.result);
    coverage.push(...proved.coverage);
    shell.onResult(proved.result);
  }
  const { items = new Map() } = plan;
  const { findings, undecided } = isAll(plan, results)
    ? vacuity(plan.file, coverage, items)
    : { findings: [], undecided: 0 };
  const early = undecided > 0 ? stoppedEarly(coverage) : 0;
  const uncounted = coverage.filter(({ counts }) => counts === undefined).length;
  return {
    file: plan.file,
    obligations: results,
    notRun: plan.obligations.slice(results.length).map((it) => it.title),
    findings,
    ...(shell.isCovering === true ? { coverage: tallied(plan.file, coverage, items) } : {}),
    ...(shell.isCovering === true && uncounted > 0 ? { uncounted } : {}),
    ...(early === 0 ? {} : { stoppedEarly: early, undecided }),
  };
};
