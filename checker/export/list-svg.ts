// A trace of a model without hosts as a drawing: a line per step, what it did and what it changed.

import type { Trace } from "../trace/index.ts";
import { stepText } from "../trace/index.ts";
import { allSteps } from "./journeys.ts";
import { characterWidth, element, escaped, line, round, textAt } from "./svg.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

const rowHeight = 24;
const top = 76;
const changesAt = 380;

const cut = (text: string, pixels: number): string => {
  const room = Math.floor(pixels / characterWidth);
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
};

const style =
  "text{font:12px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1a1a1a}" +
  ".title{font-size:15px;font-weight:bold}.action{font-weight:bold}.number,.faint{fill:#5a5a5a}" +
  ".fault,.violation{fill:#b00020;font-weight:bold}";

/** The drawing of a trace whose model has no hosts. */
export const listSvg = (about: Provenance, trace: Trace): string => {
  const changes = allSteps(trace).map(({ changes: all, result }) =>
    result.kind === "error"
      ? `model error: ${result.message}`
      : all.map((it) => `${it.name}: ${it.before} → ${it.after}`).join("   "),
  );
  const widest = Math.max(24, ...changes.map((it) => it.length));
  const width = Math.min(1400, changesAt + widest * characterWidth + 30);
  const rows = allSteps(trace).map((step, at) => {
    const y = top + at * rowHeight + 16;
    const isError = step.result.kind === "error";
    const parts = [
      line({ x: 20, y: y + 8 }, { x: width - 20, y: y + 8 }, { stroke: "#dddddd" }),
      textAt({ x: 44, y }, String(step.number), { class: "number", "text-anchor": "end" }),
      textAt({ x: 60, y }, cut(stepText(step), changesAt - 70), {
        class: step.fault ? "fault" : "action",
      }),
      textAt({ x: changesAt, y }, cut(changes[at] ?? "", width - changesAt - 20), {
        class: isError ? "violation" : "change",
      }),
    ];
    return element("g", { class: "step", "data-step": step.number }, parts.join(""));
  });
  const bottom = top + rows.length * rowHeight + 24;
  const heading = `${about.check === "" ? about.source : about.check}: ${violationText(about.violation)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${bottom + 20}" width="${round(width)}" height="${bottom + 20}" role="img">`,
    `<title>${escaped(heading)}</title>`,
    `<style>${style}</style>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    textAt({ x: 20, y: 28 }, heading, { class: "title" }),
    textAt({ x: 20, y: 48 }, `${about.source}, after ${trace.steps.length} steps`, {
      class: "faint",
    }),
    ...rows,
    textAt({ x: 60, y: bottom }, violationText(about.violation), { class: "violation" }),
    "</svg>",
    "",
  ].join("\n");
};
