// The interpreter behind the packed contract, so that exploration can run on it (steps -> machine).

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { formulasOf, layoutOf, pack, unpack } from "../machine/index.ts";
import { interpreter } from "./interpreter.ts";
import type { Step, Steps } from "./step.ts";

/** A machine that needs no code generation: slow, and by definition right. */
export const interpret = (core: Core): Machine => {
  const layout = layoutOf(core);
  const reference = interpreter(core);
  const formulas = formulasOf(core);
  const eventWords = Math.ceil(core.events.length / 32);
  const stepWords = layout.words + 1 + eventWords;
  const counters = {
    dropped: new Float64Array(core.networks.length),
    cut: new Float64Array(core.bounds.length),
  };
  const taken = new Uint8Array(core.branches.length);
  const failure = { site: 0 };

  const record = (step: Step, out: Int32Array, at: number): void => {
    const { result } = step;
    out.fill(0, at, at + stepWords);
    if (result.kind === "state") out.set(pack(layout, result.state), at);
    const site = result.kind === "error" ? result.site + 1 : 0;
    out[at + layout.words] = (site << 1) | (step.fault ? 1 : 0);
    for (const event of step.events) {
      const word = at + layout.words + 1 + (event >> 5);
      out[word] = (out[word] ?? 0) | (1 << (event & 31));
    }
  };

  // Every step counts, a model error too; a path that is no step leaves nothing but its cut.
  const count = ({ steps, cut }: Steps): void => {
    cut.forEach((paths, bound) => {
      counters.cut[bound] = (counters.cut[bound] ?? 0) + paths;
    });
    for (const { branches, sent } of steps) {
      for (const branch of branches) taken[branch] = 1;
      for (const { network, dropped } of sent) {
        if (dropped) counters.dropped[network] = (counters.dropped[network] ?? 0) + 1;
      }
    }
  };

  const write = (all: Steps, out: Int32Array): number => {
    if (all.steps.length * stepWords > out.length) return -1;
    count(all);
    all.steps.forEach((step, index) => record(step, out, index * stepWords));
    return all.steps.length;
  };

  return {
    layout,
    eventWords,
    stepWords,
    failure,
    formulas,
    counters,
    taken,
    initial: (out) => write(reference.initialSteps(), out),
    expand: (states, at, out) => write(reference.steps(unpack(layout, states, at)), out),
    judge: (states, at, out, from = 0) => {
      const state = unpack(layout, states, at);
      let failed = 0;
      out.fill(0, 0, Math.ceil(formulas.length / 32));
      formulas.forEach((_, k) => {
        const value = reference.formula(k, state);
        if (value === true) out[k >> 5] = (out[k >> 5] ?? 0) | (1 << (k & 31));
        if (typeof value === "boolean" || failed !== 0 || k < from) return;
        failed = k + 1;
        failure.site = value.failure;
      });
      return failed;
    },
  };
};
