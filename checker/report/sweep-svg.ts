// Sweeps as a drawing: results -> SVG. Colour, hatching and a mark say the same thing three times, so that any one may be lost.

import { assignmentsText, type PointResult, type SweepResult } from "../prove/index.ts";
import { type GridRow, type SweepGrid, sweepGrid } from "./sweep-grid.ts";
import { textWidth, wrap } from "./text-width.ts";
import { count, counted, listed } from "./wording.ts";

type Outcome = PointResult["outcome"];

/** Lengths in pixels. A character of the font is taken to be this wide: too wide rather than too narrow. */
const characterWidth = 7.4;
const cellHeight = 28;
const margin = 20;
const chartGap = 36;
const legendItemWidth = 150;
const leastWidth = 640;

const sayings: Readonly<Record<Outcome, string>> = {
  safe: "holds",
  unsafe: "violated",
  unknown: "not decided",
  skipped: "skipped",
};

/** Light fills differ in lightness, too; the marks are dark on all of them. */
const looks: Readonly<Record<Outcome, { readonly fill: string; readonly ink: string }>> = {
  safe: { fill: "#d9f0e6", ink: "#0b5d43" },
  unsafe: { fill: "url(#unsafe)", ink: "#7a2500" },
  unknown: { fill: "#fff4c9", ink: "#5f4b00" },
  skipped: { fill: "#ffffff", ink: "#707070" },
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const escaped = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, " ")
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);

const round = (value: number): number => Math.round(value * 10) / 10;

const widthOf = (text: string): number => textWidth(text) * characterWidth;

interface TextOptions {
  readonly anchor?: "start" | "middle" | "end";
  readonly kind?: "title" | "name" | "strong" | "faint";
}

const textAt = (
  x: number,
  y: number,
  content: string,
  { anchor = "start", kind }: TextOptions = {},
): string => {
  const classes = kind === undefined ? "" : ` class="${kind}"`;
  const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${round(x)}" y="${round(y)}"${anchored}${classes}>${escaped(content)}</text>`;
};

/** Drawn, not written: not every font has these signs. */
const mark = (outcome: Outcome, x: number, y: number): string => {
  const stroke = `fill="none" stroke="${looks[outcome].ink}" stroke-width="2.2" stroke-linecap="round"`;
  const at = (dx: number, dy: number): string => `${round(x + dx)} ${round(y + dy)}`;
  switch (outcome) {
    case "safe":
      return `<path d="M${at(-5, 0)} L${at(-1.5, 4)} L${at(5.5, -4.5)}" ${stroke}/>`;
    case "unsafe":
      return `<path d="M${at(-4.5, -4.5)} L${at(4.5, 4.5)} M${at(4.5, -4.5)} L${at(-4.5, 4.5)}" ${stroke}/>`;
    case "unknown":
      return textAt(x, y + 5, "?", { anchor: "middle", kind: "strong" });
    case "skipped":
      return `<circle cx="${round(x)}" cy="${round(y)}" r="1.8" fill="${looks.skipped.ink}"/>`;
  }
};

const box = (outcome: Outcome, x: number, y: number, width: number): string => {
  const dashes = outcome === "skipped" ? ' stroke-dasharray="2 3"' : "";
  return (
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${cellHeight}" ` +
    `fill="${looks[outcome].fill}" stroke="#8a8a8a"${dashes}/>`
  );
};

const told = (point: PointResult): string => {
  const where = assignmentsText(point.values);
  if (point.outcome === "skipped") return `${where}: skipped: ${point.why ?? ""}`;
  const found =
    point.outcome === "unsafe" ? `${listed(point.violated)} violated` : sayings[point.outcome];
  return `${where}: ${found} (${counted(point.states, "state")})`;
};

const cell = (point: PointResult, x: number, y: number, width: number): string =>
  `<g><title>${escaped(told(point))}</title>${box(point.outcome, x, y, width)}` +
  `${mark(point.outcome, x + width / 2, y + cellHeight / 2)}</g>`;

