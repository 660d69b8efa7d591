// The whole tool on one page: text -> tree -> program -> core -> machine -> search -> judgement -> report.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as RA from "fp-ts/lib/ReadonlyArray.js";
import type { ReadonlyNonEmptyArray } from "fp-ts/lib/ReadonlyNonEmptyArray.js";
import { coreDefinitions } from "./core/index.ts";
import { exportDefinitions } from "./export/index.ts";
import { mutateDefinitions } from "./mutate/index.ts";
import {
  plan,
  planning,
  proveDefinitions,
  titlesToPlan,
  tooLargeDefinitions,
} from "./prove/index.ts";
import { loadModules, type Modules, type Read, semanticDefinitions } from "./semantics/index.ts";
import { type Checked, type Diagnostic, type Explanation, isError } from "./source/index.ts";
import { format, parse, type SourceTree, syntaxDefinitions } from "./syntax/index.ts";
import { translateDefinitions } from "./translate/index.ts";

export type Diagnostics = ReadonlyNonEmptyArray<Diagnostic>;

/** Recovering phases return value and diagnostics; this one gate decides whether to go on. */
export const gate = <A>(checked: Checked<A>): E.Either<Diagnostics, A> => {
  const errors = checked.diagnostics.filter(isError);
  return RA.isNonEmpty(errors) ? E.left(errors) : E.right(checked.value);
};

/** text -> syntax: the modules of a program, which are a file and all that it imports. */
export const load = (entry: string, read: Read, parsed: typeof parse = parse): Checked<Modules> =>
  loadModules(entry, read, parsed);
export { parse };

/** modules -> semantics -> core: a model for every configuration that checks and sweeps ask for. */
export { plan, planning, titlesToPlan };
export type { Plan, PlannedCheck, PlanRequest } from "./prove/index.ts";

/** core -> the text of another checker, with the same states and transitions. */
export { translate } from "./translate/index.ts";

/** core -> machine -> interpret | compile -> explore -> judgement. */
export {
  assignmentsText,
  finishedText,
  prove,
  recalled,
  simulate,
  whereText,
} from "./prove/index.ts";
export type { SimulatedCheck } from "./prove/index.ts";
export { randomOf } from "./explore/index.ts";
export type { Asked, Elsewhere, FileResult, ObligationResult, ProveShell } from "./prove/index.ts";

/** judgement -> trace -> files that are kept, and whatever a trace can be made into. */
export { type Trace, replay, traceOf } from "./trace/index.ts";
export {
  dotText,
  evidenceOf,
  type ExportForm,
  exported,
  failsAt,
  graphSvg,
  itfText,
  missingCheck,
  missingModel,
  type Provenance,
  readTrace,
  type ReadTrace,
  type Rehearsal,
  rehearse,
  type Script,
  scriptOfDocument,
  stateGraph,
  staleTrace,
  traceChanges,
  traceNames,
  traceText,
  unbound,
  unknownHost,
  violationName,
  violationText,
  verifyTrace,
} from "./export/index.ts";
export type { Core } from "./core/index.ts";

/** trace -> what another execution of it is compared with, and how the two compare. */
export {
  asCounted,
  type CaseResult,
  type Conformance,
  conformText,
  conformVerdict,
  isStepCompared,
  coverageOf,
  type Judged,
  type Answer as StackAnswer,
  type Command as StackCommand,
  countedText,
  expectationOf,
  expectationsOf,
  isEqual as agreesWith,
  judge,
  learned,
  type Line,
  lineOf as stackLine,
  type Move,
  movedOn,
  noOffsets,
  type Observed,
  type Offsets,
  onTheWire,
  packetLine,
  rehearsedSteps,
  replayText,
  type Scenario,
  type ScenarioStep,
  scenarioOf,
  seenPacket,
  type SeenSegment,
  type TimedSegment,
  untoldText,
  withoutRepeats,
} from "./replay/index.ts";
export { ipPacket, optionValue, portOf, tcpBinding } from "./export/index.ts";

/** judgement -> trace -> report. */
export {
  fileHeading,
  findingsText,
  obligationText,
  renderDiagnostics,
  resultJson,
  summaryText,
} from "./report/index.ts";

/** text -> syntax -> text, in the one style. */
export const formatted = (file: string, text: string): E.Either<Diagnostics, string> =>
  pipe(
    gate(parse(file, text)),
    E.map((tree) => format(tree, text)),
  );

/** What a command line may say of constants. */
export { type ReductionName, reductionNames } from "./reduce/index.ts";
export { type Override, parseOverride } from "./syntax/index.ts";
export {
  checksOf,
  type Modules,
  nearestName,
  type Read,
  sweepsOf,
  unknownToAll,
} from "./semantics/index.ts";

/** What the meaning of a tree is named after: the tree without places, comments and documentation. */
export const essence = (tree: SourceTree): string =>
  JSON.stringify(tree.declarations, (key, value: unknown) =>
    key === "span" || key === "doc" || key.endsWith("Span") ? undefined : value,
  );

/** What the phases can say, documented. */
export const phaseDefinitions: readonly Explanation[] = [
  ...syntaxDefinitions,
  ...semanticDefinitions,
  ...coreDefinitions,
  ...tooLargeDefinitions,
  ...translateDefinitions,
  ...proveDefinitions,
  ...mutateDefinitions,
  ...exportDefinitions,
];
