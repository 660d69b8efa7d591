// The signs of a ladder: lives, shafts and heads of arrows, losses. What colour says is said without it, too.

import { element, type Point, round, textAt } from "./svg.ts";

interface LifeLook {
  readonly ink: string;
  readonly dashes: string;
}

/** Lives differ in colour, in the pattern of their lines, and in the number that stands with them. */
const lifeLooks: readonly LifeLook[] = [
  { ink: "#444444", dashes: "" },
  { ink: "#1f5fa8", dashes: "" },
  { ink: "#a84a00", dashes: "10 4" },
  { ink: "#2a7a3b", dashes: "3 3" },
  { ink: "#7a3b9c", dashes: "12 3 3 3" },
];

export const lookOf = (life: number | undefined): LifeLook =>
  lifeLooks[Math.min(life ?? 0, lifeLooks.length - 1)] ?? { ink: "#444444", dashes: "" };

export const dashed = ({ dashes }: LifeLook): Readonly<Record<string, string>> =>
  dashes === "" ? {} : { "stroke-dasharray": dashes };

export const badge = ({ x, y }: Point, life: number): string =>
  element("circle", { cx: x, cy: y, r: 7.5, fill: "#ffffff", stroke: lookOf(life).ink }) +
  textAt({ x, y: y + 4 }, String(life), {
    "text-anchor": "middle",
    class: "badge",
    fill: lookOf(life).ink,
  });

export const cross = ({ x, y }: Point): string =>
  element("path", {
    d: `M${round(x - 6)} ${round(y - 6)} L${round(x + 6)} ${round(y + 6)} M${round(x + 6)} ${round(y - 6)} L${round(x - 6)} ${round(y + 6)}`,
    stroke: "#b00020",
    "stroke-width": 2.6,
    fill: "none",
  });

/** The head of an arrow along its line; hollow when the segment is stale. */
export const head = (from: Point, to: Point, ink: string, isHollow: boolean): string => {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const at = (along: number, across: number): string =>
    `${round(to.x - dx * along - dy * across)} ${round(to.y - dy * along + dx * across)}`;
  return element("path", {
    d: `M${at(0, 0)} L${at(11, 5)} L${at(11, -5)} Z`,
    fill: isHollow ? "#ffffff" : ink,
    stroke: ink,
    "stroke-width": 1.4,
  });
};

/** One line, or two beside each other for a copy; through all points. */
export const shaft = (
  points: readonly Point[],
  life: number | undefined,
  isCopy: boolean,
): string => {
  const look = lookOf(life);
  const d = points
    .map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${round(x)} ${round(y)}`)
    .join(" ");
  const ink = { d, fill: "none", stroke: look.ink, ...dashed(look) };
  if (!isCopy) return element("path", { ...ink, "stroke-width": 1.8 });
  return (
    element("path", { ...ink, "stroke-width": 5 }) +
    element("path", { d, fill: "none", stroke: "#ffffff", "stroke-width": 2.2 })
  );
};
