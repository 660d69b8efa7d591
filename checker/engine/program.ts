// What the engine is given: the generated functions of a model, and what of it is asked.

import type { CodeFunction, CodeModule } from "../code/index.ts";
import type { Formula, Layout } from "../machine/index.ts";

/** The functions of a core as generated code: what `compile/` writes. */
export interface Program {
  readonly layout: Layout;
  readonly eventWords: number;
  readonly stepWords: number;
  readonly formulas: readonly Formula[];
  readonly functions: readonly CodeFunction[];
  readonly globals: CodeModule["globals"];
  /** Words of the heap that belong to one instance: how many, and what stands where. */
  readonly area: {
    readonly words: number;
    readonly dropped: number;
    readonly cut: number;
    readonly taken: number;
    readonly failure: number;
  };
}
