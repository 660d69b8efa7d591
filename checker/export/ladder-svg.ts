// A trace as a drawing: time flows down, hosts are lines, segments travel between them. Colour never stands alone.

import type { Core } from "../core/index.ts";
import type { Trace } from "../trace/index.ts";
import { type Journey, livesOf, wireText } from "./journeys.ts";
import { legendSvg } from "./ladder-legend.ts";
import {
  courseOf,
  firstLine,
  ladderPlan,
  type LadderPlan,
  lineHeight,
  type Note,
  type Row,
} from "./ladder-plan.ts";
import { badge, cross, dashed, head, lookOf, shaft } from "./ladder-shapes.ts";
import { characterWidth, element, escaped, line, type Point, round, textAt } from "./svg.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

const saying: Readonly<Record<Journey["end"]["how"], string>> = {
  arrives: "",
  lost: "lost",
  dropped: "dropped: the network is full",
  pending: "still in flight",
};

/** What stands where the segment begins. */
const beginLabel = (core: Core, it: Journey, start: Point): string => {
  const rightward = it.from < it.to;
  const direction = rightward ? 1 : -1;
  const text =
    it.copyOf === undefined
      ? `${it.name} ${wireText(core, it.flight)}`
      : `${it.name} copy of ${it.copyOf}`;
  const hasLife = it.life !== undefined && it.life > 0;
  const x = start.x + direction * (hasLife ? 28 : 8);
  const badged =
    hasLife && it.life !== undefined
      ? badge({ x: start.x + direction * 17, y: start.y - 8 }, it.life)
      : "";
  return (
    badged +
    textAt({ x, y: start.y - 4 }, text, {
      class: "segment",
      "text-anchor": rightward ? "start" : "end",
    })
  );
};

const endLabel = (it: Journey, end: Point): string => {
  const rightward = it.from < it.to;
  if (it.end.how !== "arrives") {
    return (
      (it.end.how === "pending"
        ? element("circle", { cx: end.x, cy: end.y, r: 4, fill: "#ffffff", stroke: "#444444" })
        : cross(end)) +
      textAt({ x: end.x + 11, y: end.y + 4 }, `${it.name} ${saying[it.end.how]}`, {
        class: it.end.how === "pending" ? "faint" : "fault",
      })
    );
  }
  const x = end.x + (rightward ? -14 : 14);
  const anchor = rightward ? "end" : "start";
  const name = textAt({ x, y: end.y - 6 }, it.isStale ? `${it.name} STALE` : it.name, {
    class: it.isStale ? "fault" : "faint",
    "text-anchor": anchor,
  });
  return name;
};

const told = (core: Core, plan: LadderPlan, it: Journey): string => {
  const way = `${plan.hosts[it.from] ?? ""} to ${plan.hosts[it.to] ?? ""}`;
  const end = it.end.how === "arrives" ? `arrives in step ${it.end.step}` : saying[it.end.how];
  const life = it.life === undefined || it.life === 0 ? "" : `, life ${it.life}`;
  const stale = it.isStale ? ", stale" : "";
  return `${it.name} ${wireText(core, it.flight)}, ${way}${life}: ${end}${stale}`;
};

const whileOf = (it: Journey): Readonly<Record<string, string | number>> => ({
  "data-from": it.begin.step,
  "data-to": it.end.how === "pending" ? "end" : it.end.step,
});

const shaftSvg = (core: Core, plan: LadderPlan, it: Journey): string => {
  const { start, via, end } = courseOf(plan, it);
  const points = via === undefined ? [start, end] : [start, via, end];
  const parts = [
    `<title>${escaped(told(core, plan, it))}</title>`,
    shaft(points, it.life, it.flight.copy > 0),
    ...(via === undefined
      ? []
      : [element("circle", { cx: via.x, cy: via.y, r: 3, fill: "#b00020" })]),
    ...(it.end.how === "arrives" ? [head(via ?? start, end, lookOf(it.life).ink, it.isStale)] : []),
  ];
  return element("g", { class: "flight", ...whileOf(it) }, parts.join(""));
};

/** Labels stand above all lines. */
const labelSvg = (core: Core, plan: LadderPlan, it: Journey): string => {
  const { start, end } = courseOf(plan, it);
  const parts = [beginLabel(core, it, start), endLabel(it, end)];
  return element("g", { class: "flight", ...whileOf(it) }, parts.join(""));
};

const noteSvg = (
  plan: LadderPlan,
  row: Row,
  host: number,
  note: Note,
  position: number,
): string => {
  const isLeft = host === 0 && plan.hosts.length > 1;
  const x = (plan.columns[host] ?? 0) + (isLeft ? -14 : 14);
  const y = firstLine(row) + 4 + position * lineHeight;
  const room = Math.floor(230 / characterWidth);
  const text = note.text.length > room ? `${note.text.slice(0, room - 1)}…` : note.text;
  const shown = textAt({ x, y }, text, {
    class: note.kind,
    "text-anchor": isLeft ? "end" : "start",
  });
  return text === note.text ? shown : `<g><title>${escaped(note.text)}</title>${shown}</g>`;
};

