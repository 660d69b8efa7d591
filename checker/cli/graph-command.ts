// `check graph FILE --check NAME --to dot|svg`: the states of one configuration, drawn.

import * as E from "fp-ts/lib/Either.js";
import { dotText, graphSvg, plan, renderDiagnostics, stateGraph } from "../pipeline.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import { prepare } from "./entries.ts";
import type { GraphLine } from "./export-line.ts";
import type { Outcome } from "./exit-codes.ts";
import { placesOf, writeApart } from "./outputs.ts";
import { quietOptions } from "./planned-model.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { oneOf } from "./translate-command.ts";

/** Beyond this a drawing shows nothing. */
const mostStates = 2000;

export const runGraph = (shell: Shell, terminal: Terminal, line: GraphLine): readonly Outcome[] => {
  const { file, to, check, set, on, force, output } = line;
  const texts = library(shell);
  const complain = (diagnostics: readonly Diagnostic[]): void => {
    const text = renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook);
    if (text !== "") terminal.remark(text);
  };
  const prepared = prepare(
    quietOptions(file, set, check === undefined ? [] : [check]),
    shell.folder,
    texts,
  );
  if (E.isLeft(prepared)) {
    complain(prepared.left.diagnostics);
    return [prepared.left.outcome];
  }
  const { entries, unreadable, request } = prepared.right;
  const plans = entries.map((it) => plan(it.loaded, request));
  const diagnostics = plans.flatMap((it) => it.diagnostics);
  complain([...unreadable.map((it) => it.diagnostic), ...diagnostics.filter(isError)]);
  if (unreadable.length > 0) return unreadable.map((it) => it.outcome);
  if (diagnostics.some(isError)) return ["specification"];
  const chosen = oneOf(
    plans.flatMap((it) => it.value.obligations).flatMap((it) => (it.kind === "check" ? [it] : [])),
  );
  if (E.isLeft(chosen)) {
    terminal.remark(`check: ${chosen.left}\n`);
    return ["usage"];
  }
  const { model, span, title } = chosen.right;
  if (model.kind === "assumption") {
    terminal.remark(`check: the check assumes what is false: ${model.why}\n`);
    return ["assumption"];
  }
  const { value: core, diagnostics: mistakes } = model.build();
  complain(mistakes);
  if (core === undefined) return ["specification"];
  const limit = force ? Number.POSITIVE_INFINITY : mostStates;
  const graph = stateGraph(core, { on, limit, span });
  if (E.isLeft(graph)) {
    complain(graph.left);
    return ["usage"];
  }
  const name = title === "" ? file : title;
  const text = to === "dot" ? dotText(name, graph.right) : graphSvg(name, graph.right);
  if (output !== undefined && output !== "-")
    return writeApart(output, text, terminal, placesOf(texts));
  terminal.result(text);
  return [];
};
