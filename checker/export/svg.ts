// Pieces of drawings: shapes and texts -> SVG elements, escaped and rounded.

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Safe within elements and attributes; what XML forbids becomes a space. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, " ")
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);

export const round = (value: number): number => Math.round(value * 10) / 10;

/** A character of the monospaced font at 12 pixels; too wide rather than too narrow. */
export const characterWidth = 7.3;

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Attributes = Readonly<Record<string, string | number>>;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(
      ([name, value]) => ` ${name}="${typeof value === "number" ? round(value) : escaped(value)}"`,
    )
    .join("");

export const element = (name: string, attributes: Attributes, content?: string): string =>
  content === undefined
    ? `<${name}${written(attributes)}/>`
    : `<${name}${written(attributes)}>${content}</${name}>`;

export const textAt = ({ x, y }: Point, content: string, attributes: Attributes = {}): string =>
  element("text", { x, y, ...attributes }, escaped(content));

export const line = (from: Point, to: Point, attributes: Attributes = {}): string =>
  element("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...attributes });
