// How high an expression's tree is, found without recursion: what guards every later phase that
// recurs.

import type { Expression } from "./ast.ts";
import { subexpressions } from "./walk.ts";

/** Trees that recursive phases surely can walk. */
export const heightLimit = 500;

/** Whether a path from the root down is longer than `heightLimit`. */
export const isTooHigh = (root: Expression): boolean => {
  let level: readonly Expression[] = [root];
  for (let height = 0; level.length > 0; height += 1) {
    if (height > heightLimit) return true;
    level = level.flatMap((expression) => [...subexpressions(expression)]);
  }
  return false;
};
