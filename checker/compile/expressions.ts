// Expressions as JavaScript expressions: core -> text. Loops are in `loops.ts`.

import type { Expression } from "../core/index.ts";
import { arithmeticText, comparisonText, serialText } from "./arithmetic.ts";
import { noteLocal, rangeOf } from "./ranges.ts";
import type { Scope } from "./scope.ts";
import {
  failText,
  freshName,
  localName,
  present,
  segmentInteger,
  sizeOf,
  wordName,
} from "./scope.ts";
import { constantText, readText } from "./slots.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/*
 * Every text is a complete operand: a name, a number or something in parentheses. A failure sets
 * `err`, if nothing has before, and gives 0; evaluation then goes on with values that mean nothing,
 * without effects, until the statement looks at `err`. That keeps exceptions out of the hot path.
 */

/** A text with the integer value; booleans are 0 and 1. */
export const numberText = (expression: Expression, scope: Scope): string => {
  switch (expression.kind) {
    case "constant":
      return constantText(expression.value);
    case "variable":
      return variableText(expression.variable, scope);
    case "local":
      return localName(scope, expression.local);
    case "element":
      return elementText(expression, scope);
    case "negate":
      return `(0 - ${numberText(expression.operand, scope)})`;
    case "absolute":
      return `Math.abs(${numberText(expression.operand, scope)})`;
    case "size":
      return `bits(${numberText(expression.operand, scope)})`;
    case "binary":
      return (
        arithmeticText(expression, scope, (part) => numberText(part, scope)) ??
        `(${truthText(expression, scope)} ? 1 : 0)`
      );
    case "serial":
      return expression.operator === "before"
        ? `(${truthText(expression, scope)} ? 1 : 0)`
        : serialText(expression, scope, (part) => numberText(part, scope));
    case "if":
      return conditionalText(expression, scope, numberText);
    case "let":
      return `(${bindText(expression, scope)}, ${numberText(expression.body, scope)})`;
    case "require":
      return requireText(expression, scope);
    case "not":
      return `(${truthText(expression, scope)} ? 1 : 0)`;
    case "quantifier":
    case "segments":
      return expression.quantifier === "count"
        ? countText(expression, scope)
        : `(${truthText(expression, scope)} ? 1 : 0)`;
  }
};

/** A text that is truthy exactly when the value is not 0. */
export const truthText = (expression: Expression, scope: Scope): string => {
  switch (expression.kind) {
    case "constant":
      return expression.value === 0 ? "false" : "true";
    case "not":
      return `!${truthText(expression.operand, scope)}`;
    case "binary":
      return logicText(expression, scope);
    case "serial":
      return expression.operator === "before"
        ? serialText(expression, scope, (part) => numberText(part, scope))
        : `(${numberText(expression, scope)} !== 0)`;
    case "if":
      return conditionalText(expression, scope, truthText);
    case "let":
      return `(${bindText(expression, scope)}, ${truthText(expression.body, scope)})`;
    case "quantifier":
    case "segments":
      return expression.quantifier === "count"
        ? `(${numberText(expression, scope)} !== 0)`
        : unrolledTruth(expression, scope);
    case "variable":
    case "local":
    case "element":
    case "negate":
    case "absolute":
    case "size":
    case "require":
      return `(${numberText(expression, scope)} !== 0)`;
  }
};

const conditionalText = (
  { condition, then, otherwise }: Of<"if">,
  scope: Scope,
  of: typeof numberText,
): string => `(${truthText(condition, scope)} ? ${of(then, scope)} : ${of(otherwise, scope)})`;

const requireText = ({ condition, then, site }: Of<"require">, scope: Scope): string => {
  const held = truthText(condition, scope);
  return `(${held} ? ${numberText(then, scope)} : ${failText(scope, site)})`;
};

/** A variable as the code at this place sees it. */
export const variableText = (id: number, scope: Scope): string => {
  const slot = present(scope.layout.variables, id);
  return readText(wordName(scope, slot.word), slot);
};

const bindText = ({ local, value }: Of<"let">, scope: Scope): string => {
  const text = numberText(value, scope);
  noteLocal(scope.ranges, local, rangeOf(value, scope.ranges, scope.core));
  return `${localName(scope, local)} = ${text}`;
};

const logicText = (expression: Of<"binary">, scope: Scope): string => {
  const { operator, left, right } = expression;
  const truth = (part: Expression) => truthText(part, scope);
  if (operator === "and") return `(${truth(left)} && ${truth(right)})`;
  if (operator === "or") return `(${truth(left)} || ${truth(right)})`;
  if (operator === "implies") return `(!${truth(left)} || ${truth(right)})`;
  const comparison = comparisonText(expression, (part) => numberText(part, scope));
  return comparison ?? `(${numberText(expression, scope)} !== 0)`;
};

