// The proof obligations of a file, each with its model: modules -> plan. All mistakes of all of them come at once.

import {
  checkProgram,
  checksOf,
  type Modules,
  sweepsOf,
  type TypedProgram,
  valueText,
} from "../semantics/index.ts";
import { type Checked, type Diagnostic, type Span, isError } from "../source/index.ts";
import type { CheckDeclaration, Expression, Override, SweepDeclaration } from "../syntax/index.ts";
import { combinations, fixedOverrides, type SweptAxis, sweptAxes } from "./axis-values.ts";
import { type Claim, restrict, type Selection, selectionOf } from "./claim.ts";
import { type Items, itemsIn } from "./items.ts";
import type { AxisValue } from "./least.ts";
import { type Model, modelsOf, type Models } from "./model.ts";
import type { Parameter } from "./result.ts";
import { pointLimit, tooManyPoints } from "./too-large.ts";

export interface PlanRequest {
  /** `--set` overrides. */
  readonly commandLine: readonly Override[];
  /** Which checks and sweeps, by title. */
  readonly isWanted: (title: string) => boolean;
  /** Sweeps and no checks. */
  readonly sweepsAlone?: boolean;
  /** `--only`: nothing else is judged; empty for everything. */
  readonly only: readonly string[];
}

export interface PlannedCheck {
  readonly kind: "check";
  readonly title: string;
  readonly isImplied: boolean;
  readonly span: Span;
  readonly doc?: string;
  readonly claim: Claim;
  /** Names that are judged alone; empty: all. */
  readonly only: readonly string[];
  readonly isSelected: Selection;
  readonly parameters: readonly Parameter[];
  readonly model: Model;
}

export interface PlannedPoint {
  readonly values: readonly AxisValue[];
  /** All constants of the point. */
  readonly parameters: () => readonly Parameter[];
  readonly model: Model;
  /** The value that `expect least` gives here, as text; "none" included. */
  readonly expected?: string;
}

export interface PlannedSweep {
  readonly kind: "sweep";
  readonly title: string;
  readonly span: Span;
  readonly doc?: string;
  readonly only: readonly string[];
  readonly isSelected: Selection;
  readonly parameters: readonly Parameter[];
  readonly axes: readonly SweptAxis[];
  readonly points: readonly PlannedPoint[];
  readonly least?: string;
}

export type Planned = PlannedCheck | PlannedSweep;

export interface Plan {
  readonly file: string;
  readonly obligations: readonly Planned[];
  /** False when it is not what the file asks: obligations or properties left out, constants changed. */
  readonly isWhole: boolean;
  /** What its searches can take, and why some of it is never taken. */
  readonly items?: Items;
}

type Declaration = CheckDeclaration | SweepDeclaration;

/**
 * Collects what every configuration has to say. A mistake that an earlier one has, with other
 * bounds in its words, counts once.
 */
interface Notebook {
  readonly add: (diagnostics: readonly Diagnostic[]) => void;
  readonly diagnostics: () => readonly Diagnostic[];
}

const notebook = (): Notebook => {
  const known = new Map<string, readonly Diagnostic[]>();
  return {
    add: (diagnostics) => {
      const fresh = new Map<string, Diagnostic[]>();
      for (const it of diagnostics) {
        const { file, start, end } = it.span;
        const key = [it.code, file, start, end].join("\u0000");
        if (known.has(key)) continue;
        const same = fresh.get(key) ?? [];
        if (same.every(({ message }) => message !== it.message)) fresh.set(key, [...same, it]);
      }
      for (const [key, it] of fresh) known.set(key, it);
    },
    diagnostics: () => [...known.values()].flat(),
  };
};

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(isError);

const parametersOf = (program: TypedProgram, without: readonly string[]): readonly Parameter[] =>
  program.constants
    .filter((it) => !without.includes(it.name))
    .map(({ name, value, source }) => ({ name, text: valueText(value), source }));

