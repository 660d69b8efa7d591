// Reads the counts out of what the programs print.

import * as E from "fp-ts/lib/Either.js";
import type { Counts } from "./results.ts";

/** Why an output gives no counts. */
export type Reading = E.Either<string, Counts>;

const numberIn = (text: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** What SPIN counts beyond the states and the steps of the model. */
export interface Extra {
  readonly states: number;
  readonly transitions: number;
}

/** A text written by hand: the beginning counts as a transition. */
export const byHand: Extra = { states: 0, transitions: 1 };
/** A translation has one state more, before the initial one, and the step out of it. */
export const translated: Extra = { states: 1, transitions: 2 };

export const readSpin =
  (extra: Extra) =>
  (output: string): Reading => {
    if (/max search depth too small/.test(output)) return E.left("cut: its stack was too small");
    if (/out of memory|memory exhausted/.test(output)) return E.left("out of memory");
    const errors = numberIn(output, /errors: (\d+)/);
    if (errors !== undefined && errors > 0) return E.left("found a violation");
    const states = numberIn(output, /(\d+) states, stored/);
    const transitions = numberIn(output, /(\d+) transitions/);
    if (states === undefined || transitions === undefined) return E.left("gave no counts");
    return E.right({
      states: states - extra.states,
      transitions: transitions - extra.transitions,
    });
  };

export const readRumur = (output: string): Reading => {
  const summary = /<summary states="(\d+)" rules_fired="(\d+)" errors="(\d+)"/.exec(output);
  if (summary === null) return E.left("gave no counts");
  const [, states, transitions, errors] = summary;
  return Number(errors) > 0
    ? E.left("found a violation")
    : E.right({ states: Number(states), transitions: Number(transitions) });
};

const digits = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

/** Of one check that holds, as people read it: `check FILE --check TITLE`. */
export const readOurs = (output: string): Reading => {
  const counts = /^ +searched +([\d,]+) states?, ([\d,]+) transitions?(.*)$/m.exec(output);
  if (counts === null) return E.left("gave no counts");
  const [, states, transitions, rest] = counts;
  if (rest?.includes("INCOMPLETE") === true) return E.left("did not finish its search");
  return /: holds, as expected$/m.test(output)
    ? E.right({ states: digits(states), transitions: digits(transitions) })
    : E.left("the expectation is not met");
};

/** What `time` of bash printed: wall, user and system seconds. */
export const readTimes = (
  text: string,
): { readonly wallSeconds: number; readonly cpuSeconds: number } | undefined => {
  const found = /^(\d+[.,]\d+) (\d+[.,]\d+) (\d+[.,]\d+)$/m.exec(text);
  if (found === null) return undefined;
  const [wall = 0, user = 0, system = 0] = found.slice(1).map((it) => Number(it.replace(",", ".")));
  return { wallSeconds: wall, cpuSeconds: Math.round((user + system) * 1000) / 1000 };
};