/** A choice between texts by an index known to be in range: a tree of comparisons. */
export const selectText = (index: string, texts: readonly string[], first = 0): string => {
  if (texts.length <= 1) return texts[0] ?? "0";
  const half = texts.length >> 1;
  const low = selectText(index, texts.slice(0, half), first);
  const high = selectText(index, texts.slice(half), first + half);
  return `(${index} < ${first + half} ? ${low} : ${high})`;
};

const elementText = (expression: Of<"element">, scope: Scope): string => {
  const { base, stride, count, index, site } = expression;
  const read = (position: number): string =>
    expression.of === "variable"
      ? variableText(base + stride * position, scope)
      : localName(scope, base + stride * position);
  if (index.kind === "constant" && index.value >= 0 && index.value < count) {
    return read(index.value);
  }
  const { name, bind } = named(index, scope);
  const { low, high } = rangeOf(index, scope.ranges, scope.core);
  const texts = Array.from({ length: count }, (_, position) => read(position));
  const chosen = selectText(name, texts);
  const isSafe = low >= 0 && high < count;
  const value = isSafe
    ? chosen
    : `(${name} >= 0 && ${name} < ${count} ? ${chosen} : ${failText(scope, site)})`;
  return bind === undefined ? value : `(${bind}, ${value})`;
};

/**
 * A name for the value, and the assignment that gives it where the expression is not a name
 * already.
 */
export const named = (
  expression: Expression,
  scope: Scope,
): { readonly name: string; readonly bind: string | undefined } => {
  if (expression.kind === "local" || expression.kind === "constant") {
    return { name: numberText(expression, scope), bind: undefined };
  }
  const name = freshName(scope);
  return { name, bind: `${name} = ${numberText(expression, scope)}` };
};

/** How many nodes of code a quantifier may become before it is a loop instead. */
const unrollLimit = 60;

/** Whether a quantifier is written out case by case. */
export const isUnrolled = (
  expression: Of<"quantifier"> | Of<"segments">,
  scope: Scope,
): boolean => {
  const cases =
    expression.kind === "quantifier"
      ? expression.high - expression.low + 1
      : present(scope.core.networks, expression.network).capacity;
  return cases <= 1 || cases * sizeOf(expression.body) <= unrollLimit;
};

interface Case {
  /** Whether there is such a case; undefined: always. */
  readonly exists: string | undefined;
  /** Assignments of the case's locals. */
  readonly bind: readonly string[];
}

const casesOf = (expression: Of<"quantifier"> | Of<"segments">, scope: Scope): readonly Case[] => {
  if (expression.kind === "quantifier") {
    const { local, low, high } = expression;
    noteLocal(scope.ranges, local, { low, high });
    return Array.from({ length: Math.max(high - low + 1, 0) }, (_, step) => ({
      exists: undefined,
      bind: [`${localName(scope, local)} = ${low + step}`],
    }));
  }
  const { count, word } = scope.content(expression.network);
  const { capacity } = present(scope.core.networks, expression.network);
  return Array.from({ length: capacity }, (_, position) => ({
    exists: `${count} > ${position}`,
    bind: segmentBindings(expression, scope, (part) => word(position, part)),
  }));
};

/** The assignments of a segment's integers to the locals of a quantifier. */
export const segmentBindings = (
  { network, locals }: Of<"segments">,
  scope: Scope,
  word: (word: number) => string,
): readonly string[] => {
  const layout = present(scope.layout.networks, network);
  return locals.flatMap((local, position) => {
    const slot = layout.segment.slots[position];
    if (local === undefined || slot === undefined) return [];
    noteLocal(scope.ranges, local, { low: slot.low, high: slot.low + 2 ** slot.bits - 1 });
    return [`${localName(scope, local)} = ${segmentInteger(layout, slot, word)}`];
  });
};

const unrolledTruth = (expression: Of<"quantifier"> | Of<"segments">, scope: Scope): string => {
  const isForall = expression.quantifier === "forall";
  const cases = casesOf(expression, scope).map(({ exists, bind }) => {
    const body = truthText(expression.body, scope);
    const held = bind.length === 0 ? body : `(${bind.join(", ")}, ${body})`;
    if (exists === undefined) return held;
    return isForall ? `(!(${exists}) || ${held})` : `((${exists}) && ${held})`;
  });
  if (cases.length === 0) return isForall ? "true" : "false";
  return `(${cases.join(isForall ? " && " : " || ")})`;
};

const countText = (expression: Of<"quantifier"> | Of<"segments">, scope: Scope): string => {
  const cases = casesOf(expression, scope).map(({ exists, bind }) => {
    const body = truthText(expression.body, scope);
    const held = bind.length === 0 ? body : `(${bind.join(", ")}, ${body})`;
    return `(${exists === undefined ? "" : `${exists} && `}${held} ? 1 : 0)`;
  });
  return cases.length === 0 ? "0" : `(${cases.join(" + ")})`;
};
