// What a ladder shows of a step, before it is drawn: step -> rows.

import type { Core } from "../core/index.ts";
import type { Lanes } from "./lanes.ts";
import { ownedName } from "./owned-name.ts";
import type { Role } from "./paint.ts";
import { variableReadings } from "./readings.ts";
import type { Flight, TraceStep } from "./trace.ts";
import {
  choicesText,
  eventText,
  flightName,
  flightText,
  inFlightTexts,
  isTelling,
  stepText,
} from "./wording.ts";

export type Row =
  /** A text beside a lifeline. */
  | { readonly kind: "note"; readonly lane: number; readonly text: string; readonly role: Role }
  /** A segment between two lifelines: it arrives, is lost on the way, or is doubled there. */
  | {
      readonly kind: "arrow";
      readonly from: number;
      readonly to: number;
      readonly text: string;
      readonly end: "arrives" | "lost" | "doubled";
      readonly isCopy: boolean;
      /** What stands behind the end of an arrow that does not arrive. */
      readonly tail: string;
    }
  /** A line across all lanes. */
  | { readonly kind: "across"; readonly text: string; readonly role: Role }
  /** A text that belongs to no lane. */
  | { readonly kind: "aside"; readonly text: string; readonly role: Role };

/** The rows of a step, in the order in which they are drawn. */
export const rowsOf = (core: Core, lanes: Lanes, step: TraceStep): readonly Row[] => {
  if (step.kind === "initial") return initialRows(core, lanes, step);
  const { result, events } = step;
  return [
    ...headRows(core, lanes, step),
    ...branchRows(lanes, step),
    ...(step.kind === "tick" ? [] : changeRows(core, lanes, step)),
    ...step.sent.map(({ flight, dropped }) => sentRow(core, lanes, flight, dropped)),
    ...events.map(eventRow),
    ...(result.kind === "error" ? [errorRow(result.message)] : []),
  ];
};

const eventRow = (event: TraceStep["events"][number]): Row => ({
  kind: "across",
  text: eventText(event),
  role: event.violated ? "violation" : "name",
});

const errorRow = (message: string): Row => ({
  kind: "aside",
  text: `model error: ${message}`,
  role: "violation",
});

const initialRows = (core: Core, lanes: Lanes, step: TraceStep): readonly Row[] => {
  const { result, label, events } = step;
  const aside = (text: string): Row => ({ kind: "aside", text, role: "dim" });
  const choices = label.values.length === 0 ? [] : [aside(choicesText(label.values))];
  const marks = events.map(eventRow);
  if (result.kind === "error") return [...choices, errorRow(result.message)];
  const { variables } = result.state;
  const notes = variableReadings(core, variables).flatMap(({ text, variable }): readonly Row[] => {
    const owner = core.variables[variable]?.owner ?? "";
    const lane = lanes.ofOwner(owner);
    const value = variables[variable] ?? 0;
    if (lane === undefined || !isTelling(core, variable, value)) return [];
    const { kind } = core.variables[variable]?.origin ?? {};
    if (kind === "state") {
      return [{ kind: "note", lane, text: stateName(core, variable) + text, role: "change" }];
    }
    if (kind !== "timer") return [];
    const name = shortName(core, variable);
    return [{ kind: "note", lane, text: `timer ${name}: ${text}`, role: "dim" }];
  });
  return [...choices, ...notes, ...inFlightTexts(core, result.networks).map(aside), ...marks];
};

/** What happens: at a host, on the way between two, everywhere (a tick), or at no host. */
const headRows = (core: Core, lanes: Lanes, step: TraceStep): readonly Row[] => {
  const { kind, action, label, segment, result } = step;
  if (kind === "tick") {
    const time = result.kind === "state" ? `time ${result.ticks}` : "tick";
    return [{ kind: "across", text: time, role: "dim" }];
  }
  if (segment !== undefined) return [segmentRow(lanes, step, segment)];
  const { owner, name } = ownedName(action);
  const lane = lanes.ofOwner(owner);
  const role = step.fault ? "fault" : "name";
  if (lane === undefined) return [{ kind: "aside", text: stepText(step), role }];
  const process = hasSeveralProcesses(core, lanes) ? `${owner.replace(/\[.*/, "")}.` : "";
  return [{ kind: "note", lane, text: process + name + choicesText(label.values), role }];
};

