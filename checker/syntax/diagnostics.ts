// Everything the scanner and the parser have to say: codes TW01xx, wording and documentation together.

import { define, notUtf8, type Explanation, type Span } from "../source/index.ts";

const error = { severity: "error" } as const;

export const strayCharacter = define<{ readonly text: string; readonly instead?: string }>(
  {
    ...error,
    code: "TW0102",
    title: "stray character",
    text:
      "The character begins no word, number or sign of the language. Outside texts and comments only " +
      "ASCII is used: `<=`, `!=`, `->`, `and` rather than mathematical signs.",
    example: "const A = 1 # 2\n",
  },
  ({ text, instead }) => ({
    message: `${showCharacters(text)} does not belong here`,
    ...(instead === undefined ? {} : { help: `write \`${instead}\`` }),
  }),
);

export const unterminatedText = define<Record<never, never>>(
  {
    ...error,
    code: "TW0103",
    title: "unterminated text",
    text: 'A text begins and ends with `"` on one line. There are no escapes, so it cannot hold a `"`.',
    example: 'import "base.tw\n',
  },
  () => ({ message: "this text has no closing quote", help: 'close it with `"` on the same line' }),
);

export const unterminatedComment = define<Record<never, never>>(
  {
    ...error,
    code: "TW0104",
    title: "unterminated comment",
    text: "A comment that begins with `/*` ends at the next `*/`. This one runs to the end of the file.",
    example: "const A = 1 /* the first\n",
  },
  () => ({ message: "this comment is never closed", help: "close it with `*/`" }),
);

export const singleQuotes = define<Record<never, never>>(
  {
    ...error,
    code: "TW0105",
    title: "text in single quotes",
    text: 'Texts stand in double quotes: `check "two hosts" expect holds`.',
    example: "import 'base.tw'\n",
  },
  () => ({ message: "a text stands in double quotes", help: 'write `"…"`' }),
);

export const malformedNumber = define<{ readonly text: string }>(
  {
    ...error,
    code: "TW0106",
    title: "malformed number",
    text:
      "Numbers are whole, and decimal (`12`) or hexadecimal (`0x1F`); there are no fractions, " +
      "exponents, digit separators or units.",
    example: "const A = 1.5\n",
  },
  ({ text }) => ({
    message: `\`${abbreviate(text)}\` is not a number`,
    help: /^[0-9]+\.[0-9]+$/.test(text)
      ? "numbers are whole"
      : "write decimal digits, or hexadecimal ones after `0x`",
  }),
);

export const numberTooLarge = define<{ readonly text: string }>(
  {
    ...error,
    code: "TW0107",
    title: "number too large",
    text: "Numbers reach up to 2^53 - 1 = 9007199254740991, the largest that is represented exactly.",
    example: "const A = 9007199254740992\n",
  },
  ({ text }) => ({
    message: `\`${abbreviate(text)}\` is too large`,
    help: "the largest number is 9007199254740991",
  }),
);

export const foreignOperator = define<{ readonly found: string; readonly instead: string }>(
  {
    ...error,
    code: "TW0108",
    title: "operator of another language",
    text:
      "Logic is written in words: `and`, `or`, `not`. `==` and `!=` compare. There is no `++`: write " +
      "`x += 1`. After an operand, `!` takes the value out of an option.",
    example: "const A = true && false\n",
  },
  ({ found, instead }) => ({
    message: `there is no operator \`${found}\``,
    help: `write \`${instead}\``,
  }),
);

export const semicolon = define<Record<never, never>>(
  {
    ...error,
    code: "TW0109",
    title: "semicolon",
    text:
      "Nothing ends with a semicolon. Every statement begins with a token that cannot continue the " +
      "one before, so several may even share a line.",
    example: "const A = 1;\n",
  },
  () => ({ message: "there are no semicolons", help: "remove it" }),
);

export const colonEqual = define<Record<never, never>>(
  {
    ...error,
    code: "TW0110",
    title: "assignment with `:=`",
    text: "`=` gives a value to a constant or a variable; `==` compares.",
    example: "const A := 1\n",
  },
  () => ({ message: "`:=` is not used here", help: "write `=`" }),
);

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
      "test `x in lo..hi`. It is no value of its own.",
    example: "const A = 0..3\n",
  },
  () => ({ message: "a range is not a value", help: "ranges stand in types and after `in`" }),
);

