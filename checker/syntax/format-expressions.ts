// How expressions and types are broken when they are too long for a line: rules of formatting.

import type { Span } from "../source/index.ts";
import type { Domain, Expression, Parameter, TypeExpression } from "./ast.ts";
import {
  closerOf,
  group,
  groupWithSeparator,
  hard,
  indentBetween,
  indentFrom,
  innerStretch,
  isToken,
  line,
  nothing,
  separate,
  softLine,
  space,
  stretchOf,
  wasOneLine,
  wideLine,
  type Plan,
  type Separator,
  type Stretch,
} from "./format-plan.ts";
import { indexAt } from "./layout.ts";
import { precedenceOf } from "./operators.ts";
import * as tokens from "./tokens.ts";
import { domainExpressions, subexpressions } from "./walk.ts";

type Binary = Extract<Expression, { readonly kind: "binary" }>;
type Conditional = Extract<Expression, { readonly kind: "if" }>;

export const planExpression = (plan: Plan, expression: Expression): void => {
  if (expression.kind === "binary") {
    planChain(plan, expression);
  } else if (expression.kind === "if") {
    planConditional(plan, expression);
  } else {
    planNode(plan, expression);
    subexpressions(expression).forEach((it) => planExpression(plan, it));
  }
};

/** An expression without what is inside of it. */
const planNode = (plan: Plan, expression: Exclude<Expression, Binary | Conditional>): void => {
  const { from, to } = innerStretch(plan, expression.span);
  switch (expression.kind) {
    case "boolean":
    case "integer":
    case "none":
    case "name":
    case "missing":
    case "field":
    case "unwrap":
    case "is-none":
    case "not":
    case "index":
      return;
    case "negate":
      separate(plan, from + 1, nothing);
      return;
    case "call":
      planList(
        plan,
        indexAt(plan.tokens, expression.callee.span.end),
        expression.arguments,
        softLine,
      );
      return;
    case "in-range":
      planRange(plan, expression.low, expression.high);
      return;
    case "match":
      planArms(plan, expression);
      return;
    case "record":
      planList(plan, from, expression.fields, line);
      return;
    case "with":
      planList(plan, indexAt(plan.tokens, expression.object.span.end) + 1, expression.fields, line);
      return;
    case "array":
      planList(plan, from, expression.elements, softLine);
      return;
    case "set":
      planList(plan, from + 1, expression.elements, line);
      return;
    case "comprehension":
      indentBetween(plan, from, to);
      separate(plan, from + 1, softLine);
      separate(plan, to, softLine);
      planScope(plan, { from, to }, expression, to - 1);
      return;
    case "quantifier":
      planScope(plan, { from, to }, expression, to);
      return;
  }
};

/** `x in D: e` may be broken behind the colon. */
const planScope = (
  plan: Plan,
  stretch: Stretch,
  { domain, body }: { readonly domain: Domain; readonly body: Expression },
  last: number,
): void => {
  const { from } = stretchOf(plan, body.span);
  group(plan, stretch);
  indentFrom(plan, { from, to: last });
  separate(plan, from, line);
  if (domain.kind === "range-domain") planRange(plan, domain.low, domain.high);
};

/** `a and b and c` is broken before every operator, or nowhere. */
const planChain = (plan: Plan, expression: Binary): void => {
  const { to } = innerStretch(plan, expression.span);
  const operands = operandsOf(plan, expression);
  const operators = operands.slice(1).map(({ span }) => stretchOf(plan, span).from - 1);
  group(plan, innerStretch(plan, expression.span));
  indentFrom(plan, { from: operators[0] ?? to, to });
  operators.forEach((operator) => separate(plan, operator, line));
  operands.forEach((it) => planExpression(plan, it));
};

/** The operands of a chain in order; by a list of what is to be split, as chains may be long. */
const operandsOf = (plan: Plan, { operator, left, right }: Binary): readonly Expression[] => {
  const strength = precedenceOf(operator);
  const operands: Expression[] = [];
  const pending: Expression[] = [right, left];
  for (let it = pending.pop(); it !== undefined; it = pending.pop()) {
    if (it.kind === "binary" && isSameChain(plan, it, strength)) pending.push(it.right, it.left);
    else operands.push(it);
  }
  return operands;
};

/**
 * Whether an operand needs no parentheses and has none, so that it continues the chain around it.
 */
const isSameChain = (plan: Plan, expression: Binary, strength: number): boolean => {
  const { from } = stretchOf(plan, expression.span);
  const isBare = innerStretch(plan, expression.span).from === from;
  return isBare && precedenceOf(expression.operator) === strength;
};

