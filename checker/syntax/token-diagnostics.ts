// What the scanner has to say of single tokens: wording and documentation together.

import { define } from "../source/index.ts";
import { abbreviate } from "./abbreviate.ts";

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

const showCharacters = (text: string): string => {
  const code = text.codePointAt(0) ?? 0;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  const isVisible = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(text);
  return isVisible ? `\`${abbreviate(text)}\`` : `the character ${name}`;
};
