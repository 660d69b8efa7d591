// The door of `replay/`.

export type { Expectation, Judged, JudgedStep, Observed, Verdict } from "./judge.ts";
export { isEqual, judge, untoldText } from "./judge.ts";
export { type Offsets, asCounted, learned, movedOn, noOffsets, onTheWire } from "./numbers.ts";
export { countedText } from "./numbers.ts";
export { expectationOf, expectationsOf } from "./expectation.ts";
export { type Answer, type Command, type Line, lineOf, packetLine } from "./protocol.ts";
export { rehearsedSteps } from "./rehearsed.ts";
export { type ReplayReport, replayText } from "./report.ts";
export type { Move } from "./moves.ts";
export type { NoScenario, Scenario, ScenarioStep } from "./scenario.ts";
export { scenarioOf } from "./scenario.ts";
export { type Timed as TimedSegment, withoutRepeats } from "./repeats.ts";
export { seenPacket } from "./seen-packet.ts";
export type { SeenSegment } from "./seen-segment.ts";
export { type Coverage, coverageOf, type Goal } from "./coverage.ts";
export {
  type CaseResult,
  type Conformance,
  conformText,
  conformVerdict,
  isStepCompared,
} from "./conformance.ts";
