// The door of `trace/`.

export { traceAlong } from "./along.ts";
export { concreteCycle, concretePath, type Goal } from "./concrete.ts";
export { diff } from "./diff.ts";
export { full } from "./full.ts";
export { ladder } from "./ladder.ts";
export { ownedName } from "./owned-name.ts";
export type { Look, Paint, Role } from "./paint.ts";
export { segmentReadings, variableReadings } from "./readings.ts";
export type { Replay } from "./replay.ts";
export { replay } from "./replay.ts";
export type { Change, Flight, Moment, Reading, Trace, TraceStep } from "./trace.ts";
export type { Telling } from "./trace-of.ts";
export { tellings, traceOf, traceOfCycle } from "./trace-of.ts";
export { choicesText, flightName, flightText, journeyText, stepText } from "./wording.ts";
