// Does a step set the timer of TIME_WAIT anew? Where it just began, the model's own state does not show it: trace -> answer.

import type { Core } from "../core/index.ts";
import { interpreter, type Label } from "../interpret/index.ts";
import type { TraceStep } from "../trace/index.ts";

export type TimerFate = "timer restarted" | "timer goes on";

/** Timers are stored as 0 for stopped, and as ticks left and one more. */
const oneTickLeft = 2;
const twoTicksLeft = 3;

const textOf = ({ action, values }: Label, core: Core): string =>
  JSON.stringify([
    core.actions[action ?? -1]?.name,
    values.map(({ name, value }) => [name, value]),
  ]);

const timerAt = (core: Core, host: string, timer: string): number =>
  core.variables.findIndex(
    ({ origin, name }) => origin.kind === "timer" && name.endsWith(`[${host}].${timer}`),
  );

/**
 * The same step is taken where the timer has one tick left, and where it has two: what both leave behind alike
 * was set anew. Undefined where it does not run before and after the step, where the step is another then, and
 * where one tick is all that the timer ever has, or gets: then both look alike.
 */
export const timerFate = (
  core: Core,
  { host, timer }: { readonly host: string; readonly timer: string },
  before: TraceStep,
  step: TraceStep,
): TimerFate | undefined => {
  const at = timerAt(core, host, timer);
  if (at < 0 || before.result.kind === "error" || step.result.kind === "error") return undefined;
  const { variables, networks } = before.result.state;
  if ((variables[at] ?? 0) === 0 || (step.result.state.variables[at] ?? 0) === 0) return undefined;
  if ((core.variables[at]?.high ?? 0) < twoTicksLeft) return undefined;
  const { steps } = interpreter(core);
  const leftAfter = (left: number): number | undefined => {
    const late = variables.map((value, variable) => (variable === at ? left : value));
    const ways = steps({ variables: late, networks }).steps.filter(
      (it) =>
        textOf(it.label, core) === textOf(step.label, core) &&
        JSON.stringify(it.label.segment) === JSON.stringify(step.label.segment),
    );
    const [way] = ways;
    if (way === undefined || ways.length > 1 || way.result.kind === "error") return undefined;
    return way.result.state.variables[at];
  };
  const [one, two] = [leftAfter(oneTickLeft), leftAfter(twoTicksLeft)];
  if (one === oneTickLeft && two === twoTicksLeft) return "timer goes on";
  return one === two && one !== undefined && one > oneTickLeft ? "timer restarted" : undefined;
};
