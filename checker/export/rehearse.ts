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
import { isMembers } from "../source/index.ts";
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

/** Two choices of one step may have the same name: the second is then `x (2)`, by its place. */
const named = (
  choices: readonly { readonly name: string; readonly value: JsonScalar }[],
): Record<string, JsonScalar> =>
  Object.fromEntries(
    choices.map(({ name, value }, at) => [
      choices.findIndex((it) => it.name === name) === at ? name : `${name} (${at + 1})`,
      value,
    ]),
  );

const isControlState = (core: Core, variable: number): boolean =>
  core.variables[variable]?.origin.kind === "state";

/** What there is to say of a step, whether it was just told or read from a file. */
interface Facts {
  readonly action: string;
  readonly parameters: Readonly<Record<string, JsonScalar>>;
  readonly segment?: Readonly<Record<string, JsonScalar>>;
  /** All control states after the step. */
  readonly states: Readonly<Record<string, JsonScalar>>;
}

const factsOf = (core: Core, { action, label, segment, result }: TraceStep): Facts => ({
  action,
  parameters: named(label.values.map(({ name, text }) => ({ name, value: scalarOf(text) }))),
  ...(segment === undefined ? {} : { segment: segmentMembers(core, segment) }),
  states:
    result.kind === "error"
      ? {}
      : Object.fromEntries(
          variableReadings(core, result.state.variables)
            .filter(({ variable }) => isControlState(core, variable))
            .map((it) => [it.name, readingOf(it)]),
        ),
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

/** Of a step as a trace file has it; of one of another form, facts of no step at all. */
const documentFacts = (core: Core, step: unknown): Facts => {
  if (!isMembers(step) || typeof step["action"] !== "string") {
    return { action: "", parameters: {}, states: {} };
  }
  const { action, parameters, segment, state } = step;
  const choices = (Array.isArray(parameters) ? parameters : []).flatMap((it: unknown) =>
    Object.entries(isMembers(it) ? scalars({ [String(it["name"])]: it["value"] }) : {}),
  );
  const stateNames = new Set(
    core.variables.flatMap(({ name }, at) => (isControlState(core, at) ? [name] : [])),
  );
  const facts: Facts = {
    action,
    parameters: named(choices.map(([name, value]) => ({ name, value }))),
    states: Object.fromEntries(
      Object.entries(scalars(state)).filter(([name]) => stateNames.has(name)),
    ),
  };
  if (!isMembers(segment)) return facts;
  const { id: _id, age: _age, fields, ...rest } = segment;
  return { ...facts, segment: { ...scalars(rest), ...scalars(fields) } };
};

const isMeant = (core: Core, told: TraceStep, cue: Cue): boolean => {
  if (told.action !== cue.action) return false;
  const { parameters, segment = {}, states } = factsOf(core, told);
  return (
    agrees(cue.parameters, parameters) &&
    agrees(cue.segment, segment) &&
    agrees(cue.leadsTo, states)
  );
};

/** What can be seen of a segment: what only the model knows may change its name. */
const visible = (
  core: Core,
  segment: Readonly<Record<string, JsonScalar>>,
): Record<string, JsonScalar> => {
  const network = core.networks.find((it) => it.name === segment["network"]);
  const ghosts = new Set(network?.fields.flatMap(({ name, ghost }) => (ghost ? [name] : [])));
  return Object.fromEntries(Object.entries(segment).filter(([name]) => !ghosts.has(name)));
};

const isEmpty = (members: object): boolean => Object.keys(members).length === 0;

const cueOf = (
  core: Core,
  { action, parameters, segment, states }: Facts,
  before: Facts | undefined,
): Cue => {
  const changed = Object.fromEntries(
    Object.entries(states).filter(([name, it]) => before?.states[name] !== it),
  );
  return {
    action,
    ...(isEmpty(parameters) ? {} : { parameters }),
    ...(segment === undefined ? {} : { segment: visible(core, segment) }),
    ...(isEmpty(changed) ? {} : { leadsTo: changed }),
  };
};

const scriptOfFacts = (core: Core, violation: Violation, facts: readonly Facts[]): Script => ({
  violation,
  steps: facts.map((it, at) => cueOf(core, it, facts[at - 1])),
});

export const scriptOf = (core: Core, { initial, steps }: Trace, violation: Violation): Script =>
  scriptOfFacts(
    core,
    violation,
    [initial, ...steps].map((it) => factsOf(core, it)),
  );

/** The same of a trace file that is not believed: steps of another form make cues that nothing meets. */
export const scriptOfDocument = (
  core: Core,
  { violation, steps }: { readonly violation: Violation; readonly steps: readonly unknown[] },
): Script =>
  scriptOfFacts(
    core,
    violation,
    steps.map((it) => documentFacts(core, it)),
  );

/** Where a telling leads, for merging: several readings of a script may meet again. */
const keyOf = ({ result, events }: TraceStep): string =>
  JSON.stringify([
    events,
    result.kind === "error" ? result.site : [result.state.variables, result.state.networks],
  ]);

export interface Rehearsed {
  readonly rehearsal: Rehearsal;
  /** Some behaviours that fit the script were not followed, for there are too many. */
  readonly isCut: boolean;
}

/** Every behaviour that fits the script is followed; one that fails at its end is enough. */
export const rehearsed = (core: Core, { steps, violation }: Script): Rehearsed => {
  let ways: readonly Telling[] = tellings(core);
  let ends: readonly TraceStep[] = [];
  let isCut = false;
  for (const [step, cue] of steps.entries()) {
    const meant = new Map<string, Telling>();
    for (const way of ways) {
      if (!isMeant(core, way.told, cue)) continue;
      const key = keyOf(way.told);
      if (meant.size < mostWays) meant.set(key, way);
      else isCut ||= !meant.has(key);
    }
    if (meant.size === 0) {
      const rehearsal: Rehearsal = isCut
        ? { kind: "undecided" }
        : { kind: "not possible", step, cue };
      return { rehearsal, isCut };
    }
    const found = [...meant.values()];
    ends = found.map((it) => it.told);
    if (step < steps.length - 1) ways = found.flatMap((it) => it.next());
  }
  const verdicts = ends.map((it) => failsAt(core, it, violation));
  const kind = verdicts.includes(true)
    ? "still violated"
    : isCut || verdicts.includes("undecided")
      ? "undecided"
      : "not violated";
  return { rehearsal: { kind }, isCut };
};

/** Whether the script can still be played, and ends as it says. */
export const rehearse = (core: Core, script: Script): Rehearsal =>
  rehearsed(core, script).rehearsal;