const planConditional = (plan: Plan, expression: Conditional): void => {
  const stretch = innerStretch(plan, expression.span);
  const firstThen = stretchOf(plan, expression.then.span).from - 1;
  group(plan, stretch);
  indentFrom(plan, { from: firstThen, to: stretch.to });
  let rest: Expression = expression;
  while (rest.kind === "if") {
    separate(plan, stretchOf(plan, rest.then.span).from - 1, line);
    const otherwise = stretchOf(plan, rest.otherwise.span);
    separate(plan, otherwise.from - 1, line);
    planExpression(plan, rest.condition);
    planExpression(plan, rest.then);
    const isBare = innerStretch(plan, rest.otherwise.span).from === otherwise.from;
    if (rest.otherwise.kind !== "if" || !isBare) {
      planExpression(plan, rest.otherwise);
      return;
    }
    rest = rest.otherwise;
  }
};

/** The braces of a `match` and its arms, without what is in them. */
export const planArms = (
  plan: Plan,
  { subject, arms }: { readonly subject: Expression; readonly arms: readonly Spanned[] },
): void => {
  planBody(plan, indexAt(plan.tokens, subject.span.end), startsOf(plan, arms));
};

interface Spanned {
  readonly span: Span;
}

/** The first token of each node. */
export const startsOf = (plan: Plan, nodes: readonly Spanned[]): readonly number[] =>
  nodes.map(({ span }) => stretchOf(plan, span).from);

/**
 * A body in braces: on one line when it was on one line and fits, its items two spaces apart; else
 * each item on its own line.
 */
export const planBody = (plan: Plan, opener: number, items: readonly number[]): void => {
  group(plan, { from: opener, to: closerOf(plan, opener) });
  planBodyInGroup(plan, opener, items, wasOneLine(plan, opener, closerOf(plan, opener)));
};

/** The same within a group of the caller's. */
export const planBodyInGroup = (
  plan: Plan,
  opener: number,
  items: readonly number[],
  compact: boolean,
): void => {
  const closer = closerOf(plan, opener);
  indentBetween(plan, opener, closer);
  const isEmpty = closer === opener + 1;
  items.forEach((item, index) => {
    separate(plan, item, !compact ? hard : index === 0 ? line : wideLine);
  });
  separate(plan, closer, isEmpty ? space : compact ? line : hard);
};

/** A list with commas between brackets, filled into lines when it does not fit on one. */
export const planList = (
  plan: Plan,
  opener: number,
  items: readonly Spanned[],
  edge: Separator,
): void => {
  const closer = closerOf(plan, opener);
  if (items.length === 0) return;
  group(plan, { from: opener, to: closer });
  indentBetween(plan, opener, closer);
  separate(plan, opener + 1, edge);
  separate(plan, closer, edge);
  fill(plan, startsOf(plan, items.slice(1)), closer - 1);
};

/** Items after the first: each on the line of the one before if it fits there. */
export const fill = (
  plan: Plan,
  starts: readonly number[],
  last: number,
  separator: Separator = line,
): void => {
  starts.forEach((from, index) => {
    const next = starts[index + 1];
    groupWithSeparator(plan, { from, to: next === undefined ? last : next - 1 });
    separate(plan, from, separator);
  });
};

/** `0..3`, but `0 .. 2 * n`: there is air around the loosest sign. */
const planRange = (plan: Plan, low: Expression, high: Expression): void => {
  if (low.kind === "binary" || high.kind === "binary") {
    const { from } = stretchOf(plan, high.span);
    separate(plan, from - 1, space);
    separate(plan, from, space);
  }
};

export const planDomain = (plan: Plan, domain: Domain): void => {
  if (domain.kind === "range-domain") planRange(plan, domain.low, domain.high);
  domainExpressions(domain).forEach((it) => planExpression(plan, it));
};

export const planType = (plan: Plan, type: TypeExpression): void => {
  switch (type.kind) {
    case "bool-type":
    case "named-type":
    case "missing-type":
      return;
    case "range-type":
      planRange(plan, type.low, type.high);
      planExpression(plan, type.low);
      planExpression(plan, type.high);
      return;
    case "mod-type":
      planExpression(plan, type.modulus);
      return;
    case "array-type":
      planType(plan, type.index);
      planType(plan, type.element);
      return;
    case "set-type":
    case "option-type":
      planType(plan, type.element);
      return;
  }
};

/** The parameters of a declaration; the parenthesis is the first one behind its name. */
export const planParameters = (
  plan: Plan,
  afterName: number,
  parameters: readonly Parameter[],
): void => {
  if (!isToken(plan, afterName, tokens.LeftParen)) return;
  planList(plan, afterName, parameters, softLine);
  parameters.forEach(({ type }) => planType(plan, type));
};
