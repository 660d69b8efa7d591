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

export type Outcome =
  /** No specification any more: the first mistake that it is answered with. */
  | { readonly kind: "invalid"; readonly why: string }
  /** The check that fails, and what it says. */
  | {
      readonly kind: "killed";
      readonly by: "verdict" | "model error";
      readonly check: string;
      readonly why: string;
    }
  /** The same states and transitions in every check that was made. */
  | { readonly kind: "equivalent" }
  | { readonly kind: "survived"; readonly difference?: Difference }
  /** Not killed, and the search of this check was cut. */
  | { readonly kind: "undecided"; readonly check: string };

export interface Score {
  readonly mutants: number;
  readonly invalid: number;
  readonly equivalent: number;
  readonly modelErrors: number;
  readonly verdicts: number;
  readonly survived: number;
  readonly undecided: number;
  /** Of a hundred that change behaviour without a model error, how many a verdict tells; 100 of none. */
  readonly percent: number;
}

const count = (outcomes: readonly Outcome[], is: (it: Outcome) => boolean): number =>
  outcomes.filter(is).length;

/** Model errors are counted apart: no property notices them. */
export const scoreOf = (outcomes: readonly Outcome[]): Score => {
  const of = (kind: Outcome["kind"]): number => count(outcomes, (it) => it.kind === kind);
  const verdicts = count(outcomes, (it) => it.kind === "killed" && it.by === "verdict");
  const [survived, undecided] = [of("survived"), of("undecided")];
  const judged = verdicts + survived + undecided;
  return {
    mutants: outcomes.length,
    invalid: of("invalid"),
    equivalent: of("equivalent"),
    modelErrors: of("killed") - verdicts,
    verdicts,
    survived,
    undecided,
    percent: judged === 0 ? 100 : (100 * verdicts) / judged,
  };
};
