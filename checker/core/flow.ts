// What is known of variables and locals at a point of a body: typed program -> core.

import type { Expression } from "./core.ts";
import { constant, type Term } from "./term.ts";

/**
 * The few values that variables (key: their id) and locals (key: -1 - id) can have at a point,
 * whatever path led there. A map belongs to one point: changing it is what the next statement
 * does.
 */
export type Flow = Map<number, readonly number[]>;

/** More values than this are as good as none known. */
const mostValues = 4;

const keyOf = (code: Expression): number | undefined => {
  if (code.kind === "variable") return code.variable;
  return code.kind === "local" ? -1 - code.local : undefined;
};

/** The term with what is known of it: a constant, or narrowed. */
export const known = (flow: Flow, term: Term): Term => {
  const key = keyOf(term.code);
  const values = key === undefined ? undefined : flow.get(key);
  const [first] = values ?? [];
  if (values === undefined || first === undefined) return term;
  if (values.length === 1) return constant(first);
  const low = Math.max(term.low, Math.min(...values));
  const high = Math.min(term.high, Math.max(...values));
  return { ...term, low, high, values };
};

/** What the values of one variable are, or what one of them is not. */
type Fact = { readonly key: number } & (
  { readonly are: readonly number[] } | { readonly areNot: number }
);

/** What is known once the condition is found to hold (or not to). */
export const refined = (flow: Flow, condition: Term, holds: boolean): Flow => {
  const facts = factsOf(condition.code, holds);
  if (facts.length === 0) return flow;
  const result = new Map(flow);
  for (const fact of facts) {
    const before = result.get(fact.key);
    if ("are" in fact) result.set(fact.key, fact.are);
    else if (before !== undefined) {
      const left = before.filter((it) => it !== fact.areNot);
      // None left: this point is never reached, so it does not matter what is known.
      if (left.length > 0) result.set(fact.key, left);
    }
  }
  return result;
};

const factsOf = (code: Expression, holds: boolean): readonly Fact[] => {
  const key = keyOf(code);
  // A condition is 0 or 1.
  if (key !== undefined) return [{ key, are: [holds ? 1 : 0] }];
  if (code.kind === "not") return factsOf(code.operand, !holds);
  if (code.kind !== "binary") return [];
  const { operator, left, right } = code;
  if ((operator === "and" && holds) || (operator === "or" && !holds)) {
    return [...factsOf(left, holds), ...factsOf(right, holds)];
  }
  if (operator === "implies" && !holds) return [...factsOf(left, true), ...factsOf(right, false)];
  if (operator === "or") return eitherOf(factsOf(left, true), factsOf(right, true));
  if (operator !== "equal" && operator !== "unequal") return [];
  const side = keyOf(left);
  if (side === undefined || right.kind !== "constant") return [];
  return (operator === "equal") === holds
    ? [{ key: side, are: [right.value] }]
    : [{ key: side, areNot: right.value }];
};

/** `x == 1 or x == 2`, and nothing else that is known of either side. */
const eitherOf = (left: readonly Fact[], right: readonly Fact[]): readonly Fact[] => {
  const [a, b] = [left[0], right[0]];
  if (left.length !== 1 || right.length !== 1 || a?.key !== b?.key) return [];
  if (a === undefined || b === undefined || !("are" in a) || !("are" in b)) return [];
  const are = unionOf(a.are, b.are);
  return are === undefined ? [] : [{ key: a.key, are }];
};

const unionOf = (
  left: readonly number[],
  right: readonly number[],
): readonly number[] | undefined => {
  const union = [...new Set([...left, ...right])];
  return union.length > mostValues ? undefined : union;
};

/** What is known where two ways meet; a way that is never taken knows everything. */
export const join = (left: Flow | undefined, right: Flow | undefined): Flow | undefined => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const result: Flow = new Map();
  for (const [key, values] of left) {
    const others = right.get(key);
    const union = others === undefined ? undefined : unionOf(values, others);
    if (union !== undefined) result.set(key, union);
  }
  return result;
};
