// What becomes of every mutant of a text with checks, for tests.

import * as E from "fp-ts/lib/Either.js";
import { plan, type PlanRequest } from "../../prove/index.ts";
import { loadModules, type Modules } from "../../semantics/index.ts";
import type { Checked } from "../../source/index.ts";
import { parse } from "../../syntax/index.ts";
import {
  type Bench,
  byYield,
  edited,
  mutantsOf,
  type MutantOutcome,
  nothingKnown,
  tryMutant,
  type Yardstick,
  yardstickOf,
} from "../index.ts";

export const file = "model.tw";

export const loaded = (text: string): Checked<Modules> =>
  loadModules(file, () => E.right(text), parse);

const bench: Bench = {
  digest: (text) => text,
  shell: { now: () => 0, rest: () => Promise.resolve("go-on") },
  memoryBytes: 2 ** 28,
};

/** By mutant, in the order of the text: what stands there, what instead, and the outcome. */
export const outcomesOf = async (
  text: string,
  maxStates = 10_000,
): Promise<ReadonlyMap<string, MutantOutcome>> => {
  const before = loaded(text);
  const request: PlanRequest = { commandLine: [], only: [], isWanted: () => true };
  const { value, diagnostics } = plan(before, request);
  if (diagnostics.some((it) => it.severity === "error")) throw new Error(diagnostics[0]?.message);
  const yardsticks: Yardstick[] = [];
  const leftOut: string[] = [];
  for (const planned of value.obligations) {
    const it = await yardstickOf(file, planned, maxStates, bench);
    if (it === undefined || (it !== "too large" && !it.isMet)) throw new Error("no yardstick");
    if (it === "too large") leftOut.push(planned.title);
    else yardsticks.push(it);
  }
  yardsticks.sort(byYield);
  const known = nothingKnown();
  const outcomes = new Map<string, MutantOutcome>();
  for (const mutant of mutantsOf(before.value, () => text)) {
    const after = loaded(edited(text, mutant));
    const outcome = await tryMutant(
      { before, after, request, yardsticks, leftOut, maxStates, known },
      bench,
    );
    const was = text.slice(mutant.span.start, mutant.span.end);
    if (outcome !== undefined) outcomes.set(`${was} -> ${mutant.text}`, outcome);
  }
  return outcomes;
};
