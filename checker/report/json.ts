// The result as one JSON document: the shape is `result.schema.json`, and part of what users rely on.

import type {
  CheckResult,
  FileResult,
  Parameter,
  PropertyResult,
  Search,
  Subject,
  SweepResult,
} from "../prove/index.ts";
import { claimText } from "../prove/index.ts";
import type { Progress } from "../explore/index.ts";
import { evidenceOf, traceNames } from "../export/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { boundsHitOf, boundsOf } from "./bounds.ts";
import { inOrder } from "./code-frame.ts";
import { stepsJson, traceSteps } from "./counterexamples.ts";
import { movedText, type Run } from "./problems.ts";
import type { Lines } from "./sources.ts";

/** Raised when a field is changed or removed. */
const format = 1;

type ReadLines = (file: string) => Lines | undefined;

/** A file with what is known of it: its result, or the errors that kept it from one. */
export interface ReportedFile {
  readonly file: string;
  /** Of the normalised source; none when it does not parse. Asked for by who prints it: it takes a while. */
  readonly digest?: () => string | undefined;
  readonly result?: FileResult;
  readonly diagnostics: readonly Diagnostic[];
  /** Where it differs from the lock file. */
  readonly moved?: readonly Diagnostic[];
}

const placed = (it: { readonly file: string; readonly start: number }, lines: ReadLines) => {
  const place = lines(it.file)?.place(it.start);
  return place === undefined ? { file: it.file } : { file: it.file, ...place };
};

const diagnosticJson = (it: Diagnostic, lines: ReadLines) => ({
  code: it.code,
  severity: it.severity,
  message: it.message,
  ...placed(it.span, lines),
  ...(it.help === undefined ? {} : { help: it.help }),
});

/** Numbers and booleans as such; everything else as the language writes it. */
const valueJson = (text: string): number | boolean | string =>
  /^-?\d+$/.test(text) ? Number(text) : text === "true" ? true : text === "false" ? false : text;

const parametersJson = (parameters: readonly Parameter[]) =>
  Object.fromEntries(parameters.map(({ name, text }) => [name, valueJson(text)]));

const verdictJson = ({ verdict }: PropertyResult): "holds" | "violated" | "error" | "unknown" => {
  switch (verdict.kind) {
    case "holds":
    case "reached":
      return "holds";
    case "violated":
    case "unreached":
      return "violated";
    case "error":
    case "unknown":
      return verdict.kind;
  }
};

/** The trace files that `--out` writes for a search, by the paths that they hold. */
type TraceNames = ReadonlyMap<object, string>;

const traceJson = (path: object, names: TraceNames) => {
  const name = names.get(path);
  return name === undefined ? {} : { trace: `${name}.json` };
};

/** Counterexamples of other kinds, where they were asked for. */
const othersJson = (search: Search, subject: Subject, names: TraceNames) => {
  const { others } = search;
  if (others === undefined) return {};
  const own = others.ways.filter(
    (it) => it.subject.kind === subject.kind && it.subject.position === subject.position,
  );
  return {
    others: own.map(({ trace }) => ({
      steps: trace.steps.length,
      ...traceJson(trace, names),
      counterexample: stepsJson(trace),
    })),
  };
};

const propertyJson = (
  it: PropertyResult,
  position: number,
  search: Search,
  lines: ReadLines,
  names: TraceNames,
) => {
  const { verdict } = it;
  const line = lines(it.span.file)?.place(it.span.start).line;
  return {
    name: it.name,
    kind: it.kind,
    ...(it.instance === "" ? {} : { instance: it.instance }),
    verdict: verdictJson(it),
    ...(verdict.kind === "unknown" ? { why: verdict.why } : {}),
    ...("steps" in verdict ? { steps: verdict.steps } : {}),
    ...(it.kind === "deadlock" || line === undefined ? {} : { file: it.span.file, line }),
    ...(verdict.kind === "violated" && verdict.trap !== undefined
      ? { trapStates: verdict.trap.states }
      : {}),
    ...(verdict.kind === "violated" || verdict.kind === "error"
      ? { ...traceJson(verdict.path, names), counterexample: traceSteps(search, verdict.path) }
      : {}),
    ...(verdict.kind === "violated"
      ? othersJson(search, { kind: "property", position }, names)
      : {}),
  };
};

const searchJson = (search: Search, lines: ReadLines, names: TraceNames) => {
  const { core, exploration, judgement } = search;
  return {
    bounds: boundsOf(search.bounds),
    boundsHit: boundsHitOf(search.bounds),
    complete: exploration.complete,
    ...(exploration.stopped === undefined ? {} : { stopped: exploration.stopped }),
    states: exploration.states,
    transitions: exploration.transitions,
    depth: exploration.depth,
    wholeDepth: exploration.wholeDepth,
    // Walks have none: they do not know which states they have been in.
    ...(exploration.stateSet === "" ? {} : { stateSet: `sum128:${exploration.stateSet}` }),
    reductions: search.reductions,
    seconds: exploration.seconds,
    ...(search.cached === undefined ? {} : { cached: true }),
    properties: judgement.properties.map((it, position) =>
      propertyJson(it, position, search, lines, names),
    ),
    errors: judgement.errors.map((it, position) => {
      const site = core.sites[it.site];
      return {
        kind: site?.error ?? "",
        message: site?.message ?? "",
        steps: it.steps,
        ...(site === undefined ? {} : placed(site.span, lines)),
        ...traceJson(it.path, names),
        counterexample: traceSteps(search, it.path),
        ...othersJson(search, { kind: "error", position }, names),
      };
    }),
  };
};

