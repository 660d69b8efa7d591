// How statements and blocks are laid out: rules of formatting.

import type { Block, Expression, Statement } from "./ast.ts";
import {
  planArms,
  planBody,
  planBodyInGroup,
  planDomain,
  planExpression,
  planList,
  planType,
  startsOf,
} from "./format-expressions.ts";
import {
  behind,
  closerOf,
  group,
  hang,
  indentFrom,
  isToken,
  line,
  separate,
  softLine,
  space,
  stretchOf,
  wasOneLine,
  type Plan,
} from "./format-plan.ts";
import * as tokens from "./tokens.ts";

/** A block with a group of its own. */
export const planBlock = (plan: Plan, block: Block): void => {
  planBody(plan, stretchOf(plan, block.span).from, startsOf(plan, block.statements));
  block.statements.forEach((it) => planStatement(plan, it));
};

/** A condition before a block: its lines are indented further than the block's. */
export const planCondition = (plan: Plan, condition: Expression): void => {
  hang(plan, stretchOf(plan, condition.span));
  planExpression(plan, condition);
};

const planStatement = (plan: Plan, statement: Statement): void => {
  const stretch = stretchOf(plan, statement.span);
  switch (statement.kind) {
    case "go":
    case "done":
    case "defer":
    case "reprocess":
    case "missing":
      return;
    case "assign":
      planExpression(plan, statement.target);
      planExpression(plan, statement.value);
      return;
    case "send":
      planSend(plan, statement);
      return;
    case "start":
      planExpression(plan, statement.timer);
      planExpression(plan, statement.ticks);
      return;
    case "stop":
      planExpression(plan, statement.timer);
      return;
    case "emit":
      planCall(plan, behind(plan, statement.event), statement.arguments);
      return;
    case "call":
      planCall(plan, behind(plan, statement.callee), statement.arguments);
      return;
    case "if":
      planIf(plan, statement);
      return;
    case "match":
      planArms(plan, statement);
      planExpression(plan, statement.subject);
      statement.arms.forEach(({ body }) => planArmBody(plan, body));
      return;
    case "for":
      planDomain(plan, statement.domain);
      planBlock(plan, statement.body);
      return;
    case "choose":
      planDomain(plan, statement.domain);
      if (statement.guard !== undefined) planCondition(plan, statement.guard);
      planBlock(plan, statement.body);
      return;
    case "either":
      planBranches(plan, statement.branches);
      return;
    case "let":
      planLet(plan, statement);
      return;
    case "assert":
      planReason(plan, stretch, statement.condition);
      return;
  }
};

/** `e, "why"`: the text may stand on a line of its own. */
export const planReason = (
  plan: Plan,
  stretch: { readonly from: number; readonly to: number },
  condition: Expression,
): void => {
  group(plan, stretch);
  indentFrom(plan, { from: stretch.to, to: stretch.to });
  separate(plan, stretch.to, line);
  planExpression(plan, condition);
};

const planCall = (plan: Plan, opener: number, given: readonly Expression[]): void => {
  planList(plan, opener, given, softLine);
  given.forEach((it) => planExpression(plan, it));
};

const planLet = (plan: Plan, statement: Extract<Statement, { readonly kind: "let" }>): void => {
  if (statement.type !== undefined) {
    separate(plan, behind(plan, statement.name), space);
    planType(plan, statement.type);
  }
  planExpression(plan, statement.value);
};

const planSend = (plan: Plan, statement: Extract<Statement, { readonly kind: "send" }>): void => {
  for (const value of [statement.value, statement.to, statement.from, statement.age]) {
    if (value === undefined) continue;
    // A clause word is a name to the table of spaces: `to (a)` would be set like a call.
    separate(plan, stretchOf(plan, value.span).from, space);
    planExpression(plan, value);
  }
};

/** An arm's body: a block, or a single statement without braces. */
const planArmBody = (plan: Plan, body: Block): void => {
  if (isBraced(plan, body)) planBlock(plan, body);
  else body.statements.forEach((it) => planStatement(plan, it));
};

const isBraced = (plan: Plan, body: Block): boolean =>
  isToken(plan, stretchOf(plan, body.span).from, tokens.LeftBrace);

/** All blocks of an `if` with its `else if`s are broken together. */
const planIf = (plan: Plan, statement: Extract<Statement, { readonly kind: "if" }>): void => {
  const blocks: Block[] = [];
  let rest: Statement | undefined = statement;
  while (rest?.kind === "if") {
    planCondition(plan, rest.condition);
    blocks.push(rest.then);
    const otherwise: Block | undefined = rest.otherwise;
    if (otherwise !== undefined && isBraced(plan, otherwise)) {
      blocks.push(otherwise);
      rest = undefined;
    } else {
      rest = otherwise?.statements[0];
    }
  }
  planBranches(plan, blocks);
};

/** Blocks that stand on one line together or are all broken. */
const planBranches = (plan: Plan, blocks: readonly Block[]): void => {
  const openers = startsOf(plan, blocks);
  const first = openers[0] ?? 0;
  const last = closerOf(plan, openers.at(-1) ?? first);
  group(plan, { from: first, to: last });
  const compact = wasOneLine(plan, first, last);
  blocks.forEach((block, index) => {
    planBodyInGroup(plan, openers[index] ?? first, startsOf(plan, block.statements), compact);
    block.statements.forEach((it) => planStatement(plan, it));
  });
};
