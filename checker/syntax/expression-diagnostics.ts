// What the parser has to say of expressions, types and assignments: wording and documentation
// together.

import { define } from "../source/index.ts";

const error = { severity: "error" } as const;

export const assignmentInExpression = define<Record<never, never>>(
  {
    ...error,
    code: "TW0111",
    title: "`=` in an expression",
    text: "`=` gives a value and is no operator: within an expression, write `==` to compare.",
    example: 'const A = 1\nassume A = 1, "one"\n',
  },
  () => ({ message: "`=` does not compare", help: "write `==`" }),
);

export const chainedComparison = define<{ readonly first: string; readonly second: string }>(
  {
    ...error,
    code: "TW0112",
    title: "chained comparison",
    text:
      "Comparisons do not chain: `a < b < c` would compare a truth value with c. Write " +
      "`a < b and b < c`, or parentheses when a truth value is really compared.",
    example: "const A = 1 < 2 < 3\n",
  },
  ({ first, second }) => ({
    message: `\`${second}\` cannot follow the comparison \`${first}\``,
    help: "join two comparisons with `and`, or write parentheses",
  }),
);

export const looseNot = define<{ readonly operator: string }>(
  {
    ...error,
    code: "TW0113",
    title: "`not` after a tighter operator",
    text:
      "`not` binds less tightly than comparisons and arithmetic: `not a == b` means `not (a == b)`. " +
      "As the right operand of such an operator it needs parentheses.",
    example: "const A = true == not false\n",
  },
  ({ operator }) => ({
    message: `\`not\` after \`${operator}\` needs parentheses`,
    help: "write `(not …)`",
  }),
);

export const misplacedRange = define<Record<never, never>>(
  {
    ...error,
    code: "TW0114",
    title: "misplaced range",
    text:
      "A range `lo..hi` is a type, a domain after `in` (`for i in 0..3`), or the right side of the " +
      "test `x in lo..hi`. It is no value of its own, and stands in no parentheses: an optional range is `lo..hi?`.",
    example: "const A = 0..3\n",
  },
  () => ({
    message: "a range is not a value",
    help: "ranges stand in types and after `in`, without parentheses",
  }),
);

export const expressionTooLong = define<{ readonly limit: number }>(
  {
    ...error,
    code: "TW0118",
    title: "expression too long",
    text: "The tree of one expression is at most 500 operators high. Split it with `const` or `fn`.",
  },
  ({ limit }) => ({
    message: `this expression is too long: more than ${limit} operators on one another`,
    help: "split it with `const` or `fn`",
  }),
);

export const notAssignable = define<Record<never, never>>(
  {
    ...error,
    code: "TW0120",
    title: "not assignable",
    text: "Only a variable, a field of one (`x.f`) or an element of one (`x[i]`) can be given a value.",
    example: "init { f(1) = 2 }\n",
  },
  () => ({
    message: "this cannot be given a value",
    help: "assign to a name, a field or an element",
  }),
);

export const expressionAsStatement = define<{ readonly comparison: boolean }>(
  {
    ...error,
    code: "TW0121",
    title: "expression as a statement",
    text: "A statement does something: it assigns, sends, goes on, calls a `proc`. A value alone does not.",
    example: "init { x == 1 }\n",
  },
  ({ comparison }) => ({
    message: "this is a value, not a statement",
    help: comparison ? "to give a value, write `=`" : "assign it, or call a `proc`",
  }),
);

export const notType = define<Record<never, never>>(
  {
    ...error,
    code: "TW0126",
    title: "not a type",
    text: "A type is `bool`, a range `lo..hi`, `mod N`, a name, `array[I] of T`, `set of I`, or `T?`.",
    example: "const A : 3 = 2\n",
  },
  () => ({ message: "this is a value, not a type", help: "a range of integers is `lo..hi`" }),
);

export const notCallable = define<Record<never, never>>(
  {
    ...error,
    code: "TW0127",
    title: "not callable",
    text: "Functions and procedures are called by their names: `f(x)`.",
    example: "const A = (1)(2)\n",
  },
  () => ({ message: "only a name can be called" }),
);

export const ternary = define<Record<never, never>>(
  {
    ...error,
    code: "TW0132",
    title: "conditional operator",
    text: "A choice between two values is written in words: `if a then b else c`.",
    example: "const A = true ? 1 : 2\n",
  },
  () => ({ message: "there is no operator `? :`", help: "write `if a then b else c`" }),
);

export const badOverride = define<Record<never, never>>(
  {
    ...error,
    code: "TW0131",
    title: "malformed override",
    text: "A constant is set with `NAME=VALUE`, or one element of it with `NAME[INDEX]=VALUE`.",
  },
  () => ({ message: "expected `NAME=VALUE` or `NAME[INDEX]=VALUE`" }),
);
