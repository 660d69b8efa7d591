// Mistakes in conditions, numbers and comparisons: expression -> mutants.

import type { Span } from "../source/index.ts";
import { type Expression, subexpressions } from "../syntax/index.ts";
import type { Mutant, Operator } from "./mutant.ts";

/** The text of a span. */
export type TextOf = (span: Span) => string;

const edit = (operator: Operator, span: Span, text: string): Mutant => ({ operator, span, text });

/** The parts of a chain of `and`, left to right. */
const conjunctsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === "binary" && expression.operator === "and"
    ? [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)]
    : [expression];

const isLiteral = ({ kind }: Expression): boolean => kind === "boolean";

/** A guard that no longer asks for one of its conditions. */
export const withoutConjuncts = (guard: Expression): readonly Mutant[] =>
  conjunctsOf(guard)
    .filter((it) => !isLiteral(it))
    .map((it) => edit("drop-conjunct", it.span, "true"));

/** The same of a function that answers a question: only where something is left to ask. */
export const withoutPart = (body: Expression): readonly Mutant[] =>
  conjunctsOf(body).length > 1 ? withoutConjuncts(body) : [];

/** One more and one less, of ticks or of the length of a window. */
export const offByOne = (amount: Expression, textOf: TextOf): readonly Mutant[] => {
  const { span } = amount;
  if (amount.kind === "integer") {
    const near = [amount.value - 1, amount.value + 1].filter((it) => it >= 0);
    return near.map((it) => edit("off-by-one", span, String(it)));
  }
  const text = textOf(span);
  const whole = amount.kind === "name" || amount.kind === "index" ? text : `(${text})`;
  return [edit("off-by-one", span, `${whole} - 1`), edit("off-by-one", span, `${whole} + 1`)];
};

const neighbours: Readonly<Partial<Record<string, string>>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
};

/** A boundary that moved by one; `before` and `after` that also hold of equal numbers. */
const comparison = (it: Expression, textOf: TextOf): readonly Mutant[] => {
  if (it.kind === "binary") {
    const { left, right, operator, span } = it;
    const other = neighbours[operator];
    return other === undefined
      ? []
      : [edit("weaken-comparison", span, `${textOf(left.span)} ${other} ${textOf(right.span)}`)];
  }
  if (it.kind !== "call" || it.arguments.length === 0) return [];
  const { callee, arguments: given, span } = it;
  const [left, right] = given.map((one) => textOf(one.span));
  switch (callee.text) {
    case "before":
    case "after":
      return [edit("weaken-comparison", span, `(${textOf(span)} or ${left} == ${right})`)];
    case "window": {
      const length = given[2];
      return length === undefined ? [] : offByOne(length, textOf);
    }
    default:
      return [];
  }
};

/** `fin` of `{ fin }` is true: then it is false. */
const flags = (it: Expression, textOf: TextOf): readonly Mutant[] =>
  it.kind === "record" || it.kind === "with"
    ? it.fields
        .filter(({ value }) => value === undefined)
        .map(({ name }) => edit("flip-constant", name.span, `${textOf(name.span)}: false`))
    : [];

const flipped = (it: Expression): readonly Mutant[] =>
  it.kind === "boolean" ? [edit("flip-constant", it.span, String(!it.value))] : [];

/** The mistakes that can be made anywhere in an expression, outside in. */
export const expressionMutants = (it: Expression, textOf: TextOf): readonly Mutant[] => [
  ...comparison(it, textOf),
  ...flags(it, textOf),
  ...flipped(it),
  ...subexpressions(it).flatMap((part) => expressionMutants(part, textOf)),
];
