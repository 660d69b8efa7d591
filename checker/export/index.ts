// The door of `export/`.

export { exportDefinitions, missingCheck, missingModel } from "./diagnostics.ts";
export { staleTrace, unbound, unknownHost } from "./diagnostics.ts";
export type { ExportForm, ExportOptions, Subject } from "./exported.ts";
export { exported } from "./exported.ts";
export { dotText } from "./dot.ts";
export { graphSvg } from "./graph-svg.ts";
export { stateGraph } from "./state-graph.ts";
export { itfText } from "./itf.ts";
export type { ReadTrace } from "./read-trace.ts";
export { readTrace, verifyTrace } from "./read-trace.ts";
export type { Cue, Rehearsal, Script } from "./rehearse.ts";
export { rehearse, scriptOf, scriptOfDocument } from "./rehearse.ts";
export { traceChanges } from "./trace-changes.ts";
export type { Provenance } from "./trace-file.ts";
export { traceText } from "./trace-file.ts";
export { traceNames } from "./trace-name.ts";
export type { Evidence, Violation } from "./violation.ts";
export { evidenceOf, failsAt, violationName, violationText } from "./violation.ts";
export { allSteps } from "./journeys.ts";
export { hostState } from "./host-state.ts";
export { optionValue, switchValue } from "./switches.ts";
export { type HostNumbers, hostNumbers, signedDistance } from "./host-numbers.ts";
export { lastReceiver, occupied, type Packet, packetsOf, type TcpHeader } from "./packets.ts";
export { checksum, ipPacket, portOf, pseudoHeader } from "./ip-packet.ts";
export { tcpBinding, type TcpBinding } from "./tcp-binding.ts";
