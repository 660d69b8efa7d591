// The model of one check of one file: path, title, overrides -> core, or what is wrong.

import * as E from "fp-ts/lib/Either.js";
import { type Core, type Plan, plan, type PlannedCheck } from "../pipeline.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import type { CheckOptions } from "./command-line.ts";
import { type Entry, prepare } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import type { Library } from "./sources.ts";

export interface Mistake {
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
}

export type PlannedModel =
  | {
      readonly kind: "model";
      readonly entry: Entry;
      readonly check: PlannedCheck;
      readonly core: Core;
    }
  /** The file has no check of that title, or its constants are not allowed. */
  | { readonly kind: "no check"; readonly entry: Entry };

/** What a command needs that reads one file and searches nothing. */
export const quietOptions = (
  file: string,
  set: readonly string[],
  check: readonly string[] = [],
): CheckOptions => ({
  inputs: [file],
  ...(check.length === 0 ? {} : { check }),
  only: [],
  set,
  list: false,
  trace: "ladder",
  json: false,
  quiet: true,
  color: "auto",
  engine: "auto",
  minimal: "steps",
  all: 1,
});

const refuse = (
  outcome: Outcome,
  ...diagnostics: readonly Diagnostic[]
): E.Either<Mistake, never> => E.left({ outcome, diagnostics });

export interface PlannedFile {
  readonly entry: Entry;
  readonly plan: Plan;
}

interface Where {
  readonly folder: string;
  readonly texts: Library;
}

/** One check, by its very title. */
export interface Wanted {
  readonly check: string;
  readonly set?: readonly string[];
}

/** The plan of one check of a file. */
export const plannedFile = (
  file: string,
  { check, set = [] }: Wanted,
  { folder, texts }: Where,
): E.Either<Mistake, PlannedFile> => {
  const prepared = prepare(quietOptions(file, set), folder, texts);
  if (E.isLeft(prepared)) return prepared;
  const { entries, unreadable, request } = prepared.right;
  const [entry] = entries;
  if (entry === undefined) {
    return refuse("missing-input", ...unreadable.map((it) => it.diagnostic));
  }
  const planned = plan(entry.loaded, { ...request, isWanted: (title) => title === check });
  const errors = planned.diagnostics.filter(isError);
  return errors.length > 0
    ? refuse("specification", ...errors)
    : E.right({ entry, plan: planned.value });
};

/** The model of one check of a file. */
export const plannedModel = (
  file: string,
  wanted: Wanted,
  where: Where,
): E.Either<Mistake, PlannedModel> => {
  const planned = plannedFile(file, wanted, where);
  if (E.isLeft(planned)) return planned;
  const { entry, plan: all } = planned.right;
  const found = all.obligations.find((it) => it.kind === "check" && it.title === wanted.check);
  if (found?.kind !== "check" || found.model.kind !== "core") {
    return E.right({ kind: "no check", entry });
  }
  const { value: core, diagnostics } = found.model.build();
  return core === undefined
    ? refuse("specification", ...diagnostics)
    : E.right({ kind: "model", entry, check: found, core });
};
