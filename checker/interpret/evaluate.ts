// The meaning of expressions: an expression in a scope is an integer, or fails at a site.

import type { BinaryOperator, Expression, SerialOperator } from "../core/index.ts";
import type { Scope } from "./scope.ts";
import { at } from "./scope.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/**
 * The value of an expression; booleans are 0 and 1. After a failure (`scope.failure`) the result
 * means nothing. Operands are evaluated from left to right, so of two failures the left one
 * counts.
 */
export const evaluate = (expression: Expression, scope: Scope): number => {
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "variable":
      return at(scope.variables, expression.variable);
    case "local":
      return at(scope.locals, expression.local);
    case "element":
      return element(expression, scope);
    case "not":
      return evaluate(expression.operand, scope) === 0 ? 1 : 0;
    case "negate":
      return 0 - evaluate(expression.operand, scope);
    case "absolute":
      return Math.abs(evaluate(expression.operand, scope));
    case "size":
      return bitsSet(evaluate(expression.operand, scope));
    case "binary":
      return binary(expression, scope);
    case "serial": {
      const left = evaluate(expression.left, scope);
      const right = evaluate(expression.right, scope);
      return serial(expression.operator, expression.modulus, left, right);
    }
    case "if":
      return evaluate(expression.condition, scope) !== 0
        ? evaluate(expression.then, scope)
        : evaluate(expression.otherwise, scope);
    case "let":
      scope.locals[expression.local] = evaluate(expression.value, scope);
      return evaluate(expression.body, scope);
    case "require":
      if (evaluate(expression.condition, scope) === 0) return fail(scope, expression.site);
      return evaluate(expression.then, scope);
    case "quantifier":
      return quantify(expression.quantifier, integers(expression.low, expression.high), (value) => {
        scope.locals[expression.local] = value;
        return evaluate(expression.body, scope);
      });
    case "segments":
      return quantify(
        expression.quantifier,
        at(scope.networks, expression.network),
        (segment): number => {
          expression.locals.forEach((local, position) => {
            if (local !== undefined) scope.locals[local] = at(segment, position);
          });
          return evaluate(expression.body, scope);
        },
      );
  }
};

/** The integers from low to high, ascending. */
export function* integers(low: number, high: number): Generator<number> {
  for (let value = low; value <= high; value += 1) yield value;
}

/** Position of `element` in the list it indexes, or a failure. */
export const indexOf = (
  {
    base,
    stride,
    count,
    index,
    site,
  }: Pick<Of<"element">, "base" | "stride" | "count" | "index" | "site">,
  scope: Scope,
): number => {
  const value = evaluate(index, scope);
  if (value < 0 || value >= count) return fail(scope, site) + base;
  return base + stride * value;
};

const element = (expression: Of<"element">, scope: Scope): number => {
  const position = indexOf(expression, scope);
  if (scope.failure !== undefined) return 0;
  return at(expression.of === "variable" ? scope.variables : scope.locals, position);
};

/** Only the first failure counts: it is where evaluation would have stopped. */
const fail = (scope: Scope, site: number): number => {
  scope.failure ??= site;
  return 0;
};

const quantify = <A>(
  quantifier: "forall" | "exists" | "count",
  domain: Iterable<A>,
  holds: (value: A) => number,
): number => {
  let count = 0;
  for (const value of domain) {
    const held = holds(value) !== 0;
    if (quantifier === "forall" && !held) return 0;
    if (quantifier === "exists" && held) return 1;
    if (held) count += 1;
  }
  switch (quantifier) {
    case "forall":
      return 1;
    case "exists":
      return 0;
    case "count":
      return count;
  }
};

/** `and`, `or` and `implies` evaluate their right side only where the left does not decide. */
const binary = (expression: Of<"binary">, scope: Scope): number => {
  const left = evaluate(expression.left, scope);
  const decided = decidedBy(expression.operator, left);
  if (decided !== undefined) return decided;
  const right = evaluate(expression.right, scope);
  const isDivision = expression.operator === "divide" || expression.operator === "remainder";
  if (isDivision && right === 0 && expression.site !== undefined) {
    return fail(scope, expression.site);
  }
  // Adding 0 turns the -0 of JavaScript's `*`, `%` and `trunc` into 0.
  return arithmetic(expression.operator, left, right) + 0;
};

const decidedBy = (operator: BinaryOperator, left: number): number | undefined => {
  if (operator === "and" && left === 0) return 0;
  if (operator === "or" && left !== 0) return 1;
  if (operator === "implies" && left === 0) return 1;
  return undefined;
};

const arithmetic = (operator: BinaryOperator, left: number, right: number): number => {
  switch (operator) {
    case "add":
      return left + right;
    case "subtract":
      return left - right;
    case "multiply":
      return left * right;
    case "divide":
      return Math.trunc(left / right);
    case "remainder":
      return left % right;
    case "min":
      return Math.min(left, right);
    case "max":
      return Math.max(left, right);
    case "equal":
      return left === right ? 1 : 0;
    case "unequal":
      return left === right ? 0 : 1;
    case "less":
      return left < right ? 1 : 0;
    case "less-equal":
      return left <= right ? 1 : 0;
    case "and":
    case "or":
    case "implies":
      return right === 0 ? 0 : 1;
    case "bit-or":
      return left | right;
    case "bit-and":
      return left & right;
    case "bit-and-not":
      return left & ~right;
    case "shift-left":
      return left << right;
  }
};

const wrap = (value: number, modulus: number): number => ((value % modulus) + modulus) % modulus;

const serial = (operator: SerialOperator, modulus: number, left: number, right: number): number => {
  switch (operator) {
    case "plus":
      return wrap(left + right, modulus);
    case "minus":
    case "distance":
      return wrap(left - right, modulus);
    case "before":
      // As kernels compare serial numbers: at distance N/2 each is before the other.
      return wrap(left - right, modulus) >= modulus / 2 ? 1 : 0;
  }
};

const bitsSet = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest >>>= 1) count += rest & 1;
  return count;
};
