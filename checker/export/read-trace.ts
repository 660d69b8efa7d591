// Trace files read back strictly: text -> what it claims -> a trace, once the model has done all of it.

import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Core } from "../core/index.ts";
import { type Diagnostic, isMembers, type Members } from "../source/index.ts";
import { type Telling, tellings, type Trace, type TraceStep } from "../trace/index.ts";
import { type Claimed, decodeHeader } from "./decode-trace.ts";
import { damagedTrace, impossibleTrace } from "./diagnostics.ts";
import { type PlacedJson, placedJson } from "./placed-json.ts";
import { type Provenance, stepJson, traceDocument } from "./trace-file.ts";
import { failsAt, violationText } from "./violation.ts";

/** A trace file as it was read: nothing of it is believed yet. */
export interface ReadTrace {
  readonly claimed: Claimed;
  readonly json: PlacedJson;
}

/** Reads what a trace file says of itself. */
export const readTrace = (file: string, text: string): E.Either<Diagnostic, ReadTrace> =>
  pipe(
    placedJson(file, text),
    E.flatMap((json) =>
      pipe(
        decodeHeader(json),
        E.map((claimed) => ({ claimed, json })),
      ),
    ),
  );

/** The first place where two values differ, as a path. */
const differenceBetween = (
  found: unknown,
  expected: unknown,
): readonly (string | number)[] | undefined => {
  if (found === expected) return undefined;
  if (!isBranching(found) || !isBranching(expected)) return [];
  if (Array.isArray(found) !== Array.isArray(expected)) return [];
  const isList = Array.isArray(expected);
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const step = isList ? Number(name) : name;
    // `in` finds what every object has, such as `__proto__`.
    if (!Object.hasOwn(found, name) || !Object.hasOwn(expected, name)) return [step];
    const inside = differenceBetween(found[name], expected[name]);
    if (inside !== undefined) return [step, ...inside];
  }
  return undefined;
};

/** Lists, too: their members are numbered. */
const isBranching = (value: unknown): value is Members => isMembers(value) || Array.isArray(value);

const at = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, name) => (isBranching(inner) ? inner[name] : undefined), value);

const nameOf = (path: readonly (string | number)[]): string =>
  path.map((it) => (typeof it === "number" ? `[${it}]` : it)).join(".");

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** What a path of a document says and what it should say. */
const differing = (
  json: PlacedJson,
  path: readonly (string | number)[],
  expected: unknown,
): Diagnostic => {
  const found = at(json.value, path);
  const what =
    found === undefined
      ? `\`${nameOf(path)}\` is missing`
      : expected === undefined
        ? `\`${nameOf(path)}\` does not belong here`
        : `\`${nameOf(path)}\` is ${shown(found)} and should be ${shown(expected)}`;
  return damagedTrace(json.placeOf(path), { what });
};

/** What makes a step the one that is meant. */
const labelOf = (step: unknown): string =>
  JSON.stringify(["action", "parameters", "segment"].map((it) => at(step, [it])));

/** Takes the steps that the file names, one after the other. */
const follow = ({ claimed, json }: ReadTrace, core: Core): E.Either<Diagnostic, Trace> => {
  const taken: TraceStep[] = [];
  let ways: readonly Telling[] = tellings(core);
  for (const [number, claim] of claimed.steps.entries()) {
    const told = ways.map((way) => ({ way, step: stepJson(core, way.told) }));
    // Ways into initial states may differ in nothing but the state; labels of steps are their own.
    const exact = told.find(({ step }) => differenceBetween(claim, step) === undefined);
    const similar = exact ?? told.find(({ step }) => labelOf(step) === labelOf(claim));
    const path = ["steps", number];
    if (similar === undefined) {
      const what = `step ${number} is not possible there`;
      return E.left(impossibleTrace(json.placeOf([...path, "action"]), { what }));
    }
    const difference = differenceBetween(claim, similar.step);
    if (difference !== undefined) {
      return E.left(differing(json, [...path, ...difference], at(similar.step, difference)));
    }
    taken.push(similar.way.told);
    ways = similar.way.next();
  }
  const [initial, ...steps] = taken;
  if (initial === undefined) {
    return E.left(damagedTrace(json.placeOf(["steps"]), { what: "it has no steps" }));
  }
  return E.right({ initial, steps });
};

/**
 * The trace, if the model does everything the file says and what is said to fail does: every value
 * of the file is the one that the reference interpreter computes.
 */
export const verifyTrace = (
  read: ReadTrace,
  core: Core,
  about: Provenance,
): E.Either<Diagnostic, Trace> =>
  pipe(
    follow(read, core),
    E.flatMap((trace) => {
      const { json } = read;
      const expected = traceDocument(core, about, trace);
      const difference = differenceBetween(json.value, expected);
      if (difference !== undefined) {
        return E.left(differing(json, difference, at(expected, difference)));
      }
      const last = trace.steps.at(-1) ?? trace.initial;
      if (failsAt(core, last, about.violation) !== false) return E.right(trace);
      const what = `after the last step it is not so that ${violationText(about.violation)}`;
      return E.left(impossibleTrace(json.placeOf(["violation"]), { what }));
    }),
  );
