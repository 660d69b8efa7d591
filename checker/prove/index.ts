// The door of `prove/`.

export { abridgedText, readAbridged } from "./abridged.ts";
export { assignmentsText, whereText } from "./assignments.ts";
export { type Bounds, boundsFound } from "./bounds.ts";
export type { Covered } from "./coverage.ts";
export { excused } from "./items.ts";
export { type Claim, claimText } from "./claim.ts";
export { boundsCut, proveDefinitions } from "./findings.ts";
export { type Concern, cuttingBounds, type Judgement, type PropertyResult } from "./judge.ts";
export type { Plan, Planned, PlannedCheck, PlanRequest } from "./plan.ts";
export { plan, planning, titlesToPlan } from "./plan.ts";
export type { Asked, Elsewhere, ProveShell } from "./answer.ts";
export { simulate, type SimulatedCheck, type WalkShell } from "./simulate.ts";
export { prove } from "./prove.ts";
export { type Finished, finishedText, type Memory, recalled } from "./remember.ts";
export type {
  CheckResult,
  FileResult,
  LeastResult,
  ObligationResult,
  Parameter,
  PointResult,
  Search,
  SweepResult,
} from "./result.ts";
export { tooLargeDefinitions } from "./too-large.ts";
export type { Subject } from "./violated-items.ts";
export type { Way, Ways } from "./ways.ts";
