// A state graph as a drawing: states in columns by their distance from the beginning, steps as arrows.

import type { GraphEdge, GraphNode, StateGraph } from "./state-graph.ts";
import { characterWidth, element, escaped, type Point, round, textAt } from "./svg.ts";

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

const lineHeight = 15;
const columnGap = 190;
const rowGap = 96;
const margin = 90;

const sizeOf = ({ lines, id }: GraphNode): Pick<Box, "width" | "height"> => {
  const shown = lines.length === 0 ? [`s${id}`] : lines;
  return {
    width: Math.max(...shown.map((it) => it.length)) * characterWidth + 20,
    height: shown.length * lineHeight + 14,
  };
};

/** A few rounds of: every state stands where the states around it stand on average. */
const ordered = ({ nodes, edges }: StateGraph): readonly (readonly GraphNode[])[] => {
  const depths = Math.max(-1, ...nodes.map((it) => it.depth)) + 1;
  let columns = Array.from({ length: depths }, (_, depth) =>
    nodes.filter((it) => it.depth === depth),
  );
  const neighbours = nodes.map(({ id }) =>
    edges.flatMap((it) => (it.from === id ? [it.to] : it.to === id ? [it.from] : [])),
  );
  for (let pass = 0; pass < 6; pass += 1) {
    const place = new Map(
      columns.flatMap((column) =>
        column.map((it, at) => [it.id, (at + 0.5) / column.length] as const),
      ),
    );
    const weight = ({ id, depth }: GraphNode): number => {
      const near = (neighbours[id] ?? []).filter((it) => nodes[it]?.depth !== depth);
      if (near.length === 0) return place.get(id) ?? 0;
      return near.reduce((sum, it) => sum + (place.get(it) ?? 0), 0) / near.length;
    };
    columns = columns.map((column) =>
      column.toSorted((left, right) => weight(left) - weight(right) || left.id - right.id),
    );
  }
  return columns;
};

const placed = (
  graph: StateGraph,
): {
  readonly boxes: ReadonlyMap<number, Box>;
  readonly width: number;
  readonly height: number;
} => {
  const columns = ordered(graph);
  const heights = columns.map((column) =>
    column.reduce((sum, it) => sum + sizeOf(it).height + rowGap, -rowGap),
  );
  const height = Math.max(0, ...heights) + 2 * margin;
  const boxes = new Map<number, Box>();
  let x = margin;
  columns.forEach((column, depth) => {
    const widest = Math.max(...column.map((it) => sizeOf(it).width));
    let y = (height - (heights[depth] ?? 0)) / 2;
    for (const it of column) {
      const size = sizeOf(it);
      boxes.set(it.id, { x: x + (widest - size.width) / 2, y, ...size });
      y += size.height + rowGap;
    }
    x += widest + columnGap;
  });
  return { boxes, width: Math.max(0, x - columnGap) + margin, height };
};

const nodeSvg = (node: GraphNode, { x, y, width, height }: Box): string => {
  const { lines, id, isInitial, isBad } = node;
  const ink = isBad ? "#b00020" : "#1a1a1a";
  const frame = (inset: number): string =>
    element("rect", {
      x: x - inset,
      y: y - inset,
      width: width + 2 * inset,
      height: height + 2 * inset,
      rx: 4,
      fill: inset > 0 ? "none" : isBad ? "#fdecee" : "#ffffff",
      stroke: ink,
      "stroke-width": isBad ? 2 : 1,
    });
  const texts = (lines.length === 0 ? [`s${id}`] : lines).map((it, at) =>
    textAt({ x: x + width / 2, y: y + 17 + at * lineHeight }, it, { "text-anchor": "middle" }),
  );
  // Not by colour alone: what is bad has a cross.
  const mark = isBad
    ? textAt({ x: x + width - 4, y: y - 4 }, "✗", { class: "bad", "text-anchor": "end" })
    : "";
  return element("g", {}, [...(isInitial ? [frame(4)] : []), frame(0), ...texts, mark].join(""));
};

