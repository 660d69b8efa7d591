// What became of a mutant, and of all of them: data that travels between workers and shards as JSON.

/** A state from which the mutant goes on in another way than the specification. */
export interface Difference {
  /** The check whose model shows it. */
  readonly check: string;
  /** Steps from an initial state, on a shortest way; -1: the initial states themselves differ. */
  readonly depth: number;
  /** `name=value`, one each, of what is not at its zero; then what is in flight. */
  readonly state: readonly string[];
  /** Steps, with what they change, that only the one or only the other has. */
  readonly without: readonly string[];
  readonly with: readonly string[];
}

export type MutantOutcome =
  /** No specification any more: the first mistake that it is answered with. */
  | { readonly kind: "invalid"; readonly why: string }
  /** The check that fails, and what it says. */
  | {
      readonly kind: "killed";
      readonly by: "verdict" | "model error";
      readonly check: string;
      readonly why: string;
    }
  /** In every check the same model, or another with the same states and the same steps, left-out checks included. */
  | { readonly kind: "equivalent" }
  /**
   * The same states and as many transitions wherever another model was explored; that of this check was not, or not all,
   * or was not gone through step by step.
   */
  | ({ readonly kind: "alike" } & Unexplored)
  | { readonly kind: "survived"; readonly difference?: Difference }
  /** Not killed, and the search of this check was cut; or nothing but checks that were not explored has another model. */
  | ({ readonly kind: "undecided" } & Unexplored);

/** A check with another model of which not all is known. */
export interface Unexplored {
  readonly check: string;
  /**
   * "cut": the mistake makes it too large. "left out": it is too large without the mistake. "ends early": with what it
   * looks for, and all of it is too large. "counted": it has the same states and as many transitions, and is too large
   * for a look at each of these.
   */
  readonly because: "cut" | "left out" | "ends early" | "counted";
}

export interface Score {
  readonly mutants: number;
  readonly invalid: number;
  readonly equivalent: number;
  readonly alike: number;
  readonly modelErrors: number;
  readonly verdicts: number;
  readonly survived: number;
  readonly undecided: number;
  /** Of a hundred that are killed by a verdict, survive or are undecided, how many are killed; absent of none. */
  readonly percent?: number;
}

const count = (outcomes: readonly MutantOutcome[], is: (it: MutantOutcome) => boolean): number =>
  outcomes.filter(is).length;

/** Model errors are counted apart: no property notices them. */
export const scoreOf = (outcomes: readonly MutantOutcome[]): Score => {
  const of = (kind: MutantOutcome["kind"]): number => count(outcomes, (it) => it.kind === kind);
  const verdicts = count(outcomes, (it) => it.kind === "killed" && it.by === "verdict");
  const [survived, undecided] = [of("survived"), of("undecided")];
  const judged = verdicts + survived + undecided;
  return {
    mutants: outcomes.length,
    invalid: of("invalid"),
    equivalent: of("equivalent"),
    alike: of("alike"),
    modelErrors: of("killed") - verdicts,
    verdicts,
    survived,
    undecided,
    ...(judged === 0 ? {} : { percent: (100 * verdicts) / judged }),
  };
};

/** Without a score it is enough only where no mutant can change behaviour, or nothing is asked for. */
export const isEnough = ({ percent, modelErrors, alike }: Score, least: number): boolean =>
  percent === undefined ? modelErrors + alike === 0 || least === 0 : percent >= least;
