// Walks through code: the statements in statements, and all expressions of a declaration.

import {
  domainExpressions,
  subexpressions,
  type Block,
  type Expression,
  type Statement,
} from "../syntax/index.ts";
import type * as ast from "../syntax/index.ts";

/** The blocks directly inside a statement. */
export const innerBlocks = (statement: Statement): readonly Block[] => {
  switch (statement.kind) {
    case "if":
      return statement.otherwise === undefined
        ? [statement.then]
        : [statement.then, statement.otherwise];
    case "match":
      return statement.arms.map(({ body }) => body);
    case "for":
    case "choose":
      return [statement.body];
    case "either":
      return statement.branches;
    case "assign":
    case "go":
    case "send":
    case "start":
    case "stop":
    case "emit":
    case "let":
    case "assert":
    case "done":
    case "defer":
    case "reprocess":
    case "call":
    case "missing":
      return [];
  }
};

/** The expressions directly inside a statement, but for those of inner blocks. */
export const ownExpressions = (statement: Statement): readonly Expression[] => {
  switch (statement.kind) {
    case "assign":
      return [statement.target, statement.value];
    case "send":
      return [statement.value, statement.to, statement.from, statement.age].filter(
        (it) => it !== undefined,
      );
    case "start":
      return [statement.ticks];
    case "emit":
    case "call":
      return statement.arguments;
    case "if":
    case "assert":
      return [statement.condition];
    case "match":
      return [statement.subject];
    case "for":
      return domainExpressions(statement.domain);
    case "choose":
      return statement.guard === undefined
        ? domainExpressions(statement.domain)
        : [...domainExpressions(statement.domain), statement.guard];
    case "let":
      return [statement.value];
    case "stop":
    case "go":
    case "either":
    case "done":
    case "defer":
    case "reprocess":
    case "missing":
      return [];
  }
};

/** Visits all statements of a block, outer before inner. */
export const visitStatements = (block: Block, visit: (statement: Statement) => void): void => {
  for (const statement of block.statements) {
    visit(statement);
    for (const inner of innerBlocks(statement)) visitStatements(inner, visit);
  }
};

/** Visits an expression and all inside it. */
export const visitExpressions = (
  expression: Expression,
  visit: (expression: Expression) => void,
): void => {
  visit(expression);
  for (const inner of subexpressions(expression)) visitExpressions(inner, visit);
};

/** All blocks of a handler, with the guards that lead to them. */
export const receiveBlocks = ({ body }: ast.ReceiveDeclaration): readonly Block[] => {
  if (body.kind === "cases") {
    const blocks = body.cases.map((it) => it.body);
    return body.tail.kind === "else" ? [...blocks, body.tail.body] : blocks;
  }
  return body.stages.flatMap(({ cases, otherwise }) => {
    const blocks = cases.map((it) => it.body);
    return otherwise === undefined ? blocks : [...blocks, otherwise];
  });
};
