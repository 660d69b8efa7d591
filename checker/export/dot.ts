// A state graph in the language of Graphviz: graph -> text.

import type { StateGraph } from "./state-graph.ts";

const quoted = (lines: readonly string[]): string =>
  `"${lines.map((it) => it.replaceAll("\\", "\\\\").replaceAll('"', '\\"')).join("\\n")}"`;

export const dotText = (name: string, { nodes, edges }: StateGraph): string => {
  const states = nodes.map(({ id, lines, isInitial, isBad }) => {
    const attributes = [
      `label=${quoted(lines.length === 0 ? [`s${id}`] : lines)}`,
      ...(isInitial ? ["peripheries=2"] : []),
      ...(isBad ? ["color=red"] : []),
    ];
    return `  s${id} [${attributes.join(",")}];`;
  });
  const steps = edges.map(({ from, to, labels, isBad, isFault }) => {
    const attributes = [
      `label=${quoted(labels)}`,
      ...(isBad ? ["color=red"] : []),
      ...(isFault ? ["style=dashed"] : []),
    ];
    return `  s${from} -> s${to} [${attributes.join(",")}];`;
  });
  return [
    `digraph ${quoted([name])} {`,
    "  rankdir=LR;",
    '  node [shape=box,fontname="monospace"];',
    ...states,
    ...steps,
    "}",
    "",
  ].join("\n");
};
