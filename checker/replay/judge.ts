// What a stack did beside what the trace says it does: expected, observed -> equal or not, unanimous or not.

/** What can be seen of a host in one step: the segments it sent, and its state where it is known. */
export interface Observed {
  readonly sent: readonly string[];
  readonly state?: string;
  /** What became of the timer of TIME_WAIT, where that can be seen. */
  readonly timer?: "timer restarted" | "timer goes on";
  /** The stack could not do what the step asks of it. */
  readonly failure?: string;
}

export type Verdict = "equal" | "differs" | "unstable" | "not replayed";

export interface JudgedStep {
  readonly number: number;
  readonly text: string;
  readonly verdict: Verdict;
  readonly expected: string;
  /** What each run showed, every answer once. */
  readonly observed: readonly string[];
  /** Why a step is not replayed, or what is special about it. */
  readonly note?: string;
}

export interface Expectation {
  readonly number: number;
  readonly text: string;
  readonly expected: Observed;
  readonly note?: string;
  /** The stack has no part in it, or it cannot be made to happen. */
  readonly isReplayed: boolean;
}

export interface Judged {
  readonly steps: readonly JudgedStep[];
  readonly verdict: Exclude<Verdict, "not replayed">;
}

/** `SYN seq=0; SYN_SENT` */
export const observedText = ({ sent, state, timer, failure }: Observed): string =>
  failure ??
  [sent.length === 0 ? "silence" : sent.join(", "), state ?? "", timer ?? ""]
    .filter(Boolean)
    .join("; ");

/** A state, or a timer, that one side does not know decides nothing. */
const asFarAsKnown = ({ sent, state, timer, failure }: Observed, other: Observed): Observed => ({
  sent,
  ...(failure === undefined ? {} : { failure }),
  ...(state === undefined || other.state === undefined ? {} : { state }),
  ...(timer === undefined || other.timer === undefined ? {} : { timer }),
});

export const isEqual = (expected: Observed, observed: Observed): boolean =>
  observedText(asFarAsKnown(expected, observed)) === observedText(asFarAsKnown(observed, expected));

const judgeStep = (told: Expectation, answers: readonly (Observed | undefined)[]): JudgedStep => {
  const { number, text, expected, note, isReplayed } = told;
  const noted = note === undefined ? {} : { note };
  if (!isReplayed) {
    return { number, text, verdict: "not replayed", expected: "", observed: [], ...noted };
  }
  const seen = answers.flatMap((it) => (it === undefined ? [] : [it]));
  const observed = [...new Set(seen.map(observedText))];
  const equals = seen.filter((it) => isEqual(expected, it)).length;
  const isAnswered = seen.length > 0 && seen.length === answers.length;
  const isAlike = isAnswered && observed.length === 1;
  const verdict = isAnswered && equals === seen.length ? "equal" : isAlike ? "differs" : "unstable";
  return { number, text, verdict, expected: observedText(expected), observed, ...noted };
};

/**
 * Compares runs with the trace step by step, up to the first step that is not equal: what comes after
 * that has no meaning. A run that ended before has no answer there, and what nothing answers is not equal.
 */
export const judge = (
  expectations: readonly Expectation[],
  runs: readonly ReadonlyMap<number, Observed>[],
): Judged => {
  const steps: JudgedStep[] = [];
  for (const told of expectations) {
    const step = judgeStep(
      told,
      runs.map((it) => it.get(told.number)),
    );
    steps.push(step);
    const { verdict } = step;
    if (verdict === "differs" || verdict === "unstable") return { steps, verdict };
  }
  return { steps, verdict: "equal" };
};
