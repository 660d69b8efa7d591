// Diagnostics are data: a code, a place, a sentence; only `report/` turns them into text.

import type { Span } from "./span.ts";

/**
 * `TW01xx` text, 02 names, 03 types, 04 language rules, 05 configuration, 06 compile limits, 07 run
 * limits, 09 internal, 10 verdicts and findings.
 */
export type Code = `TW${string}`;

export type Severity = "error" | "warning" | "finding";

/** A further place that explains the diagnostic, with its own sentence. */
export interface Note {
  readonly message: string;
  readonly span?: Span;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly span: Span;
  /** One sentence: what is wrong, in the user's words. */
  readonly message: string;
  readonly notes: readonly Note[];
  /** What to do about it; shown beside the carets. */
  readonly help?: string;
}

/** Does it keep the text from being run, as no warning or finding does? */
export const isError = ({ severity }: Pick<Diagnostic, "severity">): boolean =>
  severity === "error";

/** What a definition says of one occurrence. */
export interface Wording {
  readonly message: string;
  readonly help?: string;
  readonly notes?: readonly Note[];
}

/** The documentation of one code, for `check explain` and `docs/diagnostics.md`. */
export interface Explanation {
  readonly code: Code;
  readonly severity: Severity;
  /** A noun phrase: "unknown name". */
  readonly title: string;
  /** Why it is a mistake and how to mend it: one short paragraph. */
  readonly text: string;
  /**
   * A complete, minimal `.tw` text that is answered with this code, where source text can show it.
   */
  readonly example?: string;
}

export interface Definition<Facts> {
  readonly explanation: Explanation;
  (span: Span, facts: Facts): Diagnostic;
}

/**
 * Defines one diagnostic: wording beside its code, nowhere else. The result makes the diagnostic
 * from a place and the facts of the occurrence.
 */
export const define = <Facts>(
  explanation: Explanation,
  word: (facts: Facts) => Wording,
): Definition<Facts> =>
  Object.assign(
    (span: Span, facts: Facts): Diagnostic => {
      const wording = word(facts);
      return {
        code: explanation.code,
        severity: explanation.severity,
        span,
        message: wording.message,
        notes: wording.notes ?? [],
        ...(wording.help === undefined ? {} : { help: wording.help }),
      };
    },
    { explanation },
  );

/** What a recovering phase returns: always a value, and all it has to say about it. */
export interface Checked<A> {
  readonly value: A;
  readonly diagnostics: readonly Diagnostic[];
}
