// Of which stacks each fact of `docs/facts.md` is told: where it must be modelled, and where it must be checked.

import { isCheck, type Place } from "./library-ids.ts";

const linux = ["linux-2.6.32", "linux-6", "linux-ports"].map((it) => `models/${it}.tw`);

/** What every Linux here is built of. */
const base = ["limits", "properties", "timestamps"].map((it) => `models/stack/${it}.tw`);

/** Each incident happens to a stack, and that stack's model shows it. */
const incidents: Readonly<Record<string, readonly string[]>> = {
  "spec/timewait.tw": ["I1", "I2", "I4", "I5", "I6", "I7", "I8", "I9", "I33", "I36"],
  "models/bsd-4.4.tw": ["I5", "I6", "I7", "I8", "I25", "I31", "I32", "I33", "I36"],
  "models/freebsd.tw": ["I12", "I14", "I15", "I25", "I30", "I37"],
  "models/gvisor.tw": ["I7", "I12", "I13", "I14", "I15", "I18", "I19", "I25", "I27", "I30"],
  "models/linux-2.6.32.tw": ["I11", "I18", "I22", "I23", "I35"],
  // prettier-ignore
  "models/linux-6.tw": [
    "I3", "I9", "I11", "I14", "I15", "I16", "I17", "I18", "I19", "I22", "I24", "I25", "I26", "I28",
    "I29", "I34", "I38", "I39", "I40",
  ],
  "models/linux-ports.tw": ["I20", "I21", "I27"],
  "models/lwip.tw": ["I12", "I25", "I37"],
  "models/nat-and-linux-2.6.32.tw": ["I23"],
  "models/rfc1337.tw": ["I10"],
  "models/rfc6191.tw": ["I38"],
  "models/smoltcp.tw": ["I4", "I12", "I13", "I37"],
};

/** In one of these a case, rule, constant or other declaration must stand for the fact: S, F, T and D are told of Linux. */
export const modelledIn: readonly string[] = [...linux, ...base];

/** In one of these a check must exercise it. */
export const exercisedIn: readonly string[] = linux;

/** In each of these a check must begin with the incident's id. */
export const happensIn = (id: string): readonly string[] =>
  Object.entries(incidents).flatMap(([file, ids]) => (ids.includes(id) ? [file] : []));

/** What can stand for a behaviour: neither a check, nor what a file needs, assumes or begins with. */
export const isModel = (place: Place): boolean =>
  !isCheck(place) && !["import", "assume", "init", "final"].includes(place.kind);
