// Colour as a capability: texts name a style, the edge decides whether a style is a colour.

export type Style = "strong" | "faint" | "good" | "bad" | "warning" | "accent";

/** Gives a text the look of a style; the plain one returns it unchanged. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  strong: [1, 22],
  faint: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  warning: [33, 39],
  accent: [36, 39],
};

/** The sixteen-colour escape sequences that every terminal knows; each style ends itself. */
export const coloured: Paint = (style, text) => {
  const [on, off] = codes[style];
  return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
};
