// A core as the text of another checker: the same states, one firing per step (core -> text).

import type { Core } from "../core/index.ts";
import { type Checked, type Diagnostic, isError } from "../source/index.ts";
import { notTranslated, tooManyOptions } from "./diagnostics.ts";
import { lower } from "./lower.ts";
import { murphiText } from "./murphi.ts";
import type { TranslateOptions, TranslationTarget } from "./options.ts";
import type { Program } from "./program.ts";
import { promelaText } from "./promela.ts";

const optionLimit = 4096;

/** The text, and what it leaves out; it is empty after an error. */
export const translate = (
  core: Core,
  target: TranslationTarget,
  options: TranslateOptions,
): Checked<string> => {
  const program = lower(core);
  const diagnostics = [
    ...leftOut(core, target),
    ...(target === "promela" ? tooLarge(core, program) : []),
  ];
  if (diagnostics.some(isError)) return { value: "", diagnostics };
  const write = target === "murphi" ? murphiText : promelaText;
  return { value: write(core, program, options), diagnostics };
};

const leftOut = (core: Core, target: TranslationTarget): readonly Diagnostic[] => {
  const title = target === "murphi" ? "Murphi" : "Promela";
  const names = new Map(
    core.properties.flatMap(({ kind, name, span }) =>
      kind === "recoverable" ? [[name, span] as const] : [],
    ),
  );
  return [...names].map(([name, span]) => notTranslated(span, { name, target: title }));
};

const tooLarge = (core: Core, { routines }: Program): readonly Diagnostic[] =>
  routines.flatMap(({ name, parameters }) => {
    const count = parameters.reduce((product, { low, high }) => product * (high - low + 1), 1);
    if (count <= optionLimit) return [];
    const action = core.actions.find((it) => it.name === name);
    const span = action?.span ?? { file: "", start: 0, end: 0 };
    return [tooManyOptions(span, { action: name, options: count, limit: optionLimit })];
  });
