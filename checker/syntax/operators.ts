// The precedence table, and the tree it makes of a flat chain of operands and operators.

import type { Diagnostic, Span } from "../source/index.ts";
import { cover } from "../source/index.ts";
import type { BinaryOperator, Expression } from "./ast.ts";
import { chainedComparison, looseNot, misplacedRange } from "./diagnostics.ts";

/** Binding strength by operator, loosest first; `is` stands for `is none`. */
const precedences = {
  implies: 1,
  or: 2,
  and: 3,
  "==": 5,
  "!=": 5,
  "<": 5,
  "<=": 5,
  ">": 5,
  ">=": 5,
  in: 5,
  is: 5,
  "..": 6,
  "??": 7,
  union: 8,
  minus: 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
} as const;

type InfixOperator = BinaryOperator | "..";

export const notPrecedence = 4;
export const comparison = precedences["=="];
export const negatePrecedence = 11;

/** The strength an expression may start from: everything, set values, or integers. */
export const loosest = { any: 1, domain: precedences["??"], sum: precedences["+"] } as const;

export const isInfix = (image: string): image is InfixOperator | "is" =>
  Object.hasOwn(precedences, image);

/** The binding strength of an infix word or sign; 0 for everything else. */
export const precedenceOf = (image: string): number => (isInfix(image) ? precedences[image] : 0);

export type Link =
  | { readonly kind: "operand"; readonly expression: Expression }
  | { readonly kind: "prefix"; readonly operator: "not" | "-"; readonly span: Span }
  | { readonly kind: "infix"; readonly operator: InfixOperator; readonly span: Span }
  /** `is none`, with the place of both words. */
  | { readonly kind: "is-none"; readonly span: Span };

/** `lo..hi` on its way to the right side of an `in`. */
interface RangePair {
  readonly kind: "range";
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}

type Pending = Exclude<Link, { readonly kind: "operand" }>;

const strength = (link: Pending): number => {
  switch (link.kind) {
    case "prefix":
      return link.operator === "not" ? notPrecedence : negatePrecedence;
    case "infix":
      return precedences[link.operator];
    case "is-none":
      return comparison;
  }
};

const isRightAssociative = (operator: InfixOperator): boolean =>
  operator === "implies" || operator === "??";

const operatorText = (link: Pending): string =>
  link.kind === "is-none" ? "is none" : link.operator;

/** The yard: operands that wait for their operators, and operators for their right operands. */
interface Yard {
  readonly operands: (Expression | RangePair)[];
  readonly pending: Pending[];
  readonly report: (diagnostic: Diagnostic) => void;
}

/**
 * Dijkstra's shunting yard: a chain of any length is climbed without recursion. The chain begins
 * and ends with an operand, as the grammar guarantees.
 */
export const climb = (
  chain: readonly Link[],
  report: (diagnostic: Diagnostic) => void,
): Expression => {
  const yard: Yard = { operands: [], pending: [], report };
  for (const link of chain) {
    if (link.kind === "operand") {
      yard.operands.push(link.expression);
      continue;
    }
    if (link.kind === "prefix") refuseLooseNot(yard, link);
    else reduceTighter(yard, link);
    yard.pending.push(link);
  }
  for (let link = yard.pending.pop(); link !== undefined; link = yard.pending.pop()) {
    reduce(yard, link);
  }
  return popValue(yard);
};

/** The last operand, which must be a value. */
const popValue = ({ operands, report }: Yard): Expression => {
  const operand = operands.pop();
  if (operand === undefined) throw new Error("a chain of operators without an operand");
  if (operand.kind !== "range") return operand;
  report(misplacedRange(operand.span, {}));
  return { kind: "missing", span: operand.span };
};

/** Replaces the operands of an operator by what they make together. */
const reduce = (yard: Yard, link: Pending): void => {
  switch (link.kind) {
    case "prefix": {
      const operand = popValue(yard);
      const kind = link.operator === "not" ? "not" : "negate";
      yard.operands.push({ kind, operand, span: cover(link.span, operand.span) });
      return;
    }
    case "is-none": {
      const operand = popValue(yard);
      yard.operands.push({ kind: "is-none", operand, span: cover(operand.span, link.span) });
      return;
    }
    case "infix":
      yard.operands.push(reduceInfix(yard, link.operator));
      return;
  }
};

const reduceInfix = (yard: Yard, operator: InfixOperator): Expression | RangePair => {
  const last = yard.operands.at(-1);
  if (operator === "in" && last?.kind === "range") {
    yard.operands.pop();
    const operand = popValue(yard);
    const span = cover(operand.span, last.span);
    return { kind: "in-range", operand, low: last.low, high: last.high, span };
  }
  const right = popValue(yard);
  const left = popValue(yard);
  const span = cover(left.span, right.span);
  return operator === ".."
    ? { kind: "range", low: left, high: right, span }
    : { kind: "binary", operator, left, right, span };
};

const refuseLooseNot = ({ pending, report }: Yard, prefix: Pending): void => {
  const top = pending.at(-1);
  if (top === undefined || top.kind === "is-none") return;
  if (strength(prefix) !== notPrecedence || strength(top) <= notPrecedence) return;
  report(looseNot(prefix.span, { operator: top.operator }));
};

/** Builds what binds at least as tightly as the operator that comes next. */
const reduceTighter = (yard: Yard, next: Pending): void => {
  const rightAssociative = next.kind === "infix" && isRightAssociative(next.operator);
  for (let top = yard.pending.at(-1); top !== undefined; top = yard.pending.at(-1)) {
    const difference = strength(top) - strength(next);
    if (difference < 0 || (difference === 0 && rightAssociative)) return;
    if (difference === 0 && strength(top) === comparison) {
      const facts = { first: operatorText(top), second: operatorText(next) };
      yard.report(chainedComparison(next.span, facts));
    }
    yard.pending.pop();
    reduce(yard, top);
  }
};
