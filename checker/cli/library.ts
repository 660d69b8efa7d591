// What the package offers to test files: a script and the path of a model -> does the model still behave so?

import { fileURLToPath } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import { type Rehearsal, rehearse as rehearseOn, type Script } from "../pipeline.ts";
import { renderDiagnostics } from "../report/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { plain } from "../report/index.ts";
import { packageFolder } from "./package-folder.ts";
import { type Library, library } from "./sources.ts";
import { plannedModel } from "./planned-model.ts";

/** A script with the configuration that it belongs to. */
export interface TraceScript extends Script {
  /** The title of the check; "" in a file without checks. */
  readonly check: string;
  /** `NAME=VALUE`: constants that have other values than in the check. */
  readonly set?: readonly string[];
}

export type Rehearsed =
  | Rehearsal
  /** The model cannot be read, has mistakes, or has no such check. */
  | { readonly kind: "no model"; readonly why: string };

const explained = (diagnostics: readonly Diagnostic[], { texts }: Library): Rehearsed => ({
  kind: "no model",
  why: renderDiagnostics(diagnostics, texts, { paint: plain, columns: 100 }).trim(),
});

/** Plays a script on the model as it is now. */
export const rehearse = (model: string | URL, script: TraceScript): Rehearsed => {
  const path = typeof model === "string" ? model : fileURLToPath(model);
  const folder = process.cwd();
  const texts = library({ folder, packageFolder: packageFolder() });
  const opened = texts.open(path);
  if (E.isLeft(opened)) return { kind: "no model", why: `${path}: ${opened.left.reason}` };
  const found = plannedModel(path, script, { folder, texts });
  if (E.isLeft(found)) return explained(found.left.diagnostics, texts);
  if (found.right.kind === "no check") {
    return { kind: "no model", why: `${path} has no check "${script.check}"` };
  }
  return rehearseOn(found.right.core, script);
};
