// The words that all renderings of a trace share.

import type { Core } from "../core/index.ts";
import type { LabelValue } from "../interpret/index.ts";
import type { Flight, TraceStep } from "./trace.ts";

/** `#3` as it was sent, `#3'` its first copy, `#3''` its second. */
export const flightName = ({ id, copy }: Flight): string => `#${id}${"'".repeat(copy)}`;

/**
 * `#3 FIN ACK seq=3 ackno=1`: the true flags in capitals, then the other fields that can have more
 * than one value.
 */
export const flightText = (flight: Flight): string => {
  const flags = flight.fields.filter(({ flag }) => flag === true);
  const others = flight.fields.filter(({ flag, fixed }) => flag === undefined && !fixed);
  return [
    flightName(flight),
    ...flags.map(({ name }) => name.toUpperCase()),
    ...others.map(({ name, text }) => `${name}=${text}`),
  ].join(" ");
};

/** The flight with its way, and its age when it has grown: `#3 FIN seq=3, A -> B, age 1`. */
export const journeyText = (flight: Flight): string => {
  const { from, to, age } = flight;
  const way = from === undefined || to === undefined ? [] : [`${from.text} -> ${to.text}`];
  return [
    flightText(flight),
    ...way,
    ...(age === undefined || age === 0 ? [] : [`age ${age}`]),
  ].join(", ");
};

/** `(h = B, x = 2)`, or nothing. */
export const choicesText = (values: readonly LabelValue[]): string =>
  values.length === 0 ? "" : `(${values.map(({ name, text }) => `${name} = ${text}`).join(", ")})`;

/** `tcp[A].open(h = B)`, `deliver wire #3 FIN seq=3, A -> B, age 1`. */
export const stepText = ({ kind, action, label, segment, copied }: TraceStep): string => {
  if (kind === "initial") return `initial state${choicesText(label.values)}`;
  const about = segment === undefined ? "" : ` ${journeyText(segment)}`;
  const result = copied === undefined ? "" : `, copy ${flightName(copied)}`;
  return `${action}${choicesText(label.values)}${about}${result}`;
};

export const eventText = ({ property, violated }: TraceStep["events"][number]): string =>
  violated ? `violates ${property}` : `reaches ${property}`;

/** `wire: #3 FIN seq=3, A -> B, age 1`: a line per segment of every network. */
export const inFlightTexts = (
  core: Core,
  networks: readonly (readonly Flight[])[],
): readonly string[] =>
  core.networks.flatMap(({ name }, id) =>
    (networks[id] ?? []).map((flight) => `${name}: ${journeyText(flight)}`),
  );

/**
 * The state variables and whatever is not at its zero: what a person has to know of a first state.
 * A variable with only one possible value says nothing.
 */
export const isTelling = (core: Core, variable: number, value: number): boolean => {
  const { origin, low, high } = core.variables[variable] ?? {};
  if (low === high) return false;
  return origin?.kind === "state" || value !== Math.max(0, low ?? 0);
};