const checkJson = (result: CheckResult, lines: ReadLines, names: TraceNames) => ({
  name: result.title,
  params: parametersJson(result.parameters),
  expectation: claimText(result.claim),
  met: result.concerns.length === 0,
  ...(result.search === undefined
    ? { complete: false, properties: [] }
    : searchJson(result.search, lines, names)),
  findings: result.concerns.map((it) => diagnosticJson(it.diagnostic, lines)),
});

const sweepJson = (result: SweepResult, lines: ReadLines) => ({
  name: result.title,
  params: parametersJson(result.parameters),
  met: result.concerns.length === 0,
  axes: result.axes.map(({ name, values }) => ({ name, values: values.map(valueJson) })),
  points: result.points.map((it) => ({
    params: parametersJson(it.values.map((value) => ({ ...value, source: "check" as const }))),
    verdict: { safe: "holds", unsafe: "violated", unknown: "unknown", skipped: "skipped" }[
      it.outcome
    ],
    ...(it.why === undefined ? {} : { why: it.why }),
    violated: it.violated,
    states: it.states,
    transitions: it.transitions,
    depth: it.depth,
    seconds: it.seconds,
    ...(it.isCached === true ? { cached: true } : {}),
  })),
  ...(result.least === undefined
    ? {}
    : {
        least: {
          name: result.least.name,
          answers: result.least.answers.map((it) => ({
            params: parametersJson(
              it.others.map((value) => ({ ...value, source: "check" as const })),
            ),
            value: it.value === undefined ? null : valueJson(it.value),
            decided: it.isDecided,
            ...(it.expected === undefined
              ? {}
              : { expected: it.expected === "none" ? null : valueJson(it.expected) }),
            met: it.isMet,
            safeBelow: it.safeBelow.map(valueJson),
          })),
        },
      }),
  findings: result.concerns.map((it) => diagnosticJson(it.diagnostic, lines)),
});

/** Named in the order in which `--out` names them. */
const namesIn = (
  file: string,
  obligations: FileResult["obligations"],
  nameOf: ReturnType<typeof traceNames>,
): TraceNames =>
  new Map(
    obligations
      .flatMap((it) => (it.kind === "check" && it.search !== undefined ? [it] : []))
      .flatMap(({ title, search }) =>
        (search === undefined ? [] : evidenceOf(search)).map(
          ({ violation, path }) => [path, nameOf(file, title, violation)] as const,
        ),
      ),
  );

const fileJson = (it: ReportedFile, lines: ReadLines, nameOf: ReturnType<typeof traceNames>) => {
  const obligations = it.result?.obligations ?? [];
  const names = namesIn(it.file, obligations, nameOf);
  const digest = it.digest?.();
  return {
    file: it.file,
    ...(digest === undefined ? {} : { digest }),
    checks: obligations.flatMap((one) =>
      one.kind === "check" ? [checkJson(one, lines, names)] : [],
    ),
    sweeps: obligations.flatMap((one) => (one.kind === "sweep" ? [sweepJson(one, lines)] : [])),
    ...((it.result?.notRun.length ?? 0) > 0 ? { notRun: it.result?.notRun } : {}),
    ...(it.result?.stoppedEarly === undefined ? {} : { stoppedEarly: it.result.stoppedEarly }),
    ...(it.result?.undecided === undefined ? {} : { undecided: it.result.undecided }),
    findings: inOrder(it.result?.findings ?? []).map((one) => diagnosticJson(one, lines)),
    diagnostics: inOrder(it.diagnostics).map((one) => diagnosticJson(one, lines)),
    ...(it.moved === undefined
      ? {}
      : {
          moved: it.moved.map((one) => diagnosticJson({ ...one, message: movedText(one) }, lines)),
        }),
  };
};

const documentOf = ({ tool, ended, files, failure, simulation }: Run, lines: ReadLines) => {
  const nameOf = traceNames();
  return {
    format,
    tool,
    ended,
    ...(simulation === undefined ? {} : { simulation }),
    files: files.map((it) => fileJson(it, lines, nameOf)),
    ...(failure === undefined ? {} : { failure }),
  };
};

/** The document of a run, ending with a newline. */
export const resultJson = (run: Run, lines: ReadLines): string =>
  `${JSON.stringify(documentOf(run, lines), undefined, 1)}\n`;

/** The same as the last of many lines. */
export const resultLine = (run: Run, lines: ReadLines): string =>
  `${JSON.stringify({ event: "result", ...documentOf(run, lines) })}\n`;

/** One line while a search runs. */
export const progressJson = (
  about: { readonly file: string; readonly check: string },
  figures: Progress,
): string => `${JSON.stringify({ event: "progress", ...about, ...figures })}\n`;
