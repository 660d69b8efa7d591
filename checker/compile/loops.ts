// Expressions with quantifiers too large to write out: statements that leave the value in a name.

import { type Expression, operandsOf } from "../core/index.ts";
import { isUnrolled, numberText, segmentBindings, selectText, truthText } from "./expressions.ts";
import { noteLocal, rangeOf } from "./ranges.ts";
import type { Code, Scope } from "./scope.ts";
import { failText, freshLocal, freshName, localName, present } from "./scope.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/** Statements to run first, then a text for the value. */
export interface Evaluation {
  readonly code: Code;
  readonly text: string;
}

const hasLoop = (expression: Expression, scope: Scope): boolean =>
  ((expression.kind === "quantifier" || expression.kind === "segments") &&
    !isUnrolled(expression, scope)) ||
  operandsOf(expression).some((part) => hasLoop(part, scope));

/** The integer value of any expression. */
export const numberOf = (expression: Expression, scope: Scope): Evaluation => {
  if (!hasLoop(expression, scope)) return { code: [], text: numberText(expression, scope) };
  const name = freshName(scope);
  return { code: valueInto(name, expression, scope), text: name };
};

/** The truth of any expression. */
export const truthOf = (expression: Expression, scope: Scope): Evaluation => {
  if (!hasLoop(expression, scope)) return { code: [], text: truthText(expression, scope) };
  const name = freshName(scope);
  return { code: valueInto(name, expression, scope), text: `(${name} !== 0)` };
};

const valueInto = (name: string, expression: Expression, scope: Scope): Code => {
  if (!hasLoop(expression, scope)) return [`${name} = ${numberText(expression, scope)};`];
  switch (expression.kind) {
    case "quantifier":
    case "segments":
      return loopInto(name, expression, scope);
    case "if":
      return branchInto(name, expression, scope);
    case "let":
      noteLocal(
        scope.ranges,
        expression.local,
        rangeOf(expression.value, scope.ranges, scope.core),
      );
      return [
        ...valueInto(localName(scope, expression.local), expression.value, scope),
        ...valueInto(name, expression.body, scope),
      ];
    case "require": {
      const condition = truthOf(expression.condition, scope);
      const then = valueInto(name, expression.then, scope);
      const failure = `${name} = ${failText(scope, expression.site)};`;
      return [...condition.code, `if (${condition.text}) {`, ...then, `} else ${failure}`];
    }
    case "binary":
      return isLogical(expression)
        ? logicInto(name, expression, scope)
        : operandsFirst(name, expression, scope);
    case "constant":
    case "variable":
    case "local":
    case "element":
    case "not":
    case "negate":
    case "absolute":
    case "size":
    case "serial":
      return operandsFirst(name, expression, scope);
  }
};

const isLogical = ({ operator }: Of<"binary">): boolean =>
  operator === "and" || operator === "or" || operator === "implies";

const branchInto = (name: string, expression: Of<"if">, scope: Scope): Code => {
  const condition = truthOf(expression.condition, scope);
  return [
    ...condition.code,
    `if (${condition.text}) {`,
    ...valueInto(name, expression.then, scope),
    "} else {",
    ...valueInto(name, expression.otherwise, scope),
    "}",
  ];
};

/** The right side is evaluated only where the left does not decide. */
const logicInto = (name: string, { operator, left, right }: Of<"binary">, scope: Scope): Code => {
  const first = truthOf(left, scope);
  const second = truthOf(right, scope);
  const goesOn = operator === "or" ? `!${first.text}` : first.text;
  return [
    ...first.code,
    `${name} = ${operator === "and" ? 0 : 1};`,
    `if (${goesOn}) {`,
    ...second.code,
    `${name} = ${second.text} ? 1 : 0;`,
    "}",
  ];
};

/** Operators that need all operands: each is evaluated into a local, in order. */
const operandsFirst = (name: string, expression: Expression, scope: Scope): Code => {
  const code: (string | Code)[] = [];
  const local = (part: Expression): Expression => {
    const id = freshLocal(scope);
    noteLocal(scope.ranges, id, rangeOf(part, scope.ranges, scope.core));
    code.push(...valueInto(localName(scope, id), part, scope));
    return { kind: "local", local: id };
  };
  const flat = withOperands(expression, local);
  return [...code, `${name} = ${numberText(flat, scope)};`];
};

const withOperands = (
  expression: Expression,
  local: (part: Expression) => Expression,
): Expression => {
  switch (expression.kind) {
    case "element":
      return { ...expression, index: local(expression.index) };
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return { ...expression, operand: local(expression.operand) };
    case "binary":
    case "serial":
      return { ...expression, left: local(expression.left), right: local(expression.right) };
    case "constant":
    case "variable":
    case "local":
    case "if":
    case "let":
    case "require":
    case "quantifier":
    case "segments":
      return expression;
  }
};

/** What one case of a quantifier does to the result, and whether it ends the quantifier. */
const caseCode = (
  name: string,
  { quantifier, body }: Of<"quantifier"> | Of<"segments">,
  scope: Scope,
  leave: string,
): Code => {
  const held = truthOf(body, scope);
  switch (quantifier) {
    case "forall":
      return [...held.code, `if (!${held.text}) { ${name} = 0; ${leave} }`];
    case "exists":
      return [...held.code, `if (${held.text}) { ${name} = 1; ${leave} }`];
    case "count":
      return [...held.code, `if (${held.text}) ${name} = ${name} + 1;`];
  }
};

const beginning = (name: string, { quantifier }: { readonly quantifier: string }): string =>
  `${name} = ${quantifier === "forall" ? 1 : 0};`;

const loopInto = (
  name: string,
  expression: Of<"quantifier"> | Of<"segments">,
  scope: Scope,
): Code => {
  if (expression.kind === "quantifier") {
    const { local, low, high } = expression;
    noteLocal(scope.ranges, local, { low, high });
    const step = localName(scope, local);
    return [
      beginning(name, expression),
      `for (${step} = ${low}; ${step} <= ${high}; ${step} = ${step} + 1) {`,
      ...caseCode(name, expression, scope, "break;"),
      "}",
    ];
  }
  const position = freshName(scope);
  const { count, word } = scope.content(expression.network);
  const { capacity } = present(scope.core.networks, expression.network);
  const bindings = segmentBindings(expression, scope, (part) =>
    selectText(
      position,
      Array.from({ length: capacity }, (_, place) => word(place, part)),
    ),
  );
  return [
    beginning(name, expression),
    `for (${position} = 0; ${position} < ${count}; ${position} = ${position} + 1) {`,
    ...bindings.map((it) => `${it};`),
    ...caseCode(name, expression, scope, "break;"),
    "}",
  ];
};
