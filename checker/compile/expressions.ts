// Expressions of the core as code: what has to run first is emitted, and the value is answered.

import {
  type Value,
  both,
  countBits,
  either,
  not,
  select,
  set,
  truth,
  when,
} from "../code/index.ts";
import type { Expression } from "../core/index.ts";
import { absolute, combined, compared, negated, serial } from "./arithmetic.ts";
import { chosenNumber, indexWithin, readElement } from "./elements.ts";
import type { Num } from "./number.ts";
import { fitsWord, known, narrowed, ranged, truthNumber, union } from "./number.ts";
import { asWide, asWord } from "./number.ts";
import { quantified } from "./quantifiers.ts";
import type { Scope } from "./scope.ts";
import {
  apart,
  demand,
  emit,
  freshWord,
  inTypeOf,
  readLocal,
  readVariable,
  resultName,
  sharedNumber,
} from "./scope.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/*
 * The value is pure and cannot fail. It may be evaluated later than what is emitted after it, but
 * only by the same statement, since statements change what it is made of. A failure leaves block
 * `f` at once: what stands before it in the text has then been evaluated, and nothing else.
 */

/** The integer value; booleans are 0 and 1. */
export const numberOf = (expression: Expression, scope: Scope): Num => {
  switch (expression.kind) {
    case "constant":
      return known(expression.value);
    case "variable":
      return readVariable(scope, expression.variable);
    case "local":
      return readLocal(scope, expression.local);
    case "element":
      return elementOf(expression, scope);
    case "not":
      return truthNumber(not(truthOf(expression.operand, scope)));
    case "negate":
      return negated(numberOf(expression.operand, scope));
    case "absolute":
      return absolute(scope, numberOf(expression.operand, scope));
    case "size": {
      const operand = asWord(numberOf(expression.operand, scope));
      return ranged(countBits(operand), { low: 0, high: 32 });
    }
    case "binary":
      return binaryOf(expression, scope);
    case "serial": {
      const { operator, modulus } = expression;
      const [left, right] = operandsInOrder(expression, scope);
      return serial(scope, operator, modulus, left, right);
    }
    case "if":
      return conditionalOf(expression, scope);
    case "let":
      scope.locals.set(expression.local, sharedNumber(scope, numberOf(expression.value, scope)));
      return numberOf(expression.body, scope);
    case "require":
      demand(scope, truthOf(expression.condition, scope), expression.site);
      return numberOf(expression.then, scope);
    case "quantifier":
    case "segments":
      return quantified(expression, scope, truthOf);
  }
};

/** A condition: an i32 that is not 0 exactly when the value is not 0. */
export const truthOf = (expression: Expression, scope: Scope): Value => {
  const num = numberOf(expression, scope);
  return fitsWord(num) ? num.value : compared("unequal", num, known(0)).value;
};

const operandsInOrder = (
  { left, right }: Of<"binary"> | Of<"serial">,
  scope: Scope,
): readonly [Num, Num] => {
  const first = numberOf(left, scope);
  return [first, numberOf(right, scope)];
};

const binaryOf = (expression: Of<"binary">, scope: Scope): Num => {
  const { operator, left, right, site } = expression;
  if (operator === "and" || operator === "or" || operator === "implies") {
    return truthNumber(logicOf(operator, left, right, scope));
  }
  const [first, second] = operandsInOrder(expression, scope);
  return combined(scope, operator, first, second, site);
};

/** The right side is evaluated only where the left does not decide. */
const logicOf = (
  operator: "and" | "or" | "implies",
  left: Expression,
  right: Expression,
  scope: Scope,
): Value => {
  const condition = truthOf(left, scope);
  const first = operator === "implies" ? not(condition) : truth(condition);
  const isAnd = operator === "and";
  if (first.kind === "constant" && (first.value === 0) === isAnd) return first;
  const { code, result } = apart(scope, () => truthOf(right, scope));
  if (code.length === 0) return isAnd ? both(first, result) : either(first, result);
  if (first.kind === "constant") {
    emit(scope, code);
    return truth(result);
  }
  const name = freshWord(scope);
  emit(scope, set(name, isAnd ? 0 : 1));
  emit(scope, when(isAnd ? first : not(first), [code, set(name, truth(result))]));
  return name;
};

const conditionalOf = ({ condition, then, otherwise }: Of<"if">, scope: Scope): Num => {
  const test = truthOf(condition, scope);
  if (test.kind === "constant") return numberOf(test.value !== 0 ? then : otherwise, scope);
  const [first, second] = [then, otherwise].map((it) => apart(scope, () => numberOf(it, scope)));
  if (first === undefined || second === undefined) throw new Error("a condition has two sides");
  const range = union(first.result, second.result);
  if (first.code.length === 0 && second.code.length === 0) {
    const toType = fitsWord(range) ? asWord : asWide;
    return ranged(select(test, toType(first.result), toType(second.result)), range);
  }
  const name = resultName(scope, range);
  emit(
    scope,
    when(
      test,
      [first.code, set(name, inTypeOf(name, first.result))],
      [second.code, set(name, inTypeOf(name, second.result))],
    ),
  );
  return narrowed(ranged(name, range), range);
};

const elementOf = (expression: Of<"element">, scope: Scope): Num => {
  const { base, stride, count, site } = expression;
  const index = indexWithin(scope, numberOf(expression.index, scope), count, site);
  const at = index.value.kind === "constant" ? index.value.value : undefined;
  // Outside its range the failure is certain, and any value will do.
  const isHere = at !== undefined && at >= 0 && at < count;
  if (expression.of === "variable") {
    return isHere
      ? readVariable(scope, base + stride * at)
      : at === undefined
        ? readElement(scope, expression, index)
        : known(0);
  }
  if (at !== undefined) return isHere ? readLocal(scope, base + stride * at) : known(0);
  const locals = Array.from({ length: count }, (_, position) => base + stride * position);
  return chosenNumber(
    index,
    locals.map((it) => readLocal(scope, it)),
  );
};