/** What plans of one file share. */
interface Session {
  readonly modules: Modules;
  readonly request: PlanRequest;
  readonly notes: Notebook;
  readonly models: Models;
  /** False when the text has errors: then programs are checked, to report all mistakes, and not built. */
  readonly isSound: boolean;
}

/** The program under some overrides; undefined after an error. */
const programOf = (
  { modules, request, notes }: Session,
  title: string,
  overrides: readonly Override[],
): TypedProgram | undefined => {
  const { commandLine } = request;
  const checked = checkProgram(modules, { title, overrides, commandLine });
  notes.add(checked.diagnostics);
  return hasErrors(checked.diagnostics) ? undefined : checked.value;
};

const modelOf = (
  { notes, isSound, models }: Session,
  program: TypedProgram,
  fallback: Span,
): Model | undefined => {
  if (!isSound) return undefined;
  const { value, diagnostics } = models.modelOf(program, fallback);
  notes.add(diagnostics);
  return value;
};

const integerOf = (program: TypedProgram, expression: Expression): number => {
  const value = program.evaluate(expression)?.scalars[0];
  if (value === undefined) throw new Error("impossible: a pinned figure that is not constant");
  return value;
};

const claimOf = (program: TypedProgram, { expectation }: CheckDeclaration): Claim => ({
  span: expectation.span,
  kind: expectation.kind,
  names: expectation.names.map((it) => it.text),
  figures: expectation.figures.map(({ span, unit, value }) => ({
    span,
    unit,
    value: integerOf(program, value),
  })),
});

const documented = (doc: string | undefined) => (doc === undefined ? {} : { doc });

const planCheck = (session: Session, it: CheckDeclaration): readonly PlannedCheck[] => {
  const program = programOf(session, it.title, it.overrides);
  if (program === undefined) return [];
  const model = modelOf(session, program, it.titleSpan);
  const only = it.only.map((name) => name.text);
  const isSelected = selectionOf(only, session.request.only);
  return model === undefined
    ? []
    : [
        {
          kind: "check",
          title: it.title,
          isImplied: false,
          span: it.titleSpan,
          ...documented(it.doc),
          claim: restrict(claimOf(program, it), isSelected),
          only: only.length > 0 ? only.filter(isSelected) : session.request.only,
          isSelected,
          parameters: parametersOf(program, []),
          model,
        },
      ];
};

/** What a file without checks promises: that everything holds, with its defaults. */
const planImplied = (session: Session): readonly PlannedCheck[] => {
  const program = programOf(session, "", []);
  const span = { file: session.modules.entry.file, start: 0, end: 0 };
  const model = program === undefined ? undefined : modelOf(session, program, span);
  if (program === undefined || model === undefined) return [];
  const { only } = session.request;
  return [
    {
      kind: "check",
      title: "",
      isImplied: true,
      span,
      claim: { span, kind: "holds", names: [], figures: [] },
      only,
      isSelected: selectionOf([], only),
      parameters: parametersOf(program, []),
      model,
    },
  ];
};

const expectedText = (program: TypedProgram, expected: Expression): string => {
  if (expected.kind === "none") return "none";
  const value = program.evaluate(expected);
  if (value === undefined) throw new Error("impossible: an expected least that is not constant");
  return valueText(value);
};

const planPoint = (
  session: Session,
  sweep: SweepDeclaration,
  point: ReturnType<typeof combinations>[number],
): readonly PlannedPoint[] => {
  const overrides = point.flatMap((it) => (it.override === undefined ? [] : [it.override]));
  const program = programOf(session, sweep.title, [...fixedOverrides(sweep), ...overrides]);
  const model = program === undefined ? undefined : modelOf(session, program, sweep.titleSpan);
  if (program === undefined || model === undefined) return [];
  const { expected } = sweep;
  return [
    {
      values: point.map((it) => it.value),
      parameters: () => parametersOf(program, []),
      model,
      ...(expected === undefined ? {} : { expected: expectedText(program, expected) }),
    },
  ];
};

