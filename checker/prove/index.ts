// The door of `prove/`.

export { abridgedText, readAbridged } from "./abridged.ts";
export type { Bounds } from "./bounds.ts";
export { boundsFound } from "./bounds.ts";
export type { Claim } from "./claim.ts";
export { claimText } from "./claim.ts";
export { boundsCut, proveDefinitions } from "./findings.ts";
export type { Concern, Judgement, PropertyResult } from "./judge.ts";
export { cuttingBounds } from "./judge.ts";
export type { Plan, PlannedCheck, PlanRequest } from "./plan.ts";
export { plan, planning } from "./plan.ts";
export type { ProveShell } from "./answer.ts";
export type { SimulatedCheck, WalkShell } from "./simulate.ts";
export { simulate } from "./simulate.ts";
export { prove } from "./prove.ts";
export type { Memory } from "./remember.ts";
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
