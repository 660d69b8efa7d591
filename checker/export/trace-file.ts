// A trace as a file that is kept: trace -> JSON, the same bytes for the same input. Its shape is `trace.schema.json`.

import type { Core } from "../core/index.ts";
import type { Parameter } from "../prove/index.ts";
import {
  type Flight,
  flightName,
  type Trace,
  type TraceStep,
  variableReadings,
} from "../trace/index.ts";
import { type Json, recordOf, scalarOf } from "./value.ts";
import type { Violation } from "./violation.ts";

/** Raised when a field is changed or removed. */
export const traceFormat = 1;

/** Which behaviour of which model a trace is, and why it was kept. */
export interface Provenance {
  /** The file with the check, as seen from the folder in which the checker ran, with `/`. */
  readonly source: string;
  /** Of the normalised source and all that it imports. */
  readonly digest: string;
  /** The title; "" for the one check that a file without checks gets. */
  readonly check: string;
  /** `NAME=VALUE`: constants that the command line gave other values. */
  readonly set: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly violation: Violation;
}

type Members = { readonly [name: string]: Json };

/** A member that stands only where it says something. */
const unless = (isPlain: boolean, members: Members): Members => (isPlain ? {} : members);

export const flightJson = (core: Core, flight: Flight): Members => {
  const { network, from, to, age, fields } = flight;
  return {
    id: flightName(flight),
    network: core.networks[network]?.name ?? "",
    ...(from === undefined ? {} : { from: from.text }),
    ...(to === undefined ? {} : { to: to.text }),
    ...(age === undefined ? {} : { age }),
    fields: recordOf(fields),
  };
};

const resultJson = (core: Core, { result }: TraceStep): Members => {
  if (result.kind === "error") {
    const site = core.sites[result.site];
    return { error: { kind: site?.error ?? "", message: result.message } };
  }
  return {
    time: result.ticks,
    state: recordOf(variableReadings(core, result.state.variables)),
    ...unless(core.networks.length === 0, {
      inFlight: result.networks.flat().map((it) => flightJson(core, it)),
    }),
  };
};

export const stepJson = (core: Core, step: TraceStep): Members => {
  const { number, action, fault, label, branches, segment, copied, sent, events } = step;
  return {
    step: number,
    action,
    ...unless(!fault, { fault }),
    ...unless(label.values.length === 0, {
      parameters: label.values.map(({ name, text }) => ({ name, value: scalarOf(text) })),
    }),
    ...(segment === undefined ? {} : { segment: flightJson(core, segment) }),
    ...(copied === undefined ? {} : { copy: flightName(copied) }),
    ...unless(branches.length === 0, { cases: branches }),
    ...unless(sent.length === 0, {
      sent: sent.map(({ flight, dropped }) => ({
        ...flightJson(core, flight),
        ...unless(!dropped, { dropped }),
      })),
    }),
    ...unless(events.length === 0, {
      events: events.map(({ property, violated }) => ({ property, violated })),
    }),
    ...resultJson(core, step),
  };
};

/** The document of a trace, as plain data. */
export const traceDocument = (core: Core, about: Provenance, trace: Trace): Members => ({
  format: traceFormat,
  kind: "trace",
  source: about.source,
  digest: about.digest,
  check: about.check,
  ...unless(about.set.length === 0, { set: about.set }),
  constants: Object.fromEntries(about.parameters.map((it) => [it.name, scalarOf(it.text)])),
  violation: { ...about.violation },
  steps: [trace.initial, ...trace.steps].map((it) => stepJson(core, it)),
});

/** The text of a trace file. */
export const traceText = (core: Core, about: Provenance, trace: Trace): string =>
  `${JSON.stringify(traceDocument(core, about, trace), undefined, 1)}\n`;
