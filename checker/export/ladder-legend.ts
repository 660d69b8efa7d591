// What the signs of a ladder mean, drawn below it: plan -> SVG.

import type { LadderPlan } from "./ladder-plan.ts";
import { badge, cross, head, shaft } from "./ladder-shapes.ts";
import { type Point, textAt } from "./svg.ts";

/** Only what the drawing has. */
export const legendSvg = (plan: LadderPlan): string => {
  const { journeys, bottom } = plan;
  const lives = [...new Set(journeys.flatMap((it) => it.life ?? []))]
    .filter((it) => it > 0)
    .toSorted((a, b) => a - b);
  const y = bottom + 34;
  const items = [
    ...lives.map((life) => ({
      sign: (at: Point) =>
        shaft([at, { x: at.x + 40, y }], life, false) + badge({ x: at.x + 20, y }, life),
      text: `life ${life}`,
    })),
    ...(journeys.some((it) => it.flight.copy > 0)
      ? [{ sign: (at: Point) => shaft([at, { x: at.x + 40, y }], 0, true), text: "copy" }]
      : []),
    ...(journeys.some((it) => it.end.how === "lost")
      ? [
          {
            sign: (at: Point) =>
              shaft([at, { x: at.x + 34, y }], 0, false) + cross({ x: at.x + 36, y }),
            text: "lost",
          },
        ]
      : []),
    ...(journeys.some((it) => it.isStale)
      ? [
          {
            sign: (at: Point) =>
              shaft([at, { x: at.x + 30, y }], 0, false) +
              head(at, { x: at.x + 40, y }, "#444444", true),
            text: "stale",
          },
        ]
      : []),
  ];
  return items
    .map(({ sign, text }, position) => {
      const x = 60 + position * 130;
      return sign({ x, y }) + textAt({ x: x + 50, y: y + 4 }, text, { class: "faint" });
    })
    .join("");
};
