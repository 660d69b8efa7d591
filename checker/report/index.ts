// The door of `report/`.

export type { TextLook } from "./check-text.ts";
export type { Look } from "./code-frame.ts";
export { inOrder, renderDiagnostics } from "./code-frame.ts";
export type { TraceForm } from "./counterexamples.ts";
export { explanationText, handbook } from "./explanation-text.ts";
export { fileHeading, findingsText, obligationText, summaryText } from "./file-text.ts";
export type { ReportedFile } from "./json.ts";
export { resultJson } from "./json.ts";
export type { Paint } from "./paint.ts";
export { coloured, plain } from "./paint.ts";
export { progressLine } from "./progress-line.ts";
export type { Sources } from "./sources.ts";
export { lineReader } from "./sources.ts";
export { sweepSvg } from "./sweep-svg.ts";
