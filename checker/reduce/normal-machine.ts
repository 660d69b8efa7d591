// A machine whose steps lead to normal forms, where no generated code can see to that: machine -> machine.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { pack, unpack } from "../machine/index.ts";
import { type Likeness, normaliser } from "./normalise.ts";

/** `core` is the reduced core that the machine executes. */
export const normalMachine = (machine: Machine, core: Core, likeness: Likeness): Machine => {
  const { layout, stepWords } = machine;
  const normal = normaliser(core, likeness);
  const normalised = (out: Int32Array, count: number): number => {
    for (let record = 0; record < count * stepWords; record += stepWords) {
      if ((out[record + layout.words] ?? 0) >>> 1 !== 0) continue;
      out.set(pack(layout, normal(unpack(layout, out, record))), record);
    }
    return count;
  };
  return {
    ...machine,
    initial: (out) => normalised(out, machine.initial(out)),
    expand: (states, at, out) => normalised(out, machine.expand(states, at, out)),
  };
};
