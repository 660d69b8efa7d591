// What became of a violation that was kept: result of its check as searched today -> evidence, gone, or not known.

import { isDeepStrictEqual } from "node:util";
import {
  evidenceOf,
  failsAt,
  type ObligationResult,
  type Provenance,
  replay,
  type Trace,
  traceOf,
} from "../pipeline.ts";

type Violation = Provenance["violation"];
type CheckResult = Extract<ObligationResult, { readonly kind: "check" }>;
type Search = NonNullable<CheckResult["search"]>;

export type Fate =
  | {
      readonly kind: "found";
      readonly violation: Violation;
      readonly trace: Trace;
      readonly search: Search;
      readonly parameters: CheckResult["parameters"];
    }
  /** There is no such check any more, or its search has decided that nothing of the kind is violated. */
  | { readonly kind: "gone" }
  /** Nothing was searched, or not all: each concern says why. */
  | { readonly kind: "unknown"; readonly concerns: CheckResult["concerns"] };

/** Was the search ended before it had decided this? */
const isOpen = ({ exploration, judgement }: Search, violation: Violation): boolean =>
  violation.kind === "error"
    ? !exploration.complete
    : judgement.properties.some(
        ({ name, kind, instance, verdict }) =>
          kind === violation.kind &&
          (violation.kind === "deadlock" || name === violation.property) &&
          (violation.kind !== "recoverable" || instance === violation.instance) &&
          verdict.kind === "unknown",
      );

/** The interpreter must do every step, and find the violation at the end; anything else is a mistake of the checker. */
export const confirm = (core: Search["core"], trace: Trace, violation: Violation): void => {
  const last = trace.steps.at(-1) ?? trace.initial;
  if (replay(core, trace).kind !== "agrees" || failsAt(core, last, violation) === false) {
    throw new Error("impossible: the interpreter does not do what the search found");
  }
};

export const fateOf = (result: ObligationResult | undefined, kept: Violation): Fate => {
  if (result?.kind !== "check") return { kind: "gone" };
  const { search, parameters, concerns } = result;
  if (search === undefined) return { kind: "unknown", concerns };
  // Another instance of the property, or an error at another place, is another violation.
  const again = evidenceOf(search).find(({ violation }) => isDeepStrictEqual(violation, kept));
  if (again === undefined) {
    return isOpen(search, kept) ? { kind: "unknown", concerns } : { kind: "gone" };
  }
  const { violation, path } = again;
  const trace = traceOf(search.core, path);
  confirm(search.core, trace, violation);
  return { kind: "found", violation, trace, search, parameters };
};
