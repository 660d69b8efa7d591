// The second chance of `check conform`: results of a busy machine -> those that were unstable, played again.

import type { CaseResult, Scenario } from "../pipeline.ts";
import { resultOf } from "./conform-result.ts";
import type { Asked } from "./conform-wishes.ts";
import type { Run } from "./replay-player.ts";

/** What was unstable must be alike so many times as often, so that chance does not decide. */
export const moreOften = 3;

/**
 * On a busy machine runs may be late: what is unstable is played again, and more often. `play` gives the runs of
 * each scenario in the order of the list, in which each is several times.
 */
export const againIfNeeded = async (
  asked: readonly Asked[],
  results: readonly CaseResult[],
  play: (scenarios: readonly Scenario[]) => Promise<readonly (readonly Run[])[]>,
): Promise<{ readonly results: readonly CaseResult[]; readonly again: number }> => {
  const late = results.flatMap((it, at) => (it.judged.verdict === "unstable" ? [at] : []));
  if (late.length === 0) return { results, again: 0 };
  const scenarios = late.flatMap((at) => asked[at]?.scenario ?? []);
  const played = await play(Array.from({ length: moreOften }, () => scenarios).flat());
  const second = new Map(
    late.map((at, position) => [
      at,
      played.filter((_, time) => time % scenarios.length === position).flat(),
    ]),
  );
  return {
    again: late.length,
    results: results.map((it, at) => {
      const [wish, found] = [asked[at], second.get(at)];
      return wish === undefined || found === undefined ? it : resultOf(wish, found);
    }),
  };
};
