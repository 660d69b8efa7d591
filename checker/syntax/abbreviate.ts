// Tokens as messages show them: for diagnostics of text -> syntax.

/** Long tokens are cut, so that a message stays one line. */
export const abbreviate = (text: string): string =>
  text.length <= 40 ? text : `${text.slice(0, 39)}…`;
