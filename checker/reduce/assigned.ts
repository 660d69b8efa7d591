// Which variables statements may write (core -> reduce).

import type { Statement, VariableId } from "../core/index.ts";
import { bodiesOf } from "../core/index.ts";

/** The variables that a body, run from its beginning, may assign. */
export const assignedIn = (body: readonly Statement[]): ReadonlySet<VariableId> => {
  const found = new Set<VariableId>();
  const visit = (statements: readonly Statement[]): void => {
    for (const it of statements) {
      if (it.kind === "assign") for (const place of placesOf(it.target)) found.add(place);
      for (const inner of bodiesOf(it)) visit(inner);
    }
  };
  visit(body);
  return found;
};

type Target = Extract<Statement, { readonly kind: "assign" }>["target"];

const placesOf = (target: Target): readonly VariableId[] =>
  target.kind === "variable"
    ? [target.variable]
    : Array.from({ length: target.count }, (_, at) => target.base + at * target.stride);
