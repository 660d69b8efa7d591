// The door of `report/`.

export type { TextLook } from "./check-text.ts";
export type { Look } from "./code-frame.ts";
export { inOrder, renderDiagnostics } from "./code-frame.ts";
export { coverageHtml, coverageText } from "./coverage-text.ts";
export type { TraceForm } from "./counterexamples.ts";
export { explanationText, handbook } from "./explanation-text.ts";
export { fileHeading, findingsText, obligationText, summaryText } from "./file-text.ts";
export type { ReportedFile } from "./json.ts";
export { progressJson, resultJson, resultLine } from "./json.ts";
export { annotationsText, summaryTable } from "./annotations.ts";
export { junitText } from "./junit.ts";
export type { Ending, Failure, Run } from "./problems.ts";
export type { Places } from "./report-places.ts";
export { sarifText } from "./sarif.ts";
export type { Lock } from "./lock.ts";
export { lockOf, lockText, readLock } from "./lock.ts";
export type { Change } from "./lock-changes.ts";
export { changesBetween, moveText, renewed } from "./lock-changes.ts";
export type { MutationFacts, MutationReport } from "./mutation-text.ts";
export { mutantsText, mutationJson, mutationText } from "./mutation-text.ts";
export type { Paint } from "./paint.ts";
export { coloured, plain } from "./paint.ts";
export { progressLine } from "./progress-line.ts";
export { simulatedText, simulationSummary, walkProgressLine } from "./simulation-text.ts";
export type { Sources } from "./sources.ts";
export { lineReader } from "./sources.ts";
export { sweepSvg } from "./sweep-svg.ts";
