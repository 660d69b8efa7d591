// How often each branch is taken and each occasion met, over all transitions: searched core, its states -> counts.

import { compile } from "../compile/index.ts";
import type { Core, Statement } from "../core/index.ts";
import { interpret } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";

/*
 * A search stores states and not steps, so its steps are made once more: in a core in which taking a
 * branch is an event, since a step says which events it signals. The search itself counts nothing,
 * and is as fast as it is without.
 */

/** Signals where the core marks. */
const marksAsEvents = (body: readonly Statement[], first: number): readonly Statement[] =>
  body.map((it): Statement => {
    switch (it.kind) {
      case "mark": {
        const when = { kind: "constant", value: 1 } as const;
        return { kind: "signal", event: first + it.branch, when };
      }
      case "if":
        return {
          ...it,
          then: marksAsEvents(it.then, first),
          otherwise: marksAsEvents(it.otherwise, first),
        };
      case "either":
        return { ...it, branches: it.branches.map((branch) => marksAsEvents(branch, first)) };
      case "block":
        return { ...it, body: marksAsEvents(it.body, first) };
      case "assign":
      case "let":
      case "send":
      case "choose":
      case "exit":
      case "require":
      case "disable":
      case "signal":
        return it;
    }
  });

/** The same states and steps; of properties only conditions on states that are to be reached. */
const countingCore = (core: Core): Core => ({
  ...core,
  init: { ...core.init, body: marksAsEvents(core.init.body, core.events.length) },
  actions: core.actions.map((it) =>
    "body" in it ? { ...it, body: marksAsEvents(it.body, core.events.length) } : it,
  ),
  events: [...core.events, ...core.branches.map(({ name }) => ({ property: name }))],
  properties: core.properties.filter((it) => it.kind === "reachable-state"),
  finals: [],
});

/** Over the states that were looked at and the steps out of them; a step counts once for each. */
export interface Census {
  /** By branch id: transitions that take it. */
  readonly branches: readonly number[];
  /** By event: transitions that signal it. */
  readonly events: readonly number[];
  /** By position in `Core.properties`: states that meet a `reachable-state`; 0 for all others. */
  readonly conditions: readonly number[];
  /** All transitions, for comparison. */
  readonly transitions: number;
}

export interface Counter {
  readonly look: (words: Int32Array, at: number) => void;
  readonly found: () => Census;
}

/** Counts in the states of a search of this core, by the form of code that is asked for. */
export const counterOf = (core: Core, isInterpreted: boolean): Counter => {
  const counting = countingCore(core);
  const machine: Machine = (isInterpreted ? undefined : compile(counting)) ?? interpret(counting);
  const { eventWords, stepWords, layout, formulas } = machine;
  const events = new Float64Array(eventWords * 32);
  const held = new Float64Array(formulas.length);
  const judgement = new Int32Array(Math.max(1, Math.ceil(formulas.length / 32)));
  let out = new Int32Array(stepWords * 256);
  let transitions = 0;
  const stepsOf = (words: Int32Array, at: number): number => {
    for (;;) {
      const count = machine.expand(words, at, out);
      if (count >= 0) return count;
      out = new Int32Array(out.length * 2);
    }
  };
  const countEvents = (from: number): void => {
    for (let word = 0; word < eventWords; word += 1) {
      for (let bits = out[from + word] ?? 0; bits !== 0; bits &= bits - 1) {
        const event = word * 32 + 31 - Math.clz32(bits & -bits);
        events[event] = (events[event] ?? 0) + 1;
      }
    }
  };
  return {
    look: (words, at) => {
      const count = stepsOf(words, at);
      for (let record = 0; record < count * stepWords; record += stepWords) {
        // The events of a step that ends in a model error mean nothing.
        if ((out[record + layout.words] ?? 0) > 1) continue;
        transitions += 1;
        countEvents(record + layout.words + 1);
      }
      if (formulas.length === 0) return;
      machine.judge(words, at, judgement);
      for (let k = 0; k < formulas.length; k += 1) {
        if ((((judgement[k >> 5] ?? 0) >>> (k & 31)) & 1) === 1) held[k] = (held[k] ?? 0) + 1;
      }
    },
    found: () => {
      const conditions = core.properties.map(() => 0);
      const positions = core.properties.flatMap((it, id) =>
        it.kind === "reachable-state" ? [id] : [],
      );
      positions.forEach((id, k) => {
        conditions[id] = held[k] ?? 0;
      });
      return {
        branches: core.branches.map((_, id) => events[core.events.length + id] ?? 0),
        events: core.events.map((_, id) => events[id] ?? 0),
        conditions,
        transitions,
      };
    },
  };
};
