// `check translate FILE --check NAME --to murphi|promela`: one configuration as the text of another checker.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import { plan, type PlannedCheck, renderDiagnostics, translate } from "../pipeline.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import type { CheckOptions, CommandLine } from "./command-line.ts";
import { prepare } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { placesOf, writeApart } from "./outputs.ts";
import type { Shell } from "./shell.ts";
import { type Library, library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

type TranslateLine = Extract<CommandLine, { readonly kind: "translate" }>;

const checkOptions = ({ file, check, set, color }: TranslateLine): CheckOptions => ({
  inputs: [file],
  ...(check === undefined ? {} : { check: [check] }),
  only: [],
  set,
  list: false,
  trace: "ladder",
  json: false,
  quiet: true,
  color,
  engine: "auto",
  minimal: "steps",
  all: 1,
});

/** How the text is run, and under which constants the model is what it is. */
const heading = (
  line: TranslateLine,
  check: PlannedCheck,
  core: Core,
  version: string,
): readonly string[] => {
  const { file, to } = line;
  const values = check.parameters.map(({ name, text }) => `${name} = ${text}`);
  // Both take a state in which the behaviour may end for a deadlock, so that no deadlock is asked for then.
  const mayEnd = core.finals.length > 0;
  const use =
    to === "murphi"
      ? [
          `rumur --deadlock-detection ${mayEnd ? "off" : "stuck"} -o model.c model.m && gcc -O3 -mcx16 model.c -lpthread`,
        ]
      : [
          `spin -a model.pml && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan${mayEnd ? " -E" : ""} -m1000000`,
          "Before the initial states SPIN counts a state and a transition per combination of choices of `init`,",
          "and a transition per initial step.",
        ];
  const [tool, option] = to === "murphi" ? ["rumur", "--deadlock-detection off"] : ["pan", "-E"];
  const ends = mayEnd
    ? [
        `Deadlocks are not looked for (${option}): ${tool} takes states in which the behaviour may end for some.`,
      ]
    : [];
  return [
    `${file}: ${check.title === "" ? "as it stands" : check.title}`,
    ...(values.length === 0 ? [] : [`with ${values.join(", ")}`]),
    `Translated by check ${version}.`,
    ...use,
    ...ends,
  ];
};

const write = (
  line: TranslateLine,
  text: string,
  terminal: Terminal,
  texts: Library,
): readonly Outcome[] => {
  if (line.output === undefined) {
    terminal.result(text);
    return [];
  }
  return writeApart(line.output, text, terminal, placesOf(texts));
};

/** The one check that the words name; a sweep is many configurations, and has no translation. */
export const oneOf = (checks: readonly PlannedCheck[]): E.Either<string, PlannedCheck> => {
  const [first, ...others] = checks;
  if (first === undefined) return E.left("no check has that title");
  if (others.length === 0) return E.right(first);
  const titles = checks.map((it) => `  ${it.title}`).join("\n");
  return E.left(`name one check with --check; these match:\n${titles}`);
};

export const translateCommand = (
  shell: Shell,
  terminal: Terminal,
  line: TranslateLine,
): readonly Outcome[] => {
  const texts = library(shell);
  const complain = (diagnostics: readonly Diagnostic[]): void => {
    const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
    if (text !== "") terminal.remark(text);
  };
  const prepared = prepare(checkOptions(line), shell.folder, texts);
  if (E.isLeft(prepared)) {
    complain(prepared.left.diagnostics);
    return [prepared.left.outcome];
  }
  const { entries, unreadable, request } = prepared.right;
  complain(unreadable.map((it) => it.diagnostic));
  const plans = entries.map((it) => plan(it.loaded, request));
  const diagnostics = plans.flatMap((it) => it.diagnostics);
  complain(diagnostics);
  if (unreadable.length > 0) return unreadable.map((it) => it.outcome);
  if (diagnostics.some(isError)) return ["specification"];
  const checks = plans
    .flatMap((it) => it.value.obligations)
    .flatMap((it) => (it.kind === "check" ? [it] : []));
  const chosen = oneOf(checks);
  if (E.isLeft(chosen)) {
    terminal.remark(`check: ${chosen.left}\n`);
    return ["usage"];
  }
  const { model } = chosen.right;
  if (model.kind === "assumption") {
    terminal.remark(`check: the check assumes what is false: ${model.why}\n`);
    return ["assumption"];
  }
  const { value: core, diagnostics: mistakes } = model.build();
  complain(mistakes);
  if (core === undefined) return ["specification"];
  const options = {
    judging: "stop",
    heading: heading(line, chosen.right, core, shell.version),
  } as const;
  const { value, diagnostics: remarks } = translate(core, line.to, options);
  complain(remarks);
  return remarks.some(isError) ? ["specification"] : write(line, value, terminal, texts);
};
