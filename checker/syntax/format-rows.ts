// Bodies whose items may share lines as the author put them: fields, network clauses, enum members.

import { fill } from "./format-expressions.ts";
import {
  closerOf,
  group,
  hard,
  indentBetween,
  line,
  separate,
  wasOneLine,
  wideLine,
  type Plan,
} from "./format-plan.ts";
import { endOf } from "./scanner.ts";

/**
 * Lays out a body in braces. Items that shared a line go on sharing it as long as they fit; those
 * with no commas between them stand two spaces apart.
 */
export const planRows = (
  plan: Plan,
  opener: number,
  items: readonly number[],
  { separated }: { readonly separated: boolean },
): void => {
  const closer = closerOf(plan, opener);
  const compact = wasOneLine(plan, opener, closer);
  const separator = separated ? line : wideLine;
  if (compact) group(plan, { from: opener, to: closer });
  indentBetween(plan, opener, closer);
  separate(plan, closer, compact || items.length === 0 ? line : hard);
  const rows = rowsOf(plan, items);
  for (const [index, row] of rows.entries()) {
    const first = row[0] ?? opener;
    const last = (rows[index + 1]?.[0] ?? closer) - 1;
    separate(plan, first, compact ? line : hard);
    fill(plan, row.slice(1), last, separator);
  }
};

/** The items of each line of the source. */
const rowsOf = (plan: Plan, items: readonly number[]): readonly (readonly number[])[] => {
  const rows: number[][] = [];
  for (const item of items) {
    const row = rows.at(-1);
    if (row === undefined || startsLine(plan, item)) rows.push([item]);
    else row.push(item);
  }
  return rows;
};

const startsLine = (plan: Plan, index: number): boolean => {
  const previous = plan.tokens[index - 1];
  const start = previous === undefined ? 0 : endOf(previous);
  return /[\n\r]/.test(plan.text.slice(start, plan.tokens[index]?.startOffset));
};
