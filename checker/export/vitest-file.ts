// A trace as a test that stands alone in a user's repository: it fails when the model no longer does this.

import type { Core } from "../core/index.ts";
import type { Trace } from "../trace/index.ts";
import { type Cue, rehearse, type Script, scriptOf } from "./rehearse.ts";
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

/** From the folder of one file to another file, both seen from the same folder. */
export const relativePath = (from: string | undefined, to: string): string => {
  if (to.startsWith("/") || from?.startsWith("/") === true) return to;
  const folders = (from ?? "").split("/").slice(0, -1);
  const target = to.split("/");
  let same = 0;
  while (same < folders.length && folders[same] === target[same] && same < target.length - 1)
    same += 1;
  const up = folders.slice(same).map(() => "..");
  const way = [...up, ...target.slice(same)].join("/");
  return way.startsWith("..") ? way : `./${way}`;
};

interface Places {
  /** The model and the test, as seen from the current folder; a test without a name stands there. */
  readonly model: string;
  readonly output?: string;
}

export const vitestText = (
  core: Core,
  about: Provenance,
  trace: Trace,
  { model, output }: Places,
): string => {
  const { check, set, violation } = about;
  const script: Script = scriptOf(core, trace, violation);
  const found = rehearse(core, script).kind;
  const name = `${check === "" ? about.source : check}: ${violationText(violation)} after ${trace.steps.length} steps`;
  const path = relativePath(output, model);
  const url = path.startsWith("/")
    ? JSON.stringify(path)
    : `new URL(${JSON.stringify(path)}, import.meta.url)`;
  return [
    `// Written by \`check export\`. It fails when the model no longer takes these steps, or when`,
    `// nothing fails at their end any more: then the counterexample is gone, or it is another one.`,
    "",
    'import { expect, test } from "vitest";',
    `import { rehearse, type TraceScript } from "${packageName}";`,
    "",
    `const model = ${url};`,
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
  ].join("\n");
};
