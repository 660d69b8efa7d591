// The one line that tells how far a search is: figures -> text.

import { textWidth } from "./text-width.ts";
import { count, duration, size } from "./wording.ts";

export interface ProgressFigures {
  readonly depth: number;
  readonly states: number;
  readonly transitions: number;
  /** States found and not yet expanded. */
  readonly queue: number;
  readonly memoryBytes: number;
  readonly seconds: number;
  /** What is done after all states are found. */
  readonly phase?: { readonly name: string; readonly done: number; readonly all: number };
}

/**
 * The line for figures of the search called `title`, the most important first: what does not fit into `columns` is left out
 * from the end.
 */
export const progressLine = (title: string, it: ProgressFigures, columns: number): string => {
  const rate = it.seconds > 0 ? Math.round(it.states / it.seconds) : 0;
  const { phase } = it;
  const after =
    phase === undefined ? [] : [`${phase.name}: ${count(phase.done)} of ${count(phase.all)}`];
  const parts = [
    title,
    ...after,
    `depth ${it.depth}`,
    `${count(it.states)} states`,
    `${count(rate)}/s`,
    duration(it.seconds),
    size(it.memoryBytes),
    `queue ${count(it.queue)}`,
    `${count(it.transitions)} transitions`,
  ];
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line} · ${part}`;
    if (textWidth(longer) > columns) break;
    line = longer;
  }
  return line;
};
