// A core as a machine of generated JavaScript: core -> machine.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { formulasOf, layoutOf } from "../machine/index.ts";
import { moduleOf } from "./module.ts";
import type { Lengths } from "./outline.ts";

type Program = Pick<Machine, "initial" | "expand" | "judge">;

/** What the generated code reaches outside itself. */
interface Environment extends Pick<Machine, "taken" | "failure"> {
  readonly dropped: Float64Array;
  readonly cut: Float64Array;
  readonly pick: Int32Array;
  readonly top: Int32Array;
  readonly marks: Int32Array;
}

/** Measured: with functions of 25,000 characters a third of the speed is lost, of 80,000 a half. */
const usualLengths: Lengths = { function: 6_000, part: 500 };

type Link = (environment: Environment) => Program;

export interface Compiling {
  readonly lengths: Lengths;
  /** Makes a function with the parameter `environment` from the text of its body. */
  readonly evaluate: (source: string) => unknown;
}

const usual: Compiling = {
  lengths: usualLengths,
  // oxlint-disable-next-line typescript/no-implied-eval -- this layer generates code
  evaluate: (source) => new Function("environment", source),
};

/**
 * Compiles a core. Where the environment forbids generated code the answer is undefined, and the
 * interpreter, which means the same, can take over.
 */
export const compile = (core: Core, how: Partial<Compiling> = {}): Machine | undefined => {
  const { lengths, evaluate } = { ...usual, ...how };
  const layout = layoutOf(core);
  const { source, choices, marks } = moduleOf(core, layout, lengths);
  const link = linkOf(source, evaluate);
  if (link === undefined) return undefined;
  const counters = {
    dropped: new Float64Array(core.networks.length),
    cut: new Float64Array(core.bounds.length),
  };
  const taken = new Uint8Array(core.branches.length);
  const failure = { site: 0 };
  const program = link({
    ...counters,
    taken,
    failure,
    pick: new Int32Array(choices),
    top: new Int32Array(choices),
    marks: new Int32Array(marks),
  });
  const eventWords = Math.ceil(core.events.length / 32);
  return {
    ...program,
    layout,
    eventWords,
    stepWords: layout.words + 1 + eventWords,
    failure,
    formulas: formulasOf(core),
    counters,
    taken,
  };
};

const linkOf = (source: string, evaluate: Compiling["evaluate"]): Link | undefined => {
  try {
    // The text is written by `module.ts`, which is what makes it a function of this type.
    return evaluate(source) as Link;
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
};
