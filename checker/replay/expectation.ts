// What a step of a scenario lets one expect of the stack: scenario -> expectations.

import type { Expectation } from "./judge.ts";
import { countedText } from "./numbers.ts";
import type { Scenario, ScenarioStep } from "./scenario.ts";

export const expectationOf = ({
  number,
  text,
  move,
  note,
  sent,
  state,
  timer,
  refusal,
}: ScenarioStep): Expectation => ({
  number,
  text,
  expected: {
    sent: sent.map((it) => countedText(it)),
    ...(state === undefined ? {} : { state }),
    ...(timer === undefined ? {} : { timer }),
    ...(refusal === undefined ? {} : { refusal }),
  },
  isReplayed: move !== undefined,
  ...(note === undefined ? {} : { note }),
});

export const expectationsOf = ({ steps }: Scenario): readonly Expectation[] =>
  steps.map(expectationOf);