export const missing = define<{
  readonly expected: string;
  readonly found: string;
  readonly help?: string;
}>(
  {
    ...error,
    code: "TW0115",
    title: "something is missing",
    text: "At this place the language wants something that is not there.",
    example: "enum Host A, B }\n",
  },
  ({ expected, found, help }) => ({
    message: `expected ${expected}, found ${found}`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const unexpected = define<{
  readonly expected: string;
  readonly found: string;
  readonly help?: string;
}>(
  {
    ...error,
    code: "TW0116",
    title: "unexpected token",
    text: "The token cannot stand here; the message says what can.",
    example: "enum Host { A, 3 }\n",
  },
  ({ expected, found, help }) => ({
    message: `expected ${expected}, found ${found}`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const nestedTooDeeply = define<{ readonly limit: number }>(
  {
    ...error,
    code: "TW0117",
    title: "nested too deeply",
    text: "Blocks, expressions and types nest at most 100 deep.",
  },
  ({ limit }) => ({ message: `nested too deeply: more than ${limit} levels` }),
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

export const reservedName = define<{ readonly word: string }>(
  {
    ...error,
    code: "TW0119",
    title: "reserved word as a name",
    text:
      "The word has a fixed meaning in the language and cannot name anything. Contextual words such " +
      "as `to`, `from`, `state` or `full` may.",
    example: "const timer = 1\n",
  },
  ({ word }) => ({
    message: `\`${word}\` is a word of the language and cannot be a name`,
    help: `choose another name, for example \`${word}_\``,
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

export const unclosedBracket = define<{
  readonly bracket: string;
  readonly at: Span;
  readonly expected: string;
}>(
  {
    ...error,
    code: "TW0122",
    title: "unclosed bracket",
    text: "Every `{`, `(` and `[` is closed again, in the reverse order of opening.",
    example: "enum Host { A, B\n",
  },
  ({ bracket, at, expected }) => ({
    message: `\`${bracket}\` is never closed: expected ${expected}, found the end of the file`,
    notes: [{ message: `the \`${bracket}\` is here`, span: at }],
  }),
);

export const unopenedBracket = define<{ readonly bracket: string }>(
  {
    ...error,
    code: "TW0123",
    title: "unopened bracket",
    text: "This closing bracket has no opening one: there is one too many, or the opening one is missing.",
    example: "enum Host { A, B } }\n",
  },
  ({ bracket }) => ({ message: `\`${bracket}\` closes nothing`, help: "remove it" }),
);

export const clauseTwice = define<{ readonly clause: string }>(
  {
    ...error,
    code: "TW0124",
    title: "clause given twice",
    text: "Each clause of a `network` or a `send` may be given once.",
    example: "message M { f : bool }\nnetwork n carries M { capacity 1  capacity 2 }\n",
  },
  ({ clause }) => ({ message: `\`${clause}\` is given twice`, help: "remove one" }),
);

export const capacityMissing = define<{ readonly network: string }>(
  {
    ...error,
    code: "TW0125",
    title: "network without capacity",
    text: "A network holds a bounded number of messages; say how many with `capacity N`.",
    example: "message M { f : bool }\nnetwork n carries M { loss any }\n",
  },
  ({ network }) => ({
    message: `network \`${network}\` has no capacity`,
    help: "add `capacity N`",
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

export const casesBesideStages = define<{ readonly found: "case" | "stage" | "else" | "ignore" }>(
  {
    ...error,
    code: "TW0128",
    title: "cases beside stages",
    text:
      "The body of `on receive` is a list of cases, the first that applies is taken, or a list of " +
      "stages, each run in turn. Cases may be followed by one `else { … }` or `ignore`.",
    example: "process p { on receive m { case a when true { }  stage b { } } }\n",
  },
  ({ found }) => ({
    message:
      found === "else" || found === "ignore"
        ? `stages have no \`${found}\` after them`
        : `a \`${found}\` cannot stand here: a handler has cases or stages`,
    help:
      found === "else" || found === "ignore"
        ? "each stage may have its own `else`"
        : "write a second handler, or turn the cases into stages",
  }),
);

export const badAddress = define<{ readonly text: string }>(
  {
    ...error,
    code: "TW0129",
    title: "not an IPv4 address",
    text: "An address has four numbers from 0 to 255: `192.0.2.1`.",
    example: "binding tcp { hosts { A = 192.0.2.256 } }\n",
  },
  ({ text }) => ({ message: `\`${abbreviate(text)}\` is not an IPv4 address` }),
);

export const tooManyErrors = define<{ readonly limit: number }>(
  {
    ...error,
    code: "TW0130",
    title: "too many errors",
    text: "After 100 syntax errors the rest of the file is not read.",
  },
  ({ limit }) => ({ message: `${limit} errors: the rest of the file is not read` }),
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

/** The documentation of every code of this layer. */
export const syntaxDefinitions: readonly Explanation[] = [
  notUtf8,
  strayCharacter,
  unterminatedText,
  unterminatedComment,
  singleQuotes,
  malformedNumber,
  numberTooLarge,
  foreignOperator,
  semicolon,
  colonEqual,
  assignmentInExpression,
  chainedComparison,
  looseNot,
  misplacedRange,
  missing,
  unexpected,
  nestedTooDeeply,
  expressionTooLong,
  reservedName,
  notAssignable,
  expressionAsStatement,
  unclosedBracket,
  unopenedBracket,
  clauseTwice,
  capacityMissing,
  notType,
  notCallable,
  casesBesideStages,
  badAddress,
  tooManyErrors,
  badOverride,
  ternary,
].map((definition) => definition.explanation);

/** Long tokens are cut, so that a message stays one line. */
export const abbreviate = (text: string): string =>
  text.length <= 40 ? text : `${text.slice(0, 39)}…`;

const showCharacters = (text: string): string => {
  const code = text.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const isVisible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(text);
  return isVisible ? `\`${abbreviate(text)}\`` : `the character ${name}`;
};
