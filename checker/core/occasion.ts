// When an invariant says anything: its condition -> what must hold for it to be more than true by default.

import type * as ast from "../syntax/index.ts";

type Expression = ast.Expression;

/**
 * Of `A implies B`: A. Of one for all of something: that it is so for one of them. Of several that
 * must hold together: that one of them has its occasion. Undefined of whatever says something always.
 * Where there is no occasion the condition is true.
 */
export const occasionOf = (condition: Expression): Expression | undefined => {
  if (condition.kind === "quantifier" && condition.quantifier === "forall") {
    const body = occasionOf(condition.body);
    return body === undefined ? undefined : { ...condition, quantifier: "exists", body };
  }
  if (condition.kind !== "binary") return undefined;
  const { operator, left, right } = condition;
  if (operator === "implies") {
    const further = occasionOf(right);
    return further === undefined ? left : { ...condition, operator: "and", right: further };
  }
  if (operator !== "and") return undefined;
  const [first, second] = [occasionOf(left), occasionOf(right)];
  return first === undefined || second === undefined
    ? undefined
    : { ...condition, operator: "or", left: first, right: second };
};