/** The points of a sweep one after the other. */
function* planPoints(
  session: Session,
  sweep: SweepDeclaration,
  axes: readonly SweptAxis[],
): Planning<readonly PlannedPoint[]> {
  const points: PlannedPoint[] = [];
  for (const point of combinations(axes)) {
    yield sweep.title;
    points.push(...planPoint(session, sweep, point));
  }
  return points;
}

function* planSweep(session: Session, it: SweepDeclaration): Planning<readonly PlannedSweep[]> {
  const program = programOf(session, it.title, fixedOverrides(it));
  if (program === undefined) return [];
  const axes = sweptAxes(program, it, session.request.commandLine);
  const points = axes.reduce((product, axis) => product * axis.points.length, 1);
  if (points > pointLimit) {
    session.notes.add([tooManyPoints(it.titleSpan, { points, limit: pointLimit })]);
    return [];
  }
  const only = it.only.map((name) => name.text);
  const isSelected = selectionOf(only, session.request.only);
  const swept = axes.map((axis) => axis.name);
  return [
    {
      kind: "sweep",
      title: it.title,
      span: it.titleSpan,
      ...documented(it.doc),
      only: only.length > 0 ? only.filter(isSelected) : session.request.only,
      isSelected,
      parameters: parametersOf(program, swept),
      axes,
      points: yield* planPoints(session, it, axes),
      ...(it.least === undefined ? {} : { least: it.least.text }),
    },
  ];
}

/** With `--only`, obligations about other properties have nothing left to say. */
const isConcerned = (request: PlanRequest, { only }: Declaration): boolean =>
  request.only.length === 0 ||
  only.length === 0 ||
  only.some((it) => request.only.includes(it.text));

const declaredIn = (modules: Modules): readonly Declaration[] =>
  [...checksOf(modules), ...sweepsOf(modules)].toSorted(
    (left, right) => left.span.start - right.span.start,
  );

const wantedOf = (declared: readonly Declaration[], request: PlanRequest): readonly Declaration[] =>
  declared
    .filter((it) => it.kind === "sweep" || request.sweepsAlone !== true)
    .filter((it) => request.isWanted(it.title) && isConcerned(request, it));

/** The titles of what the plan of a file would hold, without making it; that of the implied check is empty. */
export const titlesToPlan = (modules: Modules, request: PlanRequest): readonly string[] => {
  const declared = declaredIn(modules);
  return declared.length === 0 ? [""] : wantedOf(declared, request).map((it) => it.title);
};

/** A plan in the making: gives the title of every model before it is looked at. */
export type Planning<Made = Checked<Plan>> = Generator<string, Made, undefined>;

/** Everything the file asks to be proved, in the order in which it asks, step by step. */
export function* planning(loaded: Checked<Modules>, request: PlanRequest): Planning {
  const modules = loaded.value;
  const notes = notebook();
  notes.add(loaded.diagnostics);
  const isSound = !hasErrors(loaded.diagnostics);
  const session = { modules, request, notes, models: modelsOf(modules), isSound };
  const declared = declaredIn(modules);
  const wanted = wantedOf(declared, request);
  const obligations: Planned[] = [];
  if (declared.length === 0) {
    yield "";
    obligations.push(...planImplied(session));
  }
  for (const it of wanted) {
    yield it.title;
    if (it.kind === "check") obligations.push(...planCheck(session, it));
    else obligations.push(...(yield* planSweep(session, it)));
  }
  const isWhole =
    wanted.length === declared.length &&
    request.only.length === 0 &&
    request.commandLine.length === 0;
  const { file } = modules.entry;
  // What was not understood may be what uses a name, so then nothing is called unused.
  const diagnostics = notes.diagnostics().filter((it) => isSound || it.severity === "error");
  return { value: { file, obligations, isWhole, items: itemsIn(modules) }, diagnostics };
}

/** The same in one go. */
export const plan = (loaded: Checked<Modules>, request: PlanRequest): Checked<Plan> => {
  const steps = planning(loaded, request);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};
