// What `check conform` takes a model from: a file -> its configurations, or what is wrong with it.

import * as E from "fp-ts/lib/Either.js";
import {
  type Modules,
  type Plan,
  plan,
  type PlannedCheck,
  type Provenance,
  unbound,
  whereText,
} from "../pipeline.ts";
import { type Diagnostic, isError, isMembers } from "../source/index.ts";
import type { ConformLine } from "./conform-line.ts";
import { prepare } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { unreadableInput } from "./input.ts";
import { quietOptions } from "./planned-model.ts";
import { type Library, standardInputOr } from "./sources.ts";
import { traceForModel } from "./usage.ts";

export interface Refused {
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  readonly text?: string;
}

export const refuse = (
  outcome: Outcome,
  ...diagnostics: readonly Diagnostic[]
): E.Either<Refused, never> => E.left({ outcome, diagnostics });

export interface Configuration {
  /** `conform: TIME_WAIT with RFC1337 = true` */
  readonly title: string;
  readonly about: Pick<Provenance, "parameters">;
  readonly model: PlannedCheck["model"];
}

/** Of a trace, the model that it names. */
const traceIn = (text: string): { readonly source: string | undefined } | undefined => {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    const it: unknown = JSON.parse(text);
    if (!isMembers(it) || it["kind"] !== "trace") return undefined;
    const { source } = it;
    return { source: typeof source === "string" ? source : undefined };
  } catch {
    return undefined;
  }
};

const isBound = ({ list }: Modules): boolean =>
  list.some(({ tree }) =>
    tree.declarations.some(
      (it) => it.kind === "binding" && it.items.some((item) => item.kind === "segment"),
    ),
  );

/** The checks and sweeps that are asked for. Mistakes of the file come before words that it does not have. */
export const plannedModels = (
  { file, check }: ConformLine,
  folder: string,
  texts: Library,
): E.Either<Refused, { readonly plan: Plan; readonly modules: Modules }> => {
  const span = { file, start: 0, end: 0 };
  const text = texts.open(standardInputOr(file));
  const trace = E.isRight(text) ? traceIn(text.right) : undefined;
  if (trace !== undefined) return refuse("specification", traceForModel(span, trace));
  const all = prepare(quietOptions(file, []), folder, texts);
  if (E.isLeft(all)) return all;
  const [entry] = all.right.entries;
  if (entry === undefined) {
    const { unreadable } = all.right;
    const [first] = unreadable;
    return refuse(first?.outcome ?? "missing-input", ...unreadable.map((it) => it.diagnostic));
  }
  // A folder has files, and none of them is meant more than another.
  if (E.isLeft(text)) {
    return refuse("usage", unreadableInput(span, { path: file, reason: text.left.reason }));
  }
  const { value: modules, diagnostics } = entry.loaded;
  const mistakes = diagnostics.filter(isError);
  if (mistakes.length > 0) return refuse("specification", ...mistakes);
  if (!isBound(modules)) {
    return refuse("specification", unbound(span, { what: "no `segment` is bound" }));
  }
  const wanted = prepare(quietOptions(file, [], [check]), folder, texts);
  if (E.isLeft(wanted)) {
    const cure =
      "configurations are the checks and sweeps whose titles begin with `conform`; " +
      "name others with `--check GLOB`, or add such a check";
    return refuse(
      wanted.left.outcome,
      ...wanted.left.diagnostics.map((it) => ({ ...it, help: cure })),
    );
  }
  const { value, diagnostics: found } = plan(entry.loaded, wanted.right.request);
  const errors = found.filter(isError);
  return errors.length > 0 ? refuse("specification", ...errors) : E.right({ plan: value, modules });
};

/** All points of sweeps, each under its name. */
export const configurationsOf = ({ obligations }: Plan): readonly Configuration[] =>
  obligations.flatMap((it): readonly Configuration[] =>
    it.kind === "check"
      ? [{ title: it.title, about: { parameters: it.parameters }, model: it.model }]
      : it.points.map(({ values, parameters, model }) => ({
          title: it.title + whereText(values),
          about: { parameters: parameters() },
          model,
        })),
  );

/** Is nothing left of a check, or of a whole sweep? Then its assumption is what is wrong, as for `check`. */
export const asksNothing = ({ obligations }: Plan): boolean =>
  obligations.some((it) =>
    it.kind === "check"
      ? it.model.kind !== "core"
      : it.points.every(({ model }) => model.kind !== "core"),
  );