/** What a row answers, in words. */
const answerText = ({ answer }: GridRow): string => {
  if (answer === undefined) return "";
  const found = answer.isDecided ? (answer.value ?? "none") : "not decided";
  return answer.isMet ? found : `${found}, expected ${answer.expected ?? ""}`;
};

/** A heavy frame around the least value, and a foot under it. */
const leastFrame = (x: number, y: number, width: number): string =>
  `<rect x="${round(x + 1.5)}" y="${round(y + 1.5)}" width="${round(width - 3)}" height="${cellHeight - 3}" ` +
  `fill="none" stroke="#111111" stroke-width="3"/>`;

interface Drawn {
  readonly parts: readonly string[];
  readonly width: number;
  readonly height: number;
}

interface Columns {
  /** Where the label of each other axis begins. */
  readonly labels: readonly number[];
  readonly cells: number;
  readonly cellWidth: number;
  readonly answers: number;
  readonly width: number;
}

const columnsOf = ({ across, others, rows }: SweepGrid, leastName: string | undefined): Columns => {
  const labelWidths = others.map(
    (name, at) => Math.max(widthOf(name), ...rows.map((it) => widthOf(it.others[at] ?? ""))) + 18,
  );
  const labels = labelWidths.map((_, at) =>
    labelWidths.slice(0, at).reduce((sum, it) => sum + it, margin),
  );
  const cells = labelWidths.reduce((sum, it) => sum + it, margin);
  const cellWidth = Math.max(34, ...across.values.map((it) => widthOf(it) + 12));
  const acrossWidth = Math.max(cellWidth * across.values.length, widthOf(across.name) + 24);
  const answers = cells + acrossWidth + 18;
  const answerWidth =
    leastName === undefined
      ? 0
      : Math.max(widthOf(`least ${leastName}`), ...rows.map((it) => widthOf(answerText(it))));
  return { labels, cells, cellWidth, answers, width: answers + answerWidth + margin };
};

/** The names of the axes, and the values of the one across. */
const heads = (grid: SweepGrid, leastName: string | undefined, at: Columns, top: number) => {
  const { across, others } = grid;
  const middle = at.cells + (at.cellWidth * across.values.length) / 2;
  const isWide = widthOf(across.name) < at.cellWidth * across.values.length;
  return [
    isWide
      ? textAt(middle, top + 14, across.name, { anchor: "middle", kind: "name" })
      : textAt(at.cells, top + 14, across.name, { kind: "name" }),
    ...others.map((name, axis) => textAt(at.labels[axis] ?? 0, top + 34, name, { kind: "name" })),
    ...across.values.map((value, column) =>
      textAt(at.cells + (column + 0.5) * at.cellWidth, top + 34, value, { anchor: "middle" }),
    ),
    ...(leastName === undefined
      ? []
      : [textAt(at.answers, top + 34, `least ${leastName}`, { kind: "name" })]),
  ];
};

const rowParts = (
  row: GridRow,
  { across }: SweepGrid,
  at: Columns,
  y: number,
): readonly string[] => {
  const baseline = y + cellHeight / 2 + 5;
  const { answer } = row;
  const least = answer?.isDecided === true ? across.values.indexOf(answer.value ?? "") : -1;
  return [
    ...row.others.map((text, axis) => textAt(at.labels[axis] ?? 0, baseline, text)),
    ...row.points.map((point, column) =>
      cell(point, at.cells + column * at.cellWidth, y, at.cellWidth),
    ),
    ...(least < 0 ? [] : [leastFrame(at.cells + least * at.cellWidth, y, at.cellWidth)]),
    ...(answer === undefined
      ? []
      : [textAt(at.answers, baseline, answerText(row), { kind: "strong" })]),
  ];
};

const figures = ({ points }: SweepResult): string => {
  const states = points.reduce((sum, it) => sum + it.states, 0);
  return `${counted(points.length, "point")}, ${count(states)} states in all`;
};

