// What a stack did beside what the trace says it does: expected, observed -> equal or not, unanimous or not.

/** What can be seen of a host in one step: the segments it sent, and its state where it is known. */
export interface Observed {
  readonly sent: readonly string[];
  readonly state?: string;
  /** What became of the timer of TIME_WAIT, where that can be seen. */
  readonly timer?: "timer restarted" | "timer goes on" | "timer ends sooner" | "no timer is told";
  /** What the application was told; all else was looked at, too. */
  readonly refusal?: string;
  /** The stack could not do what the step asks of it, and nothing else was looked at. */
  readonly failure?: string;
  /** Why nobody can tell whether the stack answered the step. */
  readonly doubt?: string;
}

export type Verdict = "equal" | "differs" | "unstable" | "undecided" | "not replayed";

/** What a stack may keep to itself; then it is not compared. */
export type Untold = "state" | "timer";

export interface JudgedStep {
  readonly number: number;
  readonly text: string;
  readonly verdict: Verdict;
  readonly expected: string;
  /** What each run showed, every answer once. */
  readonly observed: readonly string[];
  /** What is expected, and not told by the stack: of an equal step it was not compared. */
  readonly untold?: readonly Untold[];
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
export const observedText = (it: Observed): string => {
  const { sent, state, timer, refusal, failure, doubt } = it;
  if (failure !== undefined) return failure;
  const said = sent.length === 0 ? "silence" : sent.join(", ");
  const all = [refusal ?? "", said, state ?? "", timer ?? ""].filter(Boolean).join("; ");
  return doubt === undefined ? all : `${all} (${doubt})`;
};

/** A state, or a timer, that one side does not know decides nothing. */
const asFarAsKnown = ({ state, timer, ...rest }: Observed, other: Observed): Observed => ({
  ...rest,
  ...(state === undefined || other.state === undefined ? {} : { state }),
  ...(timer === undefined || other.timer === undefined ? {} : { timer }),
});

export const isEqual = (expected: Observed, observed: Observed): boolean =>
  observedText(asFarAsKnown(expected, observed)) === observedText(asFarAsKnown(observed, expected));

/** It would be equal if what is in doubt were an answer. */
const isInDoubt = (expected: Observed, { doubt, ...observed }: Observed): boolean =>
  doubt !== undefined && isEqual(expected, observed);

const untoldOf = (
  expected: Observed,
  seen: readonly Observed[],
): { readonly untold?: readonly Untold[] } => {
  const parts = ["state", "timer"] as const;
  const untold = parts.filter(
    (it) => expected[it] !== undefined && seen.some((run) => run[it] === undefined),
  );
  return untold.length === 0 ? {} : { untold };
};

const judgeStep = (told: Expectation, answers: readonly (Observed | undefined)[]): JudgedStep => {
  const { number, text, expected, note, isReplayed } = told;
  const noted = note === undefined ? {} : { note };
  if (!isReplayed) {
    return { number, text, verdict: "not replayed", expected: "", observed: [], ...noted };
  }
  const seen = answers.flatMap((it) => (it === undefined ? [] : [it]));
  const observed = [...new Set(seen.map(observedText))];
  const isAnswered = seen.length > 0 && seen.length === answers.length;
  if (isAnswered && seen.every((it) => isEqual(expected, it))) {
    const told = seen.reduce(asFarAsKnown, expected);
    const compared = { expected: observedText(told), ...untoldOf(expected, seen) };
    return { number, text, verdict: "equal", observed, ...compared, ...noted };
  }
  const isOpen = seen.every((it) => isEqual(expected, it) || isInDoubt(expected, it));
  const isAlike = observed.length === 1;
  const verdict = !isAnswered
    ? "unstable"
    : isOpen
      ? "undecided"
      : isAlike
        ? "differs"
        : "unstable";
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
    if (verdict !== "equal" && verdict !== "not replayed") return { steps, verdict };
  }
  return { steps, verdict: "equal" };
};

/** `its state and its timer`, where an equal step was compared without them; undefined where nothing is missing. */
export const untoldText = ({ steps }: Pick<Judged, "steps">): string | undefined => {
  const parts = new Set(steps.flatMap((it) => it.untold ?? []));
  return parts.size === 0 ? undefined : [...parts].map((it) => `its ${it}`).join(" and ");
};
