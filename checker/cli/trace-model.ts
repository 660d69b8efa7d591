// A trace file with the model it is a behaviour of: path -> verified trace, or what is wrong.

import * as E from "fp-ts/lib/Either.js";
import {
  type Core,
  missingCheck,
  missingModel,
  type Modules,
  type Provenance,
  readTrace,
  type ReadTrace,
  rehearse,
  scriptOfDocument,
  staleTrace,
  type Trace,
  verifyTrace,
} from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import { digestOf, type Entry } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { unreadableInput } from "./input.ts";
import { type Mistake, plannedModel } from "./planned-model.ts";
import { type Library, standardInputOr } from "./sources.ts";

/** A trace that its model does, with all that an export may need. */
export interface VerifiedTrace {
  readonly about: Provenance;
  readonly trace: Trace;
  readonly core: Core;
  readonly modules: Modules;
  /** Where the model was read. */
  readonly model: string;
}

type Either<A> = E.Either<Mistake, A>;

const refuse = (outcome: Outcome, ...diagnostics: readonly Diagnostic[]): Either<never> =>
  E.left({ outcome, diagnostics });

interface Where {
  readonly folder: string;
  readonly texts: Library;
}

/** Is the script of a stale trace still played, for what that is worth? */
const isBehaviour = (core: Core, { claimed }: ReadTrace): boolean =>
  rehearse(core, scriptOfDocument(core, claimed)).kind === "still violated";

/** A trace as it was read, with the model that it names as that is now. */
export interface TracedModel {
  readonly read: ReadTrace;
  readonly core: Core;
  readonly entry: Entry;
  readonly parameters: Provenance["parameters"];
  /** Where the model was read. */
  readonly model: string;
}

const modelOf = (read: ReadTrace, model: string, where: Where): Either<TracedModel> => {
  const { claimed, json } = read;
  const { source, check } = claimed;
  const opened = where.texts.open(model);
  if (E.isLeft(opened)) {
    const { reason, diagnostic } = opened.left;
    const facts = { source: model, reason };
    return refuse("missing-input", diagnostic ?? missingModel(json.placeOf(["source"]), facts));
  }
  const planned = plannedModel(model, claimed, where);
  if (E.isLeft(planned)) return planned;
  if (planned.right.kind === "no check") {
    return refuse("differs", missingCheck(json.placeOf(["check"]), { source, check }));
  }
  const { core, entry, check: found } = planned.right;
  return E.right({ read, core, entry, parameters: found.parameters, model });
};

const verified = ({ read, core, entry, parameters, model }: TracedModel): Either<VerifiedTrace> => {
  const { claimed, json } = read;
  const { source, check, set } = claimed;
  if (digestOf(entry) !== claimed.digest) {
    const facts = { source: model, isBehaviour: isBehaviour(core, read) };
    return refuse("differs", staleTrace(json.placeOf(["digest"]), facts));
  }
  const { violation, digest } = claimed;
  const about: Provenance = { source, digest, check, set, violation, parameters };
  const trace = verifyTrace(read, core, about);
  return E.isLeft(trace)
    ? refuse("specification", trace.left)
    : E.right({ about, trace: trace.right, core, modules: entry.loaded.value, model });
};

/** Reads a trace file and finds its model. */
export const tracedModel = (
  path: string,
  model: string | undefined,
  where: Where,
): Either<TracedModel> => {
  const file = standardInputOr(path);
  const text = where.texts.open(file);
  if (E.isLeft(text)) {
    const { kind, reason, diagnostic } = text.left;
    const span = { file, start: 0, end: 0 };
    return refuse(
      kind === "missing" ? "missing-input" : "specification",
      diagnostic ?? unreadableInput(span, { path: file, reason }),
    );
  }
  const read = readTrace(file, text.right);
  if (E.isLeft(read)) return refuse("specification", read.left);
  return modelOf(read.right, model ?? read.right.claimed.source, where);
};

/** The same, and lets the reference interpreter do what the file says. */
export const verifiedTrace = (
  path: string,
  model: string | undefined,
  where: Where,
): Either<VerifiedTrace> => {
  const traced = tracedModel(path, model, where);
  return E.isLeft(traced) ? traced : verified(traced.right);
};
