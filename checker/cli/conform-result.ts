// What came of a goal of `check conform`: its runs -> compared, or why it cannot be.

import { type CaseResult, isStepCompared, untoldText } from "../pipeline.ts";
import type { Asked } from "./conform-wishes.ts";
import type { Run } from "./replay-player.ts";
import { brokenStack, judgedRuns } from "./stack-runs.ts";

const open = ({ name, under }: Asked, end: string): CaseResult => ({
  name,
  under,
  judged: { steps: [], verdict: "equal" },
  isCompared: false,
  end,
});

/** Nothing is covered where the stack does not start, keeps to itself what is asked, or nobody can tell what it answered. */
export const resultOf = (asked: Asked, played: readonly Run[]): CaseResult => {
  const { name, under, scenario } = asked;
  if (scenario.end !== undefined) return open(asked, scenario.end.why);
  const broken = brokenStack(played);
  if (broken !== undefined) return open(asked, `the stack cannot be used: ${broken}`);
  const judged = judgedRuns(scenario, played);
  if (judged.verdict === "undecided") {
    const { number, observed } = judged.steps.at(-1) ?? { number: 0, observed: [] };
    return open(asked, `undecided in step ${number}: ${observed.join(" / ")}`);
  }
  const untold = judged.verdict === "equal" ? untoldText(judged) : undefined;
  if (untold !== undefined) return open(asked, `the stack does not tell ${untold}`);
  const began = played.some((it) => it.failure === undefined);
  const goal = scenario.steps.at(-1)?.number;
  return { name, under, judged, isCompared: isStepCompared(goal, judged, began) };
};