const segmentRow = (lanes: Lanes, step: TraceStep, flight: Flight): Row => {
  const from = lanes.ofAddress(flight.from?.text);
  const to = lanes.ofAddress(flight.to?.text);
  const role = step.fault ? "fault" : "segment";
  if (from === undefined || to === undefined) return { kind: "aside", text: stepText(step), role };
  const age = flight.age === undefined || flight.age === 0 ? "" : ` age=${flight.age}`;
  const choices = choicesText(step.label.values);
  const text = flightText(flight) + age + (choices === "" ? "" : ` ${choices}`);
  if (from === to) {
    return { kind: "note", lane: to, text: `${step.action} ${text} to itself`, role };
  }
  const isCopy = flight.copy > 0;
  const arrow = { kind: "arrow", from, to, text, isCopy } as const;
  if (step.kind === "lose") return { ...arrow, end: "lost", tail: "lost" };
  if (step.kind !== "duplicate") return { ...arrow, end: "arrives", tail: "" };
  const tail = step.copied === undefined ? "doubled" : `copy ${flightName(step.copied)}`;
  return { ...arrow, end: "doubled", tail };
};

/** The cases taken that say something: an `else` is told only where nothing else was. */
const branchRows = (lanes: Lanes, { branches }: TraceStep): readonly Row[] => {
  const named = branches.filter((it) => !it.endsWith(".else"));
  const telling = named.length > 0 ? named : branches.slice(-1);
  return telling.map((branch): Row => {
    const { owner, name: rest } = ownedName(branch);
    const lane = lanes.ofOwner(owner);
    return lane === undefined
      ? { kind: "aside", text: `case ${branch}`, role: "dim" }
      : { kind: "note", lane, text: `case ${rest}`, role: "dim" };
  });
};

const changeRows = (core: Core, lanes: Lanes, { changes }: TraceStep): readonly Row[] =>
  changes.flatMap(({ variable, before, after }): readonly Row[] => {
    const { origin, owner = "" } = core.variables[variable] ?? {};
    const lane = lanes.ofOwner(owner);
    if (lane === undefined) return [];
    if (origin?.kind === "state") {
      const text = `${stateName(core, variable)}${before} -> ${after}`;
      return [{ kind: "note", lane, text, role: "change" }];
    }
    if (origin?.kind !== "timer") return [];
    return [
      { kind: "note", lane, text: `timer ${shortName(core, variable)}: ${after}`, role: "dim" },
    ];
  });

const sentRow = (core: Core, lanes: Lanes, flight: Flight, dropped: boolean): Row => {
  const network = core.networks[flight.network]?.name ?? "";
  const lane = lanes.ofAddress(flight.from?.text);
  const isPlain = lanes.names.length <= 2 && lane !== undefined;
  const to = isPlain || flight.to === undefined ? "" : ` to ${flight.to.text}`;
  const text = dropped
    ? `drops ${flightText(flight)}${to}: ${network} is full`
    : `sends ${flightText(flight)}${to}`;
  const role = dropped ? "fault" : "segment";
  return lane === undefined ? { kind: "aside", text, role } : { kind: "note", lane, text, role };
};

/** The name within its process instance: `tcp[A].tw` is `tw`. */
const shortName = (core: Core, variable: number): string => {
  const { name = "", owner = "" } = core.variables[variable] ?? {};
  return owner !== "" && name.startsWith(`${owner}.`) ? name.slice(owner.length + 1) : name;
};

/** Nothing while each host has one process with a state; else the process: `app: `. */
const stateName = (core: Core, variable: number): string => {
  const processes = new Set(
    core.variables
      .filter(({ origin }) => origin.kind === "state")
      .map(({ owner }) => owner.replace(/\[.*/, "")),
  );
  const owner = core.variables[variable]?.owner ?? "";
  return processes.size > 1 ? `${owner.replace(/\[.*/, "")}: ` : "";
};

const hasSeveralProcesses = (core: Core, lanes: Lanes): boolean =>
  new Set(
    core.variables
      .filter(({ owner }) => lanes.ofOwner(owner) !== undefined)
      .map(({ owner }) => owner.replace(/\[.*/, "")),
  ).size > 1;
