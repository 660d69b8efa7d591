// The door of `replay/`.

export { type Judged, judge, type JudgedStep, type Observed, type Verdict } from "./judge.ts";
export { cuesOf, rehearsedSteps } from "./rehearsed.ts";
export { type ReplayReport, replayText } from "./report.ts";
