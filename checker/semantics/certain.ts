// Conditions that have one value in every state: of constants, or of intervals that do not meet.

import type * as ast from "../syntax/index.ts";
import type { Session } from "./session.ts";
import type { Bounds } from "./type-layout.ts";

/**
 * The value that a typed condition has whenever it is evaluated; undefined when it can have both. A
 * budget `0..N` is never above 0 when N is 0, so what it guards is dead code under that
 * configuration.
 */
export const certainty = (
  session: Session,
  condition: ast.Expression,
  depth = 0,
): boolean | undefined => {
  if (condition.kind === "boolean") return condition.value;
  if (condition.kind === "not") return opposite(certainty(session, condition.operand, depth));
  const known =
    condition.kind === "binary"
      ? ofBinary(session, condition, depth)
      : condition.kind === "call"
        ? ofCall(session, condition, depth)
        : undefined;
  return known ?? constantly(session, condition);
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
  return x?.kind === "int" && y?.kind === "int" ? compare(operator, x, y) : undefined;
};

const compare = (operator: ast.BinaryOperator, x: Bounds, y: Bounds): boolean | undefined => {
  if (operator === ">" || operator === "<=") {
    const below = isBelow(y, x);
    return operator === ">" ? below : opposite(below);
  }
  if (operator === "<") return isBelow(x, y);
  if (operator === ">=") return opposite(isBelow(x, y));
  if (operator !== "==" && operator !== "!=") return undefined;
  const isApart = x.high < y.low || x.low > y.high;
  const isOne = x.low === x.high && y.low === y.high;
  if (!isApart && !isOne) return undefined;
  return isApart === (operator === "!=");
};

const isBelow = (x: Bounds, y: Bounds): boolean | undefined => {
  if (x.high < y.low) return true;
  return x.low >= y.high ? false : undefined;
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
  if (!isOnly || session.facts.types.get(body)?.kind !== "bool") return undefined;
  const { certain } = session.facts;
  if (!certain.has(body)) certain.set(body, certainty(session, body, depth + 1));
  return certain.get(body);
};
