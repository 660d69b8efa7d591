// A trace as a test that stands alone in a user's repository: it fails when the model no longer does this.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Trace } from "../trace/index.ts";
import { noScript } from "./diagnostics.ts";
import { type Cue, type Rehearsed, rehearsed, scriptOf } from "./rehearse.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

/** The name under which the checker is published. */
const packageName = "@timewait/check";

const isSimple = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name);

/** As people write TypeScript: names without quotes where they need none. */
const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, it]) => `${isSimple(name) ? name : JSON.stringify(name)}: ${literal(it)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
};

const cueText = (cue: Cue, step: number): string =>
  `    ${literal(cue)}, // ${step === 0 ? "the initial state" : step}`;

/** Why a test of it would pass whatever the model does, or could never pass. */
const whyNone = ({ rehearsal, isCut }: Rehearsed): string | undefined => {
  if (rehearsal.kind === "still violated") return undefined;
  if (isCut) return "too many behaviours fit what a test would say of its steps";
  return rehearsal.kind === "undecided"
    ? undefined
    : "the model as it is now does not fail at its end";
};

/**
 * The text of a test file; the model is named as seen from the folder of the test. A diagnostic where the test would
 * guard nothing.
 */
export const vitestText = (
  core: Core,
  about: Provenance,
  trace: Trace,
  model: string,
): E.Either<readonly Diagnostic[], string> => {
  const { check, set, violation } = about;
  const script = scriptOf(core, trace, violation);
  const played = rehearsed(core, script);
  const why = whyNone(played);
  if (why !== undefined) {
    return E.left([noScript({ file: about.source, start: 0, end: 0 }, { why })]);
  }
  const found = played.rehearsal.kind;
  const name = `${check === "" ? about.source : check}: ${violationText(violation)} after ${trace.steps.length} steps`;
  const lines = [
    `// Written by \`check export\`. It fails when the model no longer takes these steps, or when`,
    `// nothing fails at their end any more: then the counterexample is gone, or it is another one.`,
    "",
    'import { expect, test } from "vitest";',
    `import { rehearse, type TraceScript } from "${packageName}";`,
    "",
    `const model = new URL(${JSON.stringify(model)}, import.meta.url);`,
    "",
    "const script: TraceScript = {",
    `  check: ${JSON.stringify(check)},`,
    ...(set.length === 0 ? [] : [`  set: ${literal(set)},`]),
    `  violation: ${literal(violation)},`,
    "  steps: [",
    ...script.steps.map(cueText),
    "  ],",
    "};",
    "",
    `test(${JSON.stringify(name)}, () => {`,
    ...(found === "undecided"
      ? [
          "  // Too much follows the last step to search all of it here; `check` did, and found no way back.",
        ]
      : []),
    `  expect(rehearse(model, script)).toEqual({ kind: ${JSON.stringify(found)} });`,
    "});",
    "",
  ];
  return E.right(lines.join("\n"));
};
