// What a trace file says of itself, decoded: placed JSON -> claims, or the first that has the wrong form.

import * as E from "fp-ts/lib/Either.js";
import type { Site } from "../core/index.ts";
import { type Diagnostic, isMembers, type Members } from "../source/index.ts";
import { damagedTrace, foreignTrace } from "./diagnostics.ts";
import type { PlacedJson } from "./placed-json.ts";
import { type Provenance, traceFormat } from "./trace-file.ts";
import type { Violation } from "./violation.ts";

/** The parts of a file that are needed to find its model; all others are compared with the model. */
export interface Claimed extends Omit<Provenance, "parameters"> {
  readonly steps: readonly unknown[];
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((it) => typeof it === "string");

const errorKinds: Readonly<Record<Site["error"], true>> = {
  range: true,
  index: true,
  none: true,
  division: true,
  unhandled: true,
  full: true,
  assert: true,
  timer: true,
};

const isErrorKind = (value: unknown): value is Site["error"] =>
  typeof value === "string" && Object.hasOwn(errorKinds, value);

const hasOnly = (members: Members, names: readonly string[]): boolean =>
  Object.keys(members).every((it) => names.includes(it));

/** A violation as a file has it; undefined for anything else. */
export const decodeViolation = (value: unknown): Violation | undefined => {
  if (!isMembers(value)) return undefined;
  const { kind, property, instance, error, message } = value;
  switch (kind) {
    case "never":
    case "invariant":
      return typeof property === "string" && hasOnly(value, ["kind", "property"])
        ? { kind, property }
        : undefined;
    case "recoverable":
      return typeof property === "string" &&
        typeof instance === "string" &&
        hasOnly(value, ["kind", "property", "instance"])
        ? { kind, property, instance }
        : undefined;
    case "deadlock":
      return hasOnly(value, ["kind"]) ? { kind } : undefined;
    case "error":
      return isErrorKind(error) &&
        typeof message === "string" &&
        hasOnly(value, ["kind", "error", "message"])
        ? { kind, error, message }
        : undefined;
    default:
      return undefined;
  }
};

/** Absolute, or with a way up: no name that is written into a trace. */
const outside = /^(\/|\\|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/;

/** Is it a trace at all, and of a format that is known here? */
const foreign = ({ value, placeOf }: PlacedJson): Diagnostic | undefined => {
  if (!isMembers(value)) return foreignTrace(placeOf([]), { what: "it is not an object" });
  if (Object.hasOwn(value, "#meta")) {
    return foreignTrace(placeOf(["#meta"]), { what: "it is an ITF file" });
  }
  if (value["kind"] !== "trace") {
    return foreignTrace(placeOf(["kind"]), { what: 'it does not say `"kind": "trace"`' });
  }
  if (value["format"] !== traceFormat) {
    const what = `its format is ${JSON.stringify(value["format"])}, known is ${traceFormat}`;
    return foreignTrace(placeOf(["format"]), { what });
  }
  return undefined;
};

export const decodeHeader = (json: PlacedJson): E.Either<Diagnostic, Claimed> => {
  const strange = foreign(json);
  if (strange !== undefined) return E.left(strange);
  const wrong = (name: string, expected: string): E.Either<Diagnostic, never> =>
    E.left(damagedTrace(json.placeOf([name]), { what: `\`${name}\` is to be ${expected}` }));
  const { source, digest, check, set = [], violation, steps } = json.value as Members;
  if (typeof source !== "string" || source === "") return wrong("source", "the name of a file");
  // A file from elsewhere does not choose what is read, and shown, outside the folder.
  if (outside.test(source)) return wrong("source", "the name of a file in this folder or below it");
  if (typeof digest !== "string") return wrong("digest", "a text");
  if (typeof check !== "string") return wrong("check", "the title of a check");
  if (!isTexts(set)) return wrong("set", "a list of `NAME=VALUE`");
  const decoded = decodeViolation(violation);
  if (decoded === undefined) return wrong("violation", "what fails");
  if (!Array.isArray(steps) || steps.length === 0) return wrong("steps", "a list of steps");
  return E.right({ source, digest, check, set, violation: decoded, steps });
};
