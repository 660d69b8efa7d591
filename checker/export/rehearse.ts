// Plays the script of a trace on a model that may have changed: script, core -> does it still end as it says?

import type { Core } from "../core/index.ts";
import {
  type Flight,
  type Telling,
  tellings,
  type Trace,
  type TraceStep,
  variableReadings,
} from "../trace/index.ts";
import { isMembers } from "./decode-trace.ts";
import { type JsonScalar, readingOf, recordOf, scalarOf } from "./value.ts";
import { failsAt, type Violation } from "./violation.ts";

/** What a person says of a step: enough to find it again, and nothing that changes with every field. */
export interface Cue {
  readonly action: string;
  readonly parameters?: Readonly<Record<string, JsonScalar>>;
  /** Of a delivery, loss or duplication: fields that are not named here may have any value. */
  readonly segment?: Readonly<Record<string, JsonScalar>>;
  /** Control states after the step. */
  readonly leadsTo?: Readonly<Record<string, JsonScalar>>;
}

export interface Script {
  readonly violation: Violation;
  /** The way into the initial state first. */
  readonly steps: readonly Cue[];
}

export type Rehearsal =
  | { readonly kind: "still violated" }
  /** No step like this one is possible there any more. */
  | { readonly kind: "not possible"; readonly step: number; readonly cue: Cue }
  /** All steps are possible, and what failed at their end does not. */
  | { readonly kind: "not violated" }
  /** Too much follows to look at all of it. */
  | { readonly kind: "undecided" };

/** Beyond this many ways to read the same script, it says too little. */
const mostWays = 1000;

const agrees = (
  asked: Readonly<Record<string, JsonScalar>> | undefined,
  found: Readonly<Record<string, unknown>>,
): boolean => Object.entries(asked ?? {}).every(([name, value]) => found[name] === value);

/** Address, and fields by name; ages and identities are not what a segment says. */
const segmentMembers = (core: Core, flight: Flight): Record<string, JsonScalar> => {
  const { from, to, fields, network } = flight;
  return {
    network: core.networks[network]?.name ?? "",
    ...(from === undefined ? {} : { from: from.text }),
    ...(to === undefined ? {} : { to: to.text }),
    ...recordOf(fields),
  };
};

const parametersOf = ({ label }: TraceStep): Record<string, JsonScalar> =>
  Object.fromEntries(
    label.values.map(({ name, text }, at) => [
      label.values.findIndex((it) => it.name === name) === at ? name : `${name} (${at + 1})`,
      scalarOf(text),
    ]),
  );

const statesOf = (core: Core, { result }: TraceStep): Record<string, JsonScalar> =>
  result.kind === "error"
    ? {}
    : Object.fromEntries(
        variableReadings(core, result.state.variables)
          .filter(({ variable }) => core.variables[variable]?.origin.kind === "state")
          .map((it) => [it.name, readingOf(it)]),
      );

const isMeant = (core: Core, told: TraceStep, cue: Cue): boolean =>
  told.action === cue.action &&
  agrees(cue.parameters, parametersOf(told)) &&
  agrees(cue.segment, told.segment === undefined ? {} : segmentMembers(core, told.segment)) &&
  agrees(cue.leadsTo, statesOf(core, told));

/** What can be seen of a segment: what only the model knows may change its name. */
const visible = (core: Core, flight: Flight): Record<string, JsonScalar> =>
  segmentMembers(core, { ...flight, fields: flight.fields.filter((it) => !it.ghost) });

const isEmpty = (members: object): boolean => Object.keys(members).length === 0;

const cueOf = (core: Core, step: TraceStep): Cue => {
  const parameters = parametersOf(step);
  const states = statesOf(core, step);
  const changed = Object.fromEntries(
    Object.entries(states).filter(
      ([name]) => step.kind === "initial" || step.changes.some((it) => it.name === name),
    ),
  );
  return {
    action: step.action,
    ...(isEmpty(parameters) ? {} : { parameters }),
    ...(step.segment === undefined ? {} : { segment: visible(core, step.segment) }),
    ...(isEmpty(changed) ? {} : { leadsTo: changed }),
  };
};

export const scriptOf = (core: Core, trace: Trace, violation: Violation): Script => ({
  violation,
  steps: [trace.initial, ...trace.steps].map((it) => cueOf(core, it)),
});

const scalars = (value: unknown): Record<string, JsonScalar> =>
  isMembers(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, it]): [string, JsonScalar][] =>
          typeof it === "string" || typeof it === "number" || typeof it === "boolean"
            ? [[name, it]]
            : [],
        ),
      )
    : {};

/** The cue of a step as a trace file has it; of one of another form, a cue that nothing meets. */
export const cueOfDocument = (step: unknown): Cue => {
  if (!isMembers(step) || typeof step["action"] !== "string") return { action: "" };
  const { action, parameters, segment } = step;
  if (!isMembers(segment)) return { action, parameters: pairs(parameters) };
  const { id: _id, age: _age, fields, ...rest } = segment;
  return {
    action,
    parameters: pairs(parameters),
    segment: { ...scalars(rest), ...scalars(fields) },
  };
};

const pairs = (list: unknown): Record<string, JsonScalar> =>
  Array.isArray(list)
    ? Object.assign(
        {},
        ...list.map((it: unknown) =>
          isMembers(it) ? scalars({ [String(it["name"])]: it["value"] }) : {},
        ),
      )
    : {};

/** Where a telling leads, for merging: several readings of a script may meet again. */
const keyOf = ({ result, events }: TraceStep): string =>
  JSON.stringify([
    events,
    result.kind === "error" ? result.site : [result.state.variables, result.state.networks],
  ]);

/** Every behaviour that fits the script is followed; one that fails at its end is enough. */
export const rehearse = (core: Core, { steps, violation }: Script): Rehearsal => {
  let ways: readonly Telling[] = tellings(core);
  let ends: readonly TraceStep[] = [];
  for (const [step, cue] of steps.entries()) {
    const meant = new Map<string, Telling>();
    for (const way of ways) {
      if (isMeant(core, way.told, cue) && meant.size < mostWays) meant.set(keyOf(way.told), way);
    }
    if (meant.size === 0) return { kind: "not possible", step, cue };
    const found = [...meant.values()];
    ends = found.map((it) => it.told);
    if (step < steps.length - 1) ways = found.flatMap((it) => it.next());
  }
  const verdicts = ends.map((it) => failsAt(core, it, violation));
  if (verdicts.includes(true)) return { kind: "still violated" };
  return { kind: verdicts.includes("undecided") ? "undecided" : "not violated" };
};
