// What is asked of a translation.

export type TranslationTarget = "murphi" | "promela";

export interface TranslateOptions {
  /**
   * "stop": the checker stops at the first violation and shows it. "count": it explores everything
   * and prints a line for each thing it sees, for comparisons.
   */
  readonly judging: "stop" | "count";
  /** First lines of the text, as a comment. */
  readonly heading: readonly string[];
}

/*
 * Lines of "count", each any number of times:
 *   @false P    property P (by position in the core) is false in a state
 *   @true P     it is true in a state (of properties that ask for one)
 *   @failed P   evaluating it failed
 *   @event E    a step was marked with event E
 *   @error S    a step was the model error of site S
 *   @final      a state in which the behaviour may end (Murphi: one step more is counted there)
 *   @deadlock   a state without a step in which it may not end (Murphi says it in its own way)
 *   @start N    there are N initial steps (Promela, where they are transitions)
 *   @begin N    N states stand before them (Promela)
 */
