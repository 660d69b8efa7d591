// The whole generated search of one model: program -> module.

import type { CodeModule } from "../code/index.ts";
import type { Shape } from "./control.ts";
import {
  absorb,
  assess,
  begin,
  noteStep,
  rest,
  runLevel,
  sourceOf,
  writeNote,
} from "./expansion.ts";
import { gather } from "./gathering.ts";
import { find, insert, touch } from "./insertion.ts";
import { digest } from "./digest.ts";
import { saveRange } from "./recovery.ts";
import { reindex } from "./reindex.ts";
import { seek, want } from "./seeking.ts";
import { siftList } from "./sifting.ts";
import { findTrapped, findWaysOut } from "./ways-out.ts";
import { attach, contextOf, control, sameFunctions } from "./words.ts";

/** What can be called: ranges of states are from (included), to (not included). */
export const moduleOf = (shape: Shape): CodeModule => {
  const { program } = shape;
  const context = contextOf(shape);
  const sweeps = [
    reindex(context),
    want(context),
    seek(context),
    digest(context),
    ...shape.groups.flatMap((group, position) => [
      saveRange(context, group, position, "Down"),
      saveRange(context, group, position, "Up"),
      saveRange(context, group, position, "Sift"),
      siftList(context, group, position, "Down"),
      siftList(context, group, position, "Up"),
      findTrapped(context, group, position),
      findWaysOut(context, group, position),
    ]),
  ];
  const entries = [attach(), begin(context), runLevel(context), find(context), ...sweeps];
  return {
    globals: [...program.globals, { name: control.name, type: "i32" }],
    functions: [
      ...program.functions,
      ...sameFunctions(context),
      writeNote(context),
      sourceOf(context),
      noteStep(),
      gather(context),
      touch(context),
      insert(context),
      assess(context),
      absorb(context),
      rest(context),
      ...entries,
    ],
    exports: ["enter", "expand", "judge", ...entries.map((it) => it.name)],
  };
};
