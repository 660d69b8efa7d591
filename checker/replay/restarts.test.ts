import { expect, test } from "vitest";
import { coreOf } from "../test/run-text.ts";
import type { Core } from "../core/index.ts";
import { interpreter } from "../interpret/index.ts";
import { type Trace, traceAlong, type TraceStep } from "../trace/index.ts";
import { timerFate } from "./restarts.ts";

const coreWith = (ticks: number, again = ticks) =>
  coreOf(
    "rest.tw",
    `enum Host { A, B }
enum Phase { IDLE, REST }

process tcp[h: Host] {
  state Phase = IDLE
  timer tw

  rule begin in IDLE {
    start tw(${ticks})
    -> REST
  }
  rule again in REST { start tw(${again}) }
  rule look in REST { }
  rule end in REST {
    stop tw
    -> IDLE
  }
  on expire tw in REST { -> IDLE }
}
`,
  );

const long = coreWith(3);

/** Takes the step with this name after that one. */
const steps = (core: Core, names: readonly string[]): readonly TraceStep[] => {
  const { initialSteps, steps: from } = interpreter(core);
  const way = [0];
  let { result } = initialSteps().steps[0] ?? { result: undefined };
  for (const name of names) {
    if (result?.kind !== "state") throw new Error(`no state before ${name}`);
    const next = from(result.state).steps;
    const at = next.findIndex(
      ({ label }) => (core.actions[label.action ?? -1]?.name ?? "tick") === name,
    );
    way.push(at);
    result = next[at]?.result;
  }
  const trace: Trace = traceAlong(core, way);
  return [trace.initial, ...trace.steps];
};

const fateIn = (core: Core, names: readonly string[]) => {
  const [before, step] = steps(core, names).slice(-2);
  if (before === undefined || step === undefined) throw new Error("there are two");
  return timerFate(core, { host: "A", timer: "tw" }, before, step);
};

const fate = (...names: readonly string[]) => fateIn(long, names);

test("a step that sets the timer to what it is sets it anew", () => {
  expect(fate("tcp[A].begin", "tcp[A].again")).toBe("timer restarted");
});

test("one that does not touch it lets it go on", () => {
  expect(fate("tcp[A].begin", "tcp[A].look")).toBe("timer goes on");
});

test("of a timer that does not run before and after nothing is said", () => {
  expect(fate("tcp[A].begin")).toBeUndefined();
  expect(fate("tcp[A].begin", "tcp[A].end")).toBeUndefined();
  expect(fate("tcp[B].begin", "tcp[B].again")).toBeUndefined();
});

test("of a timer that never has more than one tick nothing is said: a restart looks like none", () => {
  const short = coreWith(1);
  for (const name of ["tcp[A].again", "tcp[A].look"])
    expect(fateIn(short, ["tcp[A].begin", name])).toBeUndefined();
});

test("nor of one that is set to one tick, which may be no restart", () => {
  const less = coreWith(3, 1);
  expect(fateIn(less, ["tcp[A].begin", "tcp[A].again"])).toBeUndefined();
  expect(fateIn(less, ["tcp[A].begin", "tcp[A].look"])).toBe("timer goes on");
});

test("two ticks are enough to see it", () => {
  const two = coreWith(2);
  expect(fateIn(two, ["tcp[A].begin", "tcp[A].again"])).toBe("timer restarted");
  expect(fateIn(two, ["tcp[A].begin", "tcp[A].look"])).toBe("timer goes on");
});