const asideSvg = (plan: LadderPlan, row: Row): string =>
  row.asides
    .map(({ text, kind }, position) => {
      const isLow = kind === "violation";
      const below = row.asides.length - 1 - position;
      const y = isLow ? row.top + row.height - 14 - below * (lineHeight + 8) : firstLine(row);
      const middle = { x: plan.width / 2, y: y + 4 };
      if (kind === "action")
        return textAt(middle, text, { class: "action", "text-anchor": "middle" });
      const isTime = kind === "time";
      const look = {
        stroke: isTime ? "#888888" : "#b00020",
        "stroke-width": isTime ? 1 : 2,
        ...(isTime ? { "stroke-dasharray": "2 4" } : {}),
      };
      // The line has a gap for the words: nothing is to be seen between them.
      const gap = (text.length * characterWidth) / 2 + characterWidth;
      return (
        line({ x: 60, y }, { x: middle.x - gap, y }, look) +
        line({ x: middle.x + gap, y }, { x: plan.width - 20, y }, look) +
        textAt(middle, text, { class: isTime ? "faint" : "violation", "text-anchor": "middle" })
      );
    })
    .join("");

const rowSvg = (plan: LadderPlan, row: Row): string => {
  const { number, fault } = row.step;
  const mark =
    number === 0
      ? ""
      : textAt({ x: 40, y: firstLine(row) + 4 }, fault ? `${number} !` : String(number), {
          class: fault ? "fault" : "number",
          "text-anchor": "end",
        });
  const notes = row.notes.flatMap((all, host) =>
    all.map((note, position) => noteSvg(plan, row, host, note, position)),
  );
  const dots = row.notes.flatMap((all, host) =>
    all.some((it) => it.kind === "state")
      ? [
          element("circle", {
            cx: plan.columns[host] ?? 0,
            cy: firstLine(row),
            r: 4.5,
            fill: "#111111",
          }),
        ]
      : [],
  );
  const content = [mark, ...notes, ...dots, asideSvg(plan, row)].join("");
  return element("g", { class: "step", "data-step": number }, content);
};

/** Each stretch of a lifeline looks like the life it belongs to. */
const lifelineSvg = (
  plan: LadderPlan,
  lives: readonly (readonly (number | undefined)[])[],
  host: number,
): string => {
  const x = plan.columns[host] ?? 0;
  const stretches: { readonly life: number | undefined; readonly top: number; bottom: number }[] =
    [];
  for (const row of plan.rows) {
    const life = lives[row.step.number]?.[host];
    const last = stretches.at(-1);
    const bottom = row.top + row.height;
    if (last !== undefined && last.life === life) last.bottom = bottom;
    else {
      if (last !== undefined) last.bottom = firstLine(row);
      stretches.push({ life, top: last === undefined ? row.top : firstLine(row), bottom });
    }
  }
  return stretches
    .map(({ life, top, bottom }) => {
      const look = lookOf(life);
      const label = life === undefined || life === 0 ? "" : badge({ x, y: top + 16 }, life);
      const ends = [
        { x, y: top },
        { x, y: bottom },
      ] as const;
      return (
        line(ends[0], ends[1], { stroke: look.ink, "stroke-width": 2.4, ...dashed(look) }) + label
      );
    })
    .join("");
};

const headSvg = (plan: LadderPlan, about: Provenance): string =>
  [
    textAt(
      { x: 20, y: 28 },
      `${about.check === "" ? about.source : about.check}: ${violationText(about.violation)}`,
      {
        class: "title",
      },
    ),
    textAt({ x: 20, y: 48 }, `${about.source}, after ${plan.rows.length - 1} steps`, {
      class: "faint",
    }),
    ...plan.hosts.map((name, host) =>
      textAt({ x: plan.columns[host] ?? 0, y: 80 }, name, {
        class: "host",
        "text-anchor": "middle",
      }),
    ),
  ].join("");

const style =
  "text{font:12px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1a1a1a;" +
  "paint-order:stroke;stroke:#ffffff;stroke-width:3px;stroke-linejoin:round}" +
  ".title{font-size:15px;font-weight:bold}.host{font-size:15px;font-weight:bold}" +
  ".action{font-weight:bold}.state{font-weight:bold;fill:#0b5d43}.case,.timer,.faint,.number{fill:#5a5a5a}" +
  ".fault,.violation{fill:#b00020;font-weight:bold}.violation{stroke-width:8px}.badge{font-size:10px;font-weight:bold;stroke:none}";

/** The drawing of a trace between hosts. */
export const hostLadder = (core: Core, about: Provenance, trace: Trace): string => {
  const plan = ladderPlan(core, trace, about.violation);
  const lives = livesOf(core, trace);
  const height = plan.bottom + 60;
  const title = `${about.check}: ${violationText(about.violation)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(plan.width)} ${round(height)}" width="${round(plan.width)}" height="${round(height)}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    headSvg(plan, about),
    ...plan.hosts.map((_, host) => lifelineSvg(plan, lives, host)),
    ...plan.journeys.map((it) => shaftSvg(core, plan, it)),
    ...plan.journeys.map((it) => labelSvg(core, plan, it)),
    ...plan.rows.map((row) => rowSvg(plan, row)),
    legendSvg(plan),
    "</svg>",
    "",
  ].join("\n");
};
