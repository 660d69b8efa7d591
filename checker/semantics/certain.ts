// Conditions that have one value in every state: of constants, or of intervals that do not meet.

import type * as ast from "../syntax/index.ts";
import type { Session } from "./session.ts";

/**
 * The value that a typed condition has whenever it is evaluated; undefined when it can have both. A
 * budget `0..N` is never above 0 when N is 0, so what it guards is dead code under that configuration.
 */
export const certainty = (
  session: Session,
  condition: ast.Expression,
  depth = 0,
): boolean | undefined => {
  switch (condition.kind) {
    case "boolean":
      return condition.value;
    case "not":
      return opposite(certainty(session, condition.operand, depth));
    case "binary":
      return ofBinary(session, condition, depth) ?? constantly(session, condition);
    case "call":
      return ofCall(session, condition, depth) ?? constantly(session, condition);
    default:
      return constantly(session, condition);
  }
};

const opposite = (known: boolean | undefined): boolean | undefined =>
  known === undefined ? undefined : !known;

const constantly = (session: Session, condition: ast.Expression): boolean | undefined => {
  const value = session.evaluate(condition);
  return value?.type.kind === "bool" ? value.scalars[0] === 1 : undefined;
};

type Binary = Extract<ast.Expression, { kind: "binary" }>;

const ofBinary = (session: Session, condition: Binary, depth: number): boolean | undefined => {
  const { operator, left, right } = condition;
  if (operator === "and" || operator === "or" || operator === "implies") {
    const decisive = operator !== "and";
    const first = certainty(session, left, depth);
    const before = operator === "implies" ? opposite(first) : first;
    if (before === decisive) return decisive;
    const second = certainty(session, right, depth);
    if (second === decisive) return decisive;
    return before === undefined ? undefined : second;
  }
  const [x, y] = [session.facts.types.get(left), session.facts.types.get(right)];
  if (x?.kind !== "int" || y?.kind !== "int") return undefined;
  const isBelow = x.high < y.low;
  const isAbove = x.low > y.high;
  const isSame = x.low === x.high && y.low === y.high && x.low === y.low;
  switch (operator) {
    case "==":
      return isBelow || isAbove ? false : isSame || undefined;
    case "!=":
      return opposite(isBelow || isAbove ? false : isSame || undefined);
    case "<":
      return isBelow || (x.low >= y.high ? false : undefined);
    case ">":
      return isAbove || (x.high <= y.low ? false : undefined);
    case "<=":
      return x.high <= y.low || (isAbove ? false : undefined);
    case ">=":
      return x.low >= y.high || (isBelow ? false : undefined);
    default:
      return undefined;
  }
};

/** What holds for all values of the parameters holds for the arguments. */
const ofCall = (
  session: Session,
  call: Extract<ast.Expression, { kind: "call" }>,
  depth: number,
): boolean | undefined => {
  const bodies = session.facts.callees.get(call)?.bodies ?? [];
  const [body] = bodies.flatMap((it) => (it.kind === "fn" && it.body ? [it.body] : []));
  // Calls that are deeper still are recursion, which is an error of its own.
  const isOnly = bodies.length === 1 && body !== undefined && depth < 16;
  return isOnly && session.facts.types.get(body)?.kind === "bool"
    ? certainty(session, body, depth + 1)
    : undefined;
};
