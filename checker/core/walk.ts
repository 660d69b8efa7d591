// Walks over finished core code: what every pass on it shares.

import type { Expression, Statement } from "./core.ts";

/** The operands of an expression, in order of evaluation. */
export const operandsOf = (code: Expression): readonly Expression[] => {
  switch (code.kind) {
    case "constant":
    case "variable":
    case "local":
      return [];
    case "element":
      return [code.index];
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return [code.operand];
    case "binary":
    case "serial":
      return [code.left, code.right];
    case "if":
      return [code.condition, code.then, code.otherwise];
    case "let":
      return [code.value, code.body];
    case "require":
      return [code.condition, code.then];
    case "quantifier":
    case "segments":
      return [code.body];
  }
};

/** The same expression over other operands. */
export const withOperands = (
  code: Expression,
  change: (operand: Expression) => Expression,
): Expression => {
  switch (code.kind) {
    case "constant":
    case "variable":
    case "local":
      return code;
    case "element":
      return { ...code, index: change(code.index) };
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return { ...code, operand: change(code.operand) };
    case "binary":
    case "serial":
      return { ...code, left: change(code.left), right: change(code.right) };
    case "if":
      return {
        ...code,
        condition: change(code.condition),
        then: change(code.then),
        otherwise: change(code.otherwise),
      };
    case "let":
      return { ...code, value: change(code.value), body: change(code.body) };
    case "require":
      return { ...code, condition: change(code.condition), then: change(code.then) };
    case "quantifier":
    case "segments":
      return { ...code, body: change(code.body) };
  }
};

export const someExpression = (code: Expression, test: (code: Expression) => boolean): boolean =>
  test(code) || operandsOf(code).some((it) => someExpression(it, test));

/** Expressions do not change, and are asked again by whatever stands around them. */
const failing = new WeakMap<Expression, boolean>();

/** Whether evaluating it can end the path. */
export const canFail = (code: Expression): boolean => {
  const { kind } = code;
  if (kind === "constant" || kind === "variable" || kind === "local") return false;
  if (kind === "require" || kind === "element") return true;
  const known = failing.get(code);
  if (known !== undefined) return known;
  const isOwn = kind === "binary" && code.site !== undefined;
  const found = isOwn || operandsOf(code).some(canFail);
  failing.set(code, found);
  return found;
};

/** The expressions that a statement evaluates itself, not those of statements inside it. */
export const expressionsOf = (statement: Statement): readonly Expression[] => {
  switch (statement.kind) {
    case "assign":
      return statement.target.kind === "element"
        ? [statement.target.index, statement.value]
        : [statement.value];
    case "let":
      return [statement.value];
    case "send":
      return statement.values;
    case "signal":
      return [statement.when];
    case "if":
    case "require":
      return [statement.condition];
    case "choose":
      return statement.guard === undefined ? [] : [statement.guard];
    case "either":
    case "block":
    case "exit":
    case "disable":
    case "mark":
      return [];
  }
};

/** The statement lists inside a statement, in order. */
export const bodiesOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "either":
      return statement.branches;
    case "block":
      return [statement.body];
    case "assign":
    case "let":
    case "send":
    case "signal":
    case "choose":
    case "exit":
    case "require":
    case "disable":
    case "mark":
      return [];
  }
};

/** The same statement over other expressions. */
export const withExpressions = (
  statement: Statement,
  change: (code: Expression) => Expression,
): Statement => {
  switch (statement.kind) {
    case "assign": {
      const { target } = statement;
      return {
        ...statement,
        target: target.kind === "element" ? { ...target, index: change(target.index) } : target,
        value: change(statement.value),
      };
    }
    case "let":
      return { ...statement, value: change(statement.value) };
    case "send":
      return { ...statement, values: statement.values.map(change) };
    case "signal":
      return { ...statement, when: change(statement.when) };
    case "if":
    case "require":
      return { ...statement, condition: change(statement.condition) };
    case "choose":
      return statement.guard === undefined
        ? statement
        : { ...statement, guard: change(statement.guard) };
    case "either":
    case "block":
    case "exit":
    case "disable":
    case "mark":
      return statement;
  }
};

/** The same statement over other inner lists. */
export const withBodies = (
  statement: Statement,
  change: (body: readonly Statement[]) => readonly Statement[],
): Statement => {
  switch (statement.kind) {
    case "if":
      return {
        ...statement,
        then: change(statement.then),
        otherwise: change(statement.otherwise),
      };
    case "either":
      return { ...statement, branches: statement.branches.map(change) };
    case "block":
      return { ...statement, body: change(statement.body) };
    case "assign":
    case "let":
    case "send":
    case "signal":
    case "choose":
    case "exit":
    case "require":
    case "disable":
    case "mark":
      return statement;
  }
};
