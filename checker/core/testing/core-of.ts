// Texts to cores for the tests of this layer.

import * as E from "fp-ts/lib/Either.js";
import { interpreter } from "../../interpret/index.ts";
import { checkProgram, loadModules, type TypedProgram } from "../../semantics/index.ts";
import { positionAt, sourceFile, type Diagnostic } from "../../source/index.ts";
import { parse } from "../../syntax/index.ts";
import { elaborate, serialize, type Core } from "../index.ts";

const file = "model.tw";
const configuration = { title: "", overrides: [], commandLine: [] };

/** The typed program of a text without errors. */
export const programOf = (text: string): TypedProgram => {
  const modules = loadModules(file, () => E.right(text), parse);
  const { value, diagnostics } = checkProgram(modules.value, configuration);
  const errors = [...modules.diagnostics, ...diagnostics].filter((it) => it.severity === "error");
  if (errors.length > 0) throw new Error(errors.map(describe(text)).join("\n"));
  return value;
};

const describe =
  (text: string) =>
  ({ code, span, message }: Diagnostic): string => {
    const { line, column } = positionAt(sourceFile(file, text), span.start);
    return `${code} at ${line}:${column} ${message}`;
  };

/** The core of a text without errors. */
export const coreOf = (text: string): Core => {
  const { value, diagnostics } = elaborate(programOf(text));
  if (value === undefined) throw new Error(diagnostics.map(describe(text)).join("\n"));
  return value;
};

/** The core of a text, or undefined when semantics refuses it. */
export const tryCoreOf = (text: string): Core | undefined => {
  const modules = loadModules(file, () => E.right(text), parse);
  const { value, diagnostics } = checkProgram(modules.value, configuration);
  const isRefused = diagnostics.some((it) => it.severity === "error");
  return isRefused ? undefined : elaborate(value).value;
};

/** What elaboration has to say of a text that semantics accepts, notes included. */
export const complaintsOf = (text: string): readonly string[] =>
  elaborate(programOf(text)).diagnostics.flatMap((it) => [
    describe(text)(it),
    ...it.notes.map(({ message, span }) => {
      const place = span === undefined ? undefined : positionAt(sourceFile(file, text), span.start);
      return `  ${place?.line}:${place?.column} ${message}`;
    }),
  ]);

/** The lines of the serialized core from the one that begins with `head` to the end of its body. */
export const codeOf = (text: string, head: string): readonly string[] => {
  const lines = serialize(coreOf(text)).split("\n");
  const first = lines.findIndex((it) => it.startsWith(head));
  if (first < 0) throw new Error(`no line begins with ${head}:\n${lines.join("\n")}`);
  const length = lines.slice(first + 1).findIndex((it) => !it.startsWith(" "));
  return lines.slice(first, first + 1 + length);
};

/**
 * The states that an action leads to from the initial state, each as `x = 1, y = 2` of the
 * variables that changed, or the message of the model error.
 */
export const stepsOf = (text: string, name: string): readonly string[] => {
  const core = coreOf(text);
  const { initialSteps, steps } = interpreter(core);
  return initialSteps().steps.flatMap((start) => {
    if (start.result.kind === "error") return [core.sites[start.result.site]?.message ?? ""];
    const { state } = start.result;
    return steps(state)
      .steps.filter(({ label }) => core.actions[label.action ?? -1]?.name === name)
      .map(({ result, branches }): string => {
        if (result.kind === "error") return `error: ${core.sites[result.site]?.message}`;
        const changes = core.variables.flatMap((it, id) => {
          const value = result.state.variables[id];
          return value === state.variables[id] ? [] : [`${it.name} = ${value}`];
        });
        const taken = branches.map((it) => core.branches[it]?.name ?? "");
        return [...taken, ...changes].join(", ");
      });
  });
};
