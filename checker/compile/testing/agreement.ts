// Support for tests: what two machines of one core say of its states, compared.

import { expect } from "vitest";
import type { Core } from "../../core/index.ts";
import { interpret } from "../../interpret/index.ts";
import type { Machine } from "../../machine/index.ts";

type Write = (out: Int32Array) => number;

/** The records that a machine writes; of an error only the info word means anything. */
const recordsOf = (
  { layout, stepWords }: Machine,
  write: Write,
): readonly (readonly number[])[] => {
  let out = new Int32Array(stepWords * 8);
  let count = write(out);
  while (count < 0) {
    if (out.length > 1e6) throw new Error("a step without end");
    out = new Int32Array(out.length * 2);
    count = write(out);
  }
  return Array.from({ length: count }, (_, step) => {
    const record = [...out.subarray(step * stepWords, (step + 1) * stepWords)];
    const info = record[layout.words] ?? 0;
    return info > 1 ? [info] : record;
  });
};

/** The values of all formulas, and each that fails with its site. */
const judgementOf = (machine: Machine, state: Int32Array) => {
  const out = new Int32Array(Math.ceil(machine.formulas.length / 32));
  const failures: (readonly [number, number])[] = [];
  let failed = machine.judge(state, 0, out);
  while (failed !== 0) {
    failures.push([failed, machine.failure.site]);
    failed = machine.judge(state, 0, out, failed);
  }
  return { failures, values: [...out] };
};

/**
 * Walks breadth first over at most `limit` states and compares everything that the machine says
 * with what the reference machine says. Answers how many states there were.
 */
export const compare = (core: Core, machine: Machine, limit: number): number => {
  const reference = interpret(core);
  const { words } = machine.layout;
  const stepsOf = (it: Machine, state: Int32Array) =>
    recordsOf(it, (out) => it.expand(state, 0, out));
  const first = recordsOf(reference, (out) => reference.initial(out));
  expect(recordsOf(machine, (out) => machine.initial(out))).toEqual(first);
  const seen = new Set<string>();
  const queue: Int32Array[] = [];
  const arrive = (record: readonly number[]): void => {
    const state = Int32Array.from(record.slice(0, words));
    if (record.length === 1 && machine.stepWords > 1) return;
    if (seen.has(state.join()) || seen.size >= limit) return;
    seen.add(state.join());
    queue.push(state);
  };
  first.forEach(arrive);
  for (const state of queue) {
    const steps = stepsOf(reference, state);
    expect(stepsOf(machine, state)).toEqual(steps);
    expect(judgementOf(machine, state)).toEqual(judgementOf(reference, state));
    steps.forEach(arrive);
  }
  expect(machine.counters).toEqual(reference.counters);
  expect(machine.taken).toEqual(reference.taken);
  return queue.length;
};