const chart = (result: SweepResult, top: number): Drawn => {
  const grid = sweepGrid(result);
  const columns = Math.floor((leastWidth - 2 * margin) / characterWidth);
  const titleLines = wrap(result.title, Math.floor(columns * 0.72));
  const docLines =
    result.doc === undefined ? [] : wrap(result.doc.replaceAll(/\s+/g, " "), columns);
  const title = titleLines.map((it, at) =>
    textAt(margin, top + 18 + at * 20, it, { kind: "title" }),
  );
  const below = top + titleLines.length * 20 + 4;
  const doc = [...docLines, figures(result)].map((it, at) =>
    textAt(margin, below + 14 + at * 17, it, { kind: "faint" }),
  );
  const gridTop = below + doc.length * 17 + 12;
  if (grid === undefined) {
    return { parts: [...title, ...doc], width: leastWidth, height: gridTop - top };
  }
  const at = columnsOf(grid, result.least?.name);
  const rowsTop = gridTop + 42;
  const rows = grid.rows.flatMap((row, index) =>
    rowParts(row, grid, at, rowsTop + index * cellHeight),
  );
  return {
    parts: [...title, ...doc, ...heads(grid, result.least?.name, at, gridTop), ...rows],
    width: Math.max(at.width, leastWidth),
    height: rowsTop + grid.rows.length * cellHeight - top,
  };
};

const legend = (results: readonly SweepResult[], top: number): readonly string[] => {
  const used = new Set(results.flatMap((it) => it.points.map(({ outcome }) => outcome)));
  const shown = (["safe", "unsafe", "unknown", "skipped"] as const).filter((it) => used.has(it));
  const hasLeast = results.some((it) =>
    it.least?.answers.some(({ value, isDecided }) => isDecided && value !== undefined),
  );
  const x = (at: number): number => margin + at * legendItemWidth;
  return [
    ...shown.flatMap((outcome, at) => [
      box(outcome, x(at), top, 34),
      mark(outcome, x(at) + 17, top + cellHeight / 2),
      textAt(x(at) + 44, top + cellHeight / 2 + 5, sayings[outcome]),
    ]),
    ...(hasLeast
      ? [
          leastFrame(x(shown.length), top, 34),
          textAt(x(shown.length) + 44, top + cellHeight / 2 + 5, "least safe value"),
        ]
      : []),
  ];
};

const style =
  'text{font:13px "DejaVu Sans",Verdana,sans-serif;fill:#1a1a1a}' +
  ".title{font-size:16px;font-weight:bold}.name{font-style:italic}" +
  ".strong{font-weight:bold}.faint{font-size:12px;fill:#4a4a4a}";

const hatching =
  '<pattern id="unsafe" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="7" height="7" fill="#fbe3d6"/><rect width="1.6" height="7" fill="#e0a184"/></pattern>';

const summary = (result: SweepResult): string => {
  const { least } = result;
  if (least === undefined) return result.title;
  const answers = least.answers.map((it) => {
    const where = assignmentsText(it.others);
    const value = it.isDecided ? (it.value ?? "none") : "not decided";
    return where === "" ? value : `${where}: ${value}`;
  });
  return `${result.title}: least ${least.name}: ${answers.join("; ")}`;
};

/** The sweeps of one run below each other, with one legend. */
export const sweepSvg = (results: readonly SweepResult[]): string => {
  const charts = results.reduce<readonly Drawn[]>((before, result) => {
    const top = before.reduce((sum, it) => sum + it.height + chartGap, margin);
    return [...before, chart(result, top)];
  }, []);
  const legendTop = charts.reduce((sum, it) => sum + it.height + chartGap, margin) - chartGap / 2;
  const width = Math.ceil(Math.max(leastWidth, ...charts.map((it) => it.width)));
  const height = Math.ceil(legendTop + cellHeight + margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(listed(results.map((it) => it.title)))}</title>`,
    `<desc>${escaped(results.map(summary).join(". "))}</desc>`,
    `<defs><style>${style}</style>${hatching}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...charts.flatMap((it) => it.parts),
    ...legend(results, legendTop),
    "</svg>",
    "",
  ].join("\n");
};
