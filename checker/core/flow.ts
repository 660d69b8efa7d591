// What is known of variables and locals at a point of a body: typed program -> core.

import type { Expression } from "./core.ts";
import { constant, type Term } from "./term.ts";

/**
 * Values of variables (key: their id) and locals (key: -1 - id) that are the same on every path to
 * a point. A map belongs to one point: changing it is what the next statement does.
 */
export type Flow = Map<number, number>;

const keyOf = (code: Expression): number | undefined => {
  if (code.kind === "variable") return code.variable;
  return code.kind === "local" ? -1 - code.local : undefined;
};

/** The constant that a variable or local is known to be, or the term itself. */
export const known = (flow: Flow, term: Term): Term => {
  const key = keyOf(term.code);
  const value = key === undefined ? undefined : flow.get(key);
  return value === undefined ? term : constant(value);
};

/** What is known once the condition is found to hold (or not to). */
export const refined = (flow: Flow, condition: Term, holds: boolean): Flow => {
  const facts: [number, number][] = [];
  collect(condition.code, holds, facts);
  return facts.length === 0 ? flow : new Map([...flow, ...facts]);
};

const collect = (code: Expression, holds: boolean, facts: [number, number][]): void => {
  const key = keyOf(code);
  if (key !== undefined) {
    // A condition is 0 or 1.
    facts.push([key, holds ? 1 : 0]);
    return;
  }
  if (code.kind === "not") return collect(code.operand, !holds, facts);
  if (code.kind !== "binary") return;
  const { operator, left, right } = code;
  if ((operator === "and" && holds) || (operator === "or" && !holds)) {
    collect(left, holds, facts);
    collect(right, holds, facts);
  } else if (operator === "implies" && !holds) {
    collect(left, true, facts);
    collect(right, false, facts);
  } else if ((operator === "equal" && holds) || (operator === "unequal" && !holds)) {
    const side = keyOf(left);
    if (side !== undefined && right.kind === "constant") facts.push([side, right.value]);
  }
};

/** What is known where two ways meet; a way that is never taken knows everything. */
export const join = (left: Flow | undefined, right: Flow | undefined): Flow | undefined => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return new Map([...left].filter(([key, value]) => right.get(key) === value));
};
