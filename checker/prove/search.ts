// One model explored: by generated code, or by the interpreter.

import { lengthsFor, type Program, programOf } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import {
  type Exploration,
  explore,
  type ExploreOptions,
  exploreProgram,
  type Programs,
} from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import { type Likeness, normalMachine } from "../reduce/index.ts";

/** What a search is made with. */
export interface Means {
  /** What explores; "auto" where nothing is said. */
  readonly engine?: ExploreOptions["engine"] | "interpreter";
  /** Other threads for large searches. */
  readonly threads?: ExploreOptions["threads"];
}

/** Each form is written once; a search asks for it more than once. */
const programsOf = (core: Core, likeness: Likeness | undefined): Programs => {
  const written = new Map<keyof typeof lengthsFor, Program>();
  return (form) => {
    const lengths = form === "javascript" ? "javascript" : "wasm";
    const known = written.get(lengths);
    if (known !== undefined) return known;
    const program = programOf(core, {
      lengths: lengthsFor[lengths],
      ...(likeness === undefined ? {} : { likeness }),
    });
    written.set(lengths, program);
    return program;
  };
};

/** Explores by generated code; by the interpreter where it is asked for, or nothing else may run. */
export const search = (
  { core, likeness }: { readonly core: Core; readonly likeness?: Likeness },
  options: ExploreOptions,
  { engine = "auto", threads }: Means,
  onRefused: () => void,
): Promise<Exploration> => {
  if (engine !== "interpreter") {
    const found = exploreProgram(programsOf(core, likeness), core, {
      ...options,
      engine,
      ...(threads === undefined ? {} : { threads }),
    });
    if (found !== "no-code") return found;
    onRefused();
  }
  const machine = interpret(core);
  const normal = likeness === undefined ? machine : normalMachine(machine, core, likeness);
  return explore(normal, core, options);
};
