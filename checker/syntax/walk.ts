// The children of syntax nodes, for phases that look at every expression of a tree: syntax -> lint,
// mutate.

import type { Domain, Expression } from "./ast.ts";

/** The expressions directly inside an expression, in the order of the text. */
export const subexpressions = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case "boolean":
    case "integer":
    case "none":
    case "name":
    case "missing":
      return [];
    case "field":
      return [expression.object];
    case "index":
      return [expression.object, expression.index];
    case "call":
      return expression.arguments;
    case "unwrap":
    case "is-none":
    case "not":
    case "negate":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "in-range":
      return [expression.operand, expression.low, expression.high];
    case "if":
      return [expression.condition, expression.then, expression.otherwise];
    case "match":
      return [
        expression.subject,
        ...expression.arms.flatMap(({ patterns, body }) => [...patterns, body]),
      ];
    case "record":
      return expression.fields.flatMap(({ value }) => value ?? []);
    case "with":
      return [expression.object, ...expression.fields.flatMap(({ value }) => value ?? [])];
    case "array":
    case "set":
      return expression.elements;
    case "comprehension":
    case "quantifier":
      return [...domainExpressions(expression.domain), expression.body];
  }
};

/** The expressions directly inside a domain. */
export const domainExpressions = (domain: Domain): readonly Expression[] => {
  switch (domain.kind) {
    case "type-domain":
      return domain.type.kind === "mod-type" ? [domain.type.modulus] : [];
    case "range-domain":
      return [domain.low, domain.high];
    case "expression-domain":
      return [domain.value];
  }
};
