// Removes locals that nothing reads from finished code: typed program -> core.

import type { Builder } from "./builder.ts";
import type { Expression, LocalId, Statement } from "./core.ts";
import {
  bodiesOf,
  canFail,
  expressionsOf,
  operandsOf,
  withBodies,
  withExpressions,
  withOperands,
} from "./walk.ts";

/** How often each local is read. */
type Reads = Int32Array;

/** The body that a builder has written, without locals that are never read. */
export const tidy = (
  builder: Builder,
): { readonly body: readonly Statement[]; readonly localCount: number } => ({
  body: withoutDead(builder.out, builder.localCount),
  localCount: builder.localCount,
});

/** The same for code that is an expression only. */
export const tidyExpression = (code: Expression, localCount: number): Expression => {
  const reads = new Int32Array(localCount);
  countIn(code, reads, 1);
  return reduced(code, reads);
};

const withoutDead = (body: readonly Statement[], localCount: number): readonly Statement[] => {
  const reads = new Int32Array(localCount);
  countAll(body, reads);
  return pruned(body, reads);
};

const countIn = (code: Expression, reads: Reads, by: number): void => {
  if (code.kind === "local") reads[code.local] = (reads[code.local] ?? 0) + by;
  // Which local of a range is read is not known: none of them is dead.
  if (code.kind === "element" && code.of === "local") {
    for (let at = 0; at < code.count; at += 1) {
      const local = code.base + at * code.stride;
      reads[local] = (reads[local] ?? 0) + by;
    }
  }
  for (const it of operandsOf(code)) countIn(it, reads, by);
};

const countAll = (body: readonly Statement[], reads: Reads): void => {
  for (const statement of body) {
    for (const it of expressionsOf(statement)) countIn(it, reads, 1);
    for (const it of bodiesOf(statement)) countAll(it, reads);
  }
};

/** From the last statement to the first, so that what only dead locals read is dead too. */
const pruned = (body: readonly Statement[], reads: Reads): readonly Statement[] => {
  const kept: Statement[] = [];
  for (const statement of body.toReversed()) {
    if (statement.kind === "let" && reads[statement.local] === 0 && !canFail(statement.value)) {
      countIn(statement.value, reads, -1);
      continue;
    }
    const inner = withBodies(statement, (it) => pruned(it, reads));
    kept.push(withExpressions(inner, (it) => reduced(it, reads)));
  }
  return kept.reverse();
};

/**
 * Inside an expression nothing changes, so a local that is read once is replaced by its value,
 * unless that would move a failure or repeat the work in a loop.
 */
const reduced = (code: Expression, reads: Reads): Expression => {
  if (code.kind === "segments") {
    const body = reduced(code.body, reads);
    const locals = code.locals.map((it) => (it !== undefined && reads[it] ? it : undefined));
    return { ...code, locals, body };
  }
  if (code.kind !== "let") return withOperands(code, (it) => reduced(it, reads));
  const value = reduced(code.value, reads);
  const body = reduced(code.body, reads);
  const times = reads[code.local] ?? 0;
  if (canFail(value)) return { ...code, value, body };
  if (times === 0) {
    countIn(value, reads, -1);
    return body;
  }
  const isReplaced = times === 1 && readsOutsideLoops(body, code.local) === 1;
  return isReplaced ? replaced(body, code.local, value) : { ...code, value, body };
};

const readsOutsideLoops = (code: Expression, local: LocalId): number => {
  if (code.kind === "local") return code.local === local ? 1 : 0;
  if (code.kind === "quantifier" || code.kind === "segments") return 0;
  return operandsOf(code).reduce((sum, it) => sum + readsOutsideLoops(it, local), 0);
};

const replaced = (code: Expression, local: LocalId, value: Expression): Expression =>
  code.kind === "local" && code.local === local
    ? value
    : withOperands(code, (it) => replaced(it, local, value));