const curve = (
  from: Box,
  to: Box,
  isSame: boolean,
): { readonly d: string; readonly label: Point } => {
  const at = (point: Point): string => `${round(point.x)} ${round(point.y)}`;
  if (isSame) {
    const [left, right] = [from.x + from.width / 2 - 12, from.x + from.width / 2 + 12];
    const top = from.y - 26;
    return {
      d: `M${at({ x: left, y: from.y })} C${at({ x: left - 10, y: top })} ${at({ x: right + 10, y: top })} ${at({ x: right, y: from.y })}`,
      label: { x: from.x + from.width / 2, y: top - 2 },
    };
  }
  const isForward = to.x > from.x;
  const start = {
    x: isForward ? from.x + from.width : from.x,
    y: from.y + from.height / 2 + (isForward ? -5 : 5),
  };
  const end = {
    x: isForward ? to.x : to.x + to.width,
    y: to.y + to.height / 2 + (isForward ? -5 : 5),
  };
  if (Math.abs(to.x - from.x) < 1 || (!isForward && to.x + to.width > from.x)) {
    // Within a column, around the right side.
    const right = {
      x: Math.max(from.x + from.width, to.x + to.width) + 50,
      y: (start.y + end.y) / 2,
    };
    const [begin, finish] = [
      { x: from.x + from.width, y: start.y },
      { x: to.x + to.width, y: end.y },
    ];
    return {
      d: `M${at(begin)} C${at({ x: right.x, y: begin.y })} ${at({ x: right.x, y: finish.y })} ${at(finish)}`,
      label: { x: right.x - 10, y: right.y },
    };
  }
  if (isForward) {
    const bend = 60;
    return {
      d: `M${at(start)} C${at({ x: start.x + bend, y: start.y })} ${at({ x: end.x - bend, y: end.y })} ${at(end)}`,
      label: { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 },
    };
  }
  // The way back hangs below everything it passes: the farther, the deeper.
  const low = Math.max(from.y + from.height, to.y + to.height);
  const depth = low + 24 + 0.06 * (start.x - end.x);
  const [leave, arrive] = [
    { x: from.x + from.width / 2 - 8, y: from.y + from.height },
    { x: to.x + to.width / 2 + 8, y: to.y + to.height },
  ];
  return {
    d: `M${at(leave)} C${at({ x: leave.x - 50, y: depth })} ${at({ x: arrive.x + 50, y: depth })} ${at(arrive)}`,
    label: { x: (leave.x + arrive.x) / 2, y: (leave.y + arrive.y) / 8 + depth * 0.75 },
  };
};

const edgeSvg = (edge: GraphEdge, boxes: ReadonlyMap<number, Box>): string => {
  const from = boxes.get(edge.from);
  const to = boxes.get(edge.to);
  if (from === undefined || to === undefined) return "";
  const { d, label } = curve(from, to, edge.from === edge.to);
  const shown =
    edge.labels.length > 3
      ? [...edge.labels.slice(0, 2), `and ${edge.labels.length - 2} more`]
      : edge.labels;
  const texts = shown.map((it, at) => {
    const short = it.length > 28 ? `${it.slice(0, 27)}…` : it;
    const y = label.y - 4 - (shown.length - 1 - at) * 13;
    return textAt({ x: label.x, y }, short, {
      class: edge.isBad ? "bad step" : "step",
      "text-anchor": "middle",
    });
  });
  return element(
    "g",
    {},
    [
      `<title>${escaped(edge.labels.join("\n"))}</title>`,
      element("path", {
        d,
        fill: "none",
        stroke: edge.isBad ? "#b00020" : "#555555",
        "stroke-width": edge.isBad ? 2.2 : 1.2,
        ...(edge.isFault ? { "stroke-dasharray": "5 4" } : {}),
        "marker-end": "url(#head)",
      }),
      ...texts,
    ].join(""),
  );
};

const style =
  "text{font:12px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#1a1a1a}" +
  ".step{font-size:11px;paint-order:stroke;stroke:#ffffff;stroke-width:3px}.bad{fill:#b00020;font-weight:bold}";

export const graphSvg = (name: string, graph: StateGraph): string => {
  const { boxes, width, height } = placed(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img">`,
    `<title>${escaped(name)}</title>`,
    `<style>${style}</style>`,
    '<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#444444"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...graph.edges.map((it) => edgeSvg(it, boxes)),
    ...graph.nodes.flatMap((it) => {
      const box = boxes.get(it.id);
      return box === undefined ? [] : [nodeSvg(it, box)];
    }),
    "</svg>",
    "",
  ].join("\n");
};
