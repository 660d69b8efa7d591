// A mutant: one small mistake in the text of a specification, and what kind of mistake it is.

import type { Span } from "../source/index.ts";

/** The mistakes that are made on purpose, in the words of reports. */
export const operators = {
  "drop-conjunct": "a condition dropped",
  "drop-case": "a case dropped",
  "swap-cases": "two cases swapped",
  "omit-send": "a send omitted",
  "omit-start": "a timer not started",
  "off-by-one": "a timer or window off by one",
  "flip-constant": "a constant flipped",
  "weaken-comparison": "a comparison weakened",
} as const;

export type Operator = keyof typeof operators;

/** Text in place of a span, which changes nothing else. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Mutant extends Edit {
  readonly operator: Operator;
}

/** The text with the edit made. */
export const edited = (text: string, { span, text: replacement }: Edit): string =>
  text.slice(0, span.start) + replacement + text.slice(span.end);
