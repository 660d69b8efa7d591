// Nondeterminism inside a body: a body is run once per sequence of choices, in order of the
// choices.

/** Answers a fork between `count` alternatives (at least one) with one of 0..count-1. */
export type Choose = (count: number) => number;

/**
 * The results of `run` for every sequence of answers, the first fork most significant. `run` is
 * executed anew from its beginning for each; it must ask the same questions when given the same
 * answers.
 */
export const everyPath = <A>(run: (choose: Choose) => A): readonly A[] => {
  const results: A[] = [];
  let script: readonly number[] | undefined = [];
  while (script !== undefined) {
    const answers: readonly number[] = script;
    const forks: { readonly answer: number; readonly count: number }[] = [];
    const choose: Choose = (count) => {
      const answer = answers[forks.length] ?? 0;
      forks.push({ answer, count });
      return answer;
    };
    results.push(run(choose));
    script = following(forks);
  }
  return results;
};

/** The next script in order: the last fork that has an alternative left takes it. */
const following = (
  forks: readonly { readonly answer: number; readonly count: number }[],
): readonly number[] | undefined => {
  const turn = forks.findLastIndex(({ answer, count }) => answer + 1 < count);
  if (turn < 0) return undefined;
  return forks
    .slice(0, turn + 1)
    .map(({ answer }, index) => (index === turn ? answer + 1 : answer));
};
